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

    /// Trainings of several portions each, so that there is something to kill them in.
    private static final String LONGER = """
            features: 60
            widths: [3, 5, 8]
            seeds: 2
            batch: 64
            steps: 4000
            test_batches: 2
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

    /// Real processes, really killed in the middle of a training, twice: once early, once late.
    /// What they had under way goes on from its checkpoint.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aStudyThatIsKilledTwiceComesToTheSameBitsWhateverTheNumberOfWorkers(int workers) throws Exception {
        Path yaml = Files.writeString(temporary.resolve("grid.yaml"), LONGER);
        Study study = StudyFile.read(yaml);
        Path whole = temporary.resolve("whole");
        run(study, whole, 2, new RunListener() {});
        Path cut = temporary.resolve("cut");
        killOnceThereAre(1, yaml, cut, workers);
        killOnceThereAre(study.jobs().size() / 2, yaml, cut, workers);
        var notes = new ArrayList<String>();
        var outcome = run(study, cut, workers, new RunListener() {
            @Override
            public void note(String line) {
                notes.add(line);
            }
        });
        assertThat(outcome.found())
                .isBetween(study.jobs().size() / 2, study.jobs().size() - 1);
        assertThat(notes).isNotEmpty().allSatisfy(note -> assertThat(note).contains("goes on after step"));
        assertThat(csv(study, cut)).isEqualTo(csv(study, whole));
        for (Job job : study.jobs()) {
            assertThat(new StudyFolder(cut).weights(job)).hasSameBinaryContentAs(new StudyFolder(whole).weights(job));
        }
    }

    /// Runs the study in another process, and kills it when there are as many records,
    /// and a checkpoint.
    private void killOnceThereAre(int records, Path yaml, Path root, int workers) throws Exception {
        Path log = temporary.resolve("log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StudyProcess.class.getName(),
                        yaml.toString(),
                        root.toString(),
                        "" + workers)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Path jobs = new StudyFolder(root).jobs();
            while (process.isAlive() && (count(jobs, ".json") < records || count(jobs, ".checkpoint") == 0)) {
                Thread.sleep(2);
            }
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        } finally {
            // SIGKILL: the process has no say in it.
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static long count(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).count();
        }
    }

    /// The process to kill: keeps a checkpoint after every portion of a training.
    static final class StudyProcess {
        private StudyProcess() {}

        public static void main(String[] args) throws Exception {
            ResumeTest.runner(Path.of(args[1]), Integer.parseInt(args[2]), Duration.ZERO, new RunListener() {})
                    .run(StudyFile.read(Path.of(args[0])));
        }
    }
}
