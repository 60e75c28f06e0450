package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads and checks all of a GGUF file but its numbers: `"GGUF" | u32 version | i64 tensors |
/// i64 keys | keys and values | tensors | padding | numbers`, little-endian.
///
/// Nothing is believed: a declared size is compared with the bytes that are left before it is
/// used, and the tensors must follow each other without hole or overlap, each padded to the
/// alignment. Format: ggml, `docs/gguf.md` and `src/gguf.cpp`.
///
/// @param tensors by name, in the order of the file
record GgufHeader(GgufMetadata metadata, Map<String, GgufTensor> tensors) {
    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
    private static final String ALIGNMENT = "general.alignment";
    private static final long DEFAULT_ALIGNMENT = 32;
    private static final long MOST_TENSORS = 500_000;
    private static final int LONGEST_NAME = 63;
    private static final int MOST_DIMENSIONS = 4;
    /// The length and first byte of a name, the number of dimensions, a type and an offset.
    private static final int LEAST_BYTES = Long.BYTES + 1 + Integer.BYTES + Integer.BYTES + Long.BYTES;

    /// Where the number of tensors stands.
    private static final int COUNT_AT = 8;

    GgufHeader {
        tensors = Collections.unmodifiableMap(tensors);
    }

    /// Reads the header of `bytes`, the whole file.
    static GgufHeader read(Path file, MemorySegment bytes) throws InputException {
        var cursor = new GgufCursor(file, bytes);
        checkMagic(cursor);
        checkVersion(cursor);
        long tensors = cursor.readCount("tensors", MOST_TENSORS, LEAST_BYTES);
        long keys = GgufMetadata.readCount(cursor);
        GgufMetadata metadata = GgufMetadata.read(cursor, keys);
        long alignment = alignment(file, metadata);
        return new GgufHeader(metadata, new Tensors(cursor, alignment).read(tensors));
    }

    /// Whether a file that begins with `prefix` holds tensors, as far as these bytes tell.
    static boolean holdsTensors(byte[] prefix) {
        for (int i = COUNT_AT; i < Math.min(prefix.length, COUNT_AT + Long.BYTES); i++) {
            if (prefix[i] != 0) {
                return true;
            }
        }
        return false;
    }

    private static void checkMagic(GgufCursor cursor) throws InputException {
        long at = cursor.take(MAGIC.length, "the letters GGUF");
        if (cursor.bytes().asSlice(at, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) >= 0) {
            throw cursor.wrong(at, "the letters GGUF", "other bytes");
        }
    }

    private static void checkVersion(GgufCursor cursor) throws InputException {
        long from = cursor.at();
        int version = cursor.readInt("the version");
        if (version == 2 || version == 3) {
            return;
        }
        String found = Integer.toUnsignedString(version);
        String remedy = "convert the model again with a current llama.cpp";
        if (version != 0 && (version & 0xFFFF) == 0) {
            found = "a file for big-endian machines (version %d)".formatted(Integer.reverseBytes(version));
            remedy = "turn its bytes round with gguf_convert_endian.py of the gguf package";
        } else if (version > 3) {
            remedy = "this version is not known; use the model's safetensors files";
        }
        throw new InputException(cursor.file(), GgufCursor.place(from), "GGUF version 2 or 3", found, remedy);
    }

    private static long alignment(Path file, GgufMetadata metadata) throws InputException {
        if (!metadata.has(ALIGNMENT)) {
            return DEFAULT_ALIGNMENT;
        }
        long alignment = metadata.integer(ALIGNMENT).orElse(0L);
        if (alignment < 1 || Long.bitCount(alignment) != 1 || alignment > 1L << 31) {
            throw new InputException(
                    file,
                    "'%s'".formatted(ALIGNMENT),
                    "a power of two below 2^32",
                    metadata.integer(ALIGNMENT).map(String::valueOf).orElse("no whole number"),
                    "the file is damaged; fetch it again");
        }
        return alignment;
    }

    /// The list of tensors. Offsets in it count from the end of the list, padded.
    private static final class Tensors {
        private final GgufCursor cursor;
        private final long alignment;
        private final Map<String, GgufTensor> all = new LinkedHashMap<>();
        /// Where the next tensor's offset must lead.
        private long expected;

        Tensors(GgufCursor cursor, long alignment) {
            this.cursor = cursor;
            this.alignment = alignment;
        }

        Map<String, GgufTensor> read(long count) throws InputException {
            for (long i = 0; i < count; i++) {
                long at = cursor.at();
                GgufTensor tensor = readTensor("the name of tensor %,d".formatted(i));
                if (all.put(tensor.name(), tensor) != null) {
                    throw cursor.wrong(at, "each tensor once", "'%s' twice".formatted(tensor.name()));
                }
            }
            long data = padded(cursor.at());
            for (Map.Entry<String, GgufTensor> entry : all.entrySet()) {
                entry.setValue(placed(entry.getValue(), data));
            }
            return all;
        }

        /// A tensor whose offset still counts from the start of the numbers.
        private GgufTensor readTensor(String what) throws InputException {
            String name = cursor.readName(what, LONGEST_NAME);
            String tensor = "tensor '%s'".formatted(name);
            List<Long> shape = readShape(tensor);
            long typeAt = cursor.at();
            int id = cursor.readInt("the type of " + tensor);
            GgufType type = GgufType.of(id)
                    .orElseThrow(() -> new InputException(
                            cursor.file(),
                            GgufCursor.place(typeAt),
                            "a type of numbers for " + tensor,
                            GgufType.unreadable(id),
                            "convert or quantise the model again with a current llama.cpp"));
            long bytes = bytes(tensor, shape, type, typeAt);
            long offsetAt = cursor.at();
            long offset = cursor.readLong("the offset of " + tensor);
            if (offset != expected) {
                throw cursor.wrong(
                        offsetAt,
                        "offset %,d for %s, where the tensor before it ends".formatted(expected, tensor),
                        Long.toUnsignedString(offset));
            }
            if (bytes > Long.MAX_VALUE / 4 - expected) {
                throw cursor.wrong(offsetAt, "tensors of less than 2^61 bytes", "more with " + tensor);
            }
            expected = padded(expected + bytes);
            return new GgufTensor(name, type, shape, offset, bytes);
        }

        private List<Long> readShape(String tensor) throws InputException {
            long from = cursor.at();
            int dimensions = cursor.readInt("the number of dimensions of " + tensor);
            if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
                throw cursor.wrong(
                        from,
                        "at most %d dimensions of %s".formatted(MOST_DIMENSIONS, tensor),
                        Integer.toUnsignedString(dimensions));
            }
            List<Long> shape = new ArrayList<>();
            long numbers = 1;
            for (int i = 0; i < dimensions; i++) {
                long at = cursor.at();
                long length = cursor.readLong("a dimension of " + tensor);
                if (length < 1) {
                    throw cursor.wrong(at, "a dimension of at least 1 for " + tensor, length);
                }
                if (length > Long.MAX_VALUE / numbers) {
                    throw cursor.wrong(at, "fewer than 2^63 numbers in " + tensor, "more");
                }
                numbers *= length;
                shape.add(length);
            }
            return shape;
        }

        private long bytes(String tensor, List<Long> shape, GgufType type, long at) throws InputException {
            long row = shape.isEmpty() ? 1 : shape.getFirst();
            if (row % type.block() != 0) {
                throw cursor.wrong(
                        at,
                        "%s in rows that are multiples of %d numbers".formatted(type, type.block()),
                        "%s with rows of %,d".formatted(tensor, row));
            }
            long blocks = shape.stream().reduce(1L, (a, b) -> a * b) / type.block();
            if (blocks > Long.MAX_VALUE / type.bytes()) {
                throw cursor.wrong(at, "fewer than 2^63 bytes in " + tensor, "more");
            }
            return blocks * type.bytes();
        }

        /// `tensor` with its offset counted from the start of the file, in which it must end.
        private GgufTensor placed(GgufTensor tensor, long data) throws InputException {
            long size = cursor.bytes().byteSize();
            if (data > size || tensor.bytes() > size - data || tensor.offset() > size - data - tensor.bytes()) {
                throw new InputException(
                        cursor.file(),
                        GgufCursor.place(data),
                        "%,d bytes of tensor '%s' %,d bytes further"
                                .formatted(tensor.bytes(), tensor.name(), tensor.offset()),
                        "a file of %,d bytes".formatted(size),
                        "the file is cut short; fetch it again");
            }
            return new GgufTensor(tensor.name(), tensor.type(), tensor.shape(), data + tensor.offset(), tensor.bytes());
        }

        private long padded(long at) {
            return (at + alignment - 1) / alignment * alignment;
        }
    }
}
