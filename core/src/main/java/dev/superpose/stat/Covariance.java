package dev.superpose.stat;

import java.util.Arrays;

/// The covariance of a fit's parameters, `(parameters, parameters)`, symmetric; immutable. An entry may be NaN
/// where the data leave no degree of freedom.
public final class Covariance {
    private final double[][] entries;

    private Covariance(double[][] entries) {
        this.entries = entries;
    }

    /// A copy of `entries`, `(parameters, parameters)`.
    ///
    /// @throws IllegalArgumentException if it is not square
    public static Covariance of(double[][] entries) {
        double[][] copy = new double[entries.length][];
        for (int i = 0; i < entries.length; i++) {
            if (entries[i].length != entries.length) {
                throw new IllegalArgumentException("a covariance is square, row %d of %d has %d entries"
                        .formatted(i, entries.length, entries[i].length));
            }
            copy[i] = entries[i].clone();
        }
        return new Covariance(copy);
    }

    /// The number of parameters.
    public int size() {
        return entries.length;
    }

    /// The covariance of the parameters `i` and `j`.
    public double at(int i, int j) {
        return entries[i][j];
    }

    /// The standard error of parameter `i`.
    public double standardError(int i) {
        return Math.sqrt(entries[i][i]);
    }

    /// The standard error of a quantity whose derivatives by the parameters are `gradient`, to first order (the
    /// delta method).
    public double standardErrorAlong(double[] gradient) {
        if (gradient.length != entries.length) {
            throw new IllegalArgumentException(
                    "%d derivatives for %d parameters".formatted(gradient.length, entries.length));
        }
        double variance = 0;
        for (int i = 0; i < entries.length; i++) {
            for (int j = 0; j < entries.length; j++) {
                if (gradient[i] != 0 && gradient[j] != 0) {
                    variance += gradient[i] * entries[i][j] * gradient[j];
                }
            }
        }
        // Cancellation may leave a tiny negative number where the truth is zero.
        return Math.sqrt(Math.max(0, variance));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Covariance that && Arrays.deepEquals(entries, that.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(entries);
    }

    @Override
    public String toString() {
        return "Covariance" + Arrays.deepToString(entries);
    }
}
