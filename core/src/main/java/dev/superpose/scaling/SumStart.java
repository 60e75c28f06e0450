package dev.superpose.scaling;

/// The coefficients that suit given exponents: a linear problem once relative deviations are taken to first
/// order, Σ_k t_k(i) / L_i ≈ 1 (variable projection), solved with no coefficient below 0.
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
        double[][] basis = basis(full);
        double[][] products = new double[parameters][parameters];
        double[] sums = new double[parameters];
        double[] weighed = new double[parameters];
        for (int i = 0; i < logLosses.length; i++) {
            for (int k = 0; k < basis.length; k++) {
                int p = coefficient[k][group[i]];
                double weighted = weights[i] * basis[k][i];
                sums[p] += weighted;
                weighed[p] += weights[i];
                for (int l = 0; l < basis.length; l++) {
                    products[p][coefficient[l][group[i]]] += weighted * basis[l][i];
                }
            }
        }
        double[] factor = sweep(full, products, sums);
        for (int[] ofTerm : coefficient) {
            for (int p : ofTerm) {
                if (coordinate[p] >= 0) {
                    full[p] = Math.log(Math.max(factor[p], LEAST_SHARE * weighed[p] / Math.max(sums[p], 1e-300)));
                }
            }
        }
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

    /// Coordinate descent: each free coefficient in turn to its best value, not below 0;
    /// gives all, `(parameters)`.
    ///
    /// @param products `(parameters, parameters)`: Σ_i w b_p b_q
    /// @param sums `(parameters)`: Σ_i w b_p
    private double[] sweep(double[] full, double[][] products, double[] sums) {
        double[] factor = new double[full.length];
        for (int[] ofTerm : coefficient) {
            for (int p : ofTerm) {
                factor[p] = coordinate[p] >= 0 ? 0 : Math.exp(full[p]);
            }
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int[] ofTerm : coefficient) {
                for (int p : ofTerm) {
                    if (coordinate[p] >= 0 && products[p][p] > 0) {
                        double rest = sums[p];
                        for (int q = 0; q < factor.length; q++) {
                            rest -= products[p][q] * factor[q];
                        }
                        factor[p] = Math.max(0, factor[p] + rest / products[p][p]);
                    }
                }
            }
        }
        return factor;
    }
}
