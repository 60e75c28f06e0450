package dev.superpose.report;

import dev.superpose.study.Series;
import dev.superpose.study.Study.Condition;
import dev.superpose.toy.FeatureFrequencies;
import java.util.List;
import java.util.function.Function;

/// How many values of each setting a study has results for: what its figures are chosen by.
///
/// @param conditions all of them
/// @param kinds of laws of frequencies
/// @param alphas exponents of power laws
/// @param decays gamma
/// @param densities E
/// @param features n
/// @param correlations who is active with whom
record Variation(
        long conditions, long kinds, long alphas, long decays, long densities, long features, long correlations) {

    static Variation of(List<Series> all) {
        return new Variation(
                all.size(),
                different(all, condition -> condition.frequencies().getClass()),
                all.stream()
                        .map(series -> series.condition().frequencies())
                        .filter(FeatureFrequencies.Power.class::isInstance)
                        .distinct()
                        .count(),
                different(all, Condition::decay),
                different(all, Condition::density),
                different(all, Condition::features),
                different(all, condition -> condition.task().correlation()));
    }

    /// Whether each condition can be a curve, a row and a paragraph of its own.
    boolean few() {
        return conditions <= Curve.MOST;
    }

    private static long different(List<Series> all, Function<Condition, Object> setting) {
        return all.stream()
                .map(series -> setting.apply(series.condition()))
                .distinct()
                .count();
    }
}
