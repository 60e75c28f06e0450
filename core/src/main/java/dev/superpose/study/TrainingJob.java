package dev.superpose.study;

import dev.superpose.result.Provenance;
import dev.superpose.study.RunListener.FailedJob;
import dev.superpose.toy.ToyTraining;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One training of a study on its way: resumed if there is a checkpoint, advanced in portions of a
/// tenth of a second, and kept when it ends.
final class TrainingJob {
    private static final double PORTION_SECONDS = 0.1;

    /// How a training ended.
    sealed interface Ended {}

    record Finished(JobResult result) implements Ended {}

    record Failed(FailedJob failure) implements Ended {}

    private final Job job;
    private final StudyFolder folder;
    private final Duration checkpointEvery;
    private final ToyTraining training;
    private double seconds;
    private double secondsAtCheckpoint;
    private int portion = 1;
    private String failure = "";

    TrainingJob(Job job, StudyFolder folder, Duration checkpointEvery, Consumer<String> notes) throws IOException {
        this.job = job;
        this.folder = folder;
        this.checkpointEvery = checkpointEvery;
        var checkpoint = folder.findCheckpoint(job, notes);
        var resumed = checkpoint.flatMap(state -> resume(job, folder, state, notes));
        training = resumed.orElseGet(() -> ToyTraining.start(job.config()));
        seconds = resumed.isPresent() ? checkpoint.orElseThrow().seconds() : 0;
        secondsAtCheckpoint = seconds;
    }

    private static Optional<ToyTraining> resume(
            Job job, StudyFolder folder, StudyFolder.Checkpoint state, Consumer<String> notes) {
        try {
            var training = ToyTraining.resume(job.config(), state.snapshot());
            notes.accept("%s: goes on at step %,d of %,d"
                    .formatted(
                            job.id(),
                            training.stepsDone(),
                            job.config().optimiser().steps()));
            return Optional.of(training);
        } catch (IllegalArgumentException foreign) {
            notes.accept("%s: %s; the training starts again".formatted(folder.checkpoint(job), foreign.getMessage()));
            return Optional.empty();
        }
    }

    int stepsDone() {
        return training.stepsDone();
    }

    /// Whether all steps are taken, or no more can be.
    boolean ended() {
        return training.done() || !failure.isEmpty();
    }

    /// Takes some steps, keeps a checkpoint if one is due, and tells how many steps it took.
    int advance() throws IOException {
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
            failure = "the weights or the loss left the range of numbers after step %,d; lower learning_rate or |decay|"
                    .formatted(training.stepsDone());
        }
        if (!ended() && seconds - secondsAtCheckpoint >= checkpointEvery.toNanos() * 1e-9) {
            keepCheckpoint();
        }
        return steps;
    }

    void keepCheckpoint() throws IOException {
        folder.keep(job, new StudyFolder.Checkpoint(training.snapshot(), seconds));
        secondsAtCheckpoint = seconds;
    }

    /// Measures and keeps what has ended.
    Ended finish(Provenance provenance, Map<String, String> inputs) throws IOException {
        if (failure.isEmpty()) {
            var reading = ToyReading.of(training, job.config());
            if (Double.isFinite(reading.loss().test())) {
                var origin = provenance;
                for (var input : inputs.entrySet()) {
                    origin = origin.withInput(input.getKey(), input.getValue());
                }
                var result = new JobResult(job, reading, seconds, origin);
                folder.keep(new JobResult.Trained(result, training.model()));
                return new Finished(result);
            }
            failure = "the test loss is no number; lower learning_rate or |decay|";
        }
        folder.keepFailure(job, training.stepsDone(), failure);
        return new Failed(new FailedJob(job, training.stepsDone(), failure));
    }
}
