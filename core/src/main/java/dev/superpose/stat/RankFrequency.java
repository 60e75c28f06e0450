package dev.superpose.stat;

import java.util.Arrays;

/// How often things occur, by rank: the most frequent first. Of tokens the frequency falls about as
/// `rank^-alpha` with alpha near 1 (Zipf).
///
/// Three estimates of alpha, which differ where the data are no power law: see [Method].
/// Derivation and trials: `docs/derivations/rank-frequency.md`.
public final class RankFrequency {
    /// The number of points in the appendix of Liu, Liu and Gore (2025, arXiv 2505.10465).
    public static final int POINTS = 1000;

    private static final double STEEPEST = 50;
    private static final int HALVINGS = 200;

    // Falling; all above 0.
    private final double[] values;
    private final double total;
    private final boolean counts;

    private RankFrequency(double[] values, boolean counts) {
        this.values = values;
        this.total = Arrays.stream(values).sum();
        this.counts = counts;
    }

    /// How alpha is found.
    public enum Method {
        /// Least squares of ln frequency on ln rank, every rank weighted by its share of ln rank:
        /// what a line through points drawn uniformly in ln rank is on average, as the appendix
        /// of Liu, Liu and Gore (2025) draws 1000 of them. Each decade of rank counts alike.
        LOG_UNIFORM("least squares, ranks log-uniform"),
        /// Least squares of ln frequency on ln rank, every rank alike: nearly all ranks are rare
        /// things, so it is the slope of the tail, and steep or flat as counts of 1 and 2 have
        /// it.
        EVERY_RANK("least squares, every rank alike"),
        /// The s of greatest likelihood if each occurrence drew its rank with probability
        /// proportional to `rank^-s`: every occurrence counts alike, so it is the slope of the
        /// frequent things.
        MAXIMUM_LIKELIHOOD("maximum likelihood (Zipf)");

        private final String label;

        Method(String label) {
            this.label = label;
        }

        /// The words for it in tables.
        public String label() {
            return label;
        }
    }

    /// A power law `frequency = exp(intercept) · rank^-alpha`.
    ///
    /// @param standardError of alpha over other samples of as many independent occurrences; NaN
    ///     where the numbers are no counts. Tokens of one text are not independent: its error is
    ///     larger
    /// @param lineStandardError what least squares gives for a line through [#POINTS] independent
    ///     points, as published: it grows with the misfit and says nothing of sampling; NaN for
    ///     maximum likelihood
    /// @param rSquared share of the weighted variance of ln frequency that the line explains; NaN
    ///     for maximum likelihood, and where all are equal
    /// @param from the first rank used, from 1
    /// @param to the last
    public record PowerLaw(
            Method method,
            double alpha,
            double standardError,
            double lineStandardError,
            double intercept,
            double rSquared,
            int from,
            int to) {
        /// The frequency at `rank`.
        public double at(double rank) {
            return Math.exp(intercept - alpha * Math.log(rank));
        }
    }

    /// The things whose frequencies are `values`, in any order; those of 0 have no rank.
    ///
    /// @param values counts, or shares of a whole
    /// @throws IllegalArgumentException if one is negative or not finite
    public static RankFrequency of(double[] values) {
        boolean counts = true;
        for (double value : values) {
            if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a frequency must be finite and at least 0, is " + value);
            }
            counts &= value == Math.rint(value);
        }
        double[] rising =
                Arrays.stream(values).filter(value -> value > 0).sorted().toArray();
        double[] falling = new double[rising.length];
        for (int i = 0; i < rising.length; i++) {
            falling[i] = rising[rising.length - 1 - i];
        }
        return new RankFrequency(falling, counts);
    }

    /// How many things occur at all: the last rank.
    public int distinct() {
        return values.length;
    }

    /// The sum of all frequencies.
    public double total() {
        return total;
    }

    /// Whether all frequencies are whole numbers, so that their sampling error is known.
    public boolean counts() {
        return counts;
    }

    /// The frequency at `rank`, from 1 to [#distinct()].
    public double at(int rank) {
        return values[rank - 1];
    }

    /// The power law through the ranks `from` .. `to`, both counted in.
    ///
    /// @throws IllegalArgumentException if there are not three such ranks
    public PowerLaw fit(Method method, int from, int to) {
        if (from < 1 || to > values.length || to - from < 2) {
            throw new IllegalArgumentException("a power law needs three ranks or more between 1 and %,d, not %,d to %,d"
                    .formatted(values.length, from, to));
        }
        return method == Method.MAXIMUM_LIKELIHOOD ? likeliest(from, to) : line(method, from, to);
    }

    /// The power law through all ranks.
    ///
    /// @throws IllegalArgumentException if fewer than three things occur
    public PowerLaw fit(Method method) {
        return fit(method, 1, values.length);
    }

    private PowerLaw line(Method method, int from, int to) {
        int n = to - from + 1;
        double[] x = new double[n];
        double[] y = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double rank = from + (double) i;
            x[i] = Math.log(rank);
            y[i] = Math.log(values[from - 1 + i]);
            // The share of draws, uniform in ln rank, that round to this rank.
            weights[i] = method == Method.EVERY_RANK ? 1 : Math.log((rank + 0.5) / (rank - 0.5));
        }
        LineFit line = LineFit.weighted(x, y, weights);
        return new PowerLaw(
                method,
                -line.slope(),
                counts ? samplingError(line, x, weights, from) : Double.NaN,
                pointsError(line, weights),
                line.intercept(),
                line.rSquared(),
                from,
                to);
    }

    /// The slope is a weighted sum of ln counts, and the variance of ln of a Poisson count c is
    /// about 1/c. That the counts are sorted changes nothing: the weights hardly differ between
    /// ranks that sampling can exchange.
    private double samplingError(LineFit line, double[] x, double[] weights, int from) {
        double variance = 0;
        for (int i = 0; i < x.length; i++) {
            double share = weights[i] * (x[i] - line.meanX()) / line.squaresX();
            variance += share * share / values[from - 1 + i];
        }
        return Math.sqrt(variance);
    }

    /// The error of the slope had it come from [#POINTS] independent points spread like
    /// the weights.
    private static double pointsError(LineFit line, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        double residuals = square(line.residualStandardDeviation()) * line.degreesOfFreedom() / sum;
        double variance = residuals * POINTS / (POINTS - 2) / (POINTS * line.squaresX() / sum);
        return Math.sqrt(variance);
    }

    private static double square(double value) {
        return value * value;
    }

    /// The likelihood is greatest where the mean of ln rank is the one seen; that mean
    /// falls as s grows.
    private PowerLaw likeliest(int from, int to) {
        double sum = 0;
        double seen = 0;
        for (int rank = from; rank <= to; rank++) {
            sum += at(rank);
            seen += at(rank) * Math.log(rank);
        }
        seen /= sum;
        double low = -STEEPEST;
        double high = STEEPEST;
        for (int k = 0; k < HALVINGS && Math.nextUp(low) < high; k++) {
            double middle = (low + high) / 2;
            if (Zipf.of(middle, from, to).mean() > seen) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double s = (low + high) / 2;
        Zipf zipf = Zipf.of(s, from, to);
        return new PowerLaw(
                Method.MAXIMUM_LIKELIHOOD,
                s,
                counts ? 1 / Math.sqrt(sum * zipf.variance()) : Double.NaN,
                Double.NaN,
                Math.log(sum) - zipf.logNorm(),
                Double.NaN,
                from,
                to);
    }

    /// Moments of ln rank where a rank's probability is proportional to `rank^-s`.
    ///
    /// @param logNorm ln Σ rank^-s
    private record Zipf(double mean, double variance, double logNorm) {
        static Zipf of(double s, int from, int to) {
            // Relative to the largest term, so that no power overflows.
            double shift = s > 0 ? Math.log(from) : Math.log(to);
            double norm = 0;
            double first = 0;
            double second = 0;
            for (int rank = from; rank <= to; rank++) {
                double x = Math.log(rank);
                double weight = Math.exp(-s * (x - shift));
                norm += weight;
                first += weight * x;
                second += weight * x * x;
            }
            double mean = first / norm;
            return new Zipf(mean, second / norm - mean * mean, Math.log(norm) - s * shift);
        }
    }
}
