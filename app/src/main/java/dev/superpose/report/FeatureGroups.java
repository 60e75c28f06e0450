package dev.superpose.report;

import dev.superpose.study.JobResult;
import dev.superpose.toy.Correlation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How the features of some trainings are put into groups, however strongly these hold together.
///
/// @param exclusive whether features of a group exclude each other rather than occur together
/// @param size features of a full group
/// @param kind who shares a group
record FeatureGroups(boolean exclusive, int size, Correlation.Groups kind) {

    /// Those of a training; empty where every feature is for itself.
    static Optional<FeatureGroups> of(JobResult run) {
        return switch (run.config().task().correlation()) {
            case Correlation.Independent() -> Optional.empty();
            case Correlation.Together(double _, int size, var kind) ->
                Optional.of(new FeatureGroups(false, size, kind));
            case Correlation.Exclusive(int size, var kind) -> Optional.of(new FeatureGroups(true, size, kind));
        };
    }

    /// How strongly the features of a group occur together: 0 of independent ones, NaN of
    /// exclusive ones.
    static double strength(JobResult run) {
        return switch (run.config().task().correlation()) {
            case Correlation.Independent() -> 0;
            case Correlation.Together together -> together.strength();
            case Correlation.Exclusive _ -> Double.NaN;
        };
    }

    /// The trainings by their groups, in the order of the first of each; independent ones
    /// belong to all.
    static Map<FeatureGroups, Trainings> split(Trainings all) {
        var parts = new LinkedHashMap<FeatureGroups, Trainings>();
        for (JobResult run : all.runs()) {
            of(run).ifPresent(groups -> parts.computeIfAbsent(
                    groups,
                    _ -> all.where(other -> strength(other) == 0 || of(other).equals(Optional.of(groups)))));
        }
        return parts;
    }

    /// Which group each of `features` features is in, (features).
    int[] index(int features) {
        return kind.index(features, size);
    }

    /// For keys, such as `groups of 10, neighbours in rank`.
    String words() {
        return "%sgroups of %d, %s"
                .formatted(
                        exclusive ? "exclusive " : "",
                        size,
                        kind == Correlation.Groups.NEIGHBOURS ? "neighbours in rank" : "frequent with rare");
    }
}
