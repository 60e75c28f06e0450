package dev.superpose.geometry;

import org.hipparchus.special.Gamma;

/// What the overlaps (cosines) of n unit vectors in m dimensions can be at best, and what they are by
/// chance.
public final class Bounds {
    private Bounds() {}

    /// The smallest possible mean of the squared overlap over pairs: (n - m) / (m (n - 1)), 0 for n ≤
    /// m. Reached exactly by tight frames (Welch 1974), whatever their largest overlap, so that random
    /// vectors come near it for n ≫ m.
    public static double welchMeanSquare(long n, int m) {
        check(n, m);
        return n <= m ? 0 : (double) (n - m) / ((double) m * (n - 1));
    }

    /// A lower bound of the largest |overlap|: Welch's √((n - m) / (m (n - 1))), and 1/√m (the
    /// orthoplex bound, Conway, Hardin and Sloane 1996) for n > m (m + 1) / 2, where it is the sharper
    /// one.
    public static double largestOverlap(long n, int m) {
        double welch = Math.sqrt(welchMeanSquare(n, m));
        return n > (long) m * (m + 1) / 2 ? Math.max(welch, 1 / Math.sqrt(m)) : welch;
    }

    /// The mean squared overlap of independent random directions, 1/m: it is Beta(1/2, (m - 1)/2).
    public static double randomMeanSquare(int m) {
        check(1, m);
        return 1.0 / m;
    }

    /// The variance of the squared overlap of independent random directions: 2 (m - 1) / (m² (m + 2)).
    public static double randomVarianceOfSquare(int m) {
        check(1, m);
        return 2 * (m - 1.0) / ((double) m * m * (m + 2.0));
    }

    /// The mean |overlap| of independent random directions: Γ(m/2) / (√π Γ((m + 1)/2)), near √(2/(πm))
    /// for large m.
    public static double randomMeanAbsolute(int m) {
        check(1, m);
        return Math.exp(Gamma.logGamma(m / 2.0) - Gamma.logGamma((m + 1) / 2.0)) / Math.sqrt(Math.PI);
    }

    private static void check(long n, int m) {
        if (n < 0 || m < 1) {
            throw new IllegalArgumentException("there are no %d vectors in %d dimensions".formatted(n, m));
        }
    }
}
