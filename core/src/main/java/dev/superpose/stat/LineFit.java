package dev.superpose.stat;

import java.util.Arrays;

/// The straight line `y = intercept + slope · x` by least squares, with the errors that hold when the
/// deviations are independent, normal and of equal variance (or of variance inversely proportional to the
/// weights).
///
/// All sums are taken about the means, so that a large common offset of x or y costs no digits: on NIST's
/// Norris data 12 certified digits are met.
///
/// @param slope change of y per unit of x
/// @param intercept y at x = 0
/// @param slopeStandardError NaN for two points, which leave no degree of freedom
/// @param interceptStandardError NaN for two points
/// @param rSquared share of the variance of y that the line explains; NaN when all y are equal
/// @param residualStandardDeviation square root of the residual sum of squares over points - 2; NaN for two
/// points
/// @param points how many points were used
/// @param meanX mean of x, where the line is known best
/// @param squaresX sum of the squared deviations of x from its mean
public record LineFit(
        double slope,
        double intercept,
        double slopeStandardError,
        double interceptStandardError,
        double rSquared,
        double residualStandardDeviation,
        int points,
        double meanX,
        double squaresX) {

    /// Fits the line through `x` and `y`, both `(points)`.
    ///
    /// @throws IllegalArgumentException if the lengths differ, a value is not finite, or there are not two
    /// different x
    public static LineFit of(double[] x, double[] y) {
        double[] weights = new double[x.length];
        Arrays.fill(weights, 1);
        return weighted(x, y, weights);
    }

    /// Fits the line with weights, each inversely proportional to the variance of its y; only their ratios
    /// matter to the line and its errors, while the residual deviation is that of a point of weight 1. A weight
    /// of 0 leaves its point out.
    ///
    /// @param x `(points)`
    /// @param y `(points)`
    /// @param weights `(points)`, finite and not negative
    public static LineFit weighted(double[] x, double[] y, double[] weights) {
        int used = check(x, y, weights);
        double meanX = mean(x, weights);
        double meanY = mean(y, weights);
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xx += weights[i] * dx * dx;
            xy += weights[i] * dx * dy;
            yy += weights[i] * dy * dy;
        }
        double slope = xy / xx;
        // Summed from the residuals: yy - slope · xy would lose every digit on a nearly perfect line.
        double residual = 0;
        double total = 0;
        for (int i = 0; i < x.length; i++) {
            double deviation = y[i] - meanY - slope * (x[i] - meanX);
            residual += weights[i] * deviation * deviation;
            total += weights[i];
        }
        double deviation = used > 2 ? Math.sqrt(residual / (used - 2)) : Double.NaN;
        return new LineFit(
                slope,
                meanY - slope * meanX,
                deviation / Math.sqrt(xx),
                deviation * Math.sqrt(1 / total + meanX * meanX / xx),
                yy > 0 ? 1 - residual / yy : Double.NaN,
                deviation,
                used,
                meanX,
                xx);
    }

    /// The line's value at `x`.
    public double at(double x) {
        return intercept + slope * x;
    }

    /// Points less the two parameters.
    public int degreesOfFreedom() {
        return points - 2;
    }

    /// Student's t interval of the slope at `level`, such as 0.95.
    public Interval slopeInterval(double level) {
        return Interval.studentT(slope, slopeStandardError, degreesOfFreedom(), level);
    }

    private static int check(double[] x, double[] y, double[] weights) {
        if (x.length != y.length || x.length != weights.length) {
            throw new IllegalArgumentException("a line needs as many x as y and weights, has %d, %d and %d"
                    .formatted(x.length, y.length, weights.length));
        }
        int used = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                throw new IllegalArgumentException(
                        "a line needs finite values, point %d is (%s, %s)".formatted(i, x[i], y[i]));
            }
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "a weight must be finite and not negative, point %d has %s".formatted(i, weights[i]));
            }
            if (weights[i] > 0) {
                used++;
                low = Math.min(low, x[i]);
                high = Math.max(high, x[i]);
            }
        }
        if (!(high > low)) {
            throw new IllegalArgumentException("a line needs at least two different x, has " + Math.min(used, 1));
        }
        return used;
    }

    /// The weighted mean, with a second pass that takes up what rounding left in the first.
    private static double mean(double[] values, double[] weights) {
        double origin = values[0];
        double total = 0;
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            total += weights[i];
            sum += weights[i] * (values[i] - origin);
        }
        double first = origin + sum / total;
        double rest = 0;
        for (int i = 0; i < values.length; i++) {
            rest += weights[i] * (values[i] - first);
        }
        return first + rest / total;
    }
}
