package dev.superpose.cli;

import dev.superpose.result.InputException;
import dev.superpose.study.RunListener;
import dev.superpose.study.Study;
import java.io.PrintWriter;
import java.util.Locale;

/// Tells on standard error how a study goes on.
final class StudyProgress implements RunListener {
    private final PrintWriter err;
    private final ProgressLine line;

    StudyProgress(PrintWriter err) {
        this.err = err;
        this.line = new ProgressLine(err);
    }

    @Override
    public void progress(Progress at) {
        var text = new StringBuilder("%,d of %,d trainings".formatted(at.finished(), at.jobs()));
        if (at.failed() > 0) {
            text.append(", %,d failed".formatted(at.failed()));
        }
        if (!Double.isNaN(at.stepsPerSecond())) {
            text.append(String.format(Locale.ROOT, ", %,.0f steps/s", at.stepsPerSecond()));
        }
        if (!Double.isNaN(at.secondsLeft())) {
            text.append(", ").append(duration(at.secondsLeft())).append(" left");
        }
        line.show(text.toString(), at.share());
    }

    @Override
    public void failed(FailedJob failure) {
        var config = failure.job().config();
        note("training %s (%s, width %d, seed %d) failed: %s"
                .formatted(
                        failure.job().id(),
                        Study.Condition.of(config).label(),
                        config.width(),
                        config.seed(),
                        failure.reason()));
    }

    @Override
    public void note(String text) {
        line.clear();
        err.println("superpose: " + InputException.printable(text));
        err.flush();
    }

    void clear() {
        line.clear();
    }

    /// `40 s`, `3:20 min`, `2:05 h`.
    static String duration(double seconds) {
        long whole = Double.isFinite(seconds) ? Math.round(seconds) : 0;
        if (whole < 100) {
            return whole + " s";
        }
        return whole < 100 * 60
                ? "%d:%02d min".formatted(whole / 60, whole % 60)
                : "%d:%02d h".formatted(whole / 3600, whole / 60 % 60);
    }
}
