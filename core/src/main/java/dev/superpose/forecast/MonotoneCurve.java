package dev.superpose.forecast;

/// A curve through falling points that neither overshoots nor turns: piecewise cubic Hermite
/// interpolation with the slopes of Fritsch and Butland 1984, SIAM J. Sci. Stat. Comput. 5, 300,
/// and the three-point ends of Moler's pchip.
final class MonotoneCurve {
    private static final int HALVINGS = 80;

    private final double[] x;
    private final double[] y;
    private final double[] slope;

    /// @param x `(points)`, at least 2, rising
    /// @param y `(points)`, falling
    MonotoneCurve(double[] x, double[] y) {
        this.x = x.clone();
        this.y = y.clone();
        int last = x.length - 1;
        double[] step = new double[last];
        double[] rise = new double[last];
        for (int k = 0; k < last; k++) {
            step[k] = x[k + 1] - x[k];
            rise[k] = (y[k + 1] - y[k]) / step[k];
            if (!(step[k] > 0 && rise[k] < 0)) {
                throw new IllegalArgumentException("the points must rise in x and fall in y");
            }
        }
        slope = new double[x.length];
        for (int k = 1; k < last; k++) {
            double left = 2 * step[k] + step[k - 1];
            double right = step[k] + 2 * step[k - 1];
            slope[k] = (left + right) / (left / rise[k - 1] + right / rise[k]);
        }
        slope[0] = last == 1 ? rise[0] : end(step[0], step[1], rise[0], rise[1]);
        slope[last] = last == 1 ? rise[0] : end(step[last - 1], step[last - 2], rise[last - 1], rise[last - 2]);
    }

    private static double end(double near, double far, double rise, double next) {
        double slope = ((2 * near + far) * rise - near * next) / (near + far);
        return Math.min(slope, 0);
    }

    /// The value at `at`, within the points.
    double at(double at) {
        int k = 0;
        while (k + 2 < x.length && at > x[k + 1]) {
            k++;
        }
        double step = x[k + 1] - x[k];
        double t = (at - x[k]) / step;
        double s = 1 - t;
        return y[k] * (1 + 2 * t) * s * s
                + step * slope[k] * t * s * s
                + y[k + 1] * (3 - 2 * t) * t * t
                - step * slope[k + 1] * t * t * s;
    }

    /// Where the curve has the value `value`, within the points.
    double inverse(double value) {
        double low = x[0];
        double high = x[x.length - 1];
        for (int k = 0; k < HALVINGS; k++) {
            double middle = (low + high) / 2;
            if (at(middle) > value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
