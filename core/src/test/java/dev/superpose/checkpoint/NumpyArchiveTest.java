package dev.superpose.checkpoint;

import static dev.superpose.checkpoint.ArrayFixtures.header;
import static dev.superpose.checkpoint.ArrayFixtures.npy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives of NumPy arrays, well and badly formed.
class NumpyArchiveTest {
    private static final int CASES = 400;

    @TempDir
    private Path folder;

    private Path zip(Object... namesAndBytes) throws IOException {
        Path file = folder.resolve("a.npz");
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndBytes.length; i += 2) {
                out.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
                out.write((byte[]) namesAndBytes[i + 1]);
            }
        }
        return file;
    }

    private static void assertRefused(Path file, String finding) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(finding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz", "named.npz"})
    void readsTheBitsThatNumpyReads(String name) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(ArrayFixtures.FOLDER.resolve(name))) {
            PackedMatrix matrix = checkpoint.matrices().getFirst();
            assertThat(matrix.tensor()).isEqualTo(name.equals("named.npz") ? "embeddings" : "weights");
            assertThat(ArrayFixtures.bits(matrix)).isEqualTo(ArrayFixtures.expectedBits(name));
            assertThat(matrix.notes().contains("one of 2 matrices, taken because of its name"))
                    .isEqualTo(name.equals("named.npz"));
        }
    }

    @Test
    void listsTheMatricesWhenSeveralCouldBeMeant() {
        assertRefused(
                ArrayFixtures.FOLDER.resolve("several.npz"),
                "found 'first' F32 of shape (6, 2); 'second' F32 of shape (4, 3) (save the one you mean by itself)");
    }

    @Test
    void passesOverArraysThatAreNoMatrix() throws IOException {
        byte[] pickled = npy(header("'|O'", "False", "(2, 2)"), 16);
        byte[] row = npy(header("'<f4'", "False", "(4,)"), 16);
        Path file = zip("names.npy", pickled, "b.npy", row, "w.npy", npy(header("'<f4'", "False", "(2, 2)"), 16));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.matrices().getFirst().tensor()).isEqualTo("w");
        }
        assertThat(Checkpoint.find(folder)).containsExactly(file);
        assertRefused(zip("b.npy", row, "c.npy", row), "found 'b' F32 of shape (4,); 'c' F32 of shape (4,)");
        assertThat(Checkpoint.find(folder)).isEmpty();
    }

    @Test
    void refusesPickledArraysByName() throws IOException {
        Path file = zip("names.npy", npy(header("'|O'", "False", "(2, 2)"), 16));
        assertRefused(file, "array 'names', header: expected numbers");
        assertRefused(file, "found pickled Python objects ('|O'), which are never loaded");
    }

    @Test
    void refusesArraysThatAreCutShort() throws IOException {
        assertRefused(
                zip("w.npy", npy(header("'<f4'", "False", "(2, 3)"), 16)),
                "array 'w', byte 70: expected the numbers of F32 of shape (2, 3) and nothing after, found 16 bytes");
        Path file = zip("w.npy", npy(header("'<f4'", "False", "(2, 2)"), 16));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 30));
        assertRefused(file, "directory");
    }

    @Test
    void refusesDataThatUnpackWithoutEnd() throws IOException {
        byte[] bomb = npy(header("'<f4'", "False", "(1000000, 4)"), 16_000_000);
        assertRefused(zip("w.npy", bomb), "array 'w', directory: expected an array that unpacks to at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz"})
    void isReadOrRefusedHoweverItIsDamaged(String name) throws IOException {
        long seed = Long.getLong("superpose.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        byte[] sound = Files.readAllBytes(ArrayFixtures.FOLDER.resolve(name));
        Path file = folder.resolve("mutant.npz");
        int opened = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] mutant = Mutation.mutate(sound, "PK\1\2\3\4\5\6\0(),0123456789", random);
            Files.write(file, mutant);
            String label = "seed %d (-Dsuperpose.seed), case %d: %s".formatted(seed, i, Arrays.toString(mutant));
            opened += Mutation.isSound(file, label) ? 1 : 0;
        }
        assertThat(opened).as("seed %d", seed).isBetween(CASES / 50, CASES * 3 / 4);
    }
}
