package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunnerTest {
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

    @Test
    void aTrainingThatDivergesIsRecordedAndTheOthersGoOn() throws Exception {
        Study study = StudyFile.parse(
                "wild.yaml",
                "features: 20\nwidths: [2]\nlearning_rate: 1e30\ndecay: 0\nseeds: 2\nbatch: 16\nsteps: 50\n",
                Path.of(""));
        Path root = temporary.resolve("study");
        var outcome = run(study, root, 2, new RunListener() {});
        assertThat(outcome.failed())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure.reason()).contains("learning_rate"));
        assertThat(outcome.finished()).isZero();
        assertThat(outcome.stopped()).isFalse();
        for (Job job : study.jobs()) {
            assertThat(root.resolve("jobs/" + job.id() + ".failed.json"))
                    .content()
                    .contains("\"reason\"");
            assertThat(root.resolve("jobs/" + job.id() + ".json")).doesNotExist();
        }
        var results = StudyResults.load(study, StudyFolder.open(root), _ -> {});
        assertThat(results.results()).isEmpty();
        assertThat(results.missing()).hasSize(2);
    }

    @Test
    void aFolderThatCannotBeIsRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> StudyFolder.open(file)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> StudyFolder.open(file.resolve("below"))).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> StudyFolder.open(Path.of("/proc/none"))).isInstanceOf(InputException.class);
    }

    /// The folder is taken away under the run: the record cannot be written, and the run says so.
    @Test
    void aResultThatCannotBeWrittenEndsTheRun() throws Exception {
        Study study = tiny();
        Path root = temporary.resolve("study");
        StudyFolder.open(root);
        Path jobs = root.resolve("jobs");
        var runner = runner(root, 2, Duration.ofMinutes(1), new RunListener() {
            private boolean gone;

            @Override
            public void progress(Progress progress) {
                if (!gone) {
                    gone = true;
                    assertThat(jobs.toFile().delete()).isTrue();
                }
            }
        });
        assertThatThrownBy(() -> runner.run(study)).isInstanceOf(IOException.class);
        assertThat(root).isEmptyDirectory();
    }
}
