package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.checkpoint.SafetensorsWriter;
import dev.superpose.cli.TokenTable.RowFrequencies;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.result.Csv;
import dev.superpose.result.Table;
import dev.superpose.store.Parquet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The table of tokens as `inspect` writes it, read back by our own readers.
class TokenTableTest {
    private static final String MODEL = "../samples/pythia-style/neox-m16";
    // What spreadsheets, terminals and readers of CSV stumble over.
    private static final List<String> HOSTILE = List.of(
            "=cmd|' /C calc'!A0",
            "+1",
            "-2+3",
            "@SUM(A1)",
            "'quoted",
            "a\tb",
            "\u202eevil",
            "a,b\"c",
            "back\\slash",
            "\tx",
            "\uff1d1",
            "plain",
            " blank",
            "\\u{41}",
            "");

    @TempDir
    Path folder;

    private CommandRun inspect(String... arguments) {
        List<String> all = new ArrayList<>(List.of("inspect"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--fresh", "--resume", folder.resolve("records").toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static double number(Csv csv, int line, String column) {
        String field = field(csv, line, column);
        return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
    }

    private static String field(Csv csv, int line, String column) {
        assertThat(csv.indexOf(column)).as(column).isNotNegative();
        return csv.lines().get(line).fields().get(csv.indexOf(column));
    }

    @Test
    void writesALineForEveryRowOfEveryMatrix() throws IOException {
        Path file = folder.resolve("tokens.csv");
        CommandRun run = inspect(
                MODEL, "--tokens", file.toString(), "--neighbours", "2", "--json", "--near", "#100", "--count", "2");
        assertThat(run.code()).as(run.err()).isZero();
        Csv csv = Csv.read(file);
        assertThat(csv.lines()).hasSize(2 * 4160);
        JsonNode matrices = run.json();
        for (int matrix = 0; matrix < 2; matrix++) {
            JsonNode found = matrices.get(matrix);
            int first = 4160 * matrix;
            assertThat(field(csv, first, "role")).isEqualTo(found.get("role").asString());
            assertThat(field(csv, first, "tensor"))
                    .isEqualTo(found.get("tensor").asString());
            double sum = 0;
            double most = 0;
            for (int row = 0; row < 4160; row++) {
                assertThat(field(csv, first + row, "row")).isEqualTo(Integer.toString(row));
                boolean used = row < 4096;
                assertThat(field(csv, first + row, "state")).isEqualTo(used ? "used" : "padding");
                if (used) {
                    sum += number(csv, first + row, "mean_interference");
                    most = Math.max(most, number(csv, first + row, "largest_abs_cosine"));
                } else {
                    assertThat(field(csv, first + row, "interference")).isEmpty();
                    assertThat(field(csv, first + row, "under_trained")).isEmpty();
                }
            }
            JsonNode overlap = found.get("overlap");
            assertThat(sum / 4096).isCloseTo(overlap.get("mean_square").asDouble(), within(1e-12));
            assertThat(most).isCloseTo(overlap.get("max_abs").get("value").asDouble(), within(1e-6));
            JsonNode nearest = found.get("near").get("nearest");
            for (int k = 0; k < 2; k++) {
                String column = "nearest_%d_".formatted(k + 1);
                assertThat(number(csv, first + 100, column + "cosine"))
                        .isCloseTo(nearest.get(k).get("cosine").asDouble(), within(1e-6));
            }
        }
        // The token that pads texts is never a target: its row went where the rows of padding went.
        assertThat(field(csv, 1, "token")).isEqualTo("<|padding|>");
        assertThat(field(csv, 1, "under_trained")).isEqualTo("1");
        assertThat(field(csv, 1, "under_trained_reasons")).isEqualTo("near_padding");
        assertThat(field(csv, 4160 + 1, "under_trained_reasons")).isEqualTo("small_norm near_padding");
    }

    @Test
    void parquetHoldsTheSame() throws IOException {
        Path csvFile = folder.resolve("tokens.csv");
        Path parquetFile = folder.resolve("tokens.PARQUET");
        for (Path file : List.of(csvFile, parquetFile)) {
            assertThat(inspect("../samples/glove", "--tokens", file.toString(), "--json")
                            .code())
                    .isZero();
        }
        Csv csv = Csv.read(csvFile);
        Table table = Parquet.read(parquetFile);
        assertThat(table.columns().stream().map(Table.Column::name).toList()).isEqualTo(csv.header());
        assertThat(table.rows()).hasSize(3 * 384).hasSameSizeAs(csv.lines());
        for (int line = 0; line < csv.lines().size(); line++) {
            for (int j = 0; j < csv.header().size(); j++) {
                String text = csv.lines().get(line).fields().get(j);
                assertThat(table.rows().get(line).get(j).exact()).isEqualTo(unguarded(text));
            }
        }
    }

    @Test
    void noTokenIsAFormulaOrHiddenAndEachCanBeReadBack() throws IOException {
        Path model = folder.resolve("odd.safetensors");
        new SafetensorsWriter().add("weight", gaussian(HOSTILE.size(), 6)).write(model);
        Files.writeString(folder.resolve("odd.tokens.txt"), String.join("\n", HOSTILE) + "\n");
        Path file = folder.resolve("tokens.csv");
        CommandRun run = inspect(model.toString(), "--tokens", file.toString(), "--neighbours", "0");
        assertThat(run.code()).as(run.err()).isZero();
        Csv csv = Csv.read(file);
        assertThat(csv.lines()).hasSize(HOSTILE.size());
        assertThat(csv.indexOf("nearest_1_row")).isEqualTo(-1);
        for (int row = 0; row < HOSTILE.size(); row++) {
            String cell = field(csv, row, "token");
            assertThat(cell)
                    .doesNotStartWith("=")
                    .doesNotMatch("(?s)[+\\-@\\t\uff1d].*")
                    .doesNotContain("\u202e");
            assertThat(unescaped(unguarded(cell))).isEqualTo(HOSTILE.get(row));
            assertThat(field(csv, row, "largest_abs_cosine")).isEmpty();
        }
    }

    @Test
    void tellsFrequenciesWhereTheyAreKnown() throws IOException {
        Path file = folder.resolve("tokens.csv");
        RowFrequencies halving = matrix -> Optional.of(IntStream.range(0, 384)
                .mapToDouble(row -> row == 0 ? 0 : 1.0 / row)
                .toArray());
        var told = new StringWriter();
        new TokenTable(file, 1, false, halving, new ProgressLine(new PrintWriter(told)), told::append)
                .write(List.of(Path.of("../samples/glove/glove6B-common384-m50.safetensors")));
        Csv csv = Csv.read(file);
        double all = 0;
        double weighted = 0;
        for (int row = 0; row < 384; row++) {
            all += number(csv, row, "frequency");
            weighted += number(csv, row, "frequency") * number(csv, row, "weighted_interference");
            assertThat(field(csv, row, "frequency_rank")).isEqualTo(row == 0 ? "" : Integer.toString(row));
            assertThat(number(csv, row, "weighted_interference")).isBetween(0.0, 1.0);
        }
        assertThat(all).isCloseTo(1, within(1e-12));
        assertThat(weighted).isBetween(0.0, 1.0);
        assertThat(told.toString()).isEmpty();
    }

    @Test
    void aModelThatCannotBeReadIsLeftOut() throws IOException {
        Files.writeString(folder.resolve("broken.safetensors"), "not a model");
        Path good = folder.resolve("good.safetensors");
        new SafetensorsWriter().add("weight", gaussian(9, 4)).write(good);
        Path file = folder.resolve("tokens.csv");
        CommandRun run = inspect(
                folder.resolve("broken.safetensors").toString(),
                good.toString(),
                "--tokens",
                file.toString(),
                "--json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("broken.safetensors");
        Csv csv = Csv.read(file);
        assertThat(csv.lines()).hasSize(9);
        assertThat(field(csv, 0, "model")).isEqualTo("good");
        assertThat(field(csv, 0, "token")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tokens.txt, 5, FILE.csv or FILE.parquet",
        "no/such/tokens.csv, 5, there is no such folder",
        "tokens.csv, 101, --neighbours is 0 to 100",
        "tokens.csv, -1, --neighbours is 0 to 100"
    })
    void refusesBeforeAnythingIsMeasured(String name, String neighbours, String reason) {
        Path file = folder.resolve(name);
        CommandRun run = inspect(MODEL, "--tokens", file.toString(), "--neighbours", neighbours);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(reason);
        assertThat(file).doesNotExist();
    }

    private static FloatMatrix gaussian(int n, int m) {
        SplitRandom random = new Seed(7).child("rows").random();
        FloatMatrix w = FloatMatrix.zeros(n, m);
        for (int k = 0; k < w.data().length; k++) {
            w.data()[k] = (float) random.nextGaussian();
        }
        return w;
    }

    private static String unguarded(String cell) {
        return cell.startsWith("'") ? cell.substring(1) : cell;
    }

    /// As `docs/formats.md` tells readers to do it.
    private static String unescaped(String cell) {
        return Pattern.compile("\\\\(?:([ntr\\\\])|u\\{([0-9a-f]+)})")
                .matcher(cell)
                .replaceAll(found -> {
                    String text = found.group(1) == null
                            ? Character.toString(Integer.parseInt(found.group(2), 16))
                            : switch (found.group(1)) {
                                case "n" -> "\n";
                                case "t" -> "\t";
                                case "r" -> "\r";
                                default -> "\\";
                            };
                    return Matcher.quoteReplacement(text);
                });
    }
}
