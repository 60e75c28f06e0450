package dev.superpose.theory;

import dev.superpose.geometry.WidthTrend;
import java.util.Arrays;
import java.util.Optional;

/// The conjecture that with strong superposition of skewed features the m²/2 most frequent ones
/// are packed nearly without loss and the others are lost, so that alpha_m = 2 (alpha - 1) where
/// that exceeds 1. Source: appendix A.1 of arXiv 2505.10465, which calls it a worst case.
///
/// As the sum is finite, it says nothing where m²/2 ≥ n, and near there it falls to 0 faster than
/// any power.
public final class ConjecturedTail {
    private ConjecturedTail() {}

    /// How many features are said to be packed without loss: m²/2, rounded down.
    public static long packed(int width) {
        return (long) width * width / 2;
    }

    /// Whether the conjecture leaves no feature over: m²/2 ≥ n.
    public static boolean isEmpty(long features, int width) {
        return packed(width) >= features;
    }

    /// The loss of the features beyond the m²/2 most frequent ones, each answered by its mean;
    /// 0 where there are none.
    ///
    /// @param probabilities p_1 .. p_n
    public static double loss(double[] probabilities, int width) {
        return isEmpty(probabilities.length, width)
                ? 0
                : WeakRegime.tailLoss(probabilities, Math.toIntExact(packed(width)));
    }

    /// The straight line through ln [#loss] over ln width at those widths where it is not empty;
    /// its exponent is -alpha_m. Empty where fewer than two are left.
    public static Optional<WidthTrend> trend(double[] probabilities, int... widths) {
        double[] used = Arrays.stream(widths)
                .filter(m -> !isEmpty(probabilities.length, m))
                .asDoubleStream()
                .toArray();
        return WidthTrend.of(
                used, Arrays.stream(used).map(m -> loss(probabilities, (int) m)).toArray());
    }

    /// 2 (alpha - 1), for n → ∞ and p ∝ i^-alpha, alpha > 1.
    public static double exponent(double alpha) {
        if (!(alpha > 1)) {
            throw new IllegalArgumentException(
                    "the tail of infinitely many features has a finite sum for alpha > 1 only, not " + alpha);
        }
        return 2 * (alpha - 1);
    }
}
