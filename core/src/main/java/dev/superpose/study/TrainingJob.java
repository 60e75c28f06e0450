package dev.superpose.study;

import dev.superpose.result.Provenance;
import dev.superpose.study.RunListener.FailedJob;
import dev.superpose.toy.ToyTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// One training on its way: resumed if there is a checkpoint, advanced in portions of a tenth of a
/// second, measured when it ends. Not thread-safe.
public final class TrainingJob {
    private static final double PORTION_SECONDS = 0.1;

    /// How a training ended.
    public sealed interface Ended {}

    /// It has a result.
    public record Finished(JobResult.Trained trained) implements Ended {}

    /// It has none.
    public record Failed(FailedJob failure) implements Ended {}

    private final Job job;
    private final Optional<Path> checkpointFile;
    private final Duration checkpointEvery;
    private final ToyTraining training;
    private double seconds;
    private double secondsAtCheckpoint;
    private int portion = 1;
    private String failure = "";

    /// @param checkpointFile where the state is kept on the way and found again; empty keeps none
    /// @param checkpointEvery how much work a crash may cost at most
    /// @param notes told in one line of a checkpoint that is used, or that cannot be
    public TrainingJob(Job job, Optional<Path> checkpointFile, Duration checkpointEvery, Consumer<String> notes) {
        this.job = job;
        this.checkpointFile = checkpointFile;
        this.checkpointEvery = checkpointEvery;
        var checkpoint = checkpointFile.flatMap(file -> Checkpoint.read(file, notes));
        var resumed = checkpoint.flatMap(state -> resume(state, notes));
        training = resumed.orElseGet(() -> ToyTraining.start(job.config()));
        seconds = resumed.isPresent() ? checkpoint.orElseThrow().seconds() : 0;
        secondsAtCheckpoint = seconds;
    }

    private Optional<ToyTraining> resume(Checkpoint state, Consumer<String> notes) {
        try {
            var resumed = ToyTraining.resume(job.config(), state.snapshot());
            notes.accept("training %s goes on after step %,d of %,d"
                    .formatted(
                            job.id(),
                            resumed.stepsDone(),
                            job.config().optimiser().steps()));
            return Optional.of(resumed);
        } catch (IllegalArgumentException foreign) {
            notes.accept(
                    "%s: %s; the training starts again".formatted(checkpointFile.orElseThrow(), foreign.getMessage()));
            return Optional.empty();
        }
    }

    /// Steps taken so far, those before it was resumed included.
    public int stepsDone() {
        return training.stepsDone();
    }

    /// The loss of the last steps on their own batches, summed over features; NaN before the first.
    public double trainLoss() {
        return training.stepsDone() == 0 ? Double.NaN : training.trainLoss();
    }

    /// Wall time of the steps taken so far, in seconds.
    public double seconds() {
        return seconds;
    }

    /// Whether all steps are taken, or no more can be.
    public boolean ended() {
        return training.done() || !failure.isEmpty();
    }

    /// Takes some steps, keeps a checkpoint if one is due, and tells how many steps it took.
    ///
    /// @throws IOException if the checkpoint cannot be written
    public int advance() throws IOException {
        int before = training.stepsDone();
        long started = System.nanoTime();
        try {
            training.advance(portion);
        } catch (RuntimeException broken) {
            failure = "the engine broke down: " + broken;
        }
        double took = (System.nanoTime() - started) * 1e-9;
        seconds += took;
        int steps = training.stepsDone() - before;
        if (steps > 0) {
            portion = Math.clamp(Math.round(PORTION_SECONDS * steps / Math.max(took, 1e-9)), 1, 1000);
        }
        if (failure.isEmpty() && (!Double.isFinite(training.trainLoss()) || !training.finite())) {
            failure = "the weights or the loss left the range of numbers by step %,d; lower learning_rate or |decay|"
                    .formatted(training.stepsDone());
        }
        if (!ended() && seconds - secondsAtCheckpoint >= checkpointEvery.toNanos() * 1e-9) {
            keepCheckpoint();
        }
        return steps;
    }

    /// Keeps the state as it is, if there is a file for it.
    ///
    /// @throws IOException if it cannot be written
    public void keepCheckpoint() throws IOException {
        if (checkpointFile.isPresent()) {
            new Checkpoint(training.snapshot(), seconds).write(checkpointFile.get());
        }
        secondsAtCheckpoint = seconds;
    }

    /// Removes the checkpoint of a training whose end is recorded.
    ///
    /// @throws IOException if it cannot be removed
    public void dropCheckpoint() throws IOException {
        if (checkpointFile.isPresent()) {
            Files.deleteIfExists(checkpointFile.get());
        }
    }

    /// Measures what has ended.
    public Ended finish(Provenance provenance) {
        if (!ended()) {
            throw new IllegalStateException("the training is at step " + training.stepsDone());
        }
        if (failure.isEmpty()) {
            var reading = ToyReading.of(training, job.config());
            if (Double.isFinite(reading.loss().test())) {
                var result = new JobResult(job, reading, seconds, provenance);
                return new Finished(new JobResult.Trained(result, training.model()));
            }
            failure = "the test loss is no number; lower learning_rate or |decay|";
        }
        return new Failed(new FailedJob(job, training.stepsDone(), failure));
    }
}
