package dev.superpose.geometry;

import dev.superpose.geometry.GeometryReport.Estimate;
import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import java.io.IOException;
import java.util.function.DoubleConsumer;

/// What no Gram matrix gives about the overlaps: mean and largest magnitude, variance of the
/// square, quantiles and histogram. Over all pairs, or over the pairs of some rows, drawn at
/// random, with all rows.
final class PairScan {
    private static final long SAMPLED_NUMBERS = 1L << 24;

    // A pair costs m multiplications, and as much as this many to be looked at.
    private static final int LOOK = 150;
    // Up to this many n² (m + LOOK), all pairs take about four seconds on two cores; 2 n (m + LOOK) times the
    // sampled rows is kept near it.
    private static final double AFFORDABLE = 3e11;
    private static final int FEWEST_SAMPLED = 128;
    private static final int MOST_SAMPLED = 256;

    private PairScan() {}

    /// The values over pairs of used rows.
    record Result(Estimate meanAbs, Estimate maxAbs, PairDistribution distribution) {
        /// Of no pair: of fewer than two rows, or left out.
        static Result none(long rows, Method method) {
            var nothing = new Estimate(Double.NaN, method, Double.NaN);
            return new Result(nothing, nothing, PairDistribution.none(rows, method));
        }
    }

    /// Over all pairs of the `used` rows, at least two.
    static Result exact(RowBlocks rows, RowSurvey survey, long used, Workers workers, DoubleConsumer progress)
            throws IOException {
        return new ExactPairs(new UnitTiles(rows, survey), workers, progress).scan(used);
    }

    /// Over the pairs of [#sampleSize] used rows, drawn without replacement by `seed`, with all
    /// `used` rows, at least two.
    static Result sampled(
            RowBlocks rows, RowSurvey survey, long used, Seed seed, Workers workers, DoubleConsumer progress)
            throws IOException {
        int drawn = sampleSize(used, rows.width());
        int[] sample =
                SampledPairs.draw(survey, drawn, used, seed.child("pairs").random());
        return new SampledPairs(new UnitTiles(rows, survey), sample, workers, progress).scan(used);
    }

    /// Whether all pairs of `used` rows take no more than some seconds.
    static boolean cheap(long used, int width) {
        return (double) used * used * (width + LOOK) <= AFFORDABLE;
    }

    /// How many of `used` rows [#sampled] would draw.
    static int sampleSize(long used, int width) {
        double affordable = AFFORDABLE / (2.0 * used * (width + LOOK));
        long most = Math.clamp(SAMPLED_NUMBERS / width, 2, MOST_SAMPLED);
        return (int) Math.min(used, Math.clamp((long) affordable, Math.min(FEWEST_SAMPLED, most), most));
    }
}
