package dev.superpose.toy;

import java.util.Arrays;

/// The ideal weak regime: the most frequent features are represented without error, all others are answered
/// by their
/// mean. Source: Eq. 4 of arXiv 2505.10465, with the 4/3 = ⟨v²⟩ of v ~ U(0, 2) and the finite sum.
public final class WeakTheory {
    private static final double MEAN_SQUARE_VALUE = 4.0 / 3;

    private WeakTheory() {}

    /// L = Σ_{i > k} (4/3 p_i - p_i²) over all but the `represented` most frequent features: the variance of
    /// each.
    public static double tailLoss(double[] probabilities, int represented) {
        if (represented < 0 || represented > probabilities.length) {
            throw new IllegalArgumentException(
                    "%d of %d features cannot be represented".formatted(represented, probabilities.length));
        }
        double[] ascending = probabilities.clone();
        Arrays.sort(ascending);
        double sum = 0;
        for (int i = 0; i < ascending.length - represented; i++) {
            sum += MEAN_SQUARE_VALUE * ascending[i] - ascending[i] * ascending[i];
        }
        return sum;
    }

    /// The loss of answering every feature by its mean: nothing represented.
    public static double trivialLoss(double[] probabilities) {
        return tailLoss(probabilities, 0);
    }
}
