package dev.superpose.checkpoint;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Safetensors files put together byte by byte, right or wrong.
final class SafetensorsBytes {
    private SafetensorsBytes() {}

    /// A length field, whatever follows it.
    static byte[] withLength(long length, byte[] rest) {
        return ByteBuffer.allocate(Long.BYTES + rest.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(rest)
                .array();
    }

    /// A header and as many zero bytes of data.
    static byte[] file(String header, int data) {
        return file(header.getBytes(StandardCharsets.UTF_8), data);
    }

    static byte[] file(byte[] header, int data) {
        byte[] rest = java.util.Arrays.copyOf(header, header.length + data);
        return withLength(header.length, rest);
    }

    /// One tensor's entry in a header.
    static String entry(String name, String dtype, String shape, long begin, long end) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, dtype, shape, begin, end);
    }

    /// A header with one F32 tensor `t` of that shape and those offsets, written as they are.
    static String one(String shape, String offsets) {
        return "{\"t\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}}".formatted(shape, offsets);
    }

    /// Writes a header and sets the length of the file; what is not written takes no room on the disk.
    static void writeSparse(Path file, String header, long data) throws IOException {
        byte[] start = file(header, 0);
        Files.write(file, start);
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(start.length + data);
        }
    }
}
