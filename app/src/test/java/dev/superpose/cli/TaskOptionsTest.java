package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.study.Job;
import dev.superpose.study.JobResult;
import dev.superpose.study.TrainingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TaskOptionsTest {
    private static final List<String> MEASURED = List.of(
            "config",
            "loss",
            "represented_fraction",
            "strong_fraction",
            "overlap",
            "norm",
            "spectrum",
            "bias_mean",
            "positive_fraction");

    @TempDir
    Path folder;

    private static CommandRun train(String... more) {
        var arguments = new ArrayList<>(List.of("train", "--features", "20", "--width", "4", "--batch", "64"));
        arguments.addAll(List.of("--steps", "60", "--test-batches", "3", "--seed", "1"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void assertTheSame(JsonNode found, JsonNode expected) {
        for (String key : MEASURED) {
            assertThat(found.get(key)).as(key).isEqualTo(expected.get(key));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --importance 0.9                      | importance: {ratio: 0.9}
            --output linear                       | output: linear
            --correlation together:0.5:5:strided  | correlation: {strength: 0.5, group_size: 5, groups: strided}
            --correlation exclusive:2             | correlation: {exclusive: true, group_size: 2}
            --importance equal --output relu      | seeds: 1
            """)
    void theTrainingIsThatOfAStudyFileWithTheSameKeys(String options, String yaml) throws IOException {
        var trained = train((options + " --json").split(" ", -1));
        assertThat(trained.code()).as(trained.err()).isZero();
        Path grid = Files.writeString(folder.resolve("grid.yaml"), """
                features: 20
                widths: [4]
                batch: 64
                steps: 60
                test_batches: 3
                %s
                """.formatted(yaml));
        Path out = folder.resolve("study");
        var study = CommandRun.of("study", grid.toString(), "--out", out.toString(), "--workers", "1", "--no-report");
        assertThat(study.code()).as(study.err()).isZero();
        String id = trained.json().get("id").asString();
        String record = Files.readString(out.resolve("jobs").resolve(id + ".json"));
        assertThat(JobResult.fromJson(record).reading())
                .isEqualTo(JobResult.fromJson(trained.out()).reading());
        assertThat(JobResult.fromJson(record).config())
                .isEqualTo(JobResult.fromJson(trained.out()).config());
    }

    @Test
    void weightsAreMeasuredOnTheTaskTheyWereTrainedFor() throws IOException {
        Path importances = Files.writeString(folder.resolve("importances"), "1\n0.5\n".repeat(10));
        String[] task = {"--importance", "given:" + importances, "--output", "linear", "--correlation", "together:0.9:5"
        };
        var arguments = new ArrayList<>(List.of(task));
        arguments.addAll(List.of("--out", folder.resolve("one").toString(), "--json"));
        var trained = train(arguments.toArray(String[]::new));
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.json().at("/provenance/inputs").propertyNames()).containsExactly(importances.toString());

        var measure = new ArrayList<>(
                List.of("measure", folder.resolve("one/weights.safetensors").toString()));
        measure.addAll(List.of("--batch", "64", "--test-batches", "3", "--json"));
        var plain = CommandRun.of(measure.toArray(String[]::new));
        measure.addAll(List.of(task));
        var measured = CommandRun.of(measure.toArray(String[]::new));
        assertThat(measured.code()).as(measured.err()).isZero();
        double loss = trained.json().at("/loss/test").asDouble();
        assertThat(measured.json().at("/loss/test").asDouble()).isEqualTo(loss);
        assertThat(plain.json().at("/loss/test").asDouble()).isNotEqualTo(loss);
        for (String key : List.of("importance", "output", "correlation")) {
            assertThat(measured.json().at("/config/" + key).isMissingNode())
                    .as(key)
                    .isFalse();
            assertThat(measured.json().at("/config/" + key))
                    .as(key)
                    .isEqualTo(trained.json().at("/config/" + key));
            assertThat(plain.json().get("config").has(key)).as(key).isFalse();
        }
        // Its closed form is that of independent features, whose errors count alike, behind a ReLU.
        assertThat(measured.json().get("one_feature").isNull()).isTrue();
        assertThat(plain.json().get("one_feature").isNull()).isFalse();
        assertThat(measured.json().at("/provenance/inputs").size()).isEqualTo(2);
    }

    @Test
    void aPersonReadsTheTask() throws IOException {
        Path importances = Files.writeString(folder.resolve("importances"), "3\n2\n1\n");
        var run = CommandRun.of(
                "train",
                "--width",
                "2",
                "--steps",
                "3",
                "--importance",
                "given:" + importances,
                "--output",
                "linear",
                "--correlation",
                "together:0.5:3",
                "--out",
                folder.toString());
        assertThat(run.code()).as(run.err()).isZero();
        String task = ", importance given(3), linear, together(0.5, 3, neighbours)";
        assertThat(run.out()).startsWith("3 features in 2 dimensions, power(1.0), decay -1.0" + task + ": 3 steps");
        var measured =
                CommandRun.of("measure", folder.resolve("weights.safetensors").toString(), "--output", "linear");
        assertThat(measured.out())
                .startsWith("3 features in 2 dimensions, power(1.0), density 1.0, linear")
                .doesNotContain("sparse loss");
    }

    @Test
    void anInterruptedTrainingOfATaskGoesOn() throws IOException {
        String[] task = {"--correlation", "together:0.9:5:strided", "--importance", "0.9", "--json"};
        var whole = train(task);
        var job = Job.of(JobResult.fromJson(whole.out()).config());
        Path checkpoint = folder.resolve(job.id() + ".checkpoint");
        var interrupted = new TrainingJob(job, Optional.of(checkpoint), Duration.ofHours(1), _ -> {});
        assertThat(interrupted.advance()).isPositive();
        assertThat(interrupted.ended()).isFalse();
        interrupted.keepCheckpoint();

        var arguments = new ArrayList<>(List.of(task));
        arguments.addAll(List.of("--out", folder.toString()));
        var resumed = train(arguments.toArray(String[]::new));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("training " + job.id() + " goes on after step 1 of 60");
        assertTheSame(resumed.json(), whole.json());
        assertThat(checkpoint).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --importance x                     | --importance: expected ratio to be a number above 0, found x
            --importance given:/none           | /none: expected a file of importances, found no such file
            --output tanh                      | --output: expected output to be relu or linear, found tanh
            --correlation some                 | --correlation: expected independent, together:STRENGTH
            --correlation together:7           | --correlation: expected strength to be a number from 0 to 1, found 7
            --correlation exclusive:5:random   | --correlation: expected groups to be neighbours or strided
            --density 3 --correlation exclusive:20 | probabilities that sum to at most 1
            """)
    void badTasksAreExitCodeTwoInBothCommands(String options, String finding) throws IOException {
        Path out = folder.resolve("one");
        assertThat(train("--out", out.toString()).code()).isZero();
        Path weights = out.resolve("weights.safetensors");
        var measure = new ArrayList<>(List.of("measure", weights.toString()));
        measure.addAll(List.of(options.split(" ", -1)));
        for (var run : List.of(train(options.split(" ", -1)), CommandRun.of(measure.toArray(String[]::new)))) {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains(finding);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void importancesMustBeAsManyAsFeatures() throws IOException {
        Path importances = Files.writeString(folder.resolve("importances"), "3\n2\n1\n");
        var run = train("--importance", "given:" + importances);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("3 importances are given for 20 features");
    }
}
