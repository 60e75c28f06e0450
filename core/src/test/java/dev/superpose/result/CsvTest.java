package dev.superpose.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.numeric.SplitRandom;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

    @Test
    void readsQuotesCommasAndLineEndsWithinFields() throws IOException {
        var csv = read("\ufeffname,\"a \"\"b\"\"\", c \r\n\"x,\r\ny\",1,\r\n\r\n\"\",,\"2\"\n");

        assertThat(csv.header()).containsExactly("name", "a \"b\"", "c");
        assertThat(csv.lines())
                .containsExactly(new Csv.Line(2, List.of("x,\r\ny", "1", "")), new Csv.Line(5, List.of("", "", "2")));
    }

    @Test
    void readsWhateverTableWrites() throws IOException {
        var random = new SplitRandom(4);
        String alphabet = "ab,\"\n\r\té;\u2028 ";
        for (int round = 0; round < 200; round++) {
            var rows = new ArrayList<List<Table.Cell>>();
            for (int i = 0; i < 5; i++) {
                var word = new StringBuilder("w");
                for (int c = random.nextInt(6); c > 0; c--) {
                    word.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                rows.add(Table.row(word.toString(), random.nextGaussian()));
            }
            var table = new Table(List.of(Table.Column.text("word"), Table.Column.real("number", "")), rows);

            var csv = read(table.toCsv());

            assertThat(csv.lines().stream().map(Csv.Line::fields))
                    .as("round %d", round)
                    .isEqualTo(rows.stream()
                            .map(row -> row.stream().map(Table.Cell::exact).toList())
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``              | expected a line of column names, found nothing",
                "`\\n\\n`        | expected a line of column names, found nothing",
                "`a,b\\n1\\n`    | line 2: expected 2 fields, as many as column names, found 1",
                "`a,b\\n1,2\\n\\n1,2,3\\n` | line 4: expected 2 fields, as many as column names, found 3",
                "`a;b\\n1,2\\n`  | separate the columns by commas",
                "`a,b,a\\n`      | line 1: expected column names that differ, found \"a\" twice",
                "`a\\n\"1\\n2\\n` | line 2: expected a closing quote, found the end of the file",
                "`a\\n\"1\"2\\n` | line 2: expected a comma or the end of the line after a closing quote, found 2",
                "`a\\n1\"2\"\\n` | line 2: expected quotes around a whole field",
                "`a\\n\\0\\n`     | line 2: expected text, found a zero byte"
            })
    void tellsTheLineThatIsWrong(String text, String message) {
        String unescaped = text.replace("\\n", "\n").replace("\\0", "\0");
        assertThatThrownBy(() -> read(unescaped))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("t.csv: ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsNoTextOrNoFile(@TempDir Path folder) throws IOException {
        var latin = Files.write(folder.resolve("latin.csv"), new byte[] {'a', '\n', (byte) 0xe9, '\n'});

        assertThatThrownBy(() -> Csv.read(latin))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> Csv.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no regular file");
        assertThatThrownBy(() -> Csv.read(folder.resolve("none.csv")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void boundsWhatItHolds() {
        assertThatThrownBy(() -> read("a\n" + "x".repeat(Csv.LONGEST_FIELD + 1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a longer one");
        assertThatThrownBy(() -> read(",".repeat(Csv.MOST_COLUMNS)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("columns");
    }

    private static Csv read(String text) throws IOException {
        return Csv.read("t.csv", new StringReader(text));
    }
}
