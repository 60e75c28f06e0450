package dev.superpose.scaling;

/// The loop in which a fit spends its time.
final class SumKernels {
    private SumKernels() {}

    /// ln of a sum of powers for every run, with its derivatives.
    ///
    /// With terms t_k = exp(c_k - Σ_s e_s x_s) and shares p_k = t_k / Σ t: ∂ ln L / ∂ c_k = p_k and
    /// ∂ ln L / ∂ e_s = -p_k x_s, added up over the terms that share a parameter.
    ///
    /// @param full all parameters, `(parameters)`: logarithms of coefficients, exponents
    /// @param coordinate `(parameters)`: the row of `jacobian`, -1 where the parameter is held
    /// @param coefficient `(terms, groups)`: which parameter
    /// @param logs `(terms, sizes of the term, runs)`
    /// @param exponent `(terms, sizes of the term)`: which parameter
    /// @param group `(runs)`
    /// @param weights `(runs)`; runs of weight 0 are passed over
    /// @param predicted `(runs)`, filled
    /// @param jacobian `(free, runs)`, zero, added to
    static void evaluate(
            double[] full,
            int[] coordinate,
            int[][] coefficient,
            double[][][] logs,
            int[][] exponent,
            int[] group,
            double[] weights,
            double[] predicted,
            double[][] jacobian) {
        int terms = coefficient.length;
        double[] term = new double[terms];
        for (int i = 0; i < predicted.length; i++) {
            if (weights[i] == 0) {
                continue;
            }
            int largest = 0;
            for (int k = 0; k < terms; k++) {
                double log = full[coefficient[k][group[i]]];
                int[] powers = exponent[k];
                for (int s = 0; s < powers.length; s++) {
                    log -= full[powers[s]] * logs[k][s][i];
                }
                term[k] = log;
                largest = log > term[largest] ? k : largest;
            }
            double top = term[largest];
            double sum = 0;
            for (int k = 0; k < terms; k++) {
                // The largest is exp(0): one exponential less.
                term[k] = k == largest ? 1 : Math.exp(term[k] - top);
                sum += term[k];
            }
            predicted[i] = top + Math.log(sum);
            double unit = 1 / sum;
            for (int k = 0; k < terms; k++) {
                double share = term[k] * unit;
                int row = coordinate[coefficient[k][group[i]]];
                if (row >= 0) {
                    jacobian[row][i] += share;
                }
                int[] powers = exponent[k];
                for (int s = 0; s < powers.length; s++) {
                    int power = coordinate[powers[s]];
                    if (power >= 0) {
                        jacobian[power][i] -= share * logs[k][s][i];
                    }
                }
            }
        }
    }
}
