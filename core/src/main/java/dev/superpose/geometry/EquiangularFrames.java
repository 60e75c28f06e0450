package dev.superpose.geometry;

/// Where n vectors in m real dimensions may be an equiangular tight frame, the packing that reaches
/// Welch's bound.
public final class EquiangularFrames {
    private EquiangularFrames() {}

    /// Whether what is known to be necessary is met: n ≤ m + 1, where orthogonal vectors and the
    /// simplex always exist; else n ≤ m (m + 1)/2 and n ≤ (n - m)(n - m + 1)/2 (Gerzon), and the
    /// conditions on whole numbers of Sustik, Tropp, Dhillon and Heath 2007 (Linear Algebra and its
    /// Applications 426, theorems A to C): for n ≠ 2m, √(m (n - 1)/(n - m)) and √((n - m)(n - 1)/m)
    /// are odd; for n = 2m, m is odd and 2m - 1 a sum of two squares. They are not sufficient: 76
    /// in 19 dimensions meet them and do not exist.
    ///
    /// @param vectors n, at least 1
    /// @param dimensions m, at least 1
    public static boolean mayExist(int vectors, int dimensions) {
        Bounds.check(vectors, dimensions);
        // As long, because their products exceed an int.
        long n = vectors;
        long m = dimensions;
        long rest = n - m;
        if (rest <= 1 || m == 1) {
            return true;
        }
        if (n > m * (m + 1) / 2 || n > rest * (rest + 1.0) / 2) {
            return false;
        }
        if (rest == m) {
            return m % 2 == 1 && isSumOfTwoSquares(2 * m - 1);
        }
        return isSquareOfOdd(m * (n - 1), rest) && isSquareOfOdd(rest * (n - 1), m);
    }

    private static boolean isSquareOfOdd(long numerator, long denominator) {
        if (numerator % denominator != 0) {
            return false;
        }
        long square = numerator / denominator;
        long root = Math.round(Math.sqrt((double) square));
        return root * root == square && root % 2 == 1;
    }

    private static boolean isSumOfTwoSquares(long number) {
        for (long a = 0; 2 * a * a <= number; a++) {
            long rest = number - a * a;
            long root = Math.round(Math.sqrt((double) rest));
            if (root * root == rest) {
                return true;
            }
        }
        return false;
    }
}
