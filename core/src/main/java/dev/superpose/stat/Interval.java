package dev.superpose.stat;

import org.hipparchus.distribution.continuous.TDistribution;

/// A two-sided confidence interval.
///
/// @param low the lower end
/// @param high the upper end, not below `low`; both ends are NaN when the data leave no degree of freedom
/// @param level the confidence level, in (0, 1), such as 0.95
public record Interval(double low, double high, double level) {

    public Interval {
        checkLevel(level);
        if (high < low) {
            throw new IllegalArgumentException("an interval cannot run from %s to %s".formatted(low, high));
        }
    }

    /// The interval `estimate ± t · standardError`, with Student's t at `degreesOfFreedom`. Exact for a linear
    /// fit with normal errors of equal variance, an approximation for a non-linear one. NaN ends without a
    /// degree of freedom.
    public static Interval studentT(double estimate, double standardError, int degreesOfFreedom, double level) {
        double half = halfWidthFactor(degreesOfFreedom, level) * standardError;
        return new Interval(estimate - half, estimate + half, level);
    }

    /// The t quantile by which a standard error is multiplied to give half the width of a two-sided interval:
    /// 12.7 for one degree of freedom at 0.95, 1.96 for very many; NaN for none.
    public static double halfWidthFactor(int degreesOfFreedom, double level) {
        checkLevel(level);
        if (degreesOfFreedom < 1) {
            return Double.NaN;
        }
        return new TDistribution(degreesOfFreedom).inverseCumulativeProbability(0.5 + level / 2);
    }

    /// Whether `value` lies within the closed interval.
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    private static void checkLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a confidence level lies between 0 and 1, is " + level);
        }
    }
}
