package dev.superpose.theory;

import org.hipparchus.special.Beta;

/// Overlaps (cosines) of independent random directions in m dimensions beyond their first moments,
/// which are in `geometry.Bounds`: the squared overlap is Beta(1/2, (m - 1)/2).
public final class RandomOverlaps {
    private static final int PIECES = 256;

    private RandomOverlaps() {}

    /// ⟨overlap^(2k)⟩ = Π_{j<k} (2j + 1)/(m + 2j): 1/m for k = 1, 3/(m (m + 2)) for k = 2.
    ///
    /// @param dimensions m, at least 1
    /// @param order k, at least 0
    public static double evenMoment(int dimensions, int order) {
        check(2, dimensions);
        if (order < 0) {
            throw new IllegalArgumentException("a moment has an order of at least 0, not " + order);
        }
        double moment = 1;
        for (int j = 0; j < order; j++) {
            moment *= (2.0 * j + 1) / (dimensions + 2.0 * j);
        }
        return moment;
    }

    /// The expected largest |overlap| of n random directions: ∫ (1 - F(t)^N) dt over 0..1, with F
    /// the distribution of one |overlap| and N = n (n - 1)/2.
    ///
    /// Overlaps of different pairs are independent two by two but not all together; the formula
    /// takes them as if they were, which is exact for n = 2 and good to 1 % from n = 10 on in four
    /// dimensions or more (tested). The integral is good to about 1e-9.
    ///
    /// @param vectors n, at least 2
    /// @param dimensions m, at least 1
    public static double expectedLargest(long vectors, int dimensions) {
        check(vectors, dimensions);
        if (dimensions == 1) {
            return 1;
        }
        double pairs = vectors * (vectors - 1.0) / 2;
        // With t = sin(angle) the integrand is smooth at both ends, in two dimensions too.
        return GaussLegendre.SIXTEEN.integral(
                angle -> chanceOfExceeding(angle, dimensions, pairs) * Math.cos(angle), 0, Math.PI / 2, PIECES);
    }

    /// The chance that one of `pairs` independent |overlap|s exceeds sin(angle).
    private static double chanceOfExceeding(double angle, int dimensions, double pairs) {
        double cosine = Math.cos(angle);
        // The share beyond, not 1 less the share within: it keeps its digits where it is tiny.
        double beyond = Beta.regularizedBeta(cosine * cosine, (dimensions - 1) / 2.0, 0.5);
        return beyond >= 1 ? 1 : -Math.expm1(pairs * Math.log1p(-beyond));
    }

    private static void check(long vectors, int dimensions) {
        if (vectors < 2 || dimensions < 1) {
            throw new IllegalArgumentException(
                    "there are no overlaps of %d vectors in %d dimensions".formatted(vectors, dimensions));
        }
    }
}
