package dev.superpose.stat;

/// The parabola `y = value + curvature · (x - vertex)²` by weighted least squares.
///
/// Fitted in polynomials that are orthogonal over the points, so that a large common offset of x
/// costs no digits.
///
/// @param vertex x where it is lowest, or highest for a negative curvature; not finite for a
/// curvature of 0
/// @param value y there
/// @param curvature half the second derivative
/// @param points how many points were used
public record Parabola(double vertex, double value, double curvature, int points) {

    /// Fits the parabola through `x` and `y`, both `(points)`.
    ///
    /// @param weights `(points)`, positive, inversely proportional to the variance of y
    /// @throws IllegalArgumentException if the lengths differ, a value is not finite, a weight is
    /// not positive, or there are not three different x
    public static Parabola weighted(double[] x, double[] y, double[] weights) {
        check(x, y, weights);
        double total = 0;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            total += weights[i];
            meanX += weights[i] * x[i];
            meanY += weights[i] * y[i];
        }
        meanX /= total;
        meanY /= total;
        double squares = 0;
        double cubes = 0;
        double slope = 0;
        for (int i = 0; i < x.length; i++) {
            double t = x[i] - meanX;
            squares += weights[i] * t * t;
            cubes += weights[i] * t * t * t;
            slope += weights[i] * t * (y[i] - meanY);
        }
        slope /= squares;
        // t² less what 1 and t explain of it: t² - skew t - spread.
        double skew = cubes / squares;
        double spread = squares / total;
        double norm = 0;
        double curvature = 0;
        for (int i = 0; i < x.length; i++) {
            double t = x[i] - meanX;
            double bend = t * t - skew * t - spread;
            norm += weights[i] * bend * bend;
            curvature += weights[i] * bend * (y[i] - meanY - slope * t);
        }
        curvature /= norm;
        double t = skew / 2 - slope / (2 * curvature);
        double value = meanY + slope * t + curvature * (t * t - skew * t - spread);
        return new Parabola(meanX + t, value, curvature, x.length);
    }

    /// The parabola's value at `x`.
    public double at(double x) {
        return value + curvature * (x - vertex) * (x - vertex);
    }

    private static void check(double[] x, double[] y, double[] weights) {
        if (x.length != y.length || x.length != weights.length) {
            throw new IllegalArgumentException("a parabola needs as many x as y and weights, has %d, %d and %d"
                    .formatted(x.length, y.length, weights.length));
        }
        int different = 0;
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i]) || !(weights[i] > 0)) {
                throw new IllegalArgumentException(
                        "a parabola needs finite values and positive weights, point %d is (%s, %s) of weight %s"
                                .formatted(i, x[i], y[i], weights[i]));
            }
            boolean seen = false;
            for (int j = 0; j < i; j++) {
                seen |= x[j] == x[i];
            }
            different += seen ? 0 : 1;
        }
        if (different < 3) {
            throw new IllegalArgumentException("a parabola needs three different x, has " + different);
        }
    }
}
