package dev.superpose.scaling;

import java.util.Arrays;

/// The coefficients that suit given exponents: a linear problem once relative deviations are taken to first order,
/// Σ_k t_k(i) / L_i ≈ 1 (variable projection), solved with no coefficient below 0.
final class SumStart {
    private static final int SWEEPS = 20;

    /// No term starts below this share of the loss: from 0 its logarithm would not come back.
    private static final double LEAST_SHARE = 1e-3;

    private final int[][] coefficient;
    private final int[] coordinate;
    private final double[][][] logs;
    private final int[][] exponent;
    private final int[] group;
    private final double[] weights;
    private final double[] logLosses;

    SumStart(
            int[][] coefficient,
            int[] coordinate,
            double[][][] logs,
            int[][] exponent,
            int[] group,
            double[] weights,
            double[] logLosses) {
        this.coefficient = coefficient;
        this.coordinate = coordinate;
        this.logs = logs;
        this.exponent = exponent;
        this.group = group;
        this.weights = weights;
        this.logLosses = logLosses;
    }

    /// Fills the free coefficients of `full`, `(parameters)`, whose exponents are given.
    void project(double[] full) {
        int parameters = full.length;
        double[] factor = new double[parameters];
        double[] squares = new double[parameters];
        boolean[] wanted = new boolean[parameters];
        for (int[] ofTerm : coefficient) {
            for (int p : ofTerm) {
                wanted[p] = coordinate[p] >= 0;
                factor[p] = wanted[p] ? 0 : Math.exp(full[p]);
            }
        }
        double[][] basis = basis(full);
        double[] rest = new double[logLosses.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = 1;
            for (int k = 0; k < basis.length; k++) {
                int p = coefficient[k][group[i]];
                squares[p] += weights[i] * basis[k][i] * basis[k][i];
                rest[i] -= factor[p] * basis[k][i];
            }
        }
        sweep(basis, rest, factor, squares, wanted);
        floor(basis, full, factor, wanted);
    }

    /// Every term over the loss, at a coefficient of 1: `(terms, runs)`.
    private double[][] basis(double[] full) {
        double[][] basis = new double[coefficient.length][logLosses.length];
        for (int k = 0; k < basis.length; k++) {
            for (int i = 0; i < logLosses.length; i++) {
                double log = -logLosses[i];
                for (int s = 0; s < exponent[k].length; s++) {
                    log -= full[exponent[k][s]] * logs[k][s][i];
                }
                basis[k][i] = Math.exp(Math.clamp(log, -300, 300));
            }
        }
        return basis;
    }

    /// Coordinate descent: each coefficient in turn to its best value, not below 0.
    private void sweep(double[][] basis, double[] rest, double[] factor, double[] squares, boolean[] wanted) {
        double[] correlation = new double[factor.length];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int k = 0; k < basis.length; k++) {
                Arrays.fill(correlation, 0);
                for (int i = 0; i < rest.length; i++) {
                    correlation[coefficient[k][group[i]]] += weights[i] * basis[k][i] * rest[i];
                }
                double[] before = factor.clone();
                for (int p : coefficient[k]) {
                    if (wanted[p] && squares[p] > 0) {
                        factor[p] = Math.max(0, before[p] + correlation[p] / squares[p]);
                    }
                }
                for (int i = 0; i < rest.length; i++) {
                    int p = coefficient[k][group[i]];
                    rest[i] -= (factor[p] - before[p]) * basis[k][i];
                }
            }
        }
    }

    private void floor(double[][] basis, double[] full, double[] factor, boolean[] wanted) {
        for (int k = 0; k < basis.length; k++) {
            double total = 0;
            double mean = 0;
            for (int i = 0; i < logLosses.length; i++) {
                total += weights[i];
                mean += weights[i] * basis[k][i];
            }
            double least = LEAST_SHARE * total / Math.max(mean, 1e-300);
            for (int p : coefficient[k]) {
                if (wanted[p]) {
                    full[p] = Math.log(Math.max(factor[p], least));
                }
            }
        }
    }
}
