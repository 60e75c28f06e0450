package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a NumPy array says about itself before its numbers: eight bytes of magic and version,
/// a length, and a
/// Python dictionary (`numpy.lib.format`, versions 1.0 to 3.0). The dictionary is read as a
/// literal; no code in
/// it is run.
///
/// @param fortran whether columns, rather than rows, follow each other
/// @param start the byte at which the numbers begin
record NpyHeader(Dtype dtype, ByteOrder order, boolean fortran, List<Long> shape, long start) {
    /// NumPy itself reads no longer one; it would take a hostile file to have one.
    static final int LONGEST = 10_000;

    private static final int PREAMBLE = 8;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final Pattern DTYPE = Pattern.compile("([<>|=])([a-zA-Z])([0-9]{0,9})");
    private static final String AGAIN = "fetch or save it again";
    private static final String AS_FLOAT = "save it with numpy.save(file, array.astype(numpy.float32))";

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /// Reads the header of the array whose first bytes are `prefix`: all of it, or enough
    /// to hold the longest header.
    ///
    /// @param place where in the file the array lies, as the beginning of a phrase; empty
    /// if it is the whole file
    /// @param size the bytes of the whole array, header and numbers
    static NpyHeader read(Path file, String place, MemorySegment prefix, long size) throws InputException {
        int lengthBytes = size > 6 && prefix.get(ValueLayout.JAVA_BYTE, 6) == 1 ? 2 : 4;
        if (size < PREAMBLE + lengthBytes || prefix.get(INT, 0) != 0x4d554e93 || prefix.get(SHORT, 4) != 0x5950) {
            throw new InputException(
                    file,
                    place + "byte 0",
                    "'\\x93NUMPY', a version and a length",
                    "%,d bytes of else".formatted(size),
                    AGAIN);
        }
        int version = Byte.toUnsignedInt(prefix.get(ValueLayout.JAVA_BYTE, 6));
        if (version < 1 || version > 3) {
            throw new InputException(
                    file, place + "byte 6", "version 1, 2 or 3 of the format", version, "save it with a known NumPy");
        }
        // The length is unsigned: 40,000 in version 1 is no negative number.
        long length = lengthBytes == 2
                ? Short.toUnsignedLong(prefix.get(SHORT, PREAMBLE))
                : Integer.toUnsignedLong(prefix.get(INT, PREAMBLE));
        long start = PREAMBLE + (long) lengthBytes;
        if (length > LONGEST || length > size - start) {
            throw new InputException(
                    file,
                    place + "byte 8",
                    "a header of at most %,d bytes".formatted(Math.min(LONGEST, size - start)),
                    "one of %,d bytes".formatted(length),
                    AGAIN);
        }
        byte[] text = prefix.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
        var said = new NpyDictionary(file, place, new String(text, StandardCharsets.UTF_8)).read();
        return of(file, place + "header", said, start + length);
    }

    private static NpyHeader of(Path file, String place, NpyDictionary.Contents said, long start)
            throws InputException {
        Matcher parts = DTYPE.matcher(said.descr());
        if (!parts.matches()) {
            throw new InputException(file, place, "one dtype, such as '<f4'", "'" + said.descr() + "'", AS_FLOAT);
        }
        String kind = parts.group(2) + parts.group(3);
        Dtype dtype = switch (kind) {
            case "f2" -> Dtype.F16;
            case "f4" -> Dtype.F32;
            case "f8" -> Dtype.F64;
            case "i1" -> Dtype.I8;
            case "u1" -> Dtype.U8;
            case "i2" -> Dtype.I16;
            default -> throw unreadable(file, place, said.descr(), kind);
        };
        ByteOrder order = switch (parts.group(1)) {
            case ">" -> ByteOrder.BIG_ENDIAN;
            case "=" -> throw new InputException(file, place, "a byte order, < or >", "'='", AS_FLOAT);
            default -> ByteOrder.LITTLE_ENDIAN;
        };
        return new NpyHeader(dtype, order, said.fortran(), said.shape(), start);
    }

    private static InputException unreadable(Path file, String place, String descr, String kind) {
        String meaning = switch (kind) {
            case "O" -> "pickled Python objects ('%s'), which are never loaded".formatted(descr);
            case "V2" -> "two raw bytes each ('%s'), as bfloat16 is saved".formatted(descr);
            default -> "'%s'".formatted(descr);
        };
        return new InputException(file, place, "numbers of dtype f2, f4, f8, i1, u1 or i2", meaning, AS_FLOAT);
    }

    /// Whether it is a matrix that can be read.
    boolean isMatrix() {
        return shape.size() == 2 && shape.get(0) >= 1 && shape.get(1) >= 1 && shape.get(1) <= MappedRows.WIDEST;
    }

    /// The shape and dtype, for people.
    String describe() {
        return "%s of shape %s".formatted(dtype, NpyDictionary.shape(shape));
    }

    /// The rows of the matrix whose bytes, header included, are `array`.
    ///
    /// @throws InputException if it is no matrix, or the bytes are not as many as its shape says
    NumpyRows rows(Path file, String place, MemorySegment array) throws InputException {
        if (!isMatrix()) {
            throw new InputException(
                    file,
                    place + "header",
                    "a matrix (rows, columns) of at least one row and 1 to %,d columns".formatted(MappedRows.WIDEST),
                    describe(),
                    "save the embedding matrix alone");
        }
        long bytes = array.byteSize() - start;
        int each = dtype.bits() / 8;
        // Divided, not multiplied: a hostile shape would overflow.
        boolean fits = bytes % each == 0
                && shape.get(0) <= bytes / each / shape.get(1)
                && shape.get(0) * shape.get(1) == bytes / each;
        if (!fits) {
            throw new InputException(
                    file,
                    place + "byte %,d".formatted(start),
                    "the numbers of %s and nothing after".formatted(describe()),
                    "%,d bytes".formatted(bytes),
                    "it is cut short, or holds more than one array; " + AGAIN);
        }
        return new NumpyRows(file, array.asSlice(start, bytes), this);
    }
}
