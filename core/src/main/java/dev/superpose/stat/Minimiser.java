package dev.superpose.stat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Minima of smooth and nearly smooth functions of a few parameters: damped Newton steps where the function
/// knows its curvature; where it does not, or they stop short, BFGS with a weak Wolfe line search, which also
/// copes with kinks (Lewis and Overton 2013, Math. Program. 141). At the end Newton steps on differences of the
/// gradient until rounding stops them, so that a minimum is known to nearly all its digits.
///
/// The parameters should be of order 1 and nearly independent: centre logarithms before.
public final class Minimiser {
    /// Of the decrease that the slope promises, the line search asks for this share.
    private static final double DECREASE = 1e-4;

    /// The slope must have fallen to this share of the one at the start of the line.
    private static final double CURVATURE = 0.9;

    /// No parameter moves further than this in one trial: these are logarithms and exponents, a step of 4 is a
    /// factor of 55.
    static final double LONGEST_STEP = 4;

    private static final int MOST_TRIALS = 40;
    private static final int POLISHING_STEPS = 30;

    /// Steps of the differences, from the best for a smooth function down to one that
    /// looks between narrow kinks.
    private static final double[] DIFFERENCES = {1e-6, 1e-8, 1e-10};

    private Minimiser() {}

    /// What is minimised. A point where it is not defined is told by a value that is not finite.
    public interface Function {
        /// The number of parameters.
        int parameters();

        /// The value at `at`, `(parameters)`, not to be changed; fills `gradient`, `(parameters)`.
        double value(double[] at, double[] gradient);

        /// A positive definite matrix, `(parameters, parameters)`, like the second derivatives at `at`, with
        /// which the search begins; null if none is known. Good ones save half of the evaluations.
        default double @Nullable [][] metric(double[] at) {
            return null;
        }

        /// Fills the lower triangles, `(parameters, parameters)`, of two matrices for steps of Newton's kind
        /// from `at`, the point last evaluated: second derivatives as far as they are positive, and a positive
        /// definite matrix that is larger than those met on the way. False if they are not known, or say
        /// little.
        default boolean curvature(double[] at, double[][] local, double[][] safe) {
            return false;
        }

        /// How far parameter `j` goes when a step of Newton's kind tells it to go by `step`: that far to first
        /// order, less where the function is known to bend, as along the logarithm of something it is linear
        /// in.
        default double reach(int j, double step) {
            return step;
        }
    }

    /// Where a search ended.
    public static final class Point {
        private final double[] at;
        private final double[] gradient;
        private final double value;
        private final int evaluations;

        Point(double[] at, double[] gradient, double value, int evaluations) {
            this.at = at;
            this.gradient = gradient;
            this.value = value;
            this.evaluations = evaluations;
        }

        /// The parameters, `(parameters)`.
        public double[] at() {
            return at.clone();
        }

        /// The gradient there, `(parameters)`.
        public double[] gradient() {
            return gradient.clone();
        }

        /// The value there; NaN or infinite if the function was not defined at the start.
        public double value() {
            return value;
        }

        /// How often the function was evaluated.
        public int evaluations() {
            return evaluations;
        }

        /// The largest component of the gradient, in magnitude.
        public double steepness() {
            return largest(gradient);
        }
    }

    /// Searches from `start`, `(parameters)`, until the value falls by less than `tolerance` of itself in two
    /// steps running, or after `mostIterations`.
    public static Point search(Function function, double[] start, double tolerance, int mostIterations) {
        double[] gradient = new double[start.length];
        double value = function.value(start, gradient);
        if (!Double.isFinite(value)) {
            return new Point(start.clone(), gradient, value, 1);
        }
        var newton = new DampedNewton(function, start, gradient, value, tolerance);
        boolean arrived = newton.descend();
        return arrived ? newton.point() : quasiNewton(function, newton.point(), tolerance, mostIterations);
    }

    private static Point quasiNewton(Function function, Point from, double tolerance, int mostIterations) {
        int n = from.at.length;
        double[] at = from.at();
        double[] gradient = from.gradient();
        double value = from.value;
        int evaluations = from.evaluations;
        double[][] inverse = new double[n][n];
        boolean fresh = true;
        int standing = 0;
        double[] direction = new double[n];
        double[] next = new double[n];
        double[] nextGradient = new double[n];
        for (int iteration = 0; iteration < mostIterations && standing < 2; iteration++) {
            boolean measured = false;
            if (fresh) {
                double @Nullable [][] metric = function.metric(at);
                measured = metric != null;
                if (metric != null) {
                    copy(new SymmetricSystem(metric).pseudoInverse(), inverse);
                } else {
                    resetTo(inverse, 1 / Math.max(largest(gradient), 1e-300));
                }
            }
            double slope = descent(inverse, gradient, direction);
            if (!(slope < 0)) {
                if (fresh) {
                    break;
                }
                fresh = true;
                continue;
            }
            var line = new Line(function, at, direction, value, slope);
            double nextValue = line.search(next, nextGradient);
            evaluations += line.evaluations;
            if (!(nextValue < value)) {
                // Rounding forbids a further step along this direction: once more straight down, then the end.
                if (fresh) {
                    break;
                }
                fresh = true;
                continue;
            }
            standing = value - nextValue <= tolerance * Math.abs(nextValue) ? standing + 1 : 0;
            update(inverse, at, gradient, next, nextGradient, fresh && !measured);
            fresh = false;
            System.arraycopy(next, 0, at, 0, n);
            System.arraycopy(nextGradient, 0, gradient, 0, n);
            value = nextValue;
        }
        return new Point(at, gradient, value, evaluations);
    }

    /// The point `at`, `(parameters)`, that was found by other means.
    public static Point point(Function function, double[] at) {
        double[] gradient = new double[at.length];
        double value = function.value(at, gradient);
        return new Point(at.clone(), gradient, value, 1);
    }

    /// Newton steps from `from`, near a minimum, as long as they make the gradient smaller.
    public static Point polish(Function function, Point from) {
        var point = from;
        for (int step = 0; step < POLISHING_STEPS && point.steepness() > 0; step++) {
            var next = point;
            for (int d = 0; d < DIFFERENCES.length && next == point; d++) {
                next = newton(function, point, DIFFERENCES[d]);
            }
            if (next == point) {
                break;
            }
            point = next;
        }
        return point;
    }

    /// One Newton step with second derivatives from differences of `difference`, whole or shortened; `from`
    /// itself if none makes the gradient smaller without raising the value.
    private static Point newton(Function function, Point from, double difference) {
        int n = from.at.length;
        double[] move = new SymmetricSystem(hessian(function, from.at, difference)).solve(from.gradient);
        int evaluations = from.evaluations + 2 * n;
        double[] next = new double[n];
        double[] gradient = new double[n];
        for (double share = 1; share > 0.01; share /= 4) {
            for (int j = 0; j < n; j++) {
                next[j] = from.at[j] - share * Math.clamp(move[j], -LONGEST_STEP, LONGEST_STEP);
            }
            double value = function.value(next, gradient);
            evaluations++;
            if (Double.isFinite(value)
                    && value <= from.value + 1e-13 * Math.abs(from.value)
                    && largest(gradient) < largest(from.gradient)) {
                return new Point(next, gradient, value, evaluations);
            }
        }
        return from;
    }

    /// The second derivatives at `at` from central differences of the gradient,
    /// `(parameters, parameters)`, symmetric.
    private static double[][] hessian(Function function, double[] at, double difference) {
        int n = at.length;
        double[][] hessian = new double[n][n];
        double[] moved = at.clone();
        double[] above = new double[n];
        double[] below = new double[n];
        for (int j = 0; j < n; j++) {
            double step = difference * Math.max(1, Math.abs(at[j]));
            moved[j] = at[j] + step;
            function.value(moved, above);
            moved[j] = at[j] - step;
            function.value(moved, below);
            moved[j] = at[j];
            for (int k = 0; k < n; k++) {
                hessian[j][k] = (above[k] - below[k]) / (2 * step);
            }
        }
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < j; k++) {
                double mean = (hessian[j][k] + hessian[k][j]) / 2;
                hessian[j][k] = mean;
                hessian[k][j] = mean;
            }
        }
        return hessian;
    }

    /// One line search: bisection between a point too far and one not far enough, doubling before there is one
    /// too far.
    private static final class Line {
        private final Function function;
        private final double[] at;
        private final double[] direction;
        private final double value;
        private final double slope;
        private int evaluations;

        Line(Function function, double[] at, double[] direction, double value, double slope) {
            this.function = function;
            this.at = at;
            this.direction = direction;
            this.value = value;
            this.slope = slope;
        }

        /// Leaves the point in `next` and its gradient in `nextGradient`; gives its value.
        double search(double[] next, double[] nextGradient) {
            double near = 0;
            double far = Double.POSITIVE_INFINITY;
            double length = Math.min(1, LONGEST_STEP / largest(direction));
            double nextValue = value;
            for (int trial = 0; trial < MOST_TRIALS; trial++) {
                for (int j = 0; j < next.length; j++) {
                    next[j] = at[j] + length * direction[j];
                }
                nextValue = function.value(next, nextGradient);
                evaluations++;
                if (!(nextValue <= value + DECREASE * length * slope)) {
                    far = length;
                } else if (dot(nextGradient, direction) < CURVATURE * slope) {
                    near = length;
                } else {
                    return nextValue;
                }
                length = far < Double.POSITIVE_INFINITY ? (near + far) / 2 : 2 * near;
                if (far - near < 1e-14 * far || length * largest(direction) > 4 * LONGEST_STEP) {
                    break;
                }
            }
            return nextValue;
        }
    }

    /// `direction = -inverse · gradient`; gives the slope along it.
    private static double descent(double[][] inverse, double[] gradient, double[] direction) {
        double slope = 0;
        for (int j = 0; j < gradient.length; j++) {
            direction[j] = -dot(inverse[j], gradient);
            slope += direction[j] * gradient[j];
        }
        return slope;
    }

    /// The BFGS update of the inverse Hessian from the step and the change of the gradient; skipped where the
    /// curvature along the step is not positive.
    private static void update(
            double[][] inverse, double[] at, double[] gradient, double[] next, double[] nextGradient, boolean fresh) {
        int n = at.length;
        double[] step = new double[n];
        double[] change = new double[n];
        for (int j = 0; j < n; j++) {
            step[j] = next[j] - at[j];
            change[j] = nextGradient[j] - gradient[j];
        }
        double curvature = dot(step, change);
        double squares = dot(change, change);
        if (!(curvature > 1e-14 * Math.sqrt(squares * dot(step, step)))) {
            return;
        }
        if (fresh) {
            resetTo(inverse, curvature / squares);
        }
        double[] product = new double[n];
        for (int j = 0; j < n; j++) {
            product[j] = dot(inverse[j], change);
        }
        double factor = (1 + dot(change, product) / curvature) / curvature;
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                inverse[j][k] += factor * step[j] * step[k] - (product[j] * step[k] + step[j] * product[k]) / curvature;
            }
        }
    }

    private static void resetTo(double[][] matrix, double diagonal) {
        for (int j = 0; j < matrix.length; j++) {
            Arrays.fill(matrix[j], 0);
            matrix[j][j] = diagonal;
        }
    }

    private static void copy(double[][] from, double[][] to) {
        for (int j = 0; j < to.length; j++) {
            System.arraycopy(from[j], 0, to[j], 0, to.length);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private static double largest(double[] vector) {
        double largest = 0;
        for (double component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        return largest;
    }
}
