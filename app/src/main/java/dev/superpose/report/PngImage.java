package dev.superpose.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// A picture of plain pixels, written as PNG without the desktop part of Java.
final class PngImage {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int LARGEST_SIDE = 8192;

    private final int width;
    private final int height;
    /// Per row a filter byte (none) and three bytes a pixel, as the file wants them.
    private final byte[] scanlines;

    PngImage(int width, int height) {
        if (width < 1 || height < 1 || width > LARGEST_SIDE || height > LARGEST_SIDE) {
            throw new IllegalArgumentException("no picture of %d by %d pixels".formatted(width, height));
        }
        this.width = width;
        this.height = height;
        this.scanlines = new byte[Math.multiplyExact(height, 1 + 3 * width)];
    }

    /// Sets the pixel at column `x`, row `y` from the top, to `rgb` (0xRRGGBB).
    void set(int x, int y, int rgb) {
        int at = Objects.checkIndex(y, height) * (1 + 3 * width) + 1 + 3 * Objects.checkIndex(x, width);
        scanlines[at] = (byte) (rgb >> 16);
        scanlines[at + 1] = (byte) (rgb >> 8);
        scanlines[at + 2] = (byte) rgb;
    }

    /// The file.
    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        byte eightBitsAChannel = 8;
        byte trueColour = 2;
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(eightBitsAChannel)
                        .put(trueColour)
                        .array());
        chunk(out, "IDAT", deflated());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /// The file as an address that carries its own content.
    String address() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes());
    }

    private byte[] deflated() {
        var packed = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (var out = new DeflaterOutputStream(packed, deflater)) {
            out.write(scanlines);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("writing to memory failed", e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
}
