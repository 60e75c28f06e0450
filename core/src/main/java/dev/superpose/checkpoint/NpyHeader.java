package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a NumPy array says about itself before its numbers: eight bytes of magic and version, a
/// length, and a Python dictionary (`numpy.lib.format`, versions 1.0 to 3.0). The dictionary is
/// read as a literal; no code in it is run.
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
    /// to hold the longest header. Its numbers can be read as float32.
    ///
    /// @param place where in the file the array lies, as the beginning of a phrase; empty
    /// if it is the whole file
    /// @param size the bytes of the whole array, header and numbers
    static NpyHeader read(Path file, String place, MemorySegment prefix, long size) throws InputException {
        return read(file, place, prefix, size, Numbers.WEIGHTS);
    }

    /// The same for an array that may also hold whole numbers of any size, as counts are.
    static NpyHeader readCounts(Path file, MemorySegment bytes) throws InputException {
        return read(file, "", bytes, bytes.byteSize(), Numbers.COUNTS);
    }

    /// The numbers that an array may hold.
    private enum Numbers {
        WEIGHTS("f2, f4, f8, i1, u1 or i2"),
        COUNTS("f2, f4, f8, or i or u of 1 to 8 bytes");

        private final String words;

        Numbers(String words) {
            this.words = words;
        }

        /// What `kind`, such as `f4`, stands for, if it is among them.
        Optional<Dtype> dtype(String kind) {
            Optional<Dtype> known = switch (kind) {
                case "f2" -> Optional.of(Dtype.F16);
                case "f4" -> Optional.of(Dtype.F32);
                case "f8" -> Optional.of(Dtype.F64);
                case "i1" -> Optional.of(Dtype.I8);
                case "u1" -> Optional.of(Dtype.U8);
                case "i2" -> Optional.of(Dtype.I16);
                case "u2" -> Optional.of(Dtype.U16);
                case "i4" -> Optional.of(Dtype.I32);
                case "u4" -> Optional.of(Dtype.U32);
                case "i8" -> Optional.of(Dtype.I64);
                case "u8" -> Optional.of(Dtype.U64);
                default -> Optional.empty();
            };
            return known.filter(dtype -> this == COUNTS || dtype.readable());
        }
    }

    private static NpyHeader read(Path file, String place, MemorySegment prefix, long size, Numbers numbers)
            throws InputException {
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
        return of(file, place + "header", said, start + length, numbers);
    }

    private static NpyHeader of(Path file, String place, NpyDictionary.Contents said, long start, Numbers numbers)
            throws InputException {
        Matcher parts = DTYPE.matcher(said.descr());
        if (!parts.matches()) {
            throw new InputException(file, place, "one dtype, such as '<f4'", "'" + said.descr() + "'", AS_FLOAT);
        }
        String kind = parts.group(2) + parts.group(3);
        Dtype dtype = numbers.dtype(kind).orElseThrow(() -> unreadable(file, place, said.descr(), kind, numbers));
        ByteOrder order = switch (parts.group(1)) {
            case ">" -> ByteOrder.BIG_ENDIAN;
            case "=" -> throw new InputException(file, place, "a byte order, < or >", "'='", AS_FLOAT);
            default -> ByteOrder.LITTLE_ENDIAN;
        };
        return new NpyHeader(dtype, order, said.fortran(), said.shape(), start);
    }

    private static InputException unreadable(Path file, String place, String descr, String kind, Numbers numbers) {
        String meaning = switch (kind) {
            case "O" -> "pickled Python objects ('%s'), which are never loaded".formatted(descr);
            case "V2" -> "two raw bytes each ('%s'), as bfloat16 is saved".formatted(descr);
            default -> "'%s'".formatted(descr);
        };
        return new InputException(file, place, "numbers of dtype " + numbers.words, meaning, AS_FLOAT);
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
            throw cut(file, place, bytes);
        }
        return new NumpyRows(file, array.asSlice(start, bytes), this);
    }

    /// The numbers of a vector, or of a matrix of one row or column, whose bytes, header
    /// included, are `array`.
    ///
    /// @throws InputException if it is none, or the bytes are not as many as its shape says
    double[] vector(Path file, MemorySegment array) throws InputException {
        long length = 1;
        int longer = 0;
        for (long size : shape) {
            longer += size == 1 ? 0 : 1;
            length = size == 1 ? length : size;
        }
        if (shape.isEmpty() || longer > 1) {
            throw new InputException(file, "header", "a vector", describe(), "save the counts alone");
        }
        long bytes = array.byteSize() - start;
        int each = dtype.bits() / 8;
        if (bytes % each != 0 || bytes / each != length) {
            throw cut(file, "", bytes);
        }
        double[] numbers = new double[Math.toIntExact(length)];
        ByteBuffer from = array.asSlice(start).asByteBuffer().order(order);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(from);
        }
        return numbers;
    }

    private double number(ByteBuffer from) {
        return switch (dtype) {
            case F16 -> Float.float16ToFloat(from.getShort());
            case F32 -> from.getFloat();
            case F64 -> from.getDouble();
            case I8 -> from.get();
            case U8 -> Byte.toUnsignedInt(from.get());
            case I16 -> from.getShort();
            case U16 -> Short.toUnsignedInt(from.getShort());
            case I32 -> from.getInt();
            case U32 -> Integer.toUnsignedLong(from.getInt());
            case I64 -> from.getLong();
            case U64 -> unsigned(from.getLong());
            case BOOL, F4, F6_E2M3, F6_E3M2, F8_E5M2, F8_E4M3, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ, BF16, C64 ->
                throw new IllegalStateException("NumPy has no " + dtype);
        };
    }

    private static double unsigned(long bits) {
        // Halved with the last bit kept, so that it is rounded once.
        return bits >= 0 ? (double) bits : 2 * (double) ((bits >>> 1) | (bits & 1));
    }

    private InputException cut(Path file, String place, long bytes) {
        return new InputException(
                file,
                place + "byte %,d".formatted(start),
                "the numbers of %s and nothing after".formatted(describe()),
                "%,d bytes".formatted(bytes),
                "it is cut short, or holds more than one array; " + AGAIN);
    }
}
