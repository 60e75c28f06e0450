package dev.superpose.study;

/// What a run tells while it goes on. Called from the workers, one call at a time.
public interface RunListener {
    /// The run stands here; several times a second.
    default void progress(Progress progress) {}

    /// A training is finished and kept.
    default void finished(JobResult result) {}

    /// A training failed and will not be tried again in this run.
    default void failed(FailedJob failure) {}

    /// Something a person should know, in one line: a damaged record, a training resumed.
    default void note(String line) {}

    /// A training that failed.
    ///
    /// @param job which
    /// @param step how many steps it had taken
    /// @param reason one sentence, with a remedy where there is one
    record FailedJob(Job job, int step, String reason) {}

    /// How far a run is.
    ///
    /// @param jobs trainings of the study
    /// @param finished trainings that have a record: those found and those of this run
    /// @param found how many of them were there before
    /// @param failed trainings that failed in this run
    /// @param running trainings under way
    /// @param stepsPerSecond of all workers together, over the last seconds; NaN before the first
    /// @param secondsLeft an estimate; NaN before the first step
    /// @param share of the estimated work of the study that is done, 0 to 1
    record Progress(
            int jobs,
            int finished,
            int found,
            int failed,
            int running,
            double stepsPerSecond,
            double secondsLeft,
            double share) {}
}
