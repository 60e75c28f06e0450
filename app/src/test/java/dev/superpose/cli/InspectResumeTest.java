package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.checkpoint.SafetensorsWriter;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What was measured is not measured again, whatever ended the run before; what changed is.
class InspectResumeTest {
    @TempDir
    Path folder;

    private Path models;

    @BeforeEach
    void models() throws IOException {
        models = Files.createDirectory(folder.resolve("models"));
        for (int k = 0; k < 3; k++) {
            write(models.resolve("m%d.safetensors".formatted(k)), k);
        }
    }

    private static void write(Path file, int seed) throws IOException {
        var random = new Seed(seed).child("rows").random();
        FloatMatrix rows = FloatMatrix.zeros(4000, 48);
        for (int i = 0; i < rows.rows(); i++) {
            for (int j = 0; j < rows.columns(); j++) {
                rows.set(i, j, (float) random.nextGaussian());
            }
        }
        new SafetensorsWriter().add("weight", rows).write(file);
    }

    private CommandRun inspect(String... more) {
        var all = new ArrayList<>(
                List.of("inspect", models.toString(), "--resume", records().toString()));
        all.addAll(List.of(more));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private Path records() {
        return folder.resolve("records");
    }

    private static List<Boolean> earlier(JsonNode matrices) {
        var flags = new ArrayList<Boolean>();
        matrices.forEach(matrix -> flags.add(matrix.get("measured_earlier").asBoolean()));
        return flags;
    }

    private List<Path> kept() throws IOException {
        if (!Files.exists(records())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(records())) {
            return files.filter(file -> file.getFileName().toString().matches("matrix-.*\\.json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void givesTheSameNumbersWithoutMeasuring() throws IOException {
        JsonNode first = inspect("--json").json();
        JsonNode second = inspect("--json").json();
        assertThat(earlier(first)).containsExactly(false, false, false);
        assertThat(earlier(second)).containsExactly(true, true, true);
        for (int k = 0; k < 3; k++) {
            for (String key : List.of("overlap", "norm", "spectrum", "centered", "excluded", "provenance")) {
                assertThat(second.get(k).get(key)).isEqualTo(first.get(k).get(key));
            }
        }
        assertThat(inspect().out())
                .contains("Taken from an earlier run, since the files have not changed: 3 of 3 matrices");
        assertThat(kept()).hasSize(3);
        assertThat(earlier(inspect("--json", "--fresh").json())).containsExactly(false, false, false);
    }

    @Test
    void measuresAgainWhatChangedOrIsAskedForOtherwise() throws IOException {
        inspect();
        Path changed = models.resolve("m1.safetensors");
        FileTime before = Files.getLastModifiedTime(changed);
        write(changed, 77);
        // The same size and time: only its content tells.
        Files.setLastModifiedTime(changed, before);
        assertThat(earlier(inspect("--json").json())).containsExactly(true, false, true);
        assertThat(earlier(inspect("--json", "--pairs", "sample", "--seed", "3").json()))
                .containsExactly(false, false, false);
        Files.move(models.resolve("m0.safetensors"), models.resolve("m00.safetensors"));
        assertThat(earlier(inspect("--json").json())).containsExactly(true, true, true);
    }

    @Test
    void tellsADamagedRecordAndMeasuresAgain() throws IOException {
        inspect();
        List<Path> records = kept();
        Files.writeString(records.get(0), Files.readString(records.get(0)).substring(0, 300));
        Files.writeString(
                records.get(1), Files.readString(records.get(1)).replaceFirst("(\"mean_square\" : 0\\.0)\\d", "$19"));
        CommandRun run = inspect("--json");
        assertThat(earlier(run.json())).containsOnlyOnce(true);
        assertThat(run.err())
                .hasLineCount(2)
                .contains(records.get(0) + ": damaged record")
                .contains(records.get(1) + ": not the record it should be");
        assertThat(earlier(inspect("--json").json())).containsExactly(true, true, true);
    }

    /// As a process leaves one that ends between writing a record and giving it its name.
    @Test
    void takesNoTemporaryFileForARecord() throws IOException {
        inspect();
        Path record = kept().getFirst();
        Path whole = record.resolveSibling(record.getFileName() + ".1-1.tmp");
        Path half = record.resolveSibling(record.getFileName() + ".1-2.tmp");
        Files.move(record, whole);
        Files.writeString(half, "{");
        CommandRun run = inspect("--json");
        assertThat(run.err()).isEmpty();
        assertThat(earlier(run.json())).containsOnlyOnce(false);
        assertThat(kept()).hasSize(3);
        assertThat(half).hasContent("{");
    }

    @Test
    void measuresThoughNothingCanBeKept() throws IOException {
        Files.writeString(records(), "a file where the folder should be");
        CommandRun run = inspect();
        assertThat(run.out()).contains("m2");
        assertThat(run.err()).hasLineCount(1).contains("results cannot be kept for a later run: " + records());
    }

    /// A real process, killed when it has finished one model.
    @Test
    void aKilledProcessCostsTheModelInWorkAlone() throws Exception {
        JsonNode whole = inspect("--json", "--fresh").json();
        for (Path record : kept()) {
            Files.delete(record);
        }
        Process process = process(folder.resolve("log"));
        try {
            while (kept().isEmpty() && process.isAlive()) {
                Thread.sleep(2);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        int done = kept().size();
        assertThat(done).as(Files.readString(folder.resolve("log"))).isPositive();
        CommandRun rest = inspect("--json");
        assertThat(rest.err()).isEmpty();
        assertThat(earlier(rest.json()).stream().filter(flag -> flag)).hasSize(done);
        for (int k = 0; k < 3; k++) {
            assertThat(rest.json().get(k).get("overlap")).isEqualTo(whole.get(k).get("overlap"));
        }
    }

    @Test
    void twoProcessesAtOnceLeaveSoundRecords() throws Exception {
        Process one = process(folder.resolve("one"));
        Process other = process(folder.resolve("other"));
        assertThat(one.waitFor()).as(Files.readString(folder.resolve("one"))).isZero();
        assertThat(other.waitFor())
                .as(Files.readString(folder.resolve("other")))
                .isZero();
        CommandRun after = inspect("--json");
        assertThat(after.err()).isEmpty();
        assertThat(earlier(after.json())).containsExactly(true, true, true);
    }

    private Process process(Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "inspect",
                        models.toString(),
                        "--resume",
                        records().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
