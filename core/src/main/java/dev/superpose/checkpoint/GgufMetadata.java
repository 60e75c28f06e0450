package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a GGUF file says of itself, by key. Only where each value lies is kept: texts and arrays,
/// such as a vocabulary and its merges, become objects when they are asked for.
final class GgufMetadata {
    /// Most files have fewer than a hundred keys.
    private static final long MOST_KEYS = 1 << 16;

    private static final int LONGEST_KEY = 65_535;
    private static final long LONGEST_STRING = 1L << 30;
    private static final long MOST_ITEMS = 1L << 30;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int LONGEST_SHOWN = 100;
    /// The length and first byte of a key, a type, and a value of a byte.
    private static final int LEAST_BYTES = Long.BYTES + 1 + Integer.BYTES + 1;

    private final MemorySegment bytes;
    private final Map<String, Value> values = new HashMap<>();

    private GgufMetadata(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /// The types of values, in the order of their numbers.
    enum Type {
        U8(1),
        I8(1),
        U16(2),
        I16(2),
        U32(4),
        I32(4),
        F32(4),
        BOOL(1),
        STRING(0),
        ARRAY(0),
        U64(8),
        I64(8),
        F64(8);

        private final int size;

        Type(int size) {
            this.size = size;
        }
    }

    /// @param item the type of the value, or of the items of an array
    /// @param at where it begins: the text of a string, the first item of an array
    /// @param count items of an array, bytes of a text, else 1
    private record Value(Type item, boolean array, long at, long count) {}

    /// How many values there are; they follow the number of tensors.
    static long readCount(GgufCursor cursor) throws InputException {
        return cursor.readCount("keys", MOST_KEYS, LEAST_BYTES);
    }

    /// Reads `count` keys and values.
    static GgufMetadata read(GgufCursor cursor, long count) throws InputException {
        var metadata = new GgufMetadata(cursor.bytes());
        for (long i = 0; i < count; i++) {
            long at = cursor.at();
            String key = cursor.readName("key %,d".formatted(i), LONGEST_KEY);
            String what = "'%s'".formatted(key.length() > LONGEST_SHOWN ? key.substring(0, LONGEST_SHOWN) + "…" : key);
            if (metadata.values.put(key, readValue(cursor, what)) != null) {
                throw cursor.wrong(at, "each key once", what + " twice");
            }
        }
        return metadata;
    }

    private static Value readValue(GgufCursor cursor, String what) throws InputException {
        Type type = readType(cursor, what);
        if (type == Type.ARRAY) {
            return readArray(cursor, what);
        }
        if (type == Type.STRING) {
            long length = readLength(cursor, what);
            return new Value(type, false, cursor.take(length, what), length);
        }
        long at = cursor.take(type.size, what);
        checkBooleans(cursor, type, at, 1, what);
        return new Value(type, false, at, 1);
    }

    private static Value readArray(GgufCursor cursor, String what) throws InputException {
        long from = cursor.at();
        Type item = readType(cursor, "the items of " + what);
        if (item == Type.ARRAY) {
            throw cursor.wrong(from, "an array of numbers or texts as " + what, "an array of arrays");
        }
        long count = cursor.readCount("items of " + what, MOST_ITEMS, item == Type.STRING ? Long.BYTES : item.size);
        long at = cursor.at();
        if (item == Type.STRING) {
            for (long i = 0; i < count; i++) {
                cursor.take(readLength(cursor, what), what);
            }
        } else {
            cursor.take(count * item.size, what);
            checkBooleans(cursor, item, at, count, what);
        }
        return new Value(item, true, at, count);
    }

    private static Type readType(GgufCursor cursor, String what) throws InputException {
        long from = cursor.at();
        int type = cursor.readInt("the type of " + what);
        if (type < 0 || type >= Type.values().length) {
            throw cursor.wrong(
                    from,
                    "a type of 0 to %d for %s".formatted(Type.values().length - 1, what),
                    Integer.toUnsignedString(type));
        }
        return Type.values()[type];
    }

    private static long readLength(GgufCursor cursor, String what) throws InputException {
        long from = cursor.at();
        long length = cursor.readLong("the length of " + what);
        if (length < 0 || length > LONGEST_STRING) {
            throw cursor.wrong(
                    from,
                    "a text of at most %,d bytes as %s".formatted(LONGEST_STRING, what),
                    Long.toUnsignedString(length));
        }
        return length;
    }

    private static void checkBooleans(GgufCursor cursor, Type type, long at, long count, String what)
            throws InputException {
        for (long i = 0; type == Type.BOOL && i < count; i++) {
            byte value = cursor.bytes().get(ValueLayout.JAVA_BYTE, at + i);
            if (value != 0 && value != 1) {
                throw cursor.wrong(at + i, "0 or 1 as " + what, Byte.toUnsignedInt(value));
            }
        }
    }

    /// Whether there is a value of that key.
    boolean has(String key) {
        return values.containsKey(key);
    }

    /// The text of that key, if it is one of ordinary length.
    Optional<String> text(String key) {
        return find(key, false)
                .filter(value -> value.item == Type.STRING && value.count <= LONGEST_TEXT)
                .map(value -> text(value.at, value.count));
    }

    /// The whole number of that key, if it is one that a `long` can hold.
    Optional<Long> integer(String key) {
        return find(key, false).flatMap(value -> switch (value.item) {
            case U8 -> Optional.of((long) Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, value.at)));
            case I8 -> Optional.of((long) bytes.get(ValueLayout.JAVA_BYTE, value.at));
            case U16 -> Optional.of((long) Short.toUnsignedInt(bytes.get(GgufCursor.SHORT, value.at)));
            case I16 -> Optional.of((long) bytes.get(GgufCursor.SHORT, value.at));
            case U32 -> Optional.of(Integer.toUnsignedLong(bytes.get(GgufCursor.INT, value.at)));
            case I32 -> Optional.of((long) bytes.get(GgufCursor.INT, value.at));
            case U64 -> Optional.of(bytes.get(GgufCursor.LONG, value.at)).filter(number -> number >= 0);
            case I64 -> Optional.of(bytes.get(GgufCursor.LONG, value.at));
            case F32, BOOL, STRING, ARRAY, F64 -> Optional.empty();
        });
    }

    /// The number of texts in the array of that key; 0 if there is none.
    long countTexts(String key) {
        return texts(key).map(Value::count).orElse(0L);
    }

    /// The texts in the array of that key; none if there is none. Bytes that are not UTF-8, as
    /// parts of characters are, become U+FFFD.
    List<String> readTexts(String key) {
        List<String> all = new ArrayList<>();
        texts(key).ifPresent(array -> {
            long at = array.at;
            for (long i = 0; i < array.count; i++) {
                long length = bytes.get(GgufCursor.LONG, at);
                all.add(text(at + Long.BYTES, length));
                at += Long.BYTES + length;
            }
        });
        return all;
    }

    private Optional<Value> texts(String key) {
        return find(key, true).filter(value -> value.item == Type.STRING);
    }

    private Optional<Value> find(String key, boolean array) {
        return Optional.ofNullable(values.get(key)).filter(value -> value.array == array);
    }

    private String text(long at, long length) {
        return new String(bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
}
