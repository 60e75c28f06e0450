package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.checkpoint.Frequencies;
import dev.superpose.stat.RankFrequency;
import dev.superpose.stat.RankFrequency.Method;
import dev.superpose.store.CountsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensCommandTest {
    private static final String TOKENIZER = "../samples/pythia-style/neox-m16";
    private static final String TEXT = "src/test/resources/dev/superpose/text/shakespeare.txt";

    @TempDir
    Path folder;

    @Test
    void tellsCountsTheMostFrequentAndTheExponent() {
        var run = CommandRun.of("tokens", TOKENIZER, TEXT, "--count", "3");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("tokens in 1 document,", "of the 4,096 rows of ", "\"\\n\"", "maximum likelihood (Zipf)");
    }

    @Test
    void writesTheSameCountsInEveryForm() throws IOException {
        List<double[]> all = new ArrayList<>();
        for (String end : List.of("json", "csv", "npy", "parquet")) {
            Path file = folder.resolve("counts." + end);
            var run = CommandRun.of("tokens", TOKENIZER, TEXT, "--out", file.toString(), "--json");
            assertThat(run.code()).as(run.err()).isZero();
            Frequencies read = CountsFile.read(file);
            all.add(read.values());
            assertThat(read.total()).isEqualTo(run.json().get("tokens").asDouble());
            double alpha =
                    RankFrequency.of(read.values()).fit(Method.LOG_UNIFORM).alpha();
            assertThat(run.json().at("/rank_frequency/log_uniform/alpha").asDouble())
                    .isCloseTo(alpha, within(1e-12));
        }
        assertThat(all).allSatisfy(counts -> assertThat(counts).isEqualTo(all.getFirst()));
    }

    @Test
    void writesAReport() throws IOException {
        Path report = folder.resolve("tokens.html");

        var run = CommandRun.of("tokens", TOKENIZER, TEXT, "--report", report.toString(), "--ranks", "1:300");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("ranks 1 to 300");
        assertThat(Files.readString(report)).contains("Occurrences against rank", "ranks 1 to 300");
    }

    @Test
    void leavesNothingWhereItFails() throws IOException {
        Path bad = Files.write(folder.resolve("bad.txt"), new byte[] {0, 1});
        Path out = Files.createDirectory(folder.resolve("out"));

        var run = CommandRun.of(
                "tokens", TOKENIZER, TEXT, bad.toString(), "--out", out + "/c.npy", "--report", out + "/r.html");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("bad.txt: byte 0: expected text in UTF-8, found a zero byte");
        try (Stream<Path> left = Files.list(out)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void refusesOptionsThatMeanNothing() {
        assertThat(CommandRun.of("tokens", TOKENIZER, TEXT, "--limit", "0.5").err())
                .contains("--limit must be a whole number of at least 1, is 0.5");
        assertThat(CommandRun.of("tokens", TOKENIZER, TEXT, "--out", "counts.xlsx")
                        .err())
                .contains("counts are written as .json, .csv, .npy or .parquet");
        assertThat(CommandRun.of("tokens", TOKENIZER, TEXT, "--ranks", "5").err())
                .contains("--ranks is FROM:TO, such as 1:5000, not 5");
        assertThat(CommandRun.of("tokens", TOKENIZER, TEXT, "--ranks", "7:8").err())
                .contains("a power law needs three ranks or more");
    }
}
