package dev.superpose.geometry;

import dev.superpose.geometry.Arithmetic.Precision;
import dev.superpose.geometry.Geometry.Options;
import dev.superpose.geometry.GeometryReport.Centered;
import dev.superpose.geometry.GeometryReport.Excluded;
import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.ToDoubleFunction;

/// Measures by two passes. The first gives WᵀW, the mean row, the norms and the Gram matrix of
/// the unit rows; the second, which needs the mean row and can be left out, that of the
/// centred unit rows.
///
/// Wide matrices of many rows are multiplied in float32 first. If the error that random vectors
/// show could reach half of 10^-6 of a measure, the pass is made again in float64.
final class GramMeasurement {
    // The vectors made of a row in the first pass.
    private static final int RAW = 0;
    private static final int UNIT = 1;
    private static final int WEIGHTED = 2;

    // A centred row that is smaller than this, relative to the row and the mean, is rounding.
    private static final double ROUNDING = 1e-10;
    // Below this many operations float64 takes a fraction of a second.
    private static final double MANY_OPERATIONS = 1e10;
    // With fewer rows per dimension the rows with themselves outweigh the pairs.
    private static final int MANY_ROWS = 8;
    private static final double TOLERATED = 5e-7;

    private final RowBlocks rows;
    private final int width;
    private final Options options;
    private final Workers workers;
    private final RowSurvey survey;
    private Arithmetic arithmetic = new Arithmetic(Precision.FLOAT64, 0);

    private GramMeasurement(RowBlocks rows, Options options, Workers workers) {
        this.rows = rows;
        this.width = rows.width();
        this.options = options;
        this.workers = workers;
        this.survey = new RowSurvey(Math.toIntExact(rows.rows()), options.padding());
    }

    /// The memory that measuring takes, in bytes.
    static long bytes(long rows, int width, Options options) {
        return GramPass.bytes(width, options.frequencies() == null ? 2 : 3) + 50 * rows;
    }

    /// Reads `rows` once for each pass, or once more for each pass that is made again.
    ///
    /// @param progress told the share of the work done, from 0 to 1
    static GramMeasures of(RowBlocks rows, Options options, Workers workers, DoubleConsumer progress)
            throws IOException {
        return new GramMeasurement(rows, options, workers).measure(progress);
    }

    private GramMeasures measure(DoubleConsumer progress) throws IOException {
        double alone = options.centered() ? 2.0 / 3 : 1;
        First first = first(share -> progress.accept(share * alone));
        Centered centered = options.centered()
                ? centered(first.meanRow(), share -> progress.accept(alone + share * (1 - alone)))
                : Centered.leftOut();
        double meanNorm = Math.sqrt(squaredNorm(first.meanRow(), 0, width));
        Isotropy isotropy = Isotropy.of(
                first.used(),
                width,
                meanNorm,
                first.rms(),
                first.meanSquare(),
                centered.meanSquare(),
                first.spectrum(),
                first.centeredSpectrum());
        return new GramMeasures(
                survey,
                first.excluded(),
                first.mean(),
                first.meanSquare(),
                centered,
                isotropy,
                first.weighted(),
                first.spectrum(),
                first.centeredSpectrum(),
                arithmetic);
    }

    /// What the first pass tells.
    @SuppressWarnings("ArrayRecordComponent") // (m), handed from one method to the next
    private record First(
            Excluded excluded,
            int used,
            double[] meanRow,
            double rms,
            double mean,
            double meanSquare,
            Optional<FrequencyWeighted> weighted,
            Spectrum spectrum,
            Spectrum centeredSpectrum) {}

    /// In a method of its own, so that its Gram matrices are free before the next is made.
    private First first(DoubleConsumer progress) throws IOException {
        boolean weighted = options.frequencies() != null;
        GramPass pass = accurate(weighted ? 3 : 2, this::asTheyAre, this::errorOfFirst, progress);
        Excluded excluded = survey.excluded();
        int used = survey.usedNorms().length;
        if (used == 0) {
            throw new InputException("nothing left to measure: of %,d rows %,d are padding, %,d zero, %,d not finite"
                    .formatted(rows.rows(), excluded.padding(), excluded.zero(), excluded.nonfinite()));
        }
        double[] mean = pass.sum(RAW).clone();
        double[] common = mean.clone();
        for (int j = 0; j < width; j++) {
            mean[j] /= used;
            common[j] /= Math.sqrt(used);
        }
        double meanSquare = meanSquareOverPairs(pass.gram(UNIT), used);
        double rms = Math.sqrt(pass.gram(RAW).trace() / used);
        var spectra = SymmetricEigenvalues.both(pass.gram(RAW), common, workers);
        return new First(
                excluded,
                used,
                mean,
                rms,
                meanOverPairs(squaredNorm(pass.sum(UNIT), 0, width), used),
                meanSquare,
                weighted ? Optional.of(weighted(pass.gram(WEIGHTED), meanSquare)) : Optional.empty(),
                Spectrum.of(spectra.whole()),
                Spectrum.of(spectra.reduced()));
    }

    private void asTheyAre(int index, float[] values, int from, double[][] targets, int to) {
        survey.add(index, values, from, width);
        if (!survey.used(index)) {
            return;
        }
        double norm = survey.norm(index);
        double[] raw = targets[RAW];
        double[] unit = targets[UNIT];
        for (int j = 0; j < width; j++) {
            raw[to + j] = values[from + j];
            unit[to + j] = values[from + j] / norm;
        }
        if (targets.length > WEIGHTED) {
            double root = Math.sqrt(options.frequency(index));
            double[] weighted = targets[WEIGHTED];
            for (int j = 0; j < width; j++) {
                weighted[to + j] = root * unit[to + j];
            }
        }
    }

    private double errorOfFirst(GramPass pass) {
        double error = Math.max(pass.relativeError(RAW, 0), pass.relativeError(UNIT, survey.usedNorms().length));
        return options.frequencies() == null
                ? error
                : Math.max(error, pass.relativeError(WEIGHTED, frequencies().squares()));
    }

    /// Sums over used rows.
    private record Frequencies(double sum, double squares, long unseen) {}

    private Frequencies frequencies() {
        double sum = 0;
        double squares = 0;
        long unseen = 0;
        for (int i = 0; i < survey.rows(); i++) {
            if (survey.used(i)) {
                double frequency = options.frequency(i);
                sum += frequency;
                squares += frequency * frequency;
                unseen += frequency == 0 ? 1 : 0;
            }
        }
        return new Frequencies(sum, squares, unseen);
    }

    private FrequencyWeighted weighted(LowerTriangle gram, double plain) {
        Frequencies frequencies = frequencies();
        double all = frequencies.sum() * frequencies.sum();
        double interference = Math.max(gram.sumOfSquares() - frequencies.squares(), 0) / all;
        double pairs = 1 - frequencies.squares() / all;
        double meanSquare = pairs > 0 ? interference / pairs : Double.NaN;
        return new FrequencyWeighted(
                meanSquare, meanSquare / plain, interference, all / frequencies.squares(), frequencies.unseen());
    }

    private Centered centered(double[] mean, DoubleConsumer progress) throws IOException {
        double meanNorm = Math.sqrt(squaredNorm(mean, 0, width));
        GramPass.Transform transform = (index, values, from, targets, to) -> {
            if (!survey.used(index)) {
                return;
            }
            double[] centered = targets[0];
            for (int j = 0; j < width; j++) {
                centered[to + j] = values[from + j] - mean[j];
            }
            double left = Math.sqrt(squaredNorm(centered, to, width));
            double factor = left > ROUNDING * Math.max(survey.norm(index), meanNorm) ? 1 / left : 0;
            for (int j = 0; j < width; j++) {
                centered[to + j] *= factor;
            }
        };
        GramPass pass = accurate(1, transform, one -> one.relativeError(0, (double) directions(one)), progress);
        long count = directions(pass);
        return new Centered(
                meanOverPairs(squaredNorm(pass.sum(0), 0, width), count),
                meanSquareOverPairs(pass.gram(0), count),
                Method.EXACT);
    }

    /// How many centred rows have a direction: each adds 1 to the trace, the others 0.
    private static long directions(GramPass pass) {
        return Math.round(pass.gram(0).trace());
    }

    /// A pass in float32 if that is worth it and near enough, else in float64.
    private GramPass accurate(
            int vectors, GramPass.Transform transform, ToDoubleFunction<GramPass> error, DoubleConsumer progress)
            throws IOException {
        double operations = (double) rows.rows() * width * width;
        if (rows.rows() >= (long) MANY_ROWS * width && operations >= MANY_OPERATIONS) {
            Optional<GramPass> fast = attempt(Precision.FLOAT32, vectors, transform, error, progress, TOLERATED);
            if (fast.isPresent()) {
                return fast.get();
            }
        }
        return attempt(Precision.FLOAT64, vectors, transform, error, progress, Double.POSITIVE_INFINITY)
                .orElseThrow();
    }

    private Optional<GramPass> attempt(
            Precision precision,
            int vectors,
            GramPass.Transform transform,
            ToDoubleFunction<GramPass> error,
            DoubleConsumer progress,
            double tolerated)
            throws IOException {
        GramPass pass = GramPass.over(rows, workers, vectors, precision, transform, progress);
        double found = error.applyAsDouble(pass);
        if (precision == Precision.FLOAT32 && !(found <= tolerated)) {
            return Optional.empty();
        }
        boolean single = precision == Precision.FLOAT32 || arithmetic.products() == Precision.FLOAT32;
        arithmetic = new Arithmetic(
                single ? Precision.FLOAT32 : Precision.FLOAT64, Math.max(arithmetic.relativeError(), found));
        return Optional.of(pass);
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
}
