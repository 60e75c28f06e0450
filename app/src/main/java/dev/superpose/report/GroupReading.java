package dev.superpose.report;

import dev.superpose.geometry.GroupOverlaps;
import dev.superpose.geometry.Packing;
import dev.superpose.geometry.PairOverlaps;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.study.JobResult;
import java.io.IOException;

/// How the rows of one training overlap within and across the groups of its features.
///
/// @param groups those of the training, or, of independent features, those it is held against
/// @param run the training
/// @param overlaps over the rows longer than ½
record GroupReading(FeatureGroups groups, JobResult run, GroupOverlaps overlaps) {
    /// Where the trained W, (n, m), is found.
    interface Weights {
        FloatMatrix of(JobResult run) throws IOException;
    }

    /// A number of some pairs, times what makes it independent of the width for random directions.
    enum Quantity {
        /// Mean squared overlap times m; 1 of random directions.
        SQUARE("mean squared overlap × m", 1),
        /// Mean overlap, with its sign, times √m; 0 of random directions.
        SIGNED("mean overlap × √m", 0);

        private final String words;
        private final double random;

        Quantity(String words, double random) {
            this.words = words;
            this.random = random;
        }

        String words() {
            return words;
        }

        /// What it is in the mean over random directions.
        double random() {
            return random;
        }

        double within(GroupReading reading) {
            return of(reading.overlaps.within(), reading.width());
        }

        double across(GroupReading reading) {
            return of(reading.overlaps.across(), reading.width());
        }

        private double of(PairOverlaps pairs, double m) {
            return switch (this) {
                case SQUARE -> pairs.meanSquare() * m;
                case SIGNED -> pairs.mean() * Math.sqrt(m);
            };
        }
    }

    /// Measures the weights of `run`.
    static GroupReading of(FeatureGroups groups, JobResult run, Weights weights) throws IOException {
        int n = run.config().features();
        return new GroupReading(
                groups, run, GroupOverlaps.measure(weights.of(run), groups.index(n), Packing.REPRESENTED));
    }

    double width() {
        return Trainings.width(run);
    }

    double strength() {
        return FeatureGroups.strength(run);
    }
}
