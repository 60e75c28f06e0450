package dev.superpose.geometry;

/// Lower bounds of the largest |overlap| of n unit vectors in m real dimensions, each the sharpest
/// of these in its own range of n. Equal where the ranges of Welch and Levenshtein meet their
/// neighbours, except that the orthoplex bound sets in with a jump.
public enum OverlapBound {
    /// n ≤ m: orthogonal vectors have no overlap.
    ORTHOGONAL,
    /// m < n ≤ m (m + 1) / 2: √((n - m) / (m (n - 1))), reached by equiangular tight frames alone.
    /// Welch 1974, IEEE Trans. Inf. Theory 20.
    WELCH,
    /// m (m + 1) / 2 < n ≤ m (m + 2) / 2: 1/√m. Reached by mutually unbiased bases, of which there
    /// are at most m/2 + 1. Rankin 1955; for lines, Conway, Hardin and Sloane 1996.
    ORTHOPLEX,
    /// n > m (m + 2) / 2: √((3n - m² - 2m) / ((n - m)(m + 2))), reached by the 120 lines of E8 in
    /// eight dimensions. It goes to √(3/(m + 2)) for n → ∞. Levenshtein 1982, for m ≥ 3.
    LEVENSHTEIN;

    /// The sharpest for n = `vectors` in m = `dimensions`.
    ///
    /// @param vectors n, at least 0
    /// @param dimensions m, at least 1
    public static OverlapBound sharpest(long vectors, int dimensions) {
        Bounds.check(vectors, dimensions);
        if (vectors <= dimensions) {
            return ORTHOGONAL;
        }
        if (vectors <= (long) dimensions * (dimensions + 1) / 2) {
            return WELCH;
        }
        return vectors <= (long) dimensions * (dimensions + 2) / 2 ? ORTHOPLEX : LEVENSHTEIN;
    }

    /// The bound, whether or not it is the sharpest; valid outside its range too, but for
    /// [#ORTHOPLEX], which holds for n > m (m + 1) / 2 alone.
    ///
    /// @param vectors n, at least 0
    /// @param dimensions m, at least 1
    public double at(long vectors, int dimensions) {
        Bounds.check(vectors, dimensions);
        double n = vectors;
        double m = dimensions;
        return switch (this) {
            case ORTHOGONAL -> 0;
            case WELCH -> Math.sqrt(Bounds.welchMeanSquare(vectors, dimensions));
            case ORTHOPLEX -> {
                if (2 * n <= m * (m + 1)) {
                    throw new IllegalArgumentException("%d vectors in %d dimensions are too few for the orthoplex bound"
                            .formatted(vectors, dimensions));
                }
                yield 1 / Math.sqrt(m);
            }
            case LEVENSHTEIN -> n <= m ? 0 : Math.sqrt(Math.max(0, (3 * n - m * m - 2 * m) / ((n - m) * (m + 2))));
        };
    }
}
