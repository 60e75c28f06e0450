package dev.superpose.geometry;

import dev.superpose.geometry.GeometryReport.Centered;
import dev.superpose.geometry.GeometryReport.Excluded;
import dev.superpose.geometry.GeometryReport.Overlap;
import dev.superpose.geometry.GeometryReport.Represented;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import dev.superpose.result.InputException;
import dev.superpose.stat.Quantiles;
import java.io.IOException;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import java.util.function.LongPredicate;

/// Measures the rows of a model's matrix, (n, m), that need not fit into memory.
///
/// Mean and mean square of the overlaps of all n (n - 1) / 2 pairs are exact without looking
/// at a pair:
/// with Û the unit rows, Σ_{i≠j} cos = ‖Σ û_i‖² - n and Σ_{i≠j} cos² = ‖ÛᵀÛ‖²_F - n. All sums are
/// float64: the mean square is good to about 1e-12 relative, or 1e-16 absolute where it is
/// smaller. The
/// first pass takes WᵀW, the mean row and the norms, the second the Gram matrices of the unit
/// rows and
/// of the centred unit rows; only the mean and the largest |overlap| need pairs (`PairScan`).
/// Memory: 8
/// m² bytes and some tens of MiB, and 50 bytes per row.
///
/// The result depends neither on the number of threads nor on their timing.
public final class Geometry {
    // Longer matrices would need arrays of more than 2^31 numbers.
    private static final long MOST_ROWS = 1L << 28;
    // A centred row that is smaller than this, relative to the row and the mean, is rounding.
    private static final double ROUNDING = 1e-10;

    private final RowBlocks rows;
    private final Options options;
    private final Workers workers;

    private Geometry(RowBlocks rows, Options options, Workers workers) {
        this.rows = rows;
        this.options = options;
        this.workers = workers;
    }

    /// Which pairs are looked at for the mean and the largest |overlap|.
    public enum Pairs {
        /// All of them if that takes a few seconds, else a sample.
        AUTO,
        /// All of them, however long it takes: n² m operations.
        EXACT,
        /// The pairs of some rows, drawn at random, with all rows.
        SAMPLE
    }

    /// How to measure.
    ///
    /// @param padding which rows stand for nothing and are left out, by number from 0;
    /// asked by several
    ///     threads
    /// @param pairs which pairs are looked at
    /// @param seed of the sample
    /// @param threads how many threads share the work
    /// @param progress told the share of the work done, from 0 to 1, on the calling thread
    public record Options(LongPredicate padding, Pairs pairs, Seed seed, int threads, DoubleConsumer progress) {
        public Options {
            Objects.requireNonNull(padding);
            Objects.requireNonNull(pairs);
            Objects.requireNonNull(seed);
            Objects.requireNonNull(progress);
            if (threads < 1) {
                throw new IllegalArgumentException("threads must be at least 1, is " + threads);
            }
        }

        /// No padding, pairs as can be afforded, seed 0, every processor, no progress.
        public static Options standard() {
            return new Options(
                    _ -> false, Pairs.AUTO, new Seed(0), Runtime.getRuntime().availableProcessors(), _ -> {});
        }

        /// The same, with the rows from `first` on left out as padding.
        public Options withPaddingFrom(long first) {
            return new Options(row -> row >= first, pairs, seed, threads, progress);
        }

        /// The same with other pairs, drawn by `seed` if they are sampled.
        public Options withPairs(Pairs pairs, Seed seed) {
            return new Options(padding, pairs, seed, threads, progress);
        }

        /// The same with another number of threads.
        public Options withThreads(int threads) {
            return new Options(padding, pairs, seed, threads, progress);
        }

        /// The same with someone to tell how far it is.
        public Options withProgress(DoubleConsumer progress) {
            return new Options(padding, pairs, seed, threads, progress);
        }
    }

    /// Measures `rows`, which are read two or three times.
    ///
    /// @throws InputException if no row is left to measure, or the width needs more
    /// memory than Java
    ///     may use
    /// @throws IOException if the rows cannot be read
    public static GeometryReport measure(RowBlocks rows, Options options) throws IOException {
        check(rows);
        try (var workers = new Workers(options.threads())) {
            return new Geometry(rows, options, workers).report();
        }
    }

    private static void check(RowBlocks rows) throws InputException {
        if (rows.rows() > MOST_ROWS) {
            throw new InputException(
                    "%,d rows are more than can be measured at once (%,d)".formatted(rows.rows(), MOST_ROWS));
        }
        if (rows.width() < 1 || rows.rows() < 1) {
            throw new InputException(
                    "nothing left to measure: the matrix has shape (%,d, %,d)".formatted(rows.rows(), rows.width()));
        }
        long needed = GramPass.bytes(rows.width(), 2) + 50 * rows.rows();
        long allowed = Runtime.getRuntime().maxMemory();
        if (needed > allowed / 10 * 9) {
            throw new InputException(
                    ("measuring %,d rows of width %,d needs about %,d MiB of memory and Java may use %,d"
                                    + " MiB (allow more with -Xmx)")
                            .formatted(rows.rows(), rows.width(), needed >> 20, allowed >> 20));
        }
    }

    private GeometryReport report() throws IOException {
        First first = first();
        double[] norms = first.survey().usedNorms();
        Represented represented = represented(norms);
        Directions directions = directions(first, norms.length);
        PairScan.Result pairs = pairs(first.survey(), norms.length);
        options.progress().accept(1);
        return new GeometryReport(
                rows.rows(),
                norms.length,
                rows.width(),
                first.excluded(),
                RowNorms.of(norms),
                represented,
                overlap(pairs, directions, norms.length),
                pairs.distribution(),
                directions.centered(),
                first.spectrum(),
                Regime.of(norms.length, rows.width(), represented.byMeanSquare()));
    }

    /// What the first pass tells.
    @SuppressWarnings("ArrayRecordComponent") // (m), handed from one method to the next
    private record First(RowSurvey survey, Excluded excluded, double[] meanRow, Spectrum spectrum) {}

    /// In a method of its own, as the second pass is, so that its Gram matrix is free
    /// before the next
    /// is made.
    private First first() throws IOException {
        var survey = new RowSurvey(Math.toIntExact(rows.rows()), options.padding());
        GramPass.Transform asTheyAre = (index, values, from, targets, to) -> {
            survey.add(index, values, from, rows.width());
            if (survey.used(index)) {
                for (int j = 0; j < rows.width(); j++) {
                    targets[0][to + j] = values[from + j];
                }
            }
        };
        GramPass pass = GramPass.over(rows, workers, 1, asTheyAre, progress(0, 0.25));
        Excluded excluded = survey.excluded();
        int used = survey.usedNorms().length;
        if (used == 0) {
            throw new InputException("nothing left to measure: of %,d rows %,d are padding, %,d zero, %,d not finite"
                    .formatted(rows.rows(), excluded.padding(), excluded.zero(), excluded.nonfinite()));
        }
        double[] mean = pass.sum(0).clone();
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= used;
        }
        return new First(survey, excluded, mean, Spectrum.of(SymmetricEigenvalues.of(pass.gram(0), workers)));
    }

    /// Progress within a part of the work. The parts are rough: they only steer a display.
    private DoubleConsumer progress(double from, double to) {
        return share -> options.progress().accept(from + (to - from) * share);
    }

    private static Represented represented(double[] norms) {
        double squares = 0;
        for (double norm : norms) {
            squares += norm * norm;
        }
        return new Represented(
                shareAbove(norms, 0.5),
                shareAbove(norms, Quantiles.of(norms).median() / 2),
                shareAbove(norms, Math.sqrt(squares / norms.length) / 2));
    }

    private static double shareAbove(double[] norms, double threshold) {
        int above = 0;
        for (double norm : norms) {
            above += norm > threshold ? 1 : 0;
        }
        return (double) above / norms.length;
    }

    /// Means over pairs of unit rows, and of centred unit rows.
    private record Directions(double mean, double meanSquare, Centered centered) {}

    /// The second pass.
    private Directions directions(First first, int used) throws IOException {
        int m = rows.width();
        RowSurvey survey = first.survey();
        double[] mean = first.meanRow();
        double meanNorm = Math.sqrt(squaredNorm(mean, 0, m));
        GramPass.Transform directions = (index, values, from, targets, to) -> {
            if (!survey.used(index)) {
                return;
            }
            double norm = survey.norm(index);
            for (int j = 0; j < m; j++) {
                targets[0][to + j] = values[from + j] / norm;
                targets[1][to + j] = values[from + j] - mean[j];
            }
            double left = Math.sqrt(squaredNorm(targets[1], to, m));
            double factor = left > ROUNDING * Math.max(norm, meanNorm) ? 1 / left : 0;
            for (int j = 0; j < m; j++) {
                targets[1][to + j] *= factor;
            }
        };
        GramPass unit = GramPass.over(rows, workers, 2, directions, progress(0.25, 0.75));
        // A centred row adds 1 to the trace if it has a direction, else 0.
        long centred = Math.round(unit.gram(1).trace());
        return new Directions(
                meanOverPairs(squaredNorm(unit.sum(0), 0, m), used),
                meanSquareOverPairs(unit.gram(0), used),
                new Centered(
                        meanOverPairs(squaredNorm(unit.sum(1), 0, m), centred),
                        meanSquareOverPairs(unit.gram(1), centred)));
    }

    private static double squaredNorm(double[] numbers, int from, int count) {
        double sum = 0;
        for (int j = from; j < from + count; j++) {
            sum += numbers[j] * numbers[j];
        }
        return sum;
    }

    private static double meanOverPairs(double squaredSum, long n) {
        return n < 2 ? Double.NaN : (squaredSum - n) / ((double) n * (n - 1));
    }

    private static double meanSquareOverPairs(LowerTriangle gram, long n) {
        return n < 2 ? Double.NaN : Math.max((gram.sumOfSquares() - n) / ((double) n * (n - 1)), 0);
    }

    private Overlap overlap(PairScan.Result pairs, Directions directions, int used) {
        int m = rows.width();
        return new Overlap(
                directions.mean(),
                directions.meanSquare(),
                pairs.meanAbs(),
                pairs.maxAbs(),
                Bounds.welchMeanSquare(used, m),
                Bounds.randomMeanSquare(m),
                directions.meanSquare() * m);
    }

    private PairScan.Result pairs(RowSurvey survey, int used) throws IOException {
        if (used < 2) {
            return PairScan.Result.none(used);
        }
        DoubleConsumer told = progress(0.75, 1);
        boolean all = switch (options.pairs()) {
            case EXACT -> true;
            case SAMPLE -> used <= PairScan.sampleSize(used, rows.width());
            case AUTO -> PairScan.cheap(used, rows.width());
        };
        return all
                ? PairScan.exact(rows, survey, used, workers, told)
                : PairScan.sampled(rows, survey, used, options.seed(), workers, told);
    }
}
