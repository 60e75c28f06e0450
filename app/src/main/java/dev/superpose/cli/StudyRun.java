package dev.superpose.cli;

import dev.superpose.result.InputException;
import dev.superpose.study.LocalRunner;
import dev.superpose.study.Study;
import dev.superpose.study.StudyFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The trainings of a study as a command runs them: told of on the way, and stopped in good order
/// by a signal.
final class StudyRun {
    private StudyRun() {}

    /// The folder that the program lies in, which built-in studies take their samples from.
    static Path home() {
        return Path.of(System.getProperty("superpose.home", ""));
    }

    /// Fails unless `workers`, null for as many as there are cores, can run: before anything is
    /// announced or written.
    static void check(@Nullable Integer workers) throws InputException {
        if (workers != null && workers < 1) {
            throw new InputException("--workers", "", "at least 1", workers, "");
        }
    }

    /// Runs what is missing of `study`.
    ///
    /// @param workers how many trainings side by side; null for as many as there are cores
    /// @param onward what the user is told to do after a stop
    /// @return what came of it; empty if it was stopped, which the user has then been told
    static Optional<LocalRunner.Outcome> of(
            Study study, StudyFolder folder, @Nullable Integer workers, StudyProgress progress, String onward)
            throws IOException, InterruptedException {
        var standard = LocalRunner.Options.standard();
        var options =
                new LocalRunner.Options(workers == null ? standard.workers() : workers, standard.checkpointEvery());
        var runner = new LocalRunner(folder, options, progress);
        try (var _ = new StopOnSignal(runner::stop)) {
            var outcome = runner.run(study);
            progress.clear();
            if (outcome.stopped()) {
                // Before the signal is let go on: the process ends at once after that.
                progress.note("stopped with %,d of %,d trainings done; %s"
                        .formatted(outcome.finished(), study.jobs().size(), onward));
                return Optional.empty();
            }
            return Optional.of(outcome);
        }
    }
}
