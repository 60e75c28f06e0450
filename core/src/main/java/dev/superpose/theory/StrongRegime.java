package dev.superpose.theory;

import dev.superpose.geometry.Bounds;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.special.Beta;

/// What strong superposition of equally important features loses, where closed forms exist: for
/// rows of one norm and one bias, and one active feature at a time. Per active feature; times E for
/// the loss of sparse data. Derivation: docs/derivations/theory.md.
///
/// It says why the loss falls as 1/m though the squared overlaps, summed over n features, are far
/// larger: a small negative bias silences nearly all interference, at the price of answering too
/// little, and that price is the square of the overlap it must silence.
public final class StrongRegime {
    private static final int TRIALS = 128;
    private static final int PIECES = 32;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private StrongRegime() {}

    /// The best model of one kind.
    ///
    /// @param squaredNorm |W_i|² of every row
    /// @param bias b_i of every feature
    /// @param loss per active feature
    public record Best(double squaredNorm, double bias, double loss) {}

    /// Without a bias, W_i random directions of norm 1: 4/3 (n - 1)/(2m) per active feature. Half
    /// of the overlaps are negative, and ReLU makes them cost nothing.
    public static double withoutBias(int features, int width) {
        check(features, width);
        return UniformValue.MEAN_SQUARE * (features - 1.0) * Bounds.randomMeanSquare(width) / 2;
    }

    /// The best norm and bias if the directions were equiangular at Welch's bound κ, half of the
    /// overlaps positive. For n ≫ m the bias goes to -2κ|W|², which silences all others, and the
    /// loss to κ² + κ³/3, thus to 1/m.
    ///
    /// It need not exist: see `geometry.EquiangularFrames`, and no such directions do for n above
    /// m (m + 1)/2.
    public static Best equiangular(int features, int width) {
        check(features, width);
        double overlap = Math.sqrt(Bounds.welchMeanSquare(features, width));
        return equiangular((features - 1) / 2.0, overlap);
    }

    /// @param positive how many other features have the overlap `overlap` with one; those with the
    ///     negative one cost nothing
    static Best equiangular(double positive, double overlap) {
        return best(2 * overlap, shift -> positive * UniformValue.squaredPositivePart(overlap, -shift));
    }

    /// The best norm and bias if the directions are random: the overlaps of a feature with the n -
    /// 1 others are distributed as Beta says. A larger bias than in [#equiangular] must silence
    /// the tail of that distribution: the loss goes as ln(n)/m, roughly.
    public static Best random(int features, int width) {
        check(features, width);
        if (width == 1) {
            // All overlaps are 1 or -1.
            return best(
                    UniformValue.LARGEST, shift -> (features - 1) / 2.0 * UniformValue.squaredPositivePart(1, -shift));
        }
        return best(UniformValue.LARGEST, shift -> (features - 1) * meanStirred(width, shift));
    }

    /// ⟨ReLU²(overlap · v - shift)⟩ over random overlaps and v.
    private static double meanStirred(int width, double shift) {
        double from = Math.asin(Math.min(1, shift / UniformValue.LARGEST));
        // The density of the overlap sin(a) by the angle a is cos(a)^(m-2) over Beta's constant.
        double sum = GaussLegendre.SIXTEEN.integral(
                angle -> Math.pow(Math.cos(angle), width - 2.0)
                        * UniformValue.squaredPositivePart(Math.sin(angle), -shift),
                from,
                Math.PI / 2 - from,
                PIECES);
        return sum / Math.exp(Beta.logBeta(0.5, (width - 1) / 2.0));
    }

    /// The least loss over norm and bias = -shift · |W|². For a given shift the loss is a
    /// parabola in
    /// |W|² = s, s² (A + g) - 2 s B + 4/3, with A = ⟨r²⟩, B = ⟨r v⟩ of the answer r = ReLU(v - shift),
    /// and g = `interference` at norm 1.
    private static Best best(double largestShift, DoubleUnaryOperator interference) {
        DoubleUnaryOperator loss = shift -> {
            double product = product(shift);
            return UniformValue.MEAN_SQUARE - product * product / denominator(shift, interference);
        };
        int least = 0;
        for (int k = 1; k <= TRIALS; k++) {
            if (loss.applyAsDouble(largestShift * k / TRIALS) < loss.applyAsDouble(largestShift * least / TRIALS)) {
                least = k;
            }
        }
        double shift = goldenSection(
                loss,
                largestShift * Math.max(0, least - 1) / TRIALS,
                largestShift * Math.min(TRIALS, least + 1) / TRIALS);
        double squaredNorm = product(shift) / denominator(shift, interference);
        return new Best(squaredNorm, 0 - shift * squaredNorm, loss.applyAsDouble(shift));
    }

    private static double denominator(double shift, DoubleUnaryOperator interference) {
        return UniformValue.squaredPositivePart(1, -shift) + interference.applyAsDouble(shift);
    }

    /// ⟨ReLU(v - shift) v⟩ for a shift from 0 to 2.
    private static double product(double shift) {
        double active = UniformValue.LARGEST - shift;
        return active * active * (2 * UniformValue.LARGEST + shift) / (6 * UniformValue.LARGEST);
    }

    private static double goldenSection(DoubleUnaryOperator function, double from, double to) {
        double low = from;
        double high = to;
        for (int step = 0; step < 60; step++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (function.applyAsDouble(left) <= function.applyAsDouble(right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return (low + high) / 2;
    }

    private static void check(int features, int width) {
        if (features < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "there is no model of %d features in %d dimensions".formatted(features, width));
        }
    }
}
