package dev.superpose.toy;

import java.util.List;

/// How often each feature is active, up to a common factor: the shape of the probabilities
/// p_1 .. p_n.
public sealed interface FeatureFrequencies {

    /// The weight of feature `i` of `n`, `i` from 0; only ratios matter.
    double weight(int i, int n);

    /// A short name for tables and file names, such as `power(1.2)`.
    String label();

    /// The activation probabilities of `n` features, in order, summing to `density`.
    ///
    /// @param density E, the expected number of active features per sample
    /// @throws IllegalArgumentException if a probability would exceed 1
    default double[] probabilities(int n, double density) {
        if (n < 1) {
            throw new IllegalArgumentException("features must be at least 1, is " + n);
        }
        if (!(density > 0) || density > n) {
            throw new IllegalArgumentException("density must be above 0 and at most features, is " + density);
        }
        var p = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            p[i] = weight(i, n);
            sum += p[i];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= density / sum;
            if (p[i] > 1 + 1e-12) {
                throw new IllegalArgumentException(
                        "density %s is too high for %s: feature %d would be active with probability %.4g; lower it to %.6g"
                                .formatted(density, label(), i + 1, p[i], density / p[i]));
            }
            p[i] = Math.min(p[i], 1);
        }
        return p;
    }

    /// Whether [#probabilities] is known to refuse nothing without computing it, as studies of a
    /// thousand trainings ask of each of them a few times: no share of an expected number of at
    /// most 1 can exceed 1.
    default boolean surelyBelowOne(int n, double density) {
        return n >= 1 && density > 0 && density <= 1;
    }

    /// p_i ∝ i^-alpha, i from 1. The paper's data exponent, alpha ≥ 0; 0 makes all
    /// features equally frequent.
    record Power(double alpha) implements FeatureFrequencies {
        public Power {
            if (!(alpha >= 0) || Double.isInfinite(alpha)) {
                throw new IllegalArgumentException("alpha must be a number of at least 0, is " + alpha);
            }
        }

        @Override
        public double weight(int i, int n) {
            // StrictMath: the same bits on every platform.
            return StrictMath.pow(i + 1.0, -alpha);
        }

        @Override
        public String label() {
            return "power(" + alpha + ")";
        }
    }

    /// p_i ∝ exp(-i / scale), i from 0.
    record Exponential(double scale) implements FeatureFrequencies {
        public Exponential {
            if (!(scale > 0) || Double.isInfinite(scale)) {
                throw new IllegalArgumentException("scale must be a number above 0, is " + scale);
            }
        }

        @Override
        public double weight(int i, int n) {
            return StrictMath.exp(-i / scale);
        }

        @Override
        public String label() {
            return "exponential(" + scale + ")";
        }
    }

    /// p_i ∝ (n - i) / n, i from 0.
    record Linear() implements FeatureFrequencies {
        @Override
        public double weight(int i, int n) {
            return (n - i) / (double) n;
        }

        @Override
        public String label() {
            return "linear";
        }
    }

    /// p_i proportional to the i-th weight: measured frequencies, such as token counts.
    record Given(List<Double> weights) implements FeatureFrequencies {
        public Given {
            weights = List.copyOf(weights);
            double sum = 0;
            for (double w : weights) {
                if (!(w >= 0) || Double.isInfinite(w)) {
                    throw new IllegalArgumentException("a frequency must be a number of at least 0, is " + w);
                }
                sum += w;
            }
            if (!(sum > 0)) {
                throw new IllegalArgumentException("at least one frequency must be above 0");
            }
        }

        /// Never: their number has to be looked at.
        @Override
        public boolean surelyBelowOne(int n, double density) {
            return false;
        }

        @Override
        public double weight(int i, int n) {
            if (n != weights.size()) {
                throw new IllegalArgumentException(
                        "%d frequencies are given for %d features".formatted(weights.size(), n));
            }
            return weights.get(i);
        }

        @Override
        public String label() {
            return "given(" + weights.size() + ")";
        }
    }
}
