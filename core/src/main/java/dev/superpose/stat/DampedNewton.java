package dev.superpose.stat;

/// Newton steps whose curvature is the local one plus a changing share of one that is too large everywhere, so
/// that a step that is too long is shortened in the right directions (Levenberg 1944 and Marquardt 1963; for
/// Huber's function after Madsen and Nielsen 1990, BIT 30: inside its kinks Newton's method, outside reweighted
/// least squares).
final class DampedNewton {
    private static final int MOST_STEPS = 150;

    /// After a step that led up the damping grows by this factor, and after the next one
    /// by twice as much.
    private static final double FIRST_GROWTH = 4;

    private static final double FIRST_DAMPING = 0.3;

    /// Damping this strong that still finds nothing lower means rounding.
    private static final double MOST_DAMPING = 1e8;

    /// No share of the curvature that is too large is smaller, so that the sum stays definite.
    private static final double LEAST_DAMPING = 1e-9;

    /// Of the decrease that the parabola promises: less is a poor model, more a good one.
    private static final double POOR = 0.25;

    private static final double GOOD = 0.7;

    /// Faster relaxation takes longer steps than a curved valley allows, and each that
    /// leads up costs an evaluation.
    private static final double RELAXATION = 3;

    private final Minimiser.Function function;
    private final double tolerance;
    private final int n;
    private final double[][] local;
    private final double[][] safe;
    private final double[][] factor;
    private final double[] step;

    private double[] at;
    private double[] gradient;
    private double value;
    private int evaluations = 1;
    private double[] next;
    private double[] nextGradient;

    private double damping = FIRST_DAMPING;
    private double growth = FIRST_GROWTH;
    private int standing;

    /// @param at `(n)`, a point where the function has the finite `value` and the `gradient`; the point last
    /// evaluated
    DampedNewton(Minimiser.Function function, double[] at, double[] gradient, double value, double tolerance) {
        this.function = function;
        this.tolerance = tolerance;
        this.at = at.clone();
        this.gradient = gradient.clone();
        this.value = value;
        n = at.length;
        next = new double[n];
        nextGradient = new double[n];
        local = new double[n][n];
        safe = new double[n][n];
        factor = new double[n][n];
        step = new double[n];
    }

    /// Where the search is, as far down as it came.
    Minimiser.Point point() {
        return new Minimiser.Point(at, gradient, value, evaluations);
    }

    /// Goes down to a minimum; false if it stopped elsewhere.
    boolean descend() {
        boolean moved = true;
        for (int trial = 0; trial < MOST_STEPS && damping < MOST_DAMPING; trial++) {
            if (moved && !function.curvature(at, local, safe)) {
                return false;
            }
            double promised = solve();
            double nextValue = promised > 0 ? tried() : Double.NaN;
            moved = nextValue < value;
            if (moved) {
                accept(nextValue, promised);
            } else if (promised <= tolerance * Math.abs(value)) {
                standing = 2;
            } else {
                damping *= growth;
                growth *= 2;
            }
            if (standing == 2) {
                // Strongly damped steps are short for that reason alone.
                return damping <= 1;
            }
        }
        return false;
    }

    private double tried() {
        for (int j = 0; j < n; j++) {
            next[j] = at[j] + function.reach(j, step[j]);
        }
        evaluations++;
        return function.value(next, nextGradient);
    }

    private void accept(double nextValue, double promised) {
        double kept = (value - nextValue) / promised;
        if (kept > GOOD) {
            damping = Math.max(damping / RELAXATION, LEAST_DAMPING);
        } else if (kept < POOR) {
            damping *= RELAXATION;
        }
        growth = FIRST_GROWTH;
        standing = value - nextValue <= tolerance * Math.abs(nextValue) ? standing + 1 : 0;
        double[] left = at;
        at = next;
        next = left;
        left = gradient;
        gradient = nextGradient;
        nextGradient = left;
        value = nextValue;
    }

    /// `step = -(local + damping · safe)⁻¹ gradient`, shortened to the longest step allowed; gives the decrease
    /// that the parabola promises, 0 or NaN if there is none.
    private double solve() {
        for (int j = 0; j < n; j++) {
            for (int k = 0; k <= j; k++) {
                double rest = local[j][k] + damping * safe[j][k] - dot(factor[j], factor[k], k);
                factor[j][k] = j == k ? Math.sqrt(rest) : rest / factor[k][k];
            }
        }
        double promised = forward();
        double share = Math.min(1, Minimiser.LONGEST_STEP / backward());
        for (int j = 0; j < n; j++) {
            step[j] *= share;
        }
        return promised * share * (2 - share);
    }

    /// Through Cholesky's factor; gives half the square of the length, which is the
    /// decrease promised.
    private double forward() {
        double promised = 0;
        for (int j = 0; j < n; j++) {
            step[j] = (-gradient[j] - dot(factor[j], step, j)) / factor[j][j];
            promised += step[j] * step[j] / 2;
        }
        return promised;
    }

    /// Through its transpose; gives the largest component of the step.
    private double backward() {
        double largest = 0;
        for (int j = n - 1; j >= 0; j--) {
            step[j] /= factor[j][j];
            largest = Math.max(largest, Math.abs(step[j]));
            for (int m = 0; m < j; m++) {
                step[m] -= factor[j][m] * step[j];
            }
        }
        return largest;
    }

    private static double dot(double[] a, double[] b, int length) {
        double sum = 0;
        for (int m = 0; m < length; m++) {
            sum += a[m] * b[m];
        }
        return sum;
    }
}
