package dev.superpose.geometry;

/// How far the rows are from pointing everywhere alike. All are NaN where there is nothing to
/// compare.
///
/// @param meanShare n ‖w̄‖² / Σ‖w_i‖², the share of the squared norm that the mean row w̄
///     carries: 0 for centred rows, 1 if all are equal, near 1/n for random ones
/// @param commonDirectionShare the part of the mean squared overlap that goes when the mean row
///     is taken from each: 1 - centred mean square / mean square. It is negative if centring
///     brings rows nearer, and NaN where rows are orthogonal or all of them equal.
/// @param excessOverWelch mean squared overlap above Welch's bound; for n ≥ m it is, but for the
///     factor n² / (m n (n - 1)), the squared coefficient of variation of the eigenvalues of ÛᵀÛ,
///     Û the unit rows: all of it is unequal use of directions
/// @param isoScore of Rudman et al. (2022), (P - 1) / (m - 1) with P the participation ratio of
///     the centred spectrum: 0 for a line, 1 for a covariance that is the same in all directions;
///     NaN for m = 1
/// @param partitionRatio least over largest partition function Σ exp(c · w_i) over unit vectors c
///     (Arora et al. 2016), to second order as Mu and Viswanath (2018, section 2) give it, of
///     rows divided by their root mean square norm: 1 for isotropic ones
public record Isotropy(
        double meanShare, double commonDirectionShare, double excessOverWelch, double isoScore, double partitionRatio) {

    /// @param n how many rows
    /// @param m their width
    /// @param meanNorm ‖w̄‖
    /// @param rms root mean square norm of the rows
    /// @param meanSquare of the overlaps
    /// @param centeredMeanSquare of the overlaps of centred rows
    static Isotropy of(
            long n,
            int m,
            double meanNorm,
            double rms,
            double meanSquare,
            double centeredMeanSquare,
            Spectrum spectrum,
            Spectrum centered) {
        double share = meanNorm / rms;
        return new Isotropy(
                share * share,
                meanSquare > 0 ? 1 - centeredMeanSquare / meanSquare : Double.NaN,
                meanSquare - Bounds.welchMeanSquare(n, m),
                m > 1 ? (centered.participationRatio() - 1) / (m - 1) : Double.NaN,
                partitionRatio(n, share, rms, spectrum.eigenvalues()));
    }

    /// (n - ‖Σw‖ + σ²_min / 2) / (n + ‖Σw‖ + σ²_max / 2), divided by n, of rows of root mean
    /// square norm 1.
    private static double partitionRatio(long n, double share, double rms, Eigenvalues eigenvalues) {
        double least = Math.max(eigenvalues.at(eigenvalues.count()), 0) / (rms * rms * n);
        double largest = eigenvalues.at(1) / (rms * rms * n);
        return (1 - share + least / 2) / (1 + share + largest / 2);
    }
}
