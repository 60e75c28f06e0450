package dev.superpose.scaling;

import dev.superpose.numeric.SplitRandom;
import java.util.Arrays;

/// A starting point of a [CurveForm] in the making: random shapes first, then the coefficients that
/// suit them.
final class CurveStart {
    /// Falling parts shrink over the measured sizes by a factor of e^0.2 to e^12 at the start.
    private static final double LEAST_FALL = 0.2;

    private static final double MOST_FALL_RATIO = 60;

    private final double[] vector;
    private final boolean[] free;
    private final double[][] logs;
    private final double[] logLosses;
    private final double[] weights;
    private final SplitRandom random;

    /// @param vector `(parameters)`, with what is held
    /// @param free `(parameters)`
    /// @param logs `(sizes, runs)`
    /// @param logLosses `(runs)`
    /// @param weights `(runs)`
    CurveStart(
            double[] vector,
            boolean[] free,
            double[][] logs,
            double[] logLosses,
            double[] weights,
            SplitRandom random) {
        this.vector = vector;
        this.free = free;
        this.logs = logs;
        this.logLosses = logLosses;
        this.weights = weights;
        this.random = random;
    }

    /// Parameter `p` as it stands.
    double get(int p) {
        return vector[p];
    }

    /// Sets parameter `p`, unless it is held.
    void set(int p, double value) {
        if (free[p]) {
            vector[p] = value;
        }
    }

    /// A number between `low` and `high`.
    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /// An exponent under which a power of size `s` falls by something that losses can show.
    double exponent(int s) {
        double span = Math.max(largest(s) - smallest(s), 1e-6);
        return LEAST_FALL * Math.pow(MOST_FALL_RATIO, random.nextDouble()) / span;
    }

    /// The smallest logarithm of size `s` among runs that count.
    double smallest(int s) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            least = weights[i] > 0 ? Math.min(least, logs[s][i]) : least;
        }
        return least;
    }

    /// The largest.
    double largest(int s) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            most = weights[i] > 0 ? Math.max(most, logs[s][i]) : most;
        }
        return most;
    }

    /// The logarithm of size `s` of run `i`.
    double log(int s, int i) {
        return logs[s][i];
    }

    /// The number of runs.
    int runs() {
        return logLosses.length;
    }

    /// Sets the coefficients of a sum whose parts are `exp(coefficient + part)` to those that suit
    /// the losses to the power `1 / power`.
    ///
    /// @param coefficients `(parts)`: which parameter; what is held stays
    /// @param parts `(parts, runs)`: logarithms
    void project(int[] coefficients, double[][] parts, double power) {
        int count = coefficients.length;
        // One exponent of -1, shared by all parts, makes a sum of powers of them.
        double[] full = new double[count + 1];
        full[count] = -1;
        int[] coordinate = new int[count + 1];
        int[][] index = new int[count][];
        double[][][] columns = new double[count][][];
        int[][] exponent = new int[count][];
        for (int k = 0; k < count; k++) {
            full[k] = vector[coefficients[k]];
            coordinate[k] = free[coefficients[k]] ? k : -1;
            index[k] = new int[] {k};
            columns[k] = new double[][] {parts[k]};
            exponent[k] = new int[] {count};
        }
        coordinate[count] = -1;
        double[] targets = Arrays.stream(logLosses).map(log -> log / power).toArray();
        new SumStart(index, coordinate, columns, exponent, new int[targets.length], weights, targets).project(full);
        for (int k = 0; k < count; k++) {
            set(coefficients[k], full[k]);
        }
    }
}
