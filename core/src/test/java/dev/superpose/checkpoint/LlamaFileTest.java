package dev.superpose.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Geometry;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Models of llama2.c in its three layouts, well and badly formed.
class LlamaFileTest {
    private static final int CASES = 400;

    @TempDir
    private Path folder;

    private static byte[] fixture(String name) throws IOException {
        return Files.readAllBytes(ArrayFixtures.FOLDER.resolve(name));
    }

    /// The fixture with an integer put at a byte.
    private Path with(String name, int at, int value) throws IOException {
        byte[] bytes = fixture(name);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return Files.write(folder.resolve("m.bin"), bytes);
    }

    private static void assertRefused(Path file, String finding) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(finding);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void readsTheBitsThatNumpyReads(int version) throws IOException {
        String untied = "llama-v%d-untied.bin".formatted(version);
        try (Checkpoint checkpoint = Checkpoint.open(ArrayFixtures.FOLDER.resolve(untied))) {
            assertThat(checkpoint.matrices())
                    .extracting(PackedMatrix::role)
                    .containsExactly(Role.UNEMBEDDING, Role.EMBEDDING);
            assertThat(ArrayFixtures.bits(checkpoint.matrices().get(0)))
                    .isEqualTo(ArrayFixtures.expectedBits(untied + "/unembedding"));
            assertThat(ArrayFixtures.bits(checkpoint.matrices().get(1)))
                    .isEqualTo(ArrayFixtures.expectedBits(untied + "/embedding"));
        }
        String shared = "llama-v%d-shared.bin".formatted(version);
        try (Checkpoint checkpoint = Checkpoint.open(ArrayFixtures.FOLDER.resolve(shared))) {
            PackedMatrix matrix = checkpoint.matrices().getFirst();
            assertThat(checkpoint.matrices()).hasSize(1);
            assertThat(matrix.tied()).isTrue();
            assertThat(matrix.dtype()).isEqualTo(version == 2 ? "Q8_0/4" : "F32");
            assertThat(ArrayFixtures.bits(matrix)).isEqualTo(ArrayFixtures.expectedBits(shared + "/embedding"));
            assertThat(matrix.notes()).isEmpty();
            Tokens tokens = matrix.tokens().orElseThrow();
            assertThat(tokens.find("the")).hasValue(3);
            assertThat(tokens.text(5)).isEqualTo("\u00e9");
            assertThat(tokens.text(6)).isEqualTo("\ufffd");
        }
    }

    @Test
    void measuresARealModelAsNumpyDoes() throws IOException {
        Map<String, Double> oracle = new HashMap<>();
        for (String line : Files.readAllLines(ArrayFixtures.CHECKPOINT.resolve("stories.txt"))) {
            int blank = line.indexOf(' ');
            oracle.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
        }
        try (Checkpoint stories = Checkpoint.open(ArrayFixtures.CHECKPOINT.resolve("stories260K-q8.bin"))) {
            PackedMatrix matrix = stories.matrices().getFirst();
            GeometryReport report = Geometry.measure(matrix.rows(), Geometry.Options.standard());
            assertThat(report.norm().mean()).isCloseTo(oracle.get("norm"), within(1e-6));
            assertThat(report.overlap().mean()).isCloseTo(oracle.get("mean"), within(1e-6));
            assertThat(report.overlap().meanSquare()).isCloseTo(oracle.get("mean_square"), within(1e-6));
            assertThat(report.overlap().meanAbs().value()).isCloseTo(oracle.get("mean_abs"), within(1e-6));
            assertThat(report.overlap().maxAbs().value()).isCloseTo(oracle.get("max_abs"), within(1e-6));
            assertThat(matrix.tokens().orElseThrow().find("little")).hasValue(376);
            assertThat(matrix.firstPaddingRow()).isEqualTo(512);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llama-v1-shared.bin | 4 | 3 | byte 4: expected version 1 or 2, found 3",
                "llama-v1-shared.bin | 8 | 0 | byte 8: expected the sizes of a model",
                "llama-v1-shared.bin | 8 | -8 | found width -8",
                "llama-v1-shared.bin | 8 | 9 | found width 9",
                "llama-v1-shared.bin | 16 | 2147483647 | layers 2,147,483,647",
                "llama-v1-shared.bin | 24 | 3 | key heads 3",
                "llama-v1-shared.bin | 28 | 11 | expected a file of 4,608 bytes, as its sizes say, found 4,576 bytes (it is cut short",
                "llama-v1-shared.bin | 28 | 9 | expected a file of 4,544 bytes",
                "llama-v1-shared.bin | 36 | 2 | byte 36: expected 0 or 1 (embeddings shared), found 2",
                "llama-v1-shared.bin | 36 | 0 | it is cut short",
                "llama-v2-shared.bin | 37 | 0 | byte 37: expected a group size that divides the width 8, found 0",
                "llama-v2-shared.bin | 37 | -4 | found -4",
                "llama-v2-shared.bin | 37 | 3 | found 3",
                "llama-v0-untied.bin | 20 | 10 | expected a file of 4,412 bytes, as its sizes say, found 4,732 bytes",
                "llama-v0-untied.bin | 20 | -11 | it is cut short",
                "llama-v0-untied.bin | 20 | -2147483648 | unknown binary data",
                "llama-v0-untied.bin | 12 | 3 | unknown binary data"
            })
    void saysWhatIsWrong(String name, int at, int value, String finding) throws IOException {
        assertRefused(with(name, at, value), finding);
    }

    @Test
    void refusesFilesThatAreCutShort() throws IOException {
        byte[] sound = fixture("llama-v2-untied.bin");
        Path file = folder.resolve("m.bin");
        assertRefused(Files.write(file, Arrays.copyOf(sound, 100)), "expected a header of 256 bytes, found 100 bytes");
        assertRefused(Files.write(file, Arrays.copyOf(sound, sound.length - 1)), "it is cut short");
        assertRefused(Files.write(file, Arrays.copyOf(sound, sound.length + 1)), "as its sizes say");
    }

    @Test
    void refusesTheEarlyLayoutOfScales() throws IOException {
        int at = 256 + 4 * 5 * 8 + 80;
        assertRefused(
                with("llama-v2-shared.bin", at, Float.floatToIntBits(-1f)),
                "byte 496: expected a scale, finite and not negative, found -1.0");
        assertRefused(with("llama-v2-shared.bin", at, Float.floatToIntBits(Float.NaN)), "export it again with a newer");
    }

    @Test
    void refusesATokenizerOfAnotherModel() throws IOException {
        Path model = folder.resolve("m.bin");
        Files.write(model, fixture("llama-v1-shared.bin"));
        byte[] tokens = fixture("tok10.bin");
        Path file = folder.resolve("tokenizer.bin");
        Files.write(file, Arrays.copyOf(tokens, tokens.length - 2));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(model))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining("token 9 of 10");
        Files.write(file, Arrays.copyOf(tokens, tokens.length + 9));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(model))
                .withMessageContaining("the end after 10 tokens, found 9 bytes more");
        Files.write(file, new byte[2]);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(model))
                .withMessageContaining("byte 0: expected the length of the longest token");
        Files.delete(file);
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            assertThat(checkpoint.matrices().getFirst().notes())
                    .singleElement()
                    .asString()
                    .contains("padding rows");
        }
    }

    @Test
    void isFoundByItsContent() throws IOException {
        assertThat(Checkpoint.find(ArrayFixtures.CHECKPOINT))
                .contains(
                        ArrayFixtures.CHECKPOINT.resolve("stories260K-q8.bin"),
                        ArrayFixtures.FOLDER.resolve("vectors.bin"))
                .doesNotContain(ArrayFixtures.CHECKPOINT.resolve("tok512.bin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-v0-untied.bin", "llama-v2-shared.bin"})
    void isReadOrRefusedHoweverItIsDamaged(String name) throws IOException {
        long seed = Long.getLong("superpose.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        byte[] sound = fixture(name);
        Path file = folder.resolve("mutant.bin");
        int opened = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] mutant = Mutation.mutate(sound, "24ka\0\1\2", random);
            // Most of a model is numbers: let half of the damage be in its header.
            byte[] damaged = i % 2 == 0 ? mutant : headed(sound, random);
            Files.write(file, damaged);
            opened += Mutation.isSound(file, "seed %d (-Dsuperpose.seed), case %d of %s".formatted(seed, i, name))
                    ? 1
                    : 0;
        }
        assertThat(opened).as("seed %d", seed).isBetween(CASES / 50, CASES * 2 / 3);
    }

    private static byte[] headed(byte[] sound, SplittableRandom random) {
        byte[] header = Mutation.mutate(Arrays.copyOf(sound, 48), "24ka\0\1\2", random);
        byte[] damaged = sound.clone();
        System.arraycopy(header, 0, damaged, 0, Math.min(header.length, 48));
        return damaged;
    }
}
