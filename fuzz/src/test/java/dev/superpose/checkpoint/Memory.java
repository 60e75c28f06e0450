package dev.superpose.checkpoint;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// Stands for a mapped file: its bytes, outside the heap, read-only, and not one more than
/// there are.
final class Memory {
    /// A path at which there is nothing, and nothing beside it.
    static final Path FILE = Path.of("nowhere", "model.bin");

    private static final long ROOM = 1 << 24;
    private static final MemorySegment ALL = Arena.global().allocate(ROOM);

    private Memory() {}

    /// The bytes of `parts` one after the other, until the next call.
    static MemorySegment of(byte[]... parts) {
        long size = 0;
        for (byte[] part : parts) {
            MemorySegment.copy(part, 0, ALL, ValueLayout.JAVA_BYTE, size, part.length);
            size += part.length;
        }
        return ALL.asSlice(0, size).asReadOnly();
    }
}
