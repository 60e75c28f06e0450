package dev.superpose.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.numeric.Seed;
import dev.superpose.result.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextTableTest {
    @TempDir
    Path folder;

    static Stream<String> sameTables() {
        return Stream.of(
                "N,D,loss\n1e8,2e9,3.5\n2e8,4e9,3.25\n",
                "\ufeffN,D,loss\r\n1e8,2e9,3.5\r\n\r\n2e8,4e9,3.25",
                "\"N\",\"D\",\"loss\"\n\"1e8\", 2e9 ,3.5\n,,\n2e8,4e9,3.25\n",
                "N\tD\tloss\n1e8\t2e9\t3.5\n2e8\t4e9\t3.25\n",
                "N;D;loss\n1e8;2e9;3,5\n2e8;4e9;3,25\n",
                "{\"N\": 1e8, \"D\": 2e9, \"loss\": 3.5}\n\n{\"loss\": 3.25, \"D\": 4e9, \"N\": 2e8}\n",
                "\ufeff[{\"N\": 1e8, \"D\": 2e9, \"loss\": 3.5},\n {\"N\": 2e8, \"D\": 4e9, \"loss\": 3.25}]",
                "{\"N\":\"1e8\",\"D\":2e9,\"loss\":3.5,\"tags\":[1,{\"a\":2}]}{\"N\":2e8,\"D\":4e9,\"loss\":3.25}");
    }

    @ParameterizedTest
    @MethodSource("sameTables")
    void readsTheSameTableHoweverItIsWrittenAndZipped(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte[] written : List.of(bytes, zipped(bytes))) {
            var table = TextTable.read(Files.write(folder.resolve("runs"), written));

            assertThat(table.columns()).containsExactly("N", "D", "loss");
            assertThat(table.rows())
                    .extracting(TextTable.Row::cells)
                    .containsExactly(List.of("1e8", "2e9", "3.5"), List.of("2e8", "4e9", "3.25"));
        }
    }

    @Test
    void tellsWhereARowIs() throws IOException {
        assertThat(places("N,loss\n1,2\n\n3,4\n")).containsExactly("line 2", "line 4");
        assertThat(places("{\"N\":1}\n\n{\"N\":2}\n")).containsExactly("line 1", "line 3");
        assertThat(places("[{\"N\":1},{\"N\":2}]")).containsExactly("entry 1", "entry 2");
    }

    @Test
    void nestedObjectsBecomeColumnsAndNothingAnEmptyCell() throws IOException {
        var table = read("""
                {"config": {"width": 64, "opt": {"lr": 1e-3}}, "summary": {"loss": NaN}}
                {"config": {"width": 128}, "summary": {"loss": null, "done": true}}
                """);

        assertThat(table.columns()).containsExactly("config.width", "config.opt.lr", "summary.loss", "summary.done");
        assertThat(table.rows().get(0).cells()).containsExactly("64", "1e-3", "NaN", "");
        assertThat(table.rows().get(1).cells()).containsExactly("128", "", "", "true");
    }

    @Test
    void aCommaIsADecimalCommaOnlyBetweenSemicolons() throws IOException {
        var semicolons = read("N;name;loss\n1e8;a,b;3,5\n");
        assertThat(semicolons.rows().getFirst().cells()).containsExactly("1e8", "a,b", "3.5");
        assertThat(semicolons.notes()).hasSize(1);

        var commas = read("N,loss\n\"1,000\",3.5\n");
        assertThat(commas.rows().getFirst().cells()).containsExactly("1,000", "3.5");
        assertThat(commas.notes()).isEmpty();
    }

    @Test
    void aNameMayEndInTsv() throws IOException {
        var file = Files.writeString(folder.resolve("runs.tsv"), "a,b\n1,5\n");

        assertThat(TextTable.read(file).columns()).containsExactly("a,b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                   | found nothing",
                "` \n\n`                              | found nothing",
                "`N,loss\n1e8,3.5\n2e8`               | line 3: expected 2 fields, as many as column names, found 1",
                "`N,loss\n1e8,3.5,7\n`                | line 2: expected 2 fields",
                "`N,N\n1,2\n`                         | \"N\" twice",
                "`N,loss\n\"1e8,3.5\n`                | a closing quote",
                "`{\"N\": 1e8, \"lo`                  | line 1: expected JSON objects",
                "`[{\"N\": 1e8}, {\"N\"`              | expected JSON objects",
                "`[{\"N\": 1e8}`                      | expected JSON objects",
                "`[1, 2]`                             | expected a JSON object, found 1",
                "`{\"N\": 1, \"N\": 2}`               | Duplicate",
                "`{\"a.b\": 1, \"a\": {\"b\": 2}}`    | expected one value of a.b, found two in one row",
                "`{\"N\": 1} N`                       | expected JSON objects",
            })
    void refusesWhatIsNoTableOrDamaged(String text, String message) throws IOException {
        var file = Files.writeString(folder.resolve("runs"), text);

        assertThatThrownBy(() -> TextTable.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    /// Two bytes a row must not take a thousand cells each.
    @Test
    void refusesManyEmptyRowsBesideAWideOne() throws IOException {
        var wide = new StringBuilder("{");
        for (int i = 0; i < 2000; i++) {
            wide.append(i == 0 ? "" : ",").append("\"c%d\":%d".formatted(i, i));
        }
        String row = wide.append('}').toString();
        String empty = "{}\n".repeat(20_000);

        refuses((row + empty).getBytes(StandardCharsets.UTF_8), "leave out the columns that few rows have");
        refuses((empty + row).getBytes(StandardCharsets.UTF_8), "2,000 columns in 20,001 rows");
    }

    @Test
    void refusesBinaryFilesByWhatTheyAre() throws IOException {
        byte[] whole = zipped("N,loss\n1e8,3.5\n".getBytes(StandardCharsets.UTF_8));

        refuses(Arrays.copyOf(whole, whole.length - 9), "a whole gzip file");
        refuses(new byte[] {0x1f, (byte) 0x8b, 7}, "a whole gzip file");
        refuses(new byte[] {'P', 'K', 3, 4, 20, 0}, "save the sheet as CSV");
        refuses("PAR1....PAR1".getBytes(StandardCharsets.UTF_8), "a Parquet file");
        refuses("N,loss".getBytes(StandardCharsets.UTF_16), "UTF-16");
        refuses(new byte[] {'N', ',', 0, 'x'}, "byte 2: expected a table");
        refuses(new byte[] {'N', ',', (byte) 0xe9, '\n', '1', ',', '2'}, "text in UTF-8");
        assertThatThrownBy(() -> TextTable.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no regular file");
        assertThatThrownBy(() -> TextTable.read(folder.resolve("missing.csv")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void aDamagedFileIsReadOrRefusedAndNothingElse() throws IOException {
        var seed = new Seed(11).child("damaged tables");
        var random = seed.random();
        var texts = sameTables().toList();
        for (int trial = 0; trial < 400; trial++) {
            byte[] bytes = texts.get(random.nextInt(texts.size())).getBytes(StandardCharsets.UTF_8);
            byte[] damaged = random.nextInt(2) == 0 ? bytes.clone() : zipped(bytes);
            for (int change = 0; change <= random.nextInt(3); change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            byte[] written = Arrays.copyOf(damaged, damaged.length - random.nextInt(damaged.length / 2));
            var file = Files.write(folder.resolve("runs"), written);
            try {
                var table = TextTable.read(file);
                RunSelection.USUAL.from(table);
            } catch (InputException refused) {
                assertThat(refused).as("trial %d of %s", trial, seed).hasMessageStartingWith(file.toString());
            }
        }
    }

    @Test
    void findsColumnsInAnyCase() throws IOException {
        var table = read("Loss,loss,Corpus\n1,2,c4\n");

        assertThat(table.indexOf("loss")).isEqualTo(1);
        assertThat(table.indexOf("CORPUS")).isEqualTo(2);
        assertThatThrownBy(() -> table.require("tokens"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a column tokens, found Loss, loss, Corpus");
    }

    private void refuses(byte[] bytes, String message) throws IOException {
        var file = Files.write(folder.resolve("runs"), bytes);
        assertThatThrownBy(() -> TextTable.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    private List<String> places(String text) throws IOException {
        return read(text).rows().stream().map(TextTable.Row::place).toList();
    }

    private TextTable read(String text) throws IOException {
        return TextTable.read(Files.writeString(folder.resolve("runs"), text));
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }
}
