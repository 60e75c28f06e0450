package dev.superpose.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Word vectors in the binary format of word2vec, well and badly formed.
class BinaryVectorsTest {
    private static final int CASES = 600;
    private static final String ROW = "\0\0\u0080?\0\0\0@";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"vectors.bin", "vectors.bin.gz"})
    void readsTheBitsThatNumpyReads(String name) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(ArrayFixtures.FOLDER.resolve(name))) {
            PackedMatrix matrix = checkpoint.matrices().getFirst();
            assertThat(checkpoint.model()).isEqualTo("vectors");
            assertThat(matrix.dtype()).isEqualTo("F32");
            assertThat(matrix.role()).isEqualTo(Role.VECTORS);
            assertThat(ArrayFixtures.bits(matrix)).isEqualTo(ArrayFixtures.expectedBits(name));
            assertThat(matrix.tokens().orElseThrow().find("\u00e9t\u00e9")).hasValue(2);
            assertThat(matrix.notes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v.txt", "v.vec", "v.bin", "v", "v.pt"})
    void isKnownByItsContentWhateverItsName(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), ("2 2\na " + ROW + "\nb " + ROW + "\n").getBytes(ISO_8859_1));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.matrices().getFirst().dtype()).isEqualTo("F32");
        }
    }

    @Test
    void countsWordsThatAreOdd() throws IOException {
        String text = "3 2\na " + ROW + "\n\u00ff " + ROW + "\na " + ROW + "\n";
        Path file = Files.write(folder.resolve("v.bin"), text.getBytes(ISO_8859_1));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.matrices().getFirst().notes())
                    .containsExactly(
                            "1 words are not UTF-8; their odd bytes are shown as \ufffd",
                            "1 rows repeat a word of an earlier row; a search finds the first");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 | byte 0: expected the number of rows, from 1, and the width, 1 to 524,288, found '0 2'",
                "2 0 | found '2 0'",
                "2 99999999 | found '2 99999999'",
                "999999999999999999 2 | expected a word of at most 65,535 bytes and a blank (row 2 of 999,999,999,999,999,999), found the end",
                "3 2 | (row 2 of 3), found the end (the file is cut short or its first line is wrong",
                "1 2 | byte 14: expected the end after 1 rows, as the first line says, found more bytes",
                "1 9 | expected 9 numbers of 4 bytes (row 0 of 1), found 20 bytes"
            })
    void saysWhatIsWrongWithTheSizes(String sizes, String finding) throws IOException {
        byte[] bytes = (sizes + "\na " + ROW + "\nb " + ROW + "\n").getBytes(ISO_8859_1);
        assertRefused(Files.write(folder.resolve("v.bin"), bytes), finding);
    }

    @Test
    void refusesWordsWithoutEnd() throws IOException {
        byte[] bytes = ("2 2\n" + "\1".repeat(100_000)).getBytes(ISO_8859_1);
        assertRefused(
                Files.write(folder.resolve("v.bin"), bytes),
                "byte 4: expected a word of at most 65,535 bytes and a blank (row 0 of 2), found a longer one");
        bytes = ("2 2\na " + ROW + "\nb " + ROW.substring(1)).getBytes(ISO_8859_1);
        assertRefused(Files.write(folder.resolve("v.bin"), bytes), "(row 1 of 2), found 7 bytes");
    }

    @Test
    void refusesDataThatUnpackWithoutEnd() throws IOException {
        Path file = folder.resolve("v.bin.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("1000000 1000\n".getBytes(ISO_8859_1));
            byte[] row = new byte[4002];
            row[0] = 'a';
            row[1] = ' ';
            for (int i = 0; i < 3000; i++) {
                out.write(row);
            }
        }
        assertRefused(file, "data that unpacks to at most");
    }

    private static void assertRefused(Path file, String finding) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(finding);
    }

    @Test
    void isReadOrRefusedHoweverItIsDamaged() throws IOException {
        long seed = Long.getLong("superpose.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        byte[] sound = Files.readAllBytes(ArrayFixtures.FOLDER.resolve("vectors.bin"));
        Path file = folder.resolve("mutant.bin");
        int opened = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] mutant = Mutation.mutate(sound, "0123456789 \n\0", random);
            Files.write(file, mutant);
            String label = "seed %d (-Dsuperpose.seed), case %d: %s".formatted(seed, i, Arrays.toString(mutant));
            opened += Mutation.isSound(file, label) ? 1 : 0;
        }
        assertThat(opened).as("seed %d", seed).isBetween(CASES / 50, CASES * 2 / 3);
    }
}
