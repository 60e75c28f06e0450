package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.checkpoint.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
    @TempDir
    Path folder;

    /// A small training; `more` adds options or replaces them.
    private static CommandRun train(String... more) {
        var options = new LinkedHashMap<String, String>();
        options.put("--features", "50");
        options.put("--width", "4");
        options.put("--batch", "64");
        options.put("--steps", "60");
        options.put("--test-batches", "3");
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], i + 1 < more.length ? more[i + 1] : "");
        }
        var arguments = new ArrayList<String>(List.of("train"));
        options.forEach((name, value) -> {
            arguments.add(name);
            if (!value.isEmpty()) {
                arguments.add(value);
            }
        });
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void theJsonHasTheContractsKeysAndNothingElseIsOnStandardOutput() {
        var run = train("--alpha", "1", "--decay", "-1", "--warmup", "6", "--seed", "7", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        var json = run.json();
        assertThat(json.propertyNames())
                .contains(
                        "config",
                        "loss",
                        "represented_fraction",
                        "strong_fraction",
                        "overlap",
                        "norm",
                        "bias_mean",
                        "positive_fraction",
                        "seconds",
                        "steps_per_second",
                        "provenance");
        assertThat(json.get("loss").propertyNames()).contains("train", "test", "test_standard_error");
        assertThat(json.get("overlap").propertyNames())
                .contains(
                        "mean_square",
                        "mean_square_strong",
                        "variance_ratio_strong",
                        "max_abs",
                        "welch_mean_square",
                        "random_mean_square");
        assertThat(json.get("norm").propertyNames()).containsExactly("mean", "std", "min", "max", "median");
        assertThat(json.get("config").get("seed").asLong()).isEqualTo(7);
        assertThat(json.get("config").get("decay").asDouble()).isEqualTo(-1);
        assertThat(json.get("config").get("frequencies").get("law").asString()).isEqualTo("power");
        assertThat(json.get("provenance").propertyNames()).contains("version", "commit", "jdk", "cpu", "blas", "seed");
        assertThat(json.get("overlap").get("random_mean_square").asDouble()).isEqualTo(0.25);
    }

    @Test
    void whatIsUndefinedIsNull() {
        var run = train("--steps", "1", "--decay", "90", "--learning-rate", "0.011", "--test-batches", "1", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("loss").get("test_standard_error").isNull()).isTrue();
    }

    @Test
    void theWrittenWeightsMeasureToTheSameNumbers() throws Exception {
        Path out = folder.resolve("deep/one");
        var trained = train("--seed", "3", "--out", out.toString(), "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(out.resolve("result.json")).hasContent(trained.out());
        try (var files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("weights.safetensors", "result.json");
        }
        var measured = CommandRun.of(
                "measure",
                out.resolve("weights.safetensors").toString(),
                "--alpha",
                "1",
                "--seed",
                "3",
                "--batch",
                "64",
                "--test-batches",
                "3",
                "--json");
        assertThat(measured.code()).as(measured.err()).isZero();
        for (String key :
                List.of("represented_fraction", "strong_fraction", "overlap", "norm", "spectrum", "bias_mean")) {
            assertThat(measured.json().get(key))
                    .as(key)
                    .isEqualTo(trained.json().get(key));
        }
        double loss = trained.json().get("loss").get("test").asDouble();
        assertThat(measured.json().get("loss").get("test").asDouble()).isCloseTo(loss, within(1e-6 * loss));
        assertThat(measured.json().get("loss").get("train").isNull()).isTrue();
        var oneFeature = measured.json().get("one_feature");
        assertThat(oneFeature.get("sparse").asDouble())
                .isEqualTo(oneFeature.get("own_error").asDouble()
                        + oneFeature.get("interference").asDouble());
        assertThat(oneFeature.get("share_of_test_loss").asDouble()).isBetween(0.0, 1.0);
        assertThat(measured.json().get("provenance").get("inputs").propertyNames())
                .containsExactly(out.resolve("weights.safetensors").toString());
    }

    @Test
    void aPersonReadsATable() {
        var run = train();
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("50 features in 4 dimensions, power(1.0), decay -1.0")
                .contains("test loss");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "exponential:20", "given:"})
    void otherLawsAreTrained(String law) throws Exception {
        Path counts = folder.resolve("counts.csv");
        Files.writeString(counts, "5\n3\n2\n1\n");
        var run = law.equals("given:")
                ? CommandRun.of("train", "--width", "2", "--steps", "3", "--frequencies", law + counts, "--json")
                : train("--frequencies", law, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("config").get("frequencies").get("law").asString())
                .isEqualTo(law.replaceAll(":.*", ""));
        assertThat(run.json().get("config").get("features").asInt()).isEqualTo(law.equals("given:") ? 4 : 50);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --width 0                        | width must be at least 1
            --width x                        | --width
            --alpha NaN                      | alpha must be a number
            --alpha -1                       | alpha must be a number
            --density 0                      | density
            --density 40                     | too high
            --batch 0                        | batch must be at least 1
            --steps 0                        | steps must be at least 1
            --warmup 61                      | warmup must be between
            --decay 100                      | decay
            --learning-rate 0                | learning rate
            --schedule steps                 | --schedule
            --frequencies quadratic          | exponential:SCALE
            --frequencies exponential:x      | needs a number
            --frequencies given:/none        | no such file
            --frequencies linear --alpha 1   | exclude each other
            --out /proc/none                 | a folder that can be created
            --nonsense                       | --nonsense
            """)
    void badUsageIsExitCodeTwo(String arguments, String finding) {
        var run = train(arguments.split(" ", -1));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(finding);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aTrainingThatDivergesIsExitCodeOneAndLeavesNothing() throws Exception {
        var run = train("--learning-rate", "1e30", "--decay", "0", "--out", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("failed").contains("learning_rate");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void weightsThatCannotBeMeasuredAreExitCodeTwo() throws Exception {
        Path text = Files.writeString(folder.resolve("text.safetensors"), "no tensors");
        for (String file : List.of(text.toString(), folder.resolve("none").toString(), folder.toString())) {
            var run = CommandRun.of("measure", file, "--alpha", "1");
            assertThat(run.code()).as(file).isEqualTo(2);
            assertThat(run.err().lines()).as(file).hasSize(1);
        }
        Path vectors = folder.resolve("other.safetensors");
        new SafetensorsWriter().add("W", new float[] {1, 2}).write(vectors);
        assertThat(CommandRun.of("measure", vectors.toString()).code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "measure", "study"})
    void helpShowsAnExample(String command) {
        var run = CommandRun.of(command, "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Examples:").contains("superpose " + command);
    }
}
