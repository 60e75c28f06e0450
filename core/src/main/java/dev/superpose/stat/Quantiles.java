package dev.superpose.stat;

import java.util.Arrays;

/// Exact quantiles of a sample held in memory.
public final class Quantiles {
    private final double[] sorted;

    private Quantiles(double[] sorted) {
        this.sorted = sorted;
    }

    /// The quantiles of `values`, which are copied. If one is NaN, every quantile is.
    public static Quantiles of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quantiles(sorted);
    }

    /// The value that a share `q` of the sample does not exceed, with linear interpolation between
    /// neighbours (type 7 of Hyndman and Fan 1996, the default of NumPy and R). NaN of an empty sample.
    ///
    /// @param q in 0 .. 1
    public double at(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("a quantile lies between 0 and 1, is " + q);
        }
        int last = sorted.length - 1;
        // Arrays.sort puts NaN last.
        if (last < 0 || Double.isNaN(sorted[last])) {
            return Double.NaN;
        }
        double place = q * last;
        int below = (int) place;
        double share = place - below;
        return share == 0 ? sorted[below] : sorted[below] + share * (sorted[below + 1] - sorted[below]);
    }

    /// The middle of the sample.
    public double median() {
        return at(0.5);
    }
}
