package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.geometry.RowNorms;
import dev.superpose.published.ToySetting;
import dev.superpose.result.Provenance;
import dev.superpose.store.Parquet;
import dev.superpose.study.Job;
import dev.superpose.study.JobResult;
import dev.superpose.study.ToyReading;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
    @TempDir
    Path folder;

    /// The smallest of the studies, trained in earnest, twice: the second time everything is there.
    @Test
    void runsWhatIsMissingAndNothingTwice() throws IOException {
        Path out = folder.resolve("out");
        var command = new String[] {"reproduce", "fig18", "--scale", "smoke", "--out", out.toString(), "--json"};
        var run = CommandRun.of(command);
        assertThat(run.code()).as(run.err()).isZero();
        var json = run.json();
        assertThat(json.propertyNames()).containsExactly("scale", "trainings", "figures", "provenance");
        assertThat(json.get("scale").stringValue()).isEqualTo("smoke");
        assertThat(json.get("trainings").get("missing").asInt()).isZero();
        int trainings = json.get("trainings").get("asked").asInt();
        assertThat(trainings).isPositive();
        assertThat(out.resolve("jobs")).isDirectoryContaining("glob:**.json");
        for (String file : new String[] {"report.html", "items.csv", "items.parquet", "summary.json"}) {
            assertThat(out.resolve(file)).exists();
        }
        assertThat(out.resolve("summary.json")).hasContent(run.out());
        String items = Files.readString(out.resolve("items.csv"));
        assertThat(Parquet.read(out.resolve("items.parquet")).toCsv()).isEqualTo(items);

        try (var records = Files.list(out.resolve("jobs"))) {
            assertThat(records.filter(file -> file.toString().endsWith(".json")))
                    .hasSize(trainings);
        }
        command[command.length - 1] = "--no-run";
        var again = CommandRun.of(command);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out())
                .startsWith("%d of %d trainings at scale smoke done".formatted(trainings, trainings))
                .contains("Figure 18", "items.parquet", "report.html");
        assertThat(out.resolve("items.csv")).hasContent(items);
    }

    /// Records as published, planted: verdicts, sentences and the pages of two figures.
    @Test
    void judgesTheTrainingsThatAreThere() throws IOException {
        Path records = Files.createDirectories(folder.resolve("records"));
        for (int width : ToySetting.WIDTHS) {
            plant(records, width);
        }
        Path out = folder.resolve("out");
        var run = CommandRun.of(
                "reproduce", "fig3", "FIG5", "--no-run", "--records", records.toString(), "--out", out.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("6 of 300 trainings at scale short done")
                .contains("fig3: share represented within 0.05 at 54 of 60 points: reproduced. 6 of 6 agree")
                .contains("fig5: exponent within two combined errors");
        String items = Files.readString(out.resolve("items.csv"));
        assertThat(items)
                .contains("fig3,point,share represented,\"alpha 1, gamma -0.556, m 63\",0.99,")
                .contains(",within two combined standard errors,reproduced,");
        String page = Files.readString(out.resolve("report.html"));
        assertThat(page)
                .contains("<section class=\"part\" id=\"fig3\">", "<section class=\"part\" id=\"fig5\">")
                .contains("Figure 5: Strong superposition", "✓ reproduced", "? cannot be told", "Not finished.")
                .contains("<summary>Every point and fit</summary>");
        assertThat(out.resolve("figures")).isDirectoryContaining("glob:**/fig3-agreement.svg");
    }

    @Test
    void badInputIsOneLineAndExitCodeTwo() throws IOException {
        String taken = Files.writeString(folder.resolve("taken"), "").toString();
        String[][] commands = {
            {"reproduce", "fig2"},
            {"reproduce", "corelated"},
            {"reproduce", "fig6", "--out", taken},
            {
                "reproduce",
                "fig18",
                "--scale",
                "smoke",
                "--workers",
                "0",
                "--out",
                folder.resolve("o").toString()
            }
        };
        for (var command : commands) {
            var run = CommandRun.of(command);
            assertThat(run.code()).as(String.join(" ", command)).isEqualTo(2);
            assertThat(run.err().lines().filter(line -> !line.endsWith("at scale smoke")))
                    .as(String.join(" ", command))
                    .hasSize(1);
            assertThat(run.out()).isEmpty();
        }
        assertThat(CommandRun.of(commands[1]).err()).contains("did you mean correlated?", "known: fig1, fig3");
        assertThat(CommandRun.of(commands[3]).err()).isEqualTo("superpose: --workers: expected at least 1, found 0\n");
        assertThat(folder.resolve("o")).doesNotExist();
    }

    @Test
    void aWrongOptionIsToldWithWhereToReadMore() {
        var scale = CommandRun.of("reproduce", "--scale", "large");
        assertThat(scale.code()).isEqualTo(2);
        assertThat(scale.err())
                .contains("expected smoke, short or full, found large", "superpose reproduce --help")
                .hasLineCount(2);
        var option = CommandRun.of("reproduce", "--no-ruin");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err()).contains("--no-ruin", "--no-run", "superpose reproduce --help");
        assertThat(option.out()).isEmpty();
        assertThat(CommandRun.of("reproduce", "fig6", "--scale", "SMOKE", "--no-run", "--out", folder.toString())
                        .code())
                .isZero();
    }

    /// A mistyped folder would otherwise be made and found empty.
    @Test
    void recordsThatAreOnlyReadHaveToBeThere() throws IOException {
        Path out = folder.resolve("out");
        Path missing = folder.resolve("missing");
        var run = CommandRun.of(
                "reproduce", "fig18", "--no-run", "--records", missing.toString(), "--out", out.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("superpose: " + missing + ": expected a folder with records of trainings");
        assertThat(missing).doesNotExist();
        Path file = Files.writeString(folder.resolve("file"), "");
        for (String noRun : new String[] {"--no-run", "--json"}) {
            var taken =
                    CommandRun.of("reproduce", "fig18", noRun, "--records", file.toString(), "--out", out.toString());
            assertThat(taken.code()).isEqualTo(2);
            assertThat(taken.err())
                    .isEqualTo(
                            "superpose: " + file
                                    + ": expected a folder for the records of trainings, found a file (choose another with --records)\n");
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void helpFitsATerminal() {
        for (String command : new String[] {"reproduce", "study"}) {
            assertThat(CommandRun.of(command, "--help").out().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        }
    }

    /// A training of figure 5's gamma at alpha = 1 whose loss falls as 1/m^1.1.
    private static void plant(Path records, int width) throws IOException {
        double loss = 9 * Math.pow(width, -1.1) * (width == 25 ? 1.05 : 1);
        var config = new ToyConfig(
                ToySetting.SMALL,
                width,
                new FeatureFrequencies.Power(1),
                1,
                -5 / 9.0,
                ToyConfig.Optimiser.small(20_000, 2000),
                100,
                1);
        var reading = new ToyReading(
                new ToyReading.Loss(loss, loss, 0.01, 0.001, 100),
                0.99,
                0.9,
                new ToyReading.Overlap(1.3 / width, 0.97 / width, 0.7, 0.9, 0.5, 0.9 / width, 0.8 / width, 1.0 / width),
                new RowNorms(1, 0.1, 0.5, 1.2, 1),
                new ToyReading.Spectrum(width, width, width),
                -0.5,
                0.01);
        var result = new JobResult(Job.of(config), reading, 1, Provenance.here());
        Files.writeString(records.resolve(result.job().id() + ".json"), result.toJson());
        // A record counts only beside its weights.
        Files.writeString(records.resolve(result.job().id() + ".safetensors"), "");
    }
}
