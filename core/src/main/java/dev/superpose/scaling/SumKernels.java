package dev.superpose.scaling;

/// The loops in which a fit spends its time.
final class SumKernels {
    private SumKernels() {}

    /// ln of a sum of powers for every run, with its derivatives.
    ///
    /// With terms t_k = exp(c_k - Σ_s e_s x_s) and shares p_k = t_k / Σ t: ∂ ln L / ∂ c_k = p_k and ∂ ln L / ∂
    /// e_s = -p_k x_s, added up over the terms that share a parameter. Terms are not scaled by the largest: a
    /// loss beyond e^±700 gives a prediction that is not finite, which a search turns away from.
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
        double[][] term = new double[terms][predicted.length];
        double[] unit = new double[predicted.length];
        for (int k = 0; k < terms; k++) {
            terms(full, coefficient[k], logs[k], exponent[k], group, weights, term[k]);
            add(unit, term[k]);
        }
        for (int i = 0; i < predicted.length; i++) {
            if (weights[i] != 0) {
                predicted[i] = Math.log(unit[i]);
                unit[i] = 1 / unit[i];
            }
        }
        for (int k = 0; k < terms; k++) {
            double[] share = term[k];
            for (int i = 0; i < share.length; i++) {
                share[i] *= unit[i];
            }
            derivatives(coordinate, coefficient[k], logs[k], exponent[k], group, share, jacobian);
        }
    }

    /// One term of every run that counts, 0 of the others, into `term`, `(runs)`.
    private static void terms(
            double[] full,
            int[] coefficient,
            double[][] logs,
            int[] exponent,
            int[] group,
            double[] weights,
            double[] term) {
        if (exponent.length == 0) {
            // The same for all runs of a group.
            double[] floor = new double[coefficient.length];
            for (int g = 0; g < floor.length; g++) {
                floor[g] = Math.exp(full[coefficient[g]]);
            }
            for (int i = 0; i < term.length; i++) {
                term[i] = weights[i] == 0 ? 0 : floor[group[i]];
            }
            return;
        }
        for (int i = 0; i < term.length; i++) {
            term[i] = full[coefficient[group[i]]];
        }
        for (int s = 0; s < exponent.length; s++) {
            double power = full[exponent[s]];
            double[] log = logs[s];
            for (int i = 0; i < term.length; i++) {
                term[i] -= power * log[i];
            }
        }
        for (int i = 0; i < term.length; i++) {
            term[i] = weights[i] == 0 ? 0 : Math.exp(term[i]);
        }
    }

    private static void derivatives(
            int[] coordinate,
            int[] coefficient,
            double[][] logs,
            int[] exponent,
            int[] group,
            double[] share,
            double[][] jacobian) {
        int first = coordinate[coefficient[0]];
        if (coefficient.length == 1 || coefficient[0] == coefficient[1]) {
            if (first >= 0) {
                add(jacobian[first], share);
            }
        } else {
            for (int i = 0; i < share.length; i++) {
                int row = coordinate[coefficient[group[i]]];
                if (row >= 0) {
                    jacobian[row][i] += share[i];
                }
            }
        }
        for (int s = 0; s < exponent.length; s++) {
            int row = coordinate[exponent[s]];
            if (row >= 0) {
                double[] column = jacobian[row];
                double[] log = logs[s];
                for (int i = 0; i < column.length; i++) {
                    column[i] -= share[i] * log[i];
                }
            }
        }
    }

    private static void add(double[] sum, double[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }
}
