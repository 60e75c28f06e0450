package dev.superpose.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrequenciesTest {
    private static final Optional<Tokens> WORDS = Optional.of(Tokens.of(List.of("the", "cat", "sat")));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[10, 0, 3]",
                "{\"the\": 10, \"sat\": 3}",
                "{\"0\": 10, \"2\": 3}",
                "{\"tokens\": 13, \"counts\": [10, 0, 3], \"provenance\": {\"seed\": 1}}",
                "{\"counts\": {\"sat\": 3, \"the\": 10}}",
                "row,token,count\n0,the,10\n2,sat,3\n",
                "token\tfrequency\nthe\t10\nsat\t3\n",
                "the 10\ncat 0\nsat 3\n",
                "10\n0\n3\n",
                "count\n10\n0\n3\n",
            })
    void readsEveryFormOfTheSameCounts(String content) throws IOException {
        List<String> notes = new ArrayList<>();

        assertThat(read(content).of(matrix(3, 3, WORDS), notes)).containsExactly(10, 0, 3);
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("1 of 3 rows have no frequency in ")
                .endsWith("counts: they count as never occurring");
    }

    @ParameterizedTest
    @CsvSource({
        "<f2,2", "<f4,4", "<f8,8", "|i1,1", "|u1,1", "<i2,2", "<u2,2", "<i4,4", "<u4,4", "<i8,8", "<u8,8", ">i8,8",
        ">u2,2"
    })
    void readsNumPyVectorsOfEveryDtype(String descr, int each) throws IOException {
        ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer data = ByteBuffer.allocate(3 * each).order(order);
        for (int value : new int[] {100, 0, 7}) {
            switch (descr.substring(1)) {
                case "f2" -> data.putShort(Float.floatToFloat16(value));
                case "f4" -> data.putFloat(value);
                case "f8" -> data.putDouble(value);
                case "i1", "u1" -> data.put((byte) value);
                case "i2", "u2" -> data.putShort((short) value);
                case "i4", "u4" -> data.putInt(value);
                default -> data.putLong(value);
            }
        }
        assertThat(Frequencies.read(npy(descr, "(3,)", data.array())).values()).containsExactly(100, 0, 7);
        assertThat(Frequencies.read(npy(descr, "(3, 1)", data.array())).values())
                .containsExactly(100, 0, 7);
    }

    @Test
    void readsUnsignedNumbersBeyondTheLargestLong() throws IOException {
        byte[] data = {0, 0, 0, 0, 0, 0, 0, (byte) 0x80};

        assertThat(Frequencies.read(npy("<u8", "(1,)", data)).values()).containsExactly(0x1p63);
    }

    @Test
    void findsTokensByTheirSpellingOrTheirMeaning() throws IOException {
        var tokens = Tokens.of(new String[] {"a", "Ġa", "Ãł", "Ã", "ł"}, Tokens.Spelling.BYTE_LEVEL);
        List<String> notes = new ArrayList<>();

        double[] found = read("{\"a\": 1, \" a\": 2, \"à\": 3, \"Ã\": 4, \"none of these\": 1}")
                .of(matrix(5, 5, Optional.of(tokens)), notes);

        assertThat(found).containsExactly(1, 2, 3, 4, 0);
        assertThat(notes).hasSize(2);
        assertThat(notes.getFirst()).startsWith("1 of 5 tokens, 9.09 % of what they count of ");
    }

    @Test
    void leavesPaddingWithoutFrequency() throws IOException {
        List<String> notes = new ArrayList<>();

        assertThat(read("[1, 2, 3]").of(matrix(5, 3, Optional.empty()), notes)).containsExactly(1, 2, 3, 0, 0);
        assertThat(read("[1, 2, 3, 0, 0, 0, 0]").of(matrix(5, 3, Optional.empty()), notes))
                .containsExactly(1, 2, 3, 0, 0);
        assertThat(notes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, -1]|expected a frequency of at least 0, found -1.0",
                "[1, 1e999]|expected a frequency of at least 0, found Infinity",
                "[0, 0]|expected at least one frequency above 0, found only zeros",
                "[]|expected at least one frequency above 0, found no number",
                "[1, \"2\"]|expected a count, found '2'",
                "[1, [2]]|expected a count",
                "[1, 2|line 1",
                "[1] x|line 1: expected JSON, found Unrecognized token 'x'",
                "{\"a\": 1, \"a\": 2}|expected each token once, found 'a' again",
                "{\"a\": 1, \"b\": \"x\"}|expected a number for each token, or an array or object named counts, found 'b'",
                "{\"0\": 1, \"99999999\": 2}|expected a row from 0 to 1,048,575, found 99999999",
                "the ten|line 1: expected counts of tokens",
                "the 10~sat|line 2: expected a token and its count, found sat",
                "the 10~the 3|line 2: expected each token once, found 'the' again",
                "row,count~0,1~0,2|line 3: expected each row once, found row 0 again",
                "row,count~x,1|line 2: expected the number of a row, found 'x'",
                "row,count~1,nan|line 2: expected a frequency, found 'nan'",
                "version https://git-lfs.github.com/spec/v1|found a Git-LFS pointer",
            })
    void refusesWhatIsNoListOfFrequencies(String content, String message) {
        assertThatThrownBy(() -> read(content.replace('~', '\n')))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<i8|(2, 2)|expected a vector, found I64 of shape (2, 2)",
                "<i8|(5,)|expected the numbers of I64 of shape (5,) and nothing after, found 32 bytes",
                "obj|(4,)|pickled Python objects",
                "<c8|(4,)|found '<c8'",
            })
    void refusesOtherArrays(String descr, String shape, String message) {
        assertThatThrownBy(() -> Frequencies.read(npy(descr.equals("obj") ? "|O" : descr, shape, new byte[32])))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesCountsOfAnotherVocabulary() throws IOException {
        var short2 = read("[1, 2]");
        var long4 = read("[1, 2, 3, 4]");
        var others = read("{\"der\": 1, \"Katze\": 2, \"cat\": 1}");
        var twice = read("{\" a\": 1, \"Ġa\": 2}");
        var spaced = Optional.of(Tokens.of(new String[] {"Ġa"}, Tokens.Spelling.BYTE_LEVEL));

        assertThatThrownBy(() -> short2.of(matrix(4, 3, WORDS), new ArrayList<>()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a number for each of 4 rows (1 of them padding) of model, found 2");
        assertThatThrownBy(() -> long4.of(matrix(3, 3, WORDS), new ArrayList<>()))
                .hasMessageContaining("expected a number for each of 3 rows of model, found 4");
        assertThatThrownBy(() -> others.of(matrix(3, 3, WORDS), new ArrayList<>()))
                .hasMessageContaining("found 2 of 3 tokens, 75.0 % of what they count, that it does not have");
        assertThatThrownBy(() -> others.of(matrix(3, 3, Optional.empty()), new ArrayList<>()))
                .hasMessageContaining("found numbers for tokens, and no list of tokens beside model");
        assertThatThrownBy(() -> twice.of(matrix(1, 1, spaced), new ArrayList<>()))
                .hasMessageContaining("expected one number for row 0, found two, for ' a' and 'Ġa'");
    }

    private Frequencies read(String content) throws IOException {
        return Frequencies.read(Files.writeString(folder.resolve("counts"), content));
    }

    private Path npy(String descr, String shape, byte[] data) throws IOException {
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, shape);
        String padded = header + " ".repeat(117 - header.length()) + "\n";
        ByteBuffer file = ByteBuffer.allocate(128 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
        file.put(padded.getBytes(StandardCharsets.US_ASCII)).put(data);
        return Files.write(folder.resolve("counts.npy"), file.array());
    }

    private static PackedMatrix matrix(int rows, int real, Optional<Tokens> tokens) {
        return new PackedMatrix(
                "model",
                Path.of("model"),
                "w",
                Role.UNEMBEDDING,
                false,
                "F32",
                RowBlocks.of(FloatMatrix.zeros(rows, 1)),
                real,
                tokens,
                List.of());
    }
}
