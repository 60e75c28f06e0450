package dev.superpose.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes files of PyTorch byte by byte, sound ones and others.
final class TorchBytes {
    private static final int NO_32 = -1;

    private final ByteArrayOutputStream local = new ByteArrayOutputStream();
    private final ByteArrayOutputStream central = new ByteArrayOutputStream();
    private final boolean wide;
    private int entries;

    /// @param wide whether sizes and offsets stand in zip64 fields
    TorchBytes(boolean wide) {
        this.wide = wide;
    }

    /// A file of the pickle `program` and one storage, `0`, of `numbers`.
    static byte[] file(byte[] program, int numbers) {
        return new TorchBytes(false)
                .add("m/data.pkl", program)
                .add("m/data/0", new byte[4 * numbers])
                .end();
    }

    /// Adds an entry, stored.
    TorchBytes add(String name, byte[] data) {
        return add(name, name, 0, 0, data);
    }

    /// Adds an entry whose own header says `localName`.
    TorchBytes add(String name, String localName, int flags, int method, byte[] data) {
        int at = local.size();
        int size = wide ? NO_32 : data.length;
        write(
                local,
                little(30)
                        .putInt(0x04034b50)
                        .putShort((short) 20)
                        .putShort((short) flags)
                        .putShort((short) method)
                        .putInt(0)
                        .putInt(0)
                        .putInt(data.length)
                        .putInt(data.length)
                        .putShort((short) localName.length())
                        .putShort((short) 0));
        local.writeBytes(localName.getBytes(ISO_8859_1));
        local.writeBytes(data);
        write(
                central,
                little(46)
                        .putInt(0x02014b50)
                        .putInt(0x00140014)
                        .putShort((short) flags)
                        .putShort((short) method)
                        .putInt(0)
                        .putInt(0)
                        .putInt(size)
                        .putInt(size)
                        .putShort((short) name.length())
                        .putShort((short) (wide ? 28 : 0))
                        .putShort((short) 0)
                        .putInt(0)
                        .putInt(0)
                        .putInt(wide ? NO_32 : at));
        central.writeBytes(name.getBytes(ISO_8859_1));
        if (wide) {
            write(
                    central,
                    little(28)
                            .putShort((short) 1)
                            .putShort((short) 24)
                            .putLong(data.length)
                            .putLong(data.length)
                            .putLong(at));
        }
        entries++;
        return this;
    }

    /// The whole archive.
    byte[] end() {
        return end(entries, local.size(), central.size());
    }

    /// The whole archive, with an end that says where and how large the directory is.
    byte[] end(long count, long offset, long size) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(local.toByteArray());
        all.writeBytes(central.toByteArray());
        if (wide) {
            int at = all.size();
            write(
                    all,
                    little(56)
                            .putInt(0x06064b50)
                            .putLong(44)
                            .putInt(0)
                            .putLong(0)
                            .putInt(0)
                            .position(24)
                            .putLong(count)
                            .putLong(count)
                            .putLong(size)
                            .putLong(offset));
            write(all, little(20).putInt(0x07064b50).putInt(0).putLong(at).putInt(1));
        }
        write(
                all,
                little(22)
                        .putInt(0x06054b50)
                        .putInt(0)
                        .putShort((short) (wide ? NO_32 : count))
                        .putShort((short) (wide ? NO_32 : count))
                        .putInt(wide ? NO_32 : (int) size)
                        .putInt(wide ? NO_32 : (int) offset)
                        .putShort((short) 0));
        return all.toByteArray();
    }

    /// A pickle of `{'weight': tensor}`, a matrix over storage `key`.
    static byte[] matrix(String key, long count, long offset, long[] shape, long[] strides) {
        return pickle("}" + text("weight") + tensor(key, count, offset, shape, strides) + "s.");
    }

    /// The opcodes that make a tensor of float32.
    static String tensor(String key, long count, long offset, long[] shape, long[] strides) {
        return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n" + text(key)
                + text("cpu") + whole(count) + "tQ" + whole(offset) + tuple(shape) + tuple(strides) + "\u0089)tR";
    }

    /// `opcodes`, one character a byte, after the mark of protocol 2.
    static byte[] pickle(String opcodes) {
        return ("\u0080\u0002" + opcodes).getBytes(ISO_8859_1);
    }

    static String text(String text) {
        return "X" + new String(content(little(4).putInt(text.length())), ISO_8859_1) + text;
    }

    static String whole(long value) {
        return "\u008a\u0008" + new String(content(little(8).putLong(value)), ISO_8859_1);
    }

    private static String tuple(long[] values) {
        var tuple = new StringBuilder("(");
        for (long value : values) {
            tuple.append(whole(value));
        }
        return tuple.append('t').toString();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(ByteArrayOutputStream to, ByteBuffer bytes) {
        to.writeBytes(content(bytes));
    }

    private static byte[] content(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }
}
