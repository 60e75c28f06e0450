package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Reads the little-endian values of a mapped GGUF file one after the other, never beyond its end.
final class GgufCursor {
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final MemorySegment bytes;
    private long at;

    GgufCursor(Path file, MemorySegment bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    Path file() {
        return file;
    }

    MemorySegment bytes() {
        return bytes;
    }

    /// The next byte.
    long at() {
        return at;
    }

    /// How many bytes follow.
    long left() {
        return bytes.byteSize() - at;
    }

    int readInt(String what) throws InputException {
        return bytes.get(INT, take(Integer.BYTES, what));
    }

    long readLong(String what) throws InputException {
        return bytes.get(LONG, take(Long.BYTES, what));
    }

    /// How many of something follow that each take at least `least` bytes.
    long readCount(String what, long most, long least) throws InputException {
        long from = at;
        long count = readLong("the number of " + what);
        if (count < 0 || count > most) {
            throw wrong(from, "at most %,d %s".formatted(most, what), Long.toUnsignedString(count));
        }
        if (count > left() / least) {
            throw wrong(
                    from,
                    "no more %s than fit into the %,d bytes that follow".formatted(what, left()),
                    formatted(count));
        }
        return count;
    }

    /// A text that must be UTF-8 of 1 to `longest` bytes.
    String readName(String what, long longest) throws InputException {
        long from = at;
        long length = readLong("the length of " + what);
        if (length < 1 || length > longest) {
            throw wrong(
                    from, "a length of 1 to %,d bytes for %s".formatted(longest, what), Long.toUnsignedString(length));
        }
        long start = take(length, what);
        byte[] text = bytes.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong(start, "UTF-8 as " + what, "other bytes");
        }
    }

    /// Passes over `count` bytes of `what`, and tells where they begin.
    long take(long count, String what) throws InputException {
        if (count > left()) {
            throw new InputException(
                    file,
                    place(at),
                    "%,d bytes of %s".formatted(count, what),
                    "%,d bytes".formatted(left()),
                    "the file is cut short or damaged; fetch it again");
        }
        long from = at;
        at += count;
        return from;
    }

    static String place(long at) {
        return "byte %,d".formatted(at);
    }

    private static String formatted(long count) {
        return "%,d".formatted(count);
    }

    /// What is at byte `from` is not what it should be.
    InputException wrong(long from, String expected, Object found) {
        return new InputException(file, place(from), expected, found, "the file is damaged; fetch it again");
    }
}
