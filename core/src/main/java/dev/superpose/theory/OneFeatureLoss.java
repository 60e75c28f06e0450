package dev.superpose.theory;

import dev.superpose.numeric.Blas;
import dev.superpose.numeric.FloatMatrix;

/// What y = ReLU(W Wᵀ x + b) loses where one feature alone is active, exactly: the squares of the
/// outputs are pieces of parabolas in its value v ~ U(0, 2). Source: Eq. 8 of arXiv 2505.10465.
///
/// Eq. 8 weighs feature i with p_i; that is the loss of ever sparser data, to first order in p. The
/// loss of the data as they are also counts samples of which nothing, or more than one feature, is
/// active: `none` and `one` are their exact contributions, and what a test loss exceeds them by
/// comes from two features or more. Sums are in float64 over products of the given float32 weights.
///
/// @param ownError Σ p_i ⟨(ReLU(|W_i|² v + b_i) - v)²⟩, how badly active features are answered
/// @param interference Σ p_i Σ_{j≠i} ⟨ReLU(W_j·W_i v + b_j)²⟩, what they stir up elsewhere
/// @param counts how likely none, one and more features are active
/// @param none Π (1 - p_j) · Σ ReLU(b_j)², from samples without an active feature
/// @param one as Eq. 8, but with the probability that feature i and no other is active
public record OneFeatureLoss(double ownError, double interference, ActiveCounts counts, double none, double one) {
    /// Rows of W Wᵀ that are computed at once, in numbers.
    private static final int BLOCK = 1 << 21;

    /// The parts of the loss of given weights.
    ///
    /// @param weights W, (n, m)
    /// @param bias b, (n)
    /// @param probabilities p_1 .. p_n, each from 0 to 1
    public static OneFeatureLoss of(FloatMatrix weights, float[] bias, double[] probabilities) {
        int n = weights.rows();
        int m = weights.columns();
        if (bias.length != n || probabilities.length != n) {
            throw new IllegalArgumentException("W has %d rows, but there are %d biases and %d probabilities"
                    .formatted(n, bias.length, probabilities.length));
        }
        var counts = ActiveCounts.of(probabilities);
        double[] alone = ActiveCounts.alone(probabilities);
        double[] w = doubles(weights.data());
        int rows = Math.clamp(BLOCK / Math.max(1, n), 1, Math.max(1, n));
        double[] gram = new double[Math.multiplyExact(rows, n)];
        double ownError = 0;
        double interference = 0;
        double one = 0;
        for (int first = 0; first < n; first += rows) {
            int count = Math.min(rows, n - first);
            Blas.fastest().dgemm(false, true, count, n, m, 1, w, first * m, m, w, 0, m, 0, gram, 0, n);
            for (int i = first; i < first + count; i++) {
                int row = (i - first) * n;
                double own = UniformValue.squaredError(gram[row + i], bias[i]);
                double others = others(gram, row, i, bias);
                ownError += probabilities[i] * own;
                interference += probabilities[i] * others;
                one += alone[i] * (own + others);
            }
        }
        return new OneFeatureLoss(ownError, interference, counts, counts.none() * silent(bias), one);
    }

    /// Eq. 8: `ownError` and `interference` together.
    public double sparse() {
        return ownError + interference;
    }

    /// The share of `loss`, that of the same weights on the data as they are, which comes from
    /// samples with at most one active feature.
    public double shareOf(double loss) {
        return (none + one) / loss;
    }

    /// Σ_{j≠i} ⟨ReLU(W_j·W_i v + b_j)²⟩; `gram` holds W_i·W_j from `row` on.
    private static double others(double[] gram, int row, int i, float[] bias) {
        double sum = 0;
        for (int j = 0; j < bias.length; j++) {
            if (j != i) {
                sum += UniformValue.squaredPositivePart(gram[row + j], bias[j]);
            }
        }
        return sum;
    }

    private static double silent(float[] bias) {
        double sum = 0;
        for (float b : bias) {
            double output = Math.max(0, b);
            sum += output * output;
        }
        return sum;
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
