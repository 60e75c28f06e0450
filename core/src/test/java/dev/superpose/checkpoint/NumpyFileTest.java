package dev.superpose.checkpoint;

import static dev.superpose.checkpoint.ArrayFixtures.header;
import static dev.superpose.checkpoint.ArrayFixtures.npy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.superpose.geometry.Geometry;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// NumPy arrays, well and badly formed.
class NumpyFileTest {
    private static final int CASES = 600;

    @TempDir
    private Path folder;

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.npy"), bytes);
    }

    private static void assertRefused(Path file, String finding) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(finding);
    }

    @Test
    void readsTheBitsThatNumpyReads() throws IOException {
        int files = 0;
        for (Map.Entry<String, ArrayFixtures.Expected> each :
                ArrayFixtures.expected().entrySet()) {
            if (each.getKey().endsWith(".npy")) {
                try (Checkpoint checkpoint = Checkpoint.open(ArrayFixtures.FOLDER.resolve(each.getKey()))) {
                    PackedMatrix matrix = checkpoint.matrices().getFirst();
                    assertThat(matrix.rows().width()).isEqualTo(each.getValue().width());
                    assertThat(ArrayFixtures.bits(matrix))
                            .as(each.getKey())
                            .isEqualTo(each.getValue().bits());
                    files++;
                }
            }
        }
        assertThat(files).isEqualTo(26);
    }

    @Test
    void takesTokensFromTheFileBeside() throws IOException {
        Path file = write(npy(header("'<f4'", "False", "(3, 2)"), 24));
        Files.writeString(folder.resolve("a.tokens.txt"), "x\ny\nz\n");
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            PackedMatrix matrix = checkpoint.matrices().getFirst();
            assertThat(checkpoint.model()).isEqualTo("a");
            assertThat(matrix.role()).isEqualTo(Role.VECTORS);
            assertThat(matrix.tokens().orElseThrow().find("z")).hasValue(2);
            assertThat(matrix.notes()).isEmpty();
        }
    }

    @Test
    void leavesRowsThatAreNotFiniteToTheMeasurement() throws IOException {
        byte[] bytes = npy(header("'<f4'", "False", "(3, 2)"), 24);
        int start = bytes.length - 24;
        Arrays.fill(bytes, start, start + 8, (byte) 0x3f);
        Arrays.fill(bytes, start + 8, start + 16, (byte) 0xff);
        try (Checkpoint checkpoint = Checkpoint.open(write(bytes))) {
            var excluded = Geometry.measure(checkpoint.matrices().getFirst().rows(), Geometry.Options.standard())
                    .excluded();
            assertThat(excluded.nonfinite()).isEqualTo(1);
            assertThat(excluded.zero()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'|O' ; False ; (2, 2) ; pickled Python objects ('|O'), which are never loaded",
                "'|V2' ; False ; (2, 2) ; as bfloat16 is saved",
                "'<c8' ; False ; (2, 2) ; expected numbers of dtype f2, f4, f8, i1, u1 or i2, found '<c8'",
                "'<i8' ; False ; (2, 2) ; found '<i8'",
                "'=f4' ; False ; (2, 2) ; expected a byte order, < or >, found '='",
                "'f4' ; False ; (2, 2) ; expected one dtype, such as '<f4', found 'f4'",
                "[('x', '<f4')] ; False ; (2, 2) ; expected numbers of one dtype, found a structured dtype",
                "'<f4' ; Maybe ; (2, 2) ; expected True or False, found 'Maybe",
                "'<f4' ; False ; (4,) ; found F32 of shape (4,)",
                "'<f4' ; False ; () ; found F32 of shape ()",
                "'<f4' ; False ; (2, 2, 1) ; found F32 of shape (2, 2, 1)",
                "'<f4' ; False ; (0, 4) ; found F32 of shape (0, 4)",
                "'<f4' ; False ; (4, 0) ; found F32 of shape (4, 0)",
                "'<f4' ; False ; (-1, 4) ; expected a size from 0 of at most 18 digits, found '-1",
                "'<f4' ; False ; (9999999999999999999, 4) ; at most 18 digits",
                "'<f4' ; False ; (1152921504606846977, 4) ; at most 18 digits",
                "'<f4' ; False ; (281474976710657, 65536) ; expected the numbers of F32 of shape (281474976710657, 65536)",
                "'<f4' ; False ; (1, 16777217) ; 1 to 16,777,216 columns",
                "'<f4' ; False ; (2, 3) ; expected the numbers of F32 of shape (2, 3) and nothing after, found 16 bytes",
                "'<f4' ; False ; (2, 1) ; found 16 bytes (it is cut short, or holds more than one array",
                "'<f8' ; False ; (2, 2) ; found 16 bytes",
                "__import__('os') ; False ; (2, 2) ; expected a string in quotes, found '__import__('os')"
            })
    void saysWhatIsWrong(String descr, String fortran, String shape, String finding) throws IOException {
        assertRefused(write(npy(header(descr, fortran, shape), 16)), finding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | expected '{', found the end",
                "{} | expected 'descr', 'fortran_order' and 'shape', and nothing after",
                "\"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)} x\" | and nothing after, found 'x'",
                "\"{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)}\" | once",
                "\"{'descr': '<f4', 'order': False, 'shape': (2, 2)}\" | each of 'descr', 'fortran_order' and 'shape' once",
                "\"{'descr': '<f4\" | expected a string in quotes",
                "\"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2\" | expected ')', found the end"
            })
    void saysWhereTheHeaderIsWrong(String text, String finding) throws IOException {
        assertRefused(write(npy(text, 16)), finding);
    }

    @Test
    void refusesHeadersThatLieAboutTheirLength() throws IOException {
        byte[] sound = npy(header("'<f4'", "False", "(2, 2)"), 16);
        assertRefused(write(Arrays.copyOf(sound, 7)), "expected '\\x93NUMPY', a version and a length");
        assertRefused(write(Arrays.copyOf(sound, 9)), "expected '\\x93NUMPY', a version and a length");
        byte[] signed = sound.clone();
        signed[9] = (byte) 0x9c;
        assertRefused(write(signed), "found one of 39,9");
        byte[] version = sound.clone();
        version[6] = 9;
        assertRefused(write(version), "byte 6: expected version 1, 2 or 3 of the format, found 9");
        byte[] huge = sound.clone();
        huge[6] = 3;
        Arrays.fill(huge, 8, 12, (byte) 0xff);
        assertRefused(write(huge), "found one of 4,294,967,295 bytes");
        byte[] long10 = npy(header("'<f4'", "False", "(2, 2)") + " ".repeat(10_000_000), 16);
        long10[6] = 2;
        System.arraycopy(new byte[] {0, (byte) 0x96, (byte) 0x98, 0}, 0, long10, 8, 4);
        assertRefused(write(long10), "found one of 9,999,872 bytes");
        byte[] magic = sound.clone();
        magic[3] = 'n';
        assertRefused(write(magic), "found unknown binary data");
    }

    @Test
    void isFoundAmongOtherArrays() throws IOException {
        Path file = write(npy(header("'<f4'", "False", "(2, 2)"), 16));
        Files.write(folder.resolve("frequencies.npy"), npy(header("'<f8'", "False", "(2,)"), 16));
        assertThat(Checkpoint.find(folder)).containsExactly(file);
    }

    @Test
    void isReadOrRefusedHoweverItIsDamaged() throws IOException {
        long seed = Long.getLong("superpose.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        byte[] sound = npy(header("'<f4'", "True", "(3, 2)"), 24);
        Path file = folder.resolve("mutant.npy");
        int opened = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] mutant = Mutation.mutate(sound, "{}()'\":,0123456789-<>|=fiuTF \0", random);
            Files.write(file, mutant);
            String label = "seed %d (-Dsuperpose.seed), case %d: %s".formatted(seed, i, Arrays.toString(mutant));
            opened += Mutation.isSound(file, label) ? 1 : 0;
        }
        assertThat(opened).as("seed %d", seed).isBetween(CASES / 50, CASES / 2);
    }
}
