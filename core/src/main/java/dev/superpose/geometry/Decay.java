package dev.superpose.geometry;

import dev.superpose.stat.LineFit;

/// How fast a spectrum falls: λ_k ∝ k^-exponent, by the least squares line through ln λ_k over ln
/// k at the ranks 11 to r/2, each with the same weight, where r counts the eigenvalues above
/// 10^-12 of the largest.
///
/// The first ten ranks are left out because they hold common directions rather than the trend
/// (Stringer et al. 2019 fit from rank 11 too), the last half because any spectrum of finite
/// width falls off there. Eigenvalues of one matrix are not independent, so the standard error
/// tells how straight the line is, not how far another training would be off. The density of
/// eigenvalues falls as λ^-(1 + 1/exponent), which is the alpha of tools that fit the density.
///
/// @param exponent alpha; NaN, like the others, where fewer than ten ranks are left to fit
/// @param standardError of the exponent
/// @param rSquared share of the variance of ln λ that the line explains; NaN where λ does not
///     fall
/// @param firstRank the first rank fitted; 0 where none is
/// @param lastRank the last rank fitted; 0 where none is
public record Decay(double exponent, double standardError, double rSquared, int firstRank, int lastRank) {
    /// Of a spectrum that fixes no exponent.
    static final Decay UNKNOWN = new Decay(Double.NaN, Double.NaN, Double.NaN, 0, 0);

    private static final int FIRST_RANK = 11;
    private static final int FEWEST_RANKS = 10;
    // Below this share of the largest, eigenvalues of a float64 Gram matrix are rounding.
    private static final double ROUNDING = 1e-12;

    /// The decay of `eigenvalues`.
    static Decay of(Eigenvalues eigenvalues) {
        int rank = 0;
        while (rank < eigenvalues.count() && eigenvalues.at(rank + 1) > ROUNDING * eigenvalues.at(1)) {
            rank++;
        }
        int last = rank / 2;
        int ranks = last - FIRST_RANK + 1;
        if (ranks < FEWEST_RANKS) {
            return UNKNOWN;
        }
        var x = new double[ranks];
        var y = new double[ranks];
        for (int i = 0; i < ranks; i++) {
            x[i] = Math.log(FIRST_RANK + i);
            y[i] = Math.log(eigenvalues.at(FIRST_RANK + i));
        }
        LineFit line = LineFit.of(x, y);
        return new Decay(-line.slope(), line.slopeStandardError(), line.rSquared(), FIRST_RANK, last);
    }
}
