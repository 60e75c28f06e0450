package dev.superpose.geometry;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/// What the overlaps (cosines) of n unit vectors in m dimensions can be at best, and what they
/// are by chance.
public final class Bounds {
    private Bounds() {}

    /// The smallest possible mean of the squared overlap over pairs: (n - m) / (m (n - 1)), 0 for
    /// n ≤ m. Reached exactly by tight frames (Welch 1974), whatever their largest overlap, so
    /// that random vectors come near it for n ≫ m.
    public static double welchMeanSquare(long n, int m) {
        check(n, m);
        return n <= m ? 0 : (double) (n - m) / ((double) m * (n - 1));
    }

    /// A lower bound of the largest |overlap|: the sharpest of [OverlapBound].
    public static double largestOverlap(long n, int m) {
        return OverlapBound.sharpest(n, m).at(n, m);
    }

    /// The mean squared overlap of independent random directions, 1/m: it is Beta(1/2, (m - 1)/2).
    public static double randomMeanSquare(int m) {
        check(1, m);
        return 1.0 / m;
    }

    /// The variance of the squared overlap of independent random directions: 2 (m - 1) /
    /// (m² (m + 2)).
    public static double randomVarianceOfSquare(int m) {
        check(1, m);
        return 2 * (m - 1.0) / ((double) m * m * (m + 2.0));
    }

    /// The mean |overlap| of independent random directions: Γ(m/2) / (√π Γ((m + 1)/2)), near
    /// √(2/(πm)) for large m.
    public static double randomMeanAbsolute(int m) {
        check(1, m);
        return Math.exp(Gamma.logGamma(m / 2.0) - Gamma.logGamma((m + 1) / 2.0)) / Math.sqrt(Math.PI);
    }

    /// The share of independent random directions whose |overlap| is at most `size`: the squared
    /// overlap is Beta(1/2, (m - 1)/2), and of either sign with the same chance. Good to about
    /// 1e-14 absolute.
    public static double randomShareWithin(int m, double size) {
        check(1, m);
        if (!(size > 0 && size < 1)) {
            return size >= 1 ? 1 : 0;
        }
        return m == 1 ? 0 : Beta.regularizedBeta(size * size, 0.5, (m - 1) / 2.0);
    }

    /// The share of independent random directions whose overlap lies from `low` up to `high`, both
    /// between -1 and 1.
    public static double randomShareBetween(int m, double low, double high) {
        if (!(low >= -1 && low <= high && high <= 1)) {
            throw new IllegalArgumentException("overlaps lie between -1 and 1, not %s and %s".formatted(low, high));
        }
        // In one dimension the overlap is -1 or 1: only a range that reaches an end holds any.
        double above = low <= -1 ? -1 : signedShare(m, low);
        double below = high >= 1 ? 1 : signedShare(m, high);
        return (below - above) / 2;
    }

    /// Twice the share between 0 and `overlap`, with its sign.
    private static double signedShare(int m, double overlap) {
        return Math.copySign(randomShareWithin(m, Math.abs(overlap)), overlap);
    }

    /// The |overlap| that a share `q` of independent random directions does not exceed.
    public static double randomQuantile(int m, double q) {
        check(1, m);
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("a quantile lies between 0 and 1, is " + q);
        }
        double low = 0;
        double high = 1;
        // Halving always ends: 60 steps, or where no double lies between.
        for (int step = 0; step < 60; step++) {
            double middle = (low + high) / 2;
            if (randomShareWithin(m, middle) < q) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    static void check(long n, int m) {
        if (n < 0 || m < 1) {
            throw new IllegalArgumentException("there are no %d vectors in %d dimensions".formatted(n, m));
        }
    }
}
