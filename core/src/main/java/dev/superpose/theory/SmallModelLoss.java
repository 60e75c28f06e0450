package dev.superpose.theory;

import dev.superpose.numeric.FloatMatrix;

/// The loss Σ I_i (y_i - x_i)² of y = ReLU(W Wᵀ x + b) for a few independent features, by
/// integration instead of sampling: L = Σ_A P(A) L_A over the 2ⁿ sets A of active features (Elhage
/// et al. 2022, the sum over k-sparse patterns).
///
/// Within a set one value is integrated in closed form (`UniformValue`), the others by Gauss and
/// Legendre with 16 nodes each. What is left to those is continuously differentiable, so that the
/// loss of models of at most four features is good to about 1e-5 of itself; sets of more than four
/// active features use fewer nodes.
public final class SmallModelLoss {
    /// More features than this have too many sets.
    public static final int MOST_FEATURES = 8;

    private final int features;
    private final double[] gram;
    private final float[] bias;
    private final double[] importances;
    private final double[] coefficients;

    private SmallModelLoss(FloatMatrix weights, float[] bias, double[] importances) {
        features = weights.rows();
        this.bias = bias;
        this.importances = importances;
        gram = gram(weights);
        coefficients = new double[features];
    }

    /// The loss, summed over features.
    ///
    /// @param weights W, (n, m), n at most [#MOST_FEATURES]
    /// @param bias b, (n)
    /// @param probabilities p_1 .. p_n
    /// @param importances I_1 .. I_n
    public static double of(FloatMatrix weights, float[] bias, double[] probabilities, double[] importances) {
        int n = weights.rows();
        if (n > MOST_FEATURES) {
            throw new IllegalArgumentException(
                    "%d features have too many sets to sum over; at most %d are possible".formatted(n, MOST_FEATURES));
        }
        if (bias.length != n || probabilities.length != n || importances.length != n) {
            throw new IllegalArgumentException(
                    "W has %d rows, but there are %d biases, %d probabilities and %d importances"
                            .formatted(n, bias.length, probabilities.length, importances.length));
        }
        var model = new SmallModelLoss(weights, bias, importances);
        double loss = 0;
        for (int active = 0; active < 1 << n; active++) {
            double probability = 1;
            for (int i = 0; i < n; i++) {
                probability *= (active >> i & 1) == 1 ? probabilities[i] : 1 - probabilities[i];
            }
            if (probability > 0) {
                loss += probability * model.ofSet(active);
            }
        }
        return loss;
    }

    private static double[] gram(FloatMatrix w) {
        int n = w.rows();
        int m = w.columns();
        var gram = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < m; k++) {
                    gram[i * n + j] += (double) w.data()[i * m + k] * w.data()[j * m + k];
                }
            }
        }
        return gram;
    }

    /// L_A of the set whose bits are in `active`.
    private double ofSet(int active) {
        double loss = 0;
        for (int i = 0; i < features; i++) {
            loss += importances[i] * ofOutput(i, active);
        }
        return loss;
    }

    /// ⟨(y_i - x_i)²⟩ over the values of the active features.
    private double ofOutput(int i, int active) {
        boolean own = (active >> i & 1) == 1;
        int analytic = own ? i : strongest(i, active);
        int count = 0;
        for (int j = 0; j < features; j++) {
            if ((active >> j & 1) == 1 && j != analytic && gram[i * features + j] != 0) {
                coefficients[count++] = gram[i * features + j];
            }
        }
        double slope = analytic < 0 ? 0 : gram[i * features + analytic];
        return mean(count, count > 3 ? GaussLegendre.SIX : GaussLegendre.SIXTEEN, bias[i], slope, own);
    }

    /// The active feature that moves output `i` most, or -1 if none is active.
    private int strongest(int i, int active) {
        int strongest = -1;
        for (int j = 0; j < features; j++) {
            if ((active >> j & 1) == 1
                    && (strongest < 0 || Math.abs(gram[i * features + j]) > Math.abs(gram[i * features + strongest]))) {
                strongest = j;
            }
        }
        return strongest;
    }

    /// The mean over the values of the first `left` free features, around `constant`.
    private double mean(int left, GaussLegendre rule, double constant, double slope, boolean own) {
        if (left == 0) {
            return own ? UniformValue.squaredError(slope, constant) : UniformValue.squaredPositivePart(slope, constant);
        }
        double sum = 0;
        for (int node = 0; node < rule.size(); node++) {
            double value = UniformValue.LARGEST * rule.node(node);
            sum += rule.weight(node) * mean(left - 1, rule, constant + coefficients[left - 1] * value, slope, own);
        }
        return sum;
    }
}
