package dev.superpose.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Puts a zip archive around hostile entries, so that they are reached. Checksums are zero: the
/// parsers do not look at them.
final class ZipBytes {
    private final ByteArrayOutputStream local = new ByteArrayOutputStream();
    private final ByteArrayOutputStream central = new ByteArrayOutputStream();
    private int entries;

    /// Adds an entry whose bytes are stored as they are.
    ZipBytes add(String name, byte[] data) {
        return add(name, 0, data, data.length);
    }

    /// Adds an entry.
    ///
    /// @param method 0 if `data` are stored, 8 if they are deflated
    /// @param size how many bytes the directory says they are once inflated
    ZipBytes add(String name, int method, byte[] data, int size) {
        byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
        int at = local.size();
        header(local, 30, 0x04034b50, 0, method, data.length, size, text.length);
        local.writeBytes(text);
        local.writeBytes(data);
        header(central, 46, 0x02014b50, at, method, data.length, size, text.length);
        central.writeBytes(text);
        entries++;
        return this;
    }

    /// The whole archive.
    byte[] end() {
        ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        end.putInt(0, 0x06054b50).putShort(8, (short) entries).putShort(10, (short) entries);
        end.putInt(12, central.size()).putInt(16, local.size());
        local.writeBytes(central.toByteArray());
        local.writeBytes(end.array());
        return local.toByteArray();
    }

    private static void header(
            ByteArrayOutputStream to, int length, int magic, int at, int method, int packed, int size, int name) {
        ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        // The central header has a version more in front, and the place at its end.
        int shift = length == 46 ? 2 : 0;
        header.putInt(0, magic).putShort(8 + shift, (short) method);
        header.putInt(18 + shift, packed).putInt(22 + shift, size).putShort(26 + shift, (short) name);
        if (length == 46) {
            header.putInt(42, at);
        }
        to.writeBytes(header.array());
    }
}
