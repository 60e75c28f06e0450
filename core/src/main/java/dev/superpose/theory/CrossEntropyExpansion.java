package dev.superpose.theory;

import dev.superpose.numeric.FloatMatrix;

/// The cross-entropy of a language model's head where the hidden state is the direction of the
/// target's own row, h = W_i/|W_i|: exact, and to second order in the logits of the other rows.
/// Source: Eqs. 10 to 13 of arXiv 2505.10465. In nats.
///
/// @param exact ln(1 + Σ_{j≠i} exp(c_j - |W_i|)), c_j = W_i·W_j/|W_i| (Eq. 10)
/// @param ratio Σ_{j≠i} exp(c_j - |W_i|), which stands for `exact` where it is small (Eq. 11)
/// @param constant (n - 1) exp(-|W_i|)
/// @param firstOrder Σ c_j exp(-|W_i|): what rows have in common with the target's
/// @param secondOrder 1/2 Σ c_j² exp(-|W_i|), the part that goes with the width (Eq. 13): as 1/m
///     where the squared cosines do
public record CrossEntropyExpansion(
        double exact, double ratio, double constant, double firstOrder, double secondOrder) {

    /// Of the target `row` of `head`, (n, m).
    ///
    /// @throws IllegalArgumentException if that row is zero and has no direction
    public static CrossEntropyExpansion of(FloatMatrix head, int row) {
        double norm = Math.sqrt(head.squaredNorm(row));
        if (!(norm > 0)) {
            throw new IllegalArgumentException("row %d has norm %s and thus no direction".formatted(row, norm));
        }
        double ratio = 0;
        double sum = 0;
        double squares = 0;
        for (int j = 0; j < head.rows(); j++) {
            if (j != row) {
                double logit = product(head, row, j) / norm;
                ratio += Math.exp(logit - norm);
                sum += logit;
                squares += logit * logit;
            }
        }
        double weight = Math.exp(-norm);
        return new CrossEntropyExpansion(
                Math.log1p(ratio), ratio, (head.rows() - 1) * weight, sum * weight, squares * weight / 2);
    }

    /// The expansion's three parts together (Eq. 12).
    public double expanded() {
        return constant + firstOrder + secondOrder;
    }

    /// Eq. 13 for rows of one norm w in random directions: (n - 1) w² exp(-w)/(2m).
    public static double expectedSecondOrder(long rows, int width, double norm) {
        if (rows < 1 || width < 1 || !(norm > 0)) {
            throw new IllegalArgumentException(
                    "there is no head of %d rows of norm %s in %d dimensions".formatted(rows, norm, width));
        }
        return (rows - 1.0) * norm * norm * Math.exp(-norm) / (2.0 * width);
    }

    private static double product(FloatMatrix head, int i, int j) {
        int m = head.columns();
        double sum = 0;
        for (int k = 0; k < m; k++) {
            sum += (double) head.data()[i * m + k] * head.data()[j * m + k];
        }
        return sum;
    }
}
