package dev.superpose.geometry;

import dev.superpose.geometry.GeometryReport.Method;
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
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Measures the rows of a model's matrix, (n, m), that need not fit into memory.
///
/// Mean and mean square of the overlaps of all n (n - 1) / 2 pairs are exact without looking at a
/// pair: with Û the unit rows, Σ_{i≠j} cos = ‖Σ û_i‖² - n and Σ_{i≠j} cos² = ‖ÛᵀÛ‖²_F - n. In
/// float64 the mean square is good to about 1e-12 relative, or 1e-16 absolute where it is
/// smaller; large matrices are multiplied in float32, and the report tells how good that is
/// ([Arithmetic], below 1e-6). Only the mean and the largest |overlap| need pairs (`PairScan`).
/// Memory: 16 m² bytes and some tens of MiB, and 50 bytes per row. Formulas:
/// `docs/derivations/geometry.md`.
///
/// The result depends neither on the number of threads nor on their timing.
public final class Geometry {
    // Longer matrices would need arrays of more than 2^31 numbers.
    private static final long MOST_ROWS = 1L << 28;

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
        SAMPLE,
        /// None: what needs pairs is left out, and told as left out.
        NONE
    }

    /// How to measure.
    ///
    /// @param padding which rows stand for nothing and are left out, by number from 0; asked by
    ///     several threads
    /// @param pairs which pairs are looked at
    /// @param centered whether the overlaps of centred rows are measured, which takes one more
    ///     pass and Gram matrix; told as left out if not
    /// @param seed of the sample
    /// @param threads how many threads share the work
    /// @param progress told the share of the work done, from 0 to 1, on the calling thread
    /// @param frequencies how often each row is met, by number from 0, in any unit: normalised
    ///     over the used rows, where a row of frequency 0 weighs nothing; finite and not
    ///     negative; asked by several threads; null if not known
    public record Options(
            LongPredicate padding,
            Pairs pairs,
            boolean centered,
            Seed seed,
            int threads,
            DoubleConsumer progress,
            @Nullable LongToDoubleFunction frequencies) {
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
                    _ -> false,
                    Pairs.AUTO,
                    true,
                    new Seed(0),
                    Runtime.getRuntime().availableProcessors(),
                    _ -> {},
                    null);
        }

        /// The same, with the rows from `first` on left out as padding.
        public Options withPaddingFrom(long first) {
            return new Options(row -> row >= first, pairs, centered, seed, threads, progress, frequencies);
        }

        /// The same with other pairs, drawn by `seed` if they are sampled.
        public Options withPairs(Pairs pairs, Seed seed) {
            return new Options(padding, pairs, centered, seed, threads, progress, frequencies);
        }

        /// The same with or without the overlaps of centred rows.
        public Options withCentered(boolean centered) {
            return new Options(padding, pairs, centered, seed, threads, progress, frequencies);
        }

        /// The same with another number of threads.
        public Options withThreads(int threads) {
            return new Options(padding, pairs, centered, seed, threads, progress, frequencies);
        }

        /// The same with frequencies of rows.
        public Options withFrequencies(LongToDoubleFunction frequencies) {
            return new Options(padding, pairs, centered, seed, threads, progress, Objects.requireNonNull(frequencies));
        }

        /// The frequency of row `index`, 0 if none are known.
        double frequency(int index) {
            double frequency = frequencies == null ? 0 : frequencies.applyAsDouble(index);
            if (!(frequency >= 0 && frequency < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "a frequency must be finite and not negative, row %d has %s".formatted(index, frequency));
            }
            return frequency;
        }

        /// The same with someone to tell how far it is.
        public Options withProgress(DoubleConsumer progress) {
            return new Options(padding, pairs, centered, seed, threads, progress, frequencies);
        }
    }

    /// Measures `rows`, which are read two or three times.
    ///
    /// @throws InputException if no row is left to measure, or the width needs more memory than
    ///     Java may use
    /// @throws IOException if the rows cannot be read
    public static GeometryReport measure(RowBlocks rows, Options options) throws IOException {
        check(rows, options);
        try (var workers = new Workers(options.threads())) {
            return new Geometry(rows, options, workers).report();
        }
    }

    /// Refuses what has no rows, or needs more memory than Java may use.
    static void check(RowBlocks rows, Options options) throws InputException {
        if (rows.rows() > MOST_ROWS) {
            throw new InputException(
                    "%,d rows are more than can be measured at once (%,d)".formatted(rows.rows(), MOST_ROWS));
        }
        if (rows.width() < 1 || rows.rows() < 1) {
            throw new InputException(
                    "nothing left to measure: the matrix has shape (%,d, %,d)".formatted(rows.rows(), rows.width()));
        }
        long needed = GramMeasurement.bytes(rows.rows(), rows.width(), options);
        long allowed = Runtime.getRuntime().maxMemory();
        if (needed > allowed / 10 * 9) {
            throw new InputException(
                    ("measuring %,d rows of width %,d needs about %,d MiB of memory and Java may use %,d"
                                    + " MiB (allow more with -Xmx)")
                            .formatted(rows.rows(), rows.width(), needed >> 20, allowed >> 20));
        }
    }

    private GeometryReport report() throws IOException {
        GramMeasures measures = GramMeasurement.of(rows, options, workers, progress(0, 0.75));
        double[] norms = measures.survey().usedNorms();
        Represented represented = represented(norms);
        PairScan.Result pairs = pairs(measures.survey(), norms.length);
        options.progress().accept(1);
        return new GeometryReport(
                rows.rows(),
                norms.length,
                rows.width(),
                measures.excluded(),
                RowNorms.of(norms),
                represented,
                overlap(pairs, measures, norms.length),
                pairs.distribution(),
                measures.centered(),
                measures.isotropy(),
                measures.weighted(),
                measures.spectrum(),
                measures.centeredSpectrum(),
                Regime.of(norms.length, rows.width(), represented.byMeanSquare()),
                measures.arithmetic());
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
                shareAbove(norms, Packing.REPRESENTED),
                shareAbove(norms, Quantiles.of(norms).median() / 2),
                shareAbove(norms, Math.sqrt(squares / norms.length) / 2),
                shareAbove(norms, 1));
    }

    private static double shareAbove(double[] norms, double threshold) {
        int above = 0;
        for (double norm : norms) {
            above += norm > threshold ? 1 : 0;
        }
        return (double) above / norms.length;
    }

    private Overlap overlap(PairScan.Result pairs, GramMeasures measures, int used) {
        int m = rows.width();
        return new Overlap(
                measures.mean(),
                measures.meanSquare(),
                pairs.meanAbs(),
                pairs.maxAbs(),
                Bounds.welchMeanSquare(used, m),
                Bounds.randomMeanSquare(m),
                measures.meanSquare() * m);
    }

    private PairScan.Result pairs(RowSurvey survey, int used) throws IOException {
        if (used < 2) {
            return PairScan.Result.none(used, Method.EXACT);
        }
        DoubleConsumer told = progress(0.75, 1);
        return switch (options.pairs()) {
            case NONE -> PairScan.Result.none(0, Method.LEFT_OUT);
            case EXACT -> PairScan.exact(rows, survey, used, workers, told);
            case SAMPLE -> some(survey, used, used <= PairScan.sampleSize(used, rows.width()), told);
            case AUTO -> some(survey, used, PairScan.cheap(used, rows.width()), told);
        };
    }

    private PairScan.Result some(RowSurvey survey, int used, boolean all, DoubleConsumer told) throws IOException {
        return all
                ? PairScan.exact(rows, survey, used, workers, told)
                : PairScan.sampled(rows, survey, used, options.seed(), workers, told);
    }
}
