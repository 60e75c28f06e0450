package dev.superpose.bench;

import dev.superpose.numeric.SplitRandom;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a safetensors file with one random BF16 matrix, to see that whoever reads it streams.
///
/// Numbers are sums of four uniform ones: close to normal, so that rows look like those of an
/// untrained model and the mean squared overlap should be 1/m.
public final class LargeModel {
    /// How the numbers are stored.
    private enum Dtype {
        BF16(2),
        F32(4);

        private final int bytes;

        Dtype(int bytes) {
            this.bytes = bytes;
        }
    }

    private LargeModel() {}

    /// `FILE ROWS WIDTH [BF16|F32]`: 262144 rows of 4096 are 2 GiB in BF16, which is what they are
    /// in if not said.
    public static void main(String[] args) throws IOException {
        write(
                Path.of(args[0]),
                Long.parseLong(args[1]),
                Integer.parseInt(args[2]),
                args.length > 3 ? Dtype.valueOf(args[3]) : Dtype.BF16);
    }

    private static void write(Path file, long rows, int width, Dtype dtype) throws IOException {
        long bytes = Math.multiplyExact(rows, (long) width * dtype.bytes);
        String header = """
                {"lm_head.weight":{"dtype":"%s","shape":[%d,%d],"data_offsets":[0,%d]}}""".formatted(dtype, rows, width, bytes);
        byte[] head = header.getBytes(StandardCharsets.US_ASCII);
        var row = ByteBuffer.allocate(width * dtype.bytes).order(ByteOrder.LITTLE_ENDIAN);
        var random = new SplitRandom(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(head.length)
                    .array());
            out.write(head);
            for (long i = 0; i < rows; i++) {
                fill(row.clear(), random, dtype);
                out.write(row.array());
            }
        }
    }

    private static void fill(ByteBuffer row, SplitRandom random, Dtype dtype) {
        while (row.hasRemaining()) {
            long bits = random.nextLong();
            int sum = (int) (bits & 0xffff)
                    + (int) (bits >>> 16 & 0xffff)
                    + (int) (bits >>> 32 & 0xffff)
                    + (int) (bits >>> 48);
            float value = (sum - 2 * 0xffff) * 0x1p-16f;
            switch (dtype) {
                case BF16 -> row.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
                case F32 -> row.putFloat(value);
            }
        }
    }
}
