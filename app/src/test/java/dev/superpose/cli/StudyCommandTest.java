package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.store.Parquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCommandTest {
    private static final String GRID = """
            features: 60
            widths: [3, 5, 8]
            decay: [-1, 1]
            seeds: 2
            batch: 64
            steps: 200
            test_batches: 3
            """;

    @TempDir
    Path folder;

    private Path grid(String yaml) throws IOException {
        return Files.writeString(folder.resolve("grid.yaml"), yaml);
    }

    @Test
    void aStudyLeavesItsResultsAndGoesOnWhereItWas() throws IOException {
        Path out = folder.resolve("out");
        var command =
                new String[] {"study", grid(GRID).toString(), "--out", out.toString(), "--workers", "2", "--json"};
        var run = CommandRun.of(command);
        assertThat(run.code()).as(run.err()).isZero();
        var json = run.json();
        assertThat(json.propertyNames())
                .containsExactly("study", "trainings", "series", "conclusions", "samples", "provenance");
        assertThat(json.get("trainings").get("finished").asInt()).isEqualTo(12);
        assertThat(json.get("series").size()).isEqualTo(2);
        var series = json.get("series").get(0);
        assertThat(series.get("points").size()).isEqualTo(3);
        assertThat(series.get("loss_law").get("exponent").isNumber()).isTrue();
        assertThat(series.get("loss_law").get("exponent_standard_error").isNumber())
                .isTrue();
        assertThat(json.get("conclusions").size()).isGreaterThan(4);
        for (String file : new String[] {"report.html", "results.csv", "results.parquet", "timings.csv"}) {
            assertThat(out.resolve(file)).exists();
        }
        assertThat(out.resolve("summary.json")).hasContent(run.out());
        assertThat(out.resolve("figures"))
                .isDirectoryContaining("glob:**.svg")
                .isDirectoryContaining("glob:**.vl.json");
        String csv = Files.readString(out.resolve("results.csv"));
        assertThat(csv).hasLineCount(13).startsWith("id,frequencies,alpha,");
        assertThat(Parquet.read(out.resolve("results.parquet")).toCsv()).isEqualTo(csv);

        command[command.length - 1] = "--no-report";
        var again = CommandRun.of(command);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out())
                .contains("12 of 12 trainings done")
                .contains("power(1.0), decay -1.0")
                .contains("results.parquet");
        assertThat(out.resolve("results.csv")).hasContent(csv);

        var list = CommandRun.of(
                "study", grid(GRID + "gradient_scale: 1\n").toString(), "--out", out.toString(), "--list");
        assertThat(list.out().lines())
                .hasSize(13)
                .filteredOn(line -> line.endsWith("done"))
                .hasSize(12);
    }

    @Test
    void aStudyWithAFailedTrainingEndsWithOneAndSaysSo() throws IOException {
        Path out = folder.resolve("out");
        var run = CommandRun.of(
                "study",
                grid("features: 20\nwidths: [2]\ndecay: 0\nlearning_rate: 1e30\nbatch: 16\nsteps: 40\n")
                        .toString(),
                "--out",
                out.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("failed").contains("width 2");
        assertThat(run.out()).contains("1 trainings failed");
        assertThat(Files.readString(out.resolve("summary.json"))).contains("\"reason\"");
    }

    @Test
    void studiesOfOneCommandShareTheirTrainings() throws IOException {
        var run = CommandRun.of(
                "study", "decay", "exponents", "--scale", "smoke", "--out", folder.toString(), "--no-report");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("decay at scale smoke: 15 trainings", "exponents at scale smoke: 18");
        assertThat(run.out()).contains("decay, smoke: 15 of 15 trainings done", "exponents, smoke: 18 of 18");
        for (String study : new String[] {"decay", "exponents"}) {
            assertThat(folder.resolve(study).resolve("smoke"))
                    .isDirectoryContaining("glob:**results.csv")
                    .isDirectoryContaining("glob:**summary.json");
        }
        Path alone = folder.resolve("alone");
        var list = CommandRun.of(
                "study",
                "exponents",
                "--scale=smoke",
                "--out=" + alone,
                "--records=" + folder.resolve("jobs"),
                "--list");
        assertThat(list.out().lines())
                .hasSize(19)
                .filteredOn(line -> line.endsWith("done"))
                .hasSize(18);
    }

    @Test
    void manyConditionsAreToldInALineEach() {
        var run = CommandRun.of("study", "wall", "--scale", "smoke", "--out", folder.toString(), "--no-report");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("power(")))
                .hasSize(8)
                .first()
                .asString()
                .startsWith("power(0.0), decay -1.0, features 16 ");
        assertThat(run.out().lines())
                .hasSizeLessThan(20)
                .allSatisfy(line -> assertThat(line.length()).isLessThan(120));
    }

    @Test
    void builtInStudiesAreListedAndPrintedToBeCopied() throws IOException {
        var list = CommandRun.of("study", "--list-built-in");
        assertThat(list.out())
                .contains("quick: ", "wall: ", "smoke  18 trainings, n = 100, a few seconds", "full   1,020 trainings");
        var yaml = CommandRun.of("study", "wall", "--yaml");
        Path copy = Files.writeString(folder.resolve("mine.yaml"), yaml.out().replace("name: wall", "name: mine"));
        var trainings = CommandRun.of("study", copy.toString(), "--scale", "smoke", "--list");
        assertThat(trainings.out())
                .isEqualTo(CommandRun.of("study", "wall", "--scale", "smoke", "--list")
                        .out());
        assertThat(trainings.out().lines()).hasSize(33);
    }

    @Test
    void badInputIsOneLineAndExitCodeTwo() throws IOException {
        String good = grid(GRID).toString();
        Path taken = Files.writeString(folder.resolve("taken"), "");
        String[][] commands = {
            {"study", grid("widths: [0]\n").toString()},
            {"study", folder.resolve("none.yaml").toString()},
            {"study", "nosuchstudy"},
            {"study", "quick", "--scale", "smoke"},
            {"study", good, "--scale", "smoke"},
            {"study", good, "wall", "--json"},
            {"study", "exponent", "--yaml"},
            {"study", good, "--out", taken.toString()},
            {"study", good, "--out", "/proc/none"},
            {"study", good, "--workers", "0"},
            {
                "study",
                Files.writeString(folder.resolve("s.yaml"), GRID + "samples: [none]\n")
                        .toString(),
                "--out",
                folder.resolve("o").toString()
            }
        };
        for (var command : commands) {
            var run = CommandRun.of(command);
            assertThat(run.code()).as(String.join(" ", command)).isEqualTo(2);
            assertThat(run.err().lines()).as(String.join(" ", command)).hasSize(1);
            assertThat(run.out()).isEmpty();
        }
    }
}
