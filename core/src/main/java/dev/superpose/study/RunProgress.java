package dev.superpose.study;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts what a run has done, to tell its speed and the time left. Thread-safe.
///
/// The time left assumes that the cost model has the ratios between trainings right; the machine's
/// speed is measured.
final class RunProgress {
    private static final double WINDOW_SECONDS = 5;

    private record Mark(double time, long steps) {}

    private final int jobs;
    private final Map<String, Double> costs = new HashMap<>();
    private final double startedAt;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private int found;
    private int finished;
    private int failed;
    private int running;
    private long steps;
    private final double costOfAll;
    private double costLeft;
    private double costDone;

    RunProgress(List<Job> all, double now) {
        jobs = all.size();
        startedAt = now;
        all.forEach(job -> costs.put(job.id(), job.estimatedSeconds()));
        costOfAll = costs.values().stream().mapToDouble(Double::doubleValue).sum();
        costLeft = costOfAll;
        marks.add(new Mark(now, 0));
    }

    synchronized void found(Job job) {
        found++;
        finished++;
        costLeft -= cost(job, job.config().optimiser().steps());
    }

    /// A training starts, `resumedAt` of its steps being done already.
    synchronized void started(Job job, int resumedAt) {
        running++;
        costLeft -= cost(job, resumedAt);
    }

    synchronized void advanced(Job job, int count, double now) {
        double cost = cost(job, count);
        costLeft -= cost;
        costDone += cost;
        steps += count;
        marks.add(new Mark(now, steps));
        while (marks.size() > 2 && marks.getFirst().time() < now - WINDOW_SECONDS) {
            marks.removeFirst();
        }
    }

    synchronized void ended(Job job, int stepsDone, boolean succeeded) {
        running--;
        costLeft -= cost(job, job.config().optimiser().steps() - stepsDone);
        if (succeeded) {
            finished++;
        } else {
            failed++;
        }
    }

    synchronized RunListener.Progress at(double now) {
        Mark first = marks.getFirst();
        double window = now - first.time();
        double elapsed = now - startedAt;
        return new RunListener.Progress(
                jobs,
                finished,
                found,
                failed,
                running,
                window > 0 && steps > first.steps() ? (steps - first.steps()) / window : Double.NaN,
                costDone > 0 ? Math.max(0, costLeft) * elapsed / costDone : Double.NaN,
                Math.clamp(1 - costLeft / costOfAll, 0, 1));
    }

    private double cost(Job job, int steps) {
        return costs.getOrDefault(job.id(), 0.0)
                * steps
                / job.config().optimiser().steps();
    }
}
