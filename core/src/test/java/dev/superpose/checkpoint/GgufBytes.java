package dev.superpose.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// GGUF files put together byte by byte, right or wrong.
final class GgufBytes {
    static final int U8 = 0;
    static final int U32 = 4;
    static final int BOOL = 7;
    static final int STRING = 8;
    static final int ARRAY = 9;
    static final int U64 = 10;
    static final int F32 = 0;
    private static final int DEFAULT_ALIGNMENT = 32;

    private final int version;
    private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private long keyCount;
    private long tensorCount;

    GgufBytes(int version) {
        this.version = version;
    }

    /// A model of `rows` rows of two numbers, without its numbers.
    static GgufBytes model(long rows) {
        return new GgufBytes(3).text("general.architecture", "llama").tensor("token_embd.weight", F32, 0, 2, rows);
    }

    static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /// A text with its length before it.
    static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return joined(longs(bytes.length), bytes);
    }

    static byte[] array(int type, long count, byte[] items) {
        return joined(ints(type), longs(count), items);
    }

    static byte[] strings(String... texts) {
        var items = new ByteArrayOutputStream();
        for (String text : texts) {
            items.writeBytes(string(text));
        }
        return array(STRING, texts.length, items.toByteArray());
    }

    GgufBytes key(byte[] key, int type, byte[] value) {
        keys.writeBytes(joined(key, ints(type), value));
        keyCount++;
        return this;
    }

    GgufBytes key(String key, int type, byte[] value) {
        return key(string(key), type, value);
    }

    GgufBytes text(String key, String text) {
        return key(key, STRING, string(text));
    }

    /// A tensor whose offset counts from the start of the numbers.
    GgufBytes tensor(String name, int type, long offset, long... shape) {
        return tensor(string(name), shape.length, type, offset, shape);
    }

    GgufBytes tensor(byte[] name, int dimensions, int type, long offset, long... shape) {
        tensors.writeBytes(joined(name, ints(dimensions), longs(shape), ints(type), longs(offset)));
        tensorCount++;
        return this;
    }

    /// The file, with as many zero bytes of numbers.
    byte[] file(int numbers) {
        return file(tensorCount, keyCount, new byte[numbers]);
    }

    byte[] file(byte[] numbers) {
        return file(tensorCount, keyCount, numbers);
    }

    /// The file with other counts than are true.
    byte[] file(long saidTensors, long saidKeys, byte[] numbers) {
        byte[] header = joined(
                "GGUF".getBytes(StandardCharsets.US_ASCII),
                ints(version),
                longs(saidTensors, saidKeys),
                keys.toByteArray(),
                tensors.toByteArray());
        return joined(header, new byte[Math.floorMod(-header.length, DEFAULT_ALIGNMENT)], numbers);
    }
}
