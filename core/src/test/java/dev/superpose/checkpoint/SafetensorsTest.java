package dev.superpose.checkpoint;

import static dev.superpose.checkpoint.SafetensorsBytes.entry;
import static dev.superpose.checkpoint.SafetensorsBytes.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reading and writing sound files. The golden ones are made by
/// src/test/python/checkpoint_fixtures.py.
class SafetensorsTest {
    private static final FloatMatrix W = new FloatMatrix(3, 2, new float[] {0.5f, -1.25f, 3f, 1e-40f, -0f, 65504f});
    private static final float[] B = {0.1f, -0.2f, 0.3f};

    @TempDir
    private Path folder;

    private static Path golden(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(SafetensorsTest.class.getResource(name)).toURI());
    }

    @Test
    void writesTheBytesOfTheReferenceImplementation() throws Exception {
        Path file = folder.resolve("w.safetensors");
        new SafetensorsWriter()
                .add("b", B)
                .metadata("note", "Aï \"quoted\" \\ line\nend")
                .add("W", W)
                .write(file);
        assertThat(file).hasSameBinaryContentAs(golden("by-reference.safetensors"));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void readsWhatTheReferenceImplementationWrote() throws Exception {
        try (Safetensors read = Safetensors.open(golden("by-reference.safetensors"))) {
            assertThat(read.metadata()).isEqualTo(Map.of("note", "Aï \"quoted\" \\ line\nend"));
            assertThat(read.matrix("W").data()).isEqualTo(W.data());
            assertThat(read.vector("b")).isEqualTo(B);
            assertThat(read.find("W").orElseThrow().shape()).containsExactly(3L, 2L);
        }
    }

    @Test
    void givesBackWhatItWrote() throws IOException {
        long seed = 20260101;
        var random = new SplittableRandom(seed);
        // More than one of the writer's buffers.
        FloatMatrix matrix = FloatMatrix.zeros(701, 97);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = Float.intBitsToFloat(random.nextInt());
        }
        Path file = folder.resolve("m.safetensors");
        new SafetensorsWriter().add("ü/ \"", matrix).add("none", new float[0]).write(file);
        try (Safetensors read = Safetensors.open(file)) {
            assertThat(bits(read.matrix("ü/ \"").data())).as("seed %d", seed).isEqualTo(bits(matrix.data()));
            assertThat(read.vector("none")).isEmpty();
            RowBlocks rows = read.rows("ü/ \"");
            float[] some = new float[3 * 97 + 1];
            rows.read(699, 2, some);
            assertThat(some[97]).isEqualTo(matrix.at(700, 0));
        }
    }

    @Test
    void leavesTheOldFileIfWritingFails() throws IOException {
        Path file = folder.resolve("taken");
        Files.createDirectories(file.resolve("full"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new SafetensorsWriter().add("b", B).write(file));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void writerRefusesNamesThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SafetensorsWriter().add("__metadata__", B));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SafetensorsWriter().add("W", W).add("W", B));
    }

    /// Denormals, infinities, not-a-numbers, -0 and every 8-bit value, against PyTorch's
    /// conversion.
    @ParameterizedTest
    @EnumSource(
            names = {
                "F16",
                "BF16",
                "F64",
                "F8_E4M3",
                "F8_E5M2",
                "F8_E8M0",
                "F8_E4M3FNUZ",
                "F8_E5M2FNUZ",
                "I8",
                "U8",
                "I16"
            })
    void decodesAsPyTorchDoes(Dtype dtype) throws Exception {
        try (Safetensors read = Safetensors.open(golden("dtypes.safetensors"))) {
            assertThat(read.find(dtype.name()).orElseThrow().dtype()).isEqualTo(dtype);
            float[] decoded = read.matrix(dtype.name()).data();
            float[] meant = read.matrix(dtype.name() + ".meaning").data();
            assertThat(decoded).hasSameSizeAs(meant);
            for (int i = 0; i < decoded.length; i++) {
                if (Float.isNaN(meant[i])) {
                    assertThat(decoded[i]).as("number %d", i).isNaN();
                } else {
                    assertThat(Float.floatToRawIntBits(decoded[i]))
                            .as("number %d, %s", i, meant[i])
                            .isEqualTo(Float.floatToRawIntBits(meant[i]));
                }
            }
        }
    }

    @Test
    void readsBlocksThatCrossItsOwn() throws IOException {
        // 16-bit numbers are converted 4096 at a time; rows of 1000 lie across that.
        byte[] bytes = file("{" + entry("t", "BF16", "[50,1000]", 0, 100_000) + "}", 100_000);
        for (int i = 0; i < 50_000; i++) {
            short number = (short) (Float.floatToRawIntBits(i % 256) >>> 16);
            bytes[bytes.length - 100_000 + 2 * i] = (byte) number;
            bytes[bytes.length - 100_000 + 2 * i + 1] = (byte) (number >> 8);
        }
        Path file = Files.write(folder.resolve("blocks.safetensors"), bytes);
        try (Safetensors read = Safetensors.open(file)) {
            float[] some = new float[30_000];
            read.rows("t").read(13, 30, some);
            for (int i = 0; i < some.length; i++) {
                assertThat(some[i]).isEqualTo((13_000 + i) % 256);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"F32", "BF16"})
    void readsBeyondTwoGibibytes(String dtype) throws IOException {
        int width = 8192;
        int size = dtype.equals("F32") ? 4 : 2;
        long rows = 3L << 30 >> 13;
        long bytes = rows * width * size;
        Path file = folder.resolve("large.safetensors");
        SafetensorsBytes.writeSparse(
                file, "{" + entry("t", dtype, "[%d,%d]".formatted(rows, width), 0, bytes) + "}", bytes);
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(raw.length() - 2);
            raw.write(new byte[] {(byte) 0x80, 0x3f});
        }
        try (Safetensors read = Safetensors.open(file)) {
            float[] last = new float[2 * width];
            read.rows("t").read(rows - 2, 2, last);
            assertThat(last[2 * width - 1]).isEqualTo(1f);
            assertThat(last[2 * width - 2]).isZero();
        }
    }

    @Test
    void saysSoIfTheFileShrinksWhileItIsRead() throws IOException {
        Path file = folder.resolve("shrinks.safetensors");
        long bytes = 1 << 20;
        SafetensorsBytes.writeSparse(file, "{" + entry("t", "F32", "[1024,256]", 0, bytes) + "}", bytes);
        try (Safetensors read = Safetensors.open(file)) {
            RowBlocks rows = read.rows("t");
            try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
                raw.setLength(100);
            }
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> rows.read(1000, 10, new float[2560]))
                    .withMessageContaining("the file became shorter while it was read");
        }
    }

    @Test
    void keepsToTheRowsThatAreThere() throws Exception {
        try (Safetensors read = Safetensors.open(golden("by-reference.safetensors"))) {
            RowBlocks rows = read.rows("W");
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> rows.read(2, 2, new float[4]));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> rows.read(-1, 1, new float[4]));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> rows.read(0, 2, new float[3]));
        }
    }

    @Test
    void acceptsWhatTheFormatAllows() throws IOException {
        String header =
                "{" + entry("scalar", "F32", "[]", 0, 4) + "," + entry("empty", "F32", "[0,4611686018427387904]", 4, 4)
                        + "," + entry("codes", "F4", "[2]", 4, 5)
                        + ",\"more\":{\"note\":{\"deep\":[1]},\"data_offsets\":[5,9],\"shape\":[1,1],\"dtype\":\"F32\"}}   \n";
        Path file = Files.write(folder.resolve("odd.safetensors"), file(header, 9));
        try (Safetensors read = Safetensors.open(file)) {
            assertThat(read.tensors()).extracting(TensorInfo::name).containsExactly("scalar", "empty", "codes", "more");
            assertThat(read.find("scalar").orElseThrow().shape()).isEqualTo(List.of());
            assertThat(read.matrix("more").data()).containsExactly(0f);
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> read.rows("scalar"))
                    .withMessageContaining("2 dimensions");
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> read.rows("empty"))
                    .withMessageContaining("rows of 1 to");
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> read.vector("codes"))
                    .withMessageContaining("codes (2) F4");
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> read.rows("nothing"))
                    .withMessageContaining("a tensor 'nothing'");
        }
        Path empty = Files.write(folder.resolve("empty.safetensors"), file("{}", 0));
        try (Safetensors read = Safetensors.open(empty)) {
            assertThat(read.tensors()).isEmpty();
        }
    }

    private static int[] bits(float[] numbers) {
        int[] bits = new int[numbers.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(numbers[i]);
        }
        return bits;
    }
}
