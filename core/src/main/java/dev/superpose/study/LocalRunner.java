package dev.superpose.study;

import dev.superpose.result.Provenance;
import dev.superpose.study.RunListener.FailedJob;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Runs the trainings of a study on this machine, one on each of several threads, and keeps every
/// one as soon as it is finished. What is already in the folder is not done again; what a killed
/// process had under way goes on from its last checkpoint. Neither the number of workers nor the
/// order changes a number.
public final class LocalRunner {
    private final StudyFolder folder;
    private final Options options;
    private final RunListener listener;
    private final AtomicBoolean stop = new AtomicBoolean();

    /// How to run.
    ///
    /// @param workers trainings side by side; each takes one core
    /// @param checkpointEvery how much work of a training a crash may cost at most
    public record Options(int workers, Duration checkpointEvery) {
        public Options {
            if (workers < 1) {
                throw new IllegalArgumentException("workers must be at least 1, is " + workers);
            }
            if (checkpointEvery.isNegative()) {
                throw new IllegalArgumentException("checkpoints cannot be " + checkpointEvery + " apart");
            }
        }

        /// One training on each core, a checkpoint a minute.
        public static Options standard() {
            return new Options(Runtime.getRuntime().availableProcessors(), Duration.ofMinutes(1));
        }
    }

    /// What a run came to.
    ///
    /// @param finished trainings that have a record now
    /// @param found how many of them had one before
    /// @param failed trainings that failed
    /// @param stopped whether it was asked to stop before all were done
    public record Outcome(int finished, int found, List<FailedJob> failed, boolean stopped) {
        public Outcome {
            failed = List.copyOf(failed);
        }
    }

    /// @param folder where records are found and kept
    /// @param listener told of progress
    public LocalRunner(StudyFolder folder, Options options, RunListener listener) {
        this.folder = folder;
        this.options = options;
        this.listener = listener;
    }

    /// Asks the run to stop soon: trainings under way leave a checkpoint. May be called
    /// from any thread.
    public void stop() {
        stop.set(true);
    }

    /// Does what is missing of `study`, the longest trainings first.
    ///
    /// @throws IOException if a result cannot be written; all workers stop then
    /// @throws InterruptedException if the calling thread is interrupted; the workers stop then,
    ///     each with a checkpoint
    public Outcome run(Study study) throws IOException, InterruptedException {
        var jobs = study.jobs();
        var run = new Run(new RunProgress(jobs, now()), new ConcurrentLinkedQueue<>(), provenance(study));
        int found = 0;
        var missing = new ArrayList<Job>();
        for (Job job : jobs) {
            if (folder.find(job, this::note).isPresent()) {
                found++;
                run.progress.found(job);
            } else {
                missing.add(job);
            }
        }
        missing.sort(Comparator.comparingDouble(Job::estimatedSeconds).reversed());
        run.queue.addAll(missing);
        tellProgress(run);
        var failed = work(run, Math.min(options.workers(), missing.size()));
        int finished = run.progress.at(now()).finished();
        return new Outcome(finished, found, failed, stop.get() && finished + failed.size() < jobs.size());
    }

    /// This program on this machine, with the files the study was read from.
    private static Provenance provenance(Study study) {
        var provenance = Provenance.here();
        for (var input : study.inputs().entrySet()) {
            provenance = provenance.withInput(input.getKey(), input.getValue());
        }
        return provenance;
    }

    private record Run(RunProgress progress, Queue<Job> queue, Provenance provenance) {}

    private List<FailedJob> work(Run run, int workers) throws IOException, InterruptedException {
        var failed = new ArrayList<FailedJob>();
        var threads = Thread.ofPlatform().name("training-", 1).daemon().factory();
        try (var executor = Executors.newThreadPerTaskExecutor(threads)) {
            var running = new ArrayList<Future<List<FailedJob>>>();
            for (int i = 0; i < workers; i++) {
                running.add(executor.submit(() -> workOff(run)));
            }
            try {
                for (var worker : running) {
                    failed.addAll(worker.get());
                }
            } catch (ExecutionException broken) {
                throw rethrown(broken.getCause());
            } finally {
                // Reached early only when something broke: the other workers must not go on for hours.
                if (running.stream().anyMatch(worker -> !worker.isDone())) {
                    stop();
                }
            }
        }
        return failed;
    }

    private static IOException rethrown(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException io -> io;
            case RuntimeException failure -> throw failure;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    private List<FailedJob> workOff(Run run) throws IOException {
        var failed = new ArrayList<FailedJob>();
        try {
            for (Job job = run.queue.poll(); job != null && !stop.get(); job = run.queue.poll()) {
                work(run, job).ifPresent(failed::add);
            }
            return failed;
        } catch (IOException | RuntimeException | Error broken) {
            stop();
            throw broken;
        }
    }

    private Optional<FailedJob> work(Run run, Job job) throws IOException {
        // Another process may have done it since the run began, which has told of damage already.
        if (folder.find(job, _ -> {}).isPresent()) {
            run.progress.found(job);
            tellProgress(run);
            return Optional.empty();
        }
        var training = new TrainingJob(job, Optional.of(folder.checkpoint(job)), options.checkpointEvery(), this::note);
        run.progress.started(job, training.stepsDone());
        while (!training.ended() && !stop.get()) {
            int steps = training.advance();
            run.progress.advanced(job, steps, now());
            tellProgress(run);
        }
        if (!training.ended()) {
            training.keepCheckpoint();
            return Optional.empty();
        }
        return switch (training.finish(run.provenance.withSeed(job.config().seed()))) {
            case TrainingJob.Finished(JobResult.Trained trained) -> {
                folder.keep(trained);
                run.progress.ended(job, training.stepsDone(), true);
                tellProgress(run);
                synchronized (listener) {
                    listener.finished(trained.result());
                }
                yield Optional.empty();
            }
            case TrainingJob.Failed(FailedJob failure) -> {
                folder.keepFailure(failure);
                run.progress.ended(job, training.stepsDone(), false);
                tellProgress(run);
                synchronized (listener) {
                    listener.failed(failure);
                }
                yield Optional.of(failure);
            }
        };
    }

    private void tellProgress(Run run) {
        synchronized (listener) {
            listener.progress(run.progress.at(now()));
        }
    }

    private void note(String line) {
        synchronized (listener) {
            listener.note(line);
        }
    }

    private static double now() {
        return System.nanoTime() * 1e-9;
    }
}
