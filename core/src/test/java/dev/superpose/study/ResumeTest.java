package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
    private static final String TINY = """
            features: 40
            widths: [2, 3, 5]
            decay: [-1, 1]
            seeds: 2
            batch: 64
            steps: 300
            test_batches: 4
            """;

    @TempDir
    Path temporary;

    private static Study tiny() throws InputException {
        return StudyFile.parse("tiny.yaml", TINY, Path.of(""));
    }

    private static LocalRunner.Outcome run(Study study, Path root, int workers, RunListener listener)
            throws IOException, InterruptedException {
        return runner(root, workers, Duration.ofMinutes(1), listener).run(study);
    }

    private static LocalRunner runner(Path root, int workers, Duration checkpointEvery, RunListener listener)
            throws IOException {
        return new LocalRunner(StudyFolder.open(root), new LocalRunner.Options(workers, checkpointEvery), listener);
    }

    private static String csv(Study study, Path root) throws IOException {
        var problems = new ArrayList<String>();
        var results = StudyResults.load(study, StudyFolder.open(root), problems::add);
        assertThat(problems).isEmpty();
        assertThat(results.missing()).isEmpty();
        return results.table().toCsv();
    }

    /// The listener throws, as if the process died there: no checkpoint, no ending.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anInterruptedStudyComesToTheSameBitsWhateverTheNumberOfWorkers(int workers) throws Exception {
        Study study = tiny();
        Path whole = temporary.resolve("whole");
        assertThat(run(study, whole, 1, new RunListener() {}))
                .isEqualTo(new LocalRunner.Outcome(12, 0, List.of(), false));
        Path cut = temporary.resolve("cut");
        assertThatThrownBy(() -> run(study, cut, workers, new DyingListener(5)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("killed");
        try (var records = Files.list(cut.resolve("jobs"))) {
            assertThat(records.filter(file -> file.toString().endsWith(".json")))
                    .hasSizeBetween(5, 5 + workers);
        }
        var outcome = run(study, cut, workers, new RunListener() {});
        assertThat(outcome.found()).isBetween(5, 5 + workers);
        assertThat(outcome.finished()).isEqualTo(12);
        assertThat(csv(study, cut)).isEqualTo(csv(study, whole)).hasLineCount(13);
    }

    private static final class DyingListener implements RunListener {
        private int left;

        DyingListener(int finishes) {
            left = finishes;
        }

        @Override
        public void finished(JobResult result) {
            if (--left == 0) {
                throw new IllegalStateException("killed");
            }
        }
    }

    @Test
    void aStoppedTrainingGoesOnFromItsCheckpointBitForBit() throws Exception {
        Study study = StudyFile.parse(
                "long.yaml", "features: 60\nwidths: [4]\nbatch: 64\nsteps: 4000\ntest_batches: 2\n", Path.of(""));
        Path whole = temporary.resolve("whole");
        run(study, whole, 1, new RunListener() {});
        Path cut = temporary.resolve("cut");
        var toStop = new AtomicReference<LocalRunner>();
        var runner = runner(cut, 1, Duration.ZERO, new RunListener() {
            private int calls;

            @Override
            public void progress(Progress progress) {
                if (++calls == 4) {
                    toStop.get().stop();
                }
            }
        });
        toStop.set(runner);
        assertThat(runner.run(study).stopped()).isTrue();
        Job job = study.jobs().getFirst();
        Path checkpoint = cut.resolve("jobs/" + job.id() + ".checkpoint");
        assertThat(checkpoint).exists();
        var notes = new ArrayList<String>();
        run(study, cut, 1, new RunListener() {
            @Override
            public void note(String line) {
                notes.add(line);
            }
        });
        assertThat(notes).singleElement().asString().contains("goes on after step");
        assertThat(checkpoint).doesNotExist();
        assertThat(csv(study, cut)).isEqualTo(csv(study, whole));
        assertThat(cut.resolve("jobs/" + job.id() + ".safetensors"))
                .hasSameBinaryContentAs(whole.resolve("jobs/" + job.id() + ".safetensors"));
    }

    @Test
    void whatIsDamagedIsToldAndComputedAgain() throws Exception {
        Study study = tiny();
        Path root = temporary.resolve("study");
        run(study, root, 2, new RunListener() {});
        String before = csv(study, root);
        Path jobs = root.resolve("jobs");
        var ids = study.jobs().stream().map(Job::id).toList();
        Path cutShort = jobs.resolve(ids.get(0) + ".json");
        Files.writeString(cutShort, Files.readString(cutShort).substring(0, 200));
        Files.write(jobs.resolve(ids.get(1) + ".json"), new byte[] {(byte) 0xff, 0});
        Files.copy(
                jobs.resolve(ids.get(3) + ".json"),
                jobs.resolve(ids.get(2) + ".json"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.delete(jobs.resolve(ids.get(4) + ".safetensors"));
        Files.delete(jobs.resolve(ids.get(5) + ".json"));
        Files.writeString(jobs.resolve(ids.get(5) + ".checkpoint"), "not a checkpoint, though long enough");
        Files.delete(jobs.resolve(ids.get(6) + ".json"));
        Files.writeString(jobs.resolve(ids.get(6) + ".checkpoint"), "short");
        Path left = Files.writeString(jobs.resolve("x.json.99-1.tmp"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        var notes = new ArrayList<String>();
        var outcome = run(study, root, 1, new RunListener() {
            @Override
            public void note(String line) {
                notes.add(line);
            }
        });
        assertThat(outcome.found()).isEqualTo(6);
        assertThat(outcome.finished()).isEqualTo(12);
        for (int i : new int[] {0, 1, 2, 4, 5, 6}) {
            String id = ids.get(i);
            assertThat(notes)
                    .as("job %d", i)
                    .anySatisfy(note -> assertThat(note).contains(id));
        }
        assertThat(notes).allSatisfy(note -> assertThat(note.lines()).hasSize(1));
        assertThat(left).doesNotExist();
        assertThat(csv(study, root)).isEqualTo(before);
    }

    /// A real process, really killed, on a folder that another then finishes.
    @Test
    void aKilledProcessCostsTheTrainingsInFlightAndNoBit() throws Exception {
        Study study = tiny();
        Path whole = temporary.resolve("whole");
        run(study, whole, 2, new RunListener() {});
        Path cut = temporary.resolve("cut");
        Path yaml = Files.writeString(temporary.resolve("tiny.yaml"), TINY);
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledStudy.class.getName(),
                yaml.toString(),
                cut.toString());
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("log").toFile())
                .start();
        try {
            // Once it waits in the middle of a training, another is done.
            while (!Files.exists(temporary.resolve("cut.reached")) && process.isAlive()) {
                Thread.sleep(20);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(temporary.resolve("cut.reached"))
                .as(Files.readString(temporary.resolve("log")))
                .exists();
        var outcome = run(study, cut, 2, new RunListener() {});
        assertThat(outcome.found()).isEqualTo(1);
        assertThat(outcome.finished()).isEqualTo(12);
        assertThat(csv(study, cut)).isEqualTo(csv(study, whole));
    }

    /// The process to kill: finishes one training, then holds still in the second.
    static final class KilledStudy {
        private KilledStudy() {}

        public static void main(String[] args) throws Exception {
            Path root = Path.of(args[1]);
            ResumeTest.run(StudyFile.read(Path.of(args[0])), root, 1, new RunListener() {
                @Override
                public void progress(Progress progress) {
                    if (progress.finished() == 1 && progress.running() == 1) {
                        holdStill(root.resolveSibling(root.getFileName() + ".reached"));
                    }
                }
            });
        }

        private static void holdStill(Path sign) {
            try {
                Files.createFile(sign);
                Thread.sleep(Duration.ofMinutes(1));
            } catch (IOException | InterruptedException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }
}
