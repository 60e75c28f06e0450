package dev.superpose.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Word vectors as text, well and badly formed.
class WordVectorsTest {
    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.write(folder.resolve("v.50d.txt"), text.getBytes(ISO_8859_1));
    }

    private PackedMatrix read(String text) throws IOException {
        return read(write(text));
    }

    private static PackedMatrix read(Path file) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.matrices()).hasSize(1);
            return checkpoint.matrices().getFirst();
        }
    }

    private static float[] numbers(PackedMatrix matrix) throws IOException {
        int rows = Math.toIntExact(matrix.rows().rows());
        float[] numbers = new float[rows * matrix.rows().width()];
        matrix.rows().read(0, rows, numbers);
        return numbers;
    }

    @Test
    void readsGlove() throws IOException {
        PackedMatrix matrix = read("the 0.418 -.25 1e-3\n, 1 2. +3\n1.5 4 5 6\n");
        assertThat(matrix.model()).isEqualTo("v.50d");
        assertThat(matrix.role()).isEqualTo(Role.VECTORS);
        assertThat(matrix.dtype()).isEqualTo("text");
        assertThat(matrix.rows().width()).isEqualTo(3);
        assertThat(matrix.notes()).isEmpty();
        assertThat(numbers(matrix)).containsExactly(0.418f, -0.25f, 1e-3f, 1f, 2f, 3f, 4f, 5f, 6f);
        assertThat(matrix.tokens().orElseThrow().find("1.5")).hasValue(2);
    }

    @Test
    void readsWord2vec() throws IOException {
        PackedMatrix matrix = read("2 3\r\n</s> 1 2 3 \r\nword\t4  5\t6 \r\n\r\n\n");
        assertThat(matrix.rows().rows()).isEqualTo(2);
        assertThat(numbers(matrix)).containsExactly(1f, 2f, 3f, 4f, 5f, 6f);
        assertThat(matrix.tokens().orElseThrow().text(1)).isEqualTo("word");
    }

    @Test
    void readsWordsThatHoldBlanksOrAreOne() throws IOException {
        PackedMatrix matrix = read("a 1 2\n. . . 3 4\nat name@domain.com 5 6\n  7 8\n 9 10\n\u00a0 11 12\n");
        Tokens tokens = matrix.tokens().orElseThrow();
        assertThat(numbers(matrix)).containsExactly(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f);
        assertThat(tokens.text(1)).isEqualTo(". . .");
        assertThat(tokens.text(2)).isEqualTo("at name@domain.com");
        assertThat(tokens.text(3)).isEqualTo(" ");
        assertThat(tokens.text(4)).isEmpty();
    }

    @Test
    void keepsWhatIsNotFiniteAndCountsWhatIsOdd() throws IOException {
        PackedMatrix matrix = read("\u00ef\u00bb\u00bfa nan -inf\nb Infinity 1e60\na 0 -0\nd\u00e9j\u00e0 1 2\n");
        assertThat(numbers(matrix))
                .containsExactly(
                        Float.NaN,
                        Float.NEGATIVE_INFINITY,
                        Float.POSITIVE_INFINITY,
                        Float.POSITIVE_INFINITY,
                        0f,
                        -0f,
                        1f,
                        2f);
        assertThat(matrix.tokens().orElseThrow().find("a")).hasValue(0);
        assertThat(matrix.tokens().orElseThrow().text(3)).isEqualTo("d\ufffdj\ufffd");
        assertThat(matrix.notes())
                .containsExactly(
                        "1 words are not UTF-8; their odd bytes are shown as \ufffd",
                        "1 rows repeat a word of an earlier row; a search finds the first");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"a 1 2\nb 1\n\" | line 2: expected a word and 2 numbers, found 2 fields, the last 1 of them numbers",
                "\"a 1 2\nb 1 2 3\n\" | line 2: expected a word and 2 numbers, found 4 fields, the last 3 of them numbers",
                "\"a 1 2\n1 2\n\" | line 2: expected a word and 2 numbers, found 2 fields, the last 2 of them numbers",
                "\"a 1 2\nb 1 x\n\" | line 2, column 3: expected a number, found 'x'",
                "\"a 1 2\nb 0x1 2\n\" | line 2, column 2: expected a number, found '0x1'",
                "\"a 1 2\nb 1f 2\n\" | line 2, column 2: expected a number, found '1f'",
                "\"a 1 2\nb 1e 2\n\" | line 2, column 2: expected a number, found '1e'",
                "\"a 1 2\nb 1,5 2\n\" | line 2, column 2: expected a number, found '1,5'",
                "\"a 1 2\n\nb 1 2\n\" | line 2: expected a word and its numbers, found nothing",
                "\"hello world\nthis is text\n\" | line 1: expected a word and its numbers, or the number of rows and the width",
                "\"\n \n\" | line 1: expected a word and its numbers",
                "\"3 2\na 1 2\nb 1 2\n\" | line 3: expected 3 rows, as line 1 says, found 2",
                "\"1 2\na 1 2\nb 1 2\n\" | line 3: expected 1 rows, as line 1 says, found 2",
                "\"2 3\na 1 2\nb 1 2\n\" | line 2: expected a word and 3 numbers, found 3 fields",
                "\"1 2\n\" | line 1: expected a word and its numbers",
                "\"1 0\na\n\" | line 1: expected a width from 1 to 524,288, found 0",
                "\"999999999999 999999999999\na 1\n\" | line 1: expected a width from 1 to 524,288"
            })
    void saysWhichLineIsWrong(String text, String finding) throws IOException {
        Path file = write(text);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageStartingWith(file + ": " + finding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c 1", "c", "c 1 -", "c 1 2e", "c 1 2 3e", "\u00e9"})
    void leavesOutALastLineThatBreaksOff(String last) throws IOException {
        Path file = write("a 1 2 3\nb 4 5 6\n" + last);
        try (Checkpoint read = Checkpoint.open(file)) {
            PackedMatrix matrix = read.matrices().getFirst();
            assertThat(matrix.rows().rows()).isEqualTo(2);
            assertThat(matrix.tokens().orElseThrow().length()).isEqualTo(2);
            assertThat(matrix.notes())
                    .singleElement()
                    .asString()
                    .startsWith("the file is cut short: its last line, 3,");
        }
        // With a line feed after it, it is wrong.
        Path whole = write("a 1 2 3\nb 4 5 6\n" + last + "\n");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(whole))
                .withMessageContaining("line 3");
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        Path file = folder.resolve("glove.6B.50d.txt");
        Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageContaining("git lfs pull");
        Files.write(file, new byte[0]);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageContaining("an empty file");
        Files.write(file, new byte[3000]);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageContaining("line 1");
        Files.writeString(file, "a " + "1 ".repeat(600_000) + "\n");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageContaining("a line of at most 1,048,576 bytes");
    }

    @Test
    void readsCompressedFilesWithinReason() throws IOException {
        Path file = folder.resolve("g.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("the 1 2\nof 3 4\n".getBytes(UTF_8));
        }
        assertThat(read(file).model()).isEqualTo("g");
        assertThat(numbers(read(file))).containsExactly(1f, 2f, 3f, 4f);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 9));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageContaining("whole gzip data");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            byte[] line = ("a " + "0 ".repeat(1000) + "\n").getBytes(UTF_8);
            for (int i = 0; i < 5000; i++) {
                out.write(line);
            }
        }
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageContaining("data that unpacks to at most");
    }

    @Test
    void findsVectorsAmongOtherText() throws IOException {
        Files.writeString(folder.resolve("vectors.vec"), "2 3\na 1 2 3\nb 1 2 3\n");
        Files.writeString(folder.resolve("glove.txt"), "a 1 2 3\nb 1 2 3\n");
        Files.writeString(folder.resolve("LICENSE.txt"), "Apache License\nVersion 2.0\n");
        Files.writeString(folder.resolve("vectors.tokens.txt"), "a 1 2\nb 1 2\n");
        Files.writeString(folder.resolve("empty.txt"), "");
        assertThat(Checkpoint.find(folder)).containsExactly(folder.resolve("glove.txt"), folder.resolve("vectors.vec"));
    }

    @Test
    void growsOverManyBlocks() throws IOException {
        int rows = 40_000;
        var text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            text.append('w').append(i);
            for (int j = 0; j < 20; j++) {
                text.append(' ').append(i + j);
            }
            text.append('\n');
        }
        PackedMatrix matrix = read(text.toString());
        float[] some = new float[30_000 * 20];
        matrix.rows().read(7_777, 30_000, some);
        for (int i = 0; i < some.length; i++) {
            assertThat(some[i]).isEqualTo(7_777 + i / 20 + i % 20);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "1677720",
                "1677721",
                "16777217",
                "123456789",
                "0.1",
                "0.16777217",
                "3.4028236e38",
                "1e-45",
                "0.00000000001",
                "7e-46",
                "-.5",
                "5.",
                "+0.25e+02",
                "33554433",
                "1.17549435e-38",
                "00000000000000000001.5",
                "0.000000000000000000000000000000000000000000001"
            })
    void parsesAsTheJdkDoes(String number) {
        byte[] bytes = number.getBytes(UTF_8);
        assertThat(DecimalKernels.isNumber(bytes, 0, bytes.length)).isTrue();
        assertThat(DecimalKernels.parse(bytes, 0, bytes.length)).isEqualTo(Float.parseFloat(number));
    }

    @Test
    void parsesRandomNumbersAsTheJdkDoes() {
        long seed = Long.getLong("superpose.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            String number = switch (i % 3) {
                case 0 -> Float.toString(Float.intBitsToFloat(random.nextInt() & 0x7f7fffff));
                case 1 -> "%.5f".formatted(random.nextDouble() * 4 - 2);
                default -> "%d.%d".formatted(random.nextInt(100), random.nextInt(1, 10_000_000));
            };
            byte[] bytes = number.getBytes(UTF_8);
            assertThat(DecimalKernels.isNumber(bytes, 0, bytes.length))
                    .as(number)
                    .isTrue();
            assertThat(DecimalKernels.parse(bytes, 0, bytes.length))
                    .as("%s, seed %d (-Dsuperpose.seed)", number, seed)
                    .isEqualTo(Float.parseFloat(number));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "e5", "1e", "1e+", "--1", "1-", "0x10", "1f", "nanx", "in", "1.2.3", "\u0661"})
    void refusesWhatIsNoNumber(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        assertThat(DecimalKernels.isNumber(bytes, 0, bytes.length)).isFalse();
    }
}
