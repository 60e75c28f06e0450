package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.checkpoint.SafetensorsWriter;
import dev.superpose.numeric.FloatMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command as a user runs it, in this process: the documented keys, NumPy's values, what
/// is said of bad input.
class InspectCommandTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String SAMPLES = "../samples/";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        // Nothing is kept outside the test's own folder, and nothing taken up.
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--fresh", "--resume", folder.resolve("records").toString()));
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode json(String... arguments) {
        assertThat(run(arguments)).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
        return MAPPER.readTree(out.toString());
    }

    @Test
    void printsTheDocumentedKeysWithNumpysValues() throws IOException {
        JsonNode found = json("inspect", SAMPLES + "pythia-style", SAMPLES + "glove", "--json");
        JsonNode oracle = oracle();
        assertThat(found.isArray()).isTrue();
        assertThat(found.size()).isEqualTo(oracle.size());
        for (int k = 0; k < oracle.size(); k++) {
            compare(found.get(k), oracle.get(k));
        }
        JsonNode unembedding = found.get(0);
        assertThat(unembedding.get("role").asString()).isEqualTo("unembedding");
        assertThat(found.get(1).get("role").asString()).isEqualTo("embedding");
        assertThat(found.get(6).get("role").asString()).isEqualTo("vectors");
        assertThat(unembedding.get("tied").asBoolean()).isFalse();
        assertThat(unembedding.get("rows").asLong()).isEqualTo(4160);
        assertThat(unembedding.get("dtype").asString()).isEqualTo("F32");
        assertThat(unembedding.get("file").asString()).endsWith("neox-m16/model.safetensors");
        assertThat(unembedding.get("regime").asString()).isEqualTo("strong");
        assertThat(unembedding.get("notes").get(0).asString()).contains("64 rows");
        assertThat(unembedding.has("near")).isFalse();
        JsonNode inputs = unembedding.get("provenance").get("inputs");
        assertThat(inputs.iterator().next().asString())
                .isEqualTo("331dbda77c5451cf72547d9787a3b61a2e325a3ad41a156359c6341a7869ce9b");
    }

    private static JsonNode oracle() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(InspectCommandTest.class.getResourceAsStream("inspect-oracle.json"))) {
            return MAPPER.readTree(in);
        }
    }

    private static void compare(JsonNode found, JsonNode oracle) {
        assertThat(found.get("model").asString()).isEqualTo(oracle.get("model").asString());
        assertThat(found.get("tensor").asString())
                .isEqualTo(oracle.get("tensor").asString());
        long used = oracle.get("used").asLong();
        int width = oracle.get("width").asInt();
        assertThat(found.get("rows_used").asLong()).isEqualTo(used);
        assertThat(found.get("width").asInt()).isEqualTo(width);
        JsonNode excluded = found.get("excluded");
        assertThat(excluded.get("padding").asInt())
                .isEqualTo(oracle.get("padding").asInt());
        assertThat(excluded.get("zero").asInt()).isZero();
        assertThat(excluded.get("nonfinite").asInt()).isZero();
        assertThat(excluded.get("duplicate").asInt()).isZero();
        JsonNode overlap = found.get("overlap");
        close(overlap.get("mean"), oracle.get("mean"), 1e-12);
        close(overlap.get("mean_square"), oracle.get("mean_square"), 1e-12);
        close(overlap.get("mean_abs").get("value"), oracle.get("mean_abs"), 1e-7);
        close(overlap.get("max_abs").get("value"), oracle.get("max_abs"), 1e-6);
        assertThat(overlap.get("mean_abs").get("method").asString()).isEqualTo("exact");
        assertThat(overlap.get("mean_abs").get("standard_error").asDouble()).isZero();
        assertThat(overlap.get("max_abs").get("method").asString()).isEqualTo("exact");
        double welch = Math.max(0, (double) (used - width) / ((double) width * (used - 1)));
        assertThat(overlap.get("welch_mean_square").asDouble()).isCloseTo(welch, within(1e-15));
        assertThat(overlap.get("random_mean_square").asDouble()).isEqualTo(1.0 / width);
        assertThat(overlap.get("mean_square_times_width").asDouble())
                .isCloseTo(oracle.get("mean_square").asDouble() * width, within(1e-10));
        close(found.get("norm").get("median"), oracle.get("norm_median"), 1e-12);
        assertThat(found.get("norm").propertyNames()).containsExactly("mean", "std", "min", "max", "median");
        close(found.get("represented_fraction").get("absolute"), oracle.get("absolute"), 0);
        close(found.get("represented_fraction").get("relative"), oracle.get("relative"), 0);
        close(found.get("centered").get("mean_square"), oracle.get("centered_mean_square"), 1e-12);
        JsonNode spectrum = found.get("spectrum");
        close(spectrum.get("participation_ratio"), oracle.get("participation_ratio"), 1e-9);
        close(spectrum.get("effective_rank"), oracle.get("effective_rank"), 1e-9);
        close(spectrum.get("stable_rank"), oracle.get("stable_rank"), 1e-9);
    }

    private static void close(JsonNode found, JsonNode expected, double tolerance) {
        assertThat(found.asDouble()).isCloseTo(expected.asDouble(), within(tolerance));
    }

    @Test
    void listsNeighboursAndInterferersInNumpysOrder() throws IOException {
        JsonNode oracle = oracle().get(2);
        JsonNode near = json("inspect", SAMPLES + "pythia-style/neox-m64", "--near", "#100", "--count", "3", "--json")
                .get(0)
                .get("near");
        assertThat(near.get("row").asInt()).isEqualTo(100);
        assertThat(rows(near.get("nearest"))).isEqualTo(rows(oracle.get("near_row_100")));
        assertThat(rows(near.get("interferers"))).isEqualTo(rows(oracle.get("loud_row_100")));
    }

    private static List<Integer> rows(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(each -> each.isObject() ? each.get("row").asInt() : each.asInt())
                .toList();
    }

    @Test
    void tellsAPersonWhatWasMeasuredAndWhatItMeans() {
        assertThat(run("inspect", SAMPLES + "glove", "--near", "president", "--count", "4"))
                .isZero();
        assertThat(err.toString()).isEmpty();
        String text = out.toString();
        assertThat(text)
                .contains("weight of glove6B-common384-m300.safetensors, F32 (384 × 300)")
                .contains("Family glove, vectors: mean squared overlap against width")
                .contains("mean_square goes as width^-0.685 ± 0.122")
                .contains("glove6B-common384-m50, vectors: \"president\"");
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
        // Two families in one folder are not mixed.
        assertThat(run("inspect", SAMPLES)).isZero();
        assertThat(out.toString()).contains("Family glove, vectors", "Family pythia-style, unembedding");
    }

    @Test
    void writesAReportBesideWhatItPrints() throws IOException {
        Path report = folder.resolve("report.html");
        JsonNode found = json("inspect", SAMPLES + "glove", "--json", "--report", report.toString());
        assertThat(found.size()).isEqualTo(3);
        String page = Files.readString(report);
        for (String part : List.of(
                "<!DOCTYPE html>",
                "superpose inspect ../samples/glove --json --report",
                "glove6B-common384-m300",
                "b17cc81b192114c348492e6a02beb6a3201bda57acfe6ebf09cff99d85144886")) {
            assertThat(page.contains(part)).as(part).isTrue();
        }
        Path nowhere = folder.resolve("no/such/folder/report.html");
        assertThat(run("inspect", SAMPLES + "glove", "--report", nowhere.toString()))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("no/such/folder");
    }

    @Test
    void measuresPaddingWhenAsked() {
        JsonNode all = json("inspect", SAMPLES + "pythia-style/neox-m16", "--all-rows", "--json")
                .get(0);
        assertThat(all.get("rows_used").asInt()).isEqualTo(4160);
        assertThat(all.get("excluded").get("padding").asInt()).isZero();
    }

    @Test
    void leavesOutWhatIsNotAskedForAndSaysSo() {
        Path report = folder.resolve("lean.html");
        JsonNode lean = json(
                        "inspect",
                        SAMPLES + "pythia-style/neox-m16",
                        "--pairs",
                        "none",
                        "--no-centred",
                        "--report",
                        report.toString(),
                        "--json")
                .get(0);
        assertThat(lean.get("overlap").get("mean_abs").get("method").asString()).isEqualTo("left out");
        assertThat(lean.get("overlap").get("mean_abs").get("value").isNull()).isTrue();
        assertThat(lean.get("centered").get("method").asString()).isEqualTo("left out");
        assertThat(lean.get("centered").get("mean_square").isNull()).isTrue();
        assertThat(lean.get("pairs").get("overlaps").asInt()).isZero();
        assertThat(report).content().contains("were left out");
    }

    @Test
    void repeatsASampleByItsSeed() {
        String[] arguments = {"inspect", SAMPLES + "pythia-style/neox-m16", "--pairs", "sample", "--seed", "3", "--json"
        };
        JsonNode first = json(arguments).get(0).get("overlap");
        assertThat(first.get("mean_abs").get("method").asString()).isEqualTo("sampled");
        assertThat(first.get("mean_abs").get("standard_error").asDouble()).isPositive();
        assertThat(first.get("max_abs").get("method").asString()).isEqualTo("sampled, lower bound");
        assertThat(json(arguments).get(0).get("overlap")).isEqualTo(first);
    }

    @Test
    void writesWhatCannotBeMeasuredAsNull() throws IOException {
        FloatMatrix one = FloatMatrix.zeros(3, 4);
        one.set(1, 2, 5);
        one.set(2, 0, Float.NaN);
        Path file = folder.resolve("one.safetensors");
        new SafetensorsWriter().add("weight", one).write(file);
        JsonNode found = json("inspect", file.toString(), "--json").get(0);
        assertThat(found.get("rows_used").asInt()).isEqualTo(1);
        assertThat(found.get("excluded").get("zero").asInt()).isEqualTo(1);
        assertThat(found.get("excluded").get("nonfinite").asInt()).isEqualTo(1);
        assertThat(found.get("overlap").get("mean_square").isNull()).isTrue();
        assertThat(found.get("overlap").get("max_abs").get("value").isNull()).isTrue();
        assertThat(found.get("centered").get("mean").isNull()).isTrue();
        assertThat(run("inspect", file.toString())).isZero();
        assertThat(out.toString()).contains("rows left out: 1 of zeros, 1 not finite");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nosuchthing | nosuchthing",
                "../pom.xml | pom.xml",
                "../samples/glove --near presidnt | close to it: president",
                "../samples/glove --near nothinglikethis | there is no such token",
                "../samples/glove --count 0 | --count must be at least 1",
                "../samples/glove --pairs some | --pairs",
                "--json | PATH"
            })
    void refusesInOneLineWithExitCode2(String arguments, String reason) {
        assertThat(run(("inspect " + arguments).split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(reason).doesNotContain("\tat ");
    }

    @Test
    void refusesDamagedFilesAndEmptyOnes() throws IOException {
        Path truncated = folder.resolve("cut.safetensors");
        byte[] whole = Files.readAllBytes(Path.of(SAMPLES + "glove/glove6B-common384-m50.safetensors"));
        Files.write(truncated, Arrays.copyOf(whole, 5000));
        Path zero = folder.resolve("zero.safetensors");
        new SafetensorsWriter().add("weight", FloatMatrix.zeros(5, 4)).write(zero);
        for (Path bad : new Path[] {truncated, zero, folder.resolve("absent.safetensors")}) {
            assertThat(run("inspect", bad.toString(), "--json")).isEqualTo(2);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString().lines()).hasSize(1).first().asString().contains(bad.toString());
        }
        assertThat(run("inspect", zero.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("nothing left to measure: of 5 rows 0 are padding, 5 zero");
        Path noTokens = folder.resolve("plain.safetensors");
        FloatMatrix w = FloatMatrix.zeros(2, 2);
        w.set(0, 0, 1);
        w.set(1, 1, 1);
        new SafetensorsWriter().add("weight", w).write(noTokens);
        assertThat(run("inspect", noTokens.toString(), "--near", "paris")).isEqualTo(2);
        assertThat(err.toString()).contains("it is not known what the rows stand for", "tokenizer.json");
    }
}
