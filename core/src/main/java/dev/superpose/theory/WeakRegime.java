package dev.superpose.theory;

import dev.superpose.geometry.WidthTrend;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The ideal weak regime: the most frequent features are represented without error, all others are
/// answered by their mean. Source: Eq. 4 of arXiv 2505.10465, with the 4/3 = ⟨v²⟩ of v ~ U(0, 2)
/// and the finite sum.
public final class WeakRegime {
    private WeakRegime() {}

    /// L = Σ_{i > k} (4/3 p_i - p_i²) over all but the `represented` most frequent features: the
    /// variance of each.
    public static double tailLoss(double[] probabilities, int represented) {
        double sum = 0;
        double[] ascending = ascending(probabilities, represented);
        for (int i = 0; i < ascending.length - represented; i++) {
            sum += UniformValue.MEAN_SQUARE * ascending[i] - ascending[i] * ascending[i];
        }
        return sum;
    }

    /// The same for a model that does not represent the most frequent features only: the sum over
    /// those that `represented` is false for, by their index from 0.
    public static double lossBeyond(double[] probabilities, IntPredicate represented) {
        double[] others = IntStream.range(0, probabilities.length)
                .filter(i -> !represented.test(i))
                .mapToDouble(i -> probabilities[i])
                .toArray();
        return tailLoss(others, 0);
    }

    /// The tail where the squared error of feature i counts `importances[i]` times: Σ I_i
    /// (4/3 p_i -
    /// p_i²) over all but the `represented` features of largest I_i (4/3 p_i - p_i²). It
    /// is also what the
    /// best linear model leaves.
    ///
    /// @throws IllegalArgumentException also if there is not one importance per feature
    public static double tailLoss(double[] probabilities, double[] importances, int represented) {
        if (importances.length != probabilities.length) {
            throw new IllegalArgumentException(
                    "%d importances for %d features".formatted(importances.length, probabilities.length));
        }
        var variances = new double[probabilities.length];
        Arrays.setAll(
                variances,
                i -> importances[i]
                        * (UniformValue.MEAN_SQUARE * probabilities[i] - probabilities[i] * probabilities[i]));
        double sum = 0;
        double[] ascending = ascending(variances, represented);
        for (int i = 0; i < ascending.length - represented; i++) {
            sum += ascending[i];
        }
        return sum;
    }

    /// Σ_{i > k} p_i, how many features are active and not represented. 4/3 times it is the loss
    /// without the term p_i², thus of answering what is not represented by 0.
    public static double tailProbability(double[] probabilities, int represented) {
        double sum = 0;
        double[] ascending = ascending(probabilities, represented);
        for (int i = 0; i < ascending.length - represented; i++) {
            sum += ascending[i];
        }
        return sum;
    }

    /// The loss of answering every feature by its mean: nothing represented.
    public static double trivialLoss(double[] probabilities) {
        return tailLoss(probabilities, 0);
    }

    /// The straight line through ln [#tailLoss] over ln width, one feature represented for each
    /// dimension. Its exponent is -alpha_m; for p ∝ i^-alpha with alpha > 1 alpha_m comes down to
    /// alpha
    /// - 1 as n/m grows,
    /// slowly. Widths that hold all features have no loss and are left out; empty where fewer than
    /// two are left.
    public static Optional<WidthTrend> trend(double[] probabilities, int... widths) {
        double[] below = Arrays.stream(widths)
                .filter(m -> m < probabilities.length)
                .asDoubleStream()
                .toArray();
        double[] losses =
                Arrays.stream(below).map(m -> tailLoss(probabilities, (int) m)).toArray();
        return WidthTrend.of(below, losses);
    }

    // Ascending, because the small numbers are to be summed first.
    private static double[] ascending(double[] probabilities, int represented) {
        if (represented < 0 || represented > probabilities.length) {
            throw new IllegalArgumentException(
                    "%d of %d features cannot be represented".formatted(represented, probabilities.length));
        }
        double[] ascending = probabilities.clone();
        Arrays.sort(ascending);
        return ascending;
    }
}
