package dev.superpose.checkpoint;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/// The bytes of a segment as a stream, without a copy of the whole.
final class SegmentStream extends InputStream {
    private final MemorySegment bytes;
    private long next;

    SegmentStream(MemorySegment bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        return next == bytes.byteSize() ? -1 : Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, next++));
    }

    @Override
    public int read(byte[] target, int from, int count) {
        Objects.checkFromIndexSize(from, count, target.length);
        int n = (int) Math.min(count, bytes.byteSize() - next);
        if (n == 0 && count > 0) {
            return -1;
        }
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, next, target, from, n);
        next += n;
        return n;
    }
}
