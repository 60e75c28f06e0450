package dev.superpose.geometry;

import java.util.Optional;

/// What the rows of a model's matrix look like. A row has a direction if it is neither padding
/// nor zero nor broken; the rows that have one are the used rows, and every measure is of them
/// alone.
///
/// @param rows the rows of the matrix
/// @param used n, the used rows
/// @param width m
/// @param excluded which rows were left out, and how many of the used ones repeat an earlier one
/// @param norm of the used rows
/// @param represented shares of the used rows whose norm is not small
/// @param overlap cosines of pairs of used rows
/// @param pairs how these cosines are spread
/// @param centered the same after the mean used row was taken from each
/// @param isotropy whether the rows point everywhere alike
/// @param weighted overlaps by the frequencies of the rows, where they are known
/// @param spectrum of Wᵀ W over the used rows, neither scaled nor centred
/// @param centeredSpectrum of Σ (w_i - w̄)(w_i - w̄)ᵀ, n times the covariance
/// @param regime the verdict
/// @param arithmetic how the Gram matrices behind these values were computed
public record GeometryReport(
        long rows,
        long used,
        int width,
        Excluded excluded,
        RowNorms norm,
        Represented represented,
        Overlap overlap,
        PairDistribution pairs,
        Centered centered,
        Isotropy isotropy,
        Optional<FrequencyWeighted> weighted,
        Spectrum spectrum,
        Spectrum centeredSpectrum,
        Regime regime,
        Arithmetic arithmetic) {

    /// Counts of rows. A row is counted under the first that fits, in this order; duplicates
    /// alone are kept.
    ///
    /// @param padding stand for no token
    /// @param nonfinite hold NaN or an infinity
    /// @param zero hold only zeros
    /// @param duplicate used rows that are equal, bit for bit, to an earlier used row
    public record Excluded(long padding, long nonfinite, long zero, long duplicate) {}

    /// Shares of the used rows.
    ///
    /// @param absolute with norm > 1/2, phi_1/2 of the toy model: it depends on the scale of the
    ///     weights
    /// @param relative with norm > half the median norm: where most rows are small, they set the
    ///     median themselves
    /// @param byMeanSquare with norm > half the root mean square norm: free of scale, and low
    ///     where few rows carry the weight; the regime is judged by it
    /// @param aboveOne with norm > 1, phi_1 of the toy model
    public record Represented(double absolute, double relative, double byMeanSquare, double aboveOne) {}

    /// How a value over pairs was found.
    public enum Method {
        /// From all pairs.
        EXACT("exact"),
        /// From some rows, drawn at random, against all rows.
        SAMPLED("sampled"),
        /// From the same pairs, where the true value can only be larger.
        LOWER_BOUND("sampled, lower bound"),
        /// Not at all, since nobody asked for it: NaN.
        LEFT_OUT("left out");

        private final String label;

        Method(String label) {
            this.label = label;
        }

        /// The words for it in tables and JSON.
        public String label() {
            return label;
        }
    }

    /// A value over pairs.
    ///
    /// @param standardError of a sampled value; 0 of an exact one; NaN where none can be given
    public record Estimate(double value, Method method, double standardError) {}

    /// Overlaps ŵ_i · ŵ_j of unordered pairs of used rows; NaN where there is no pair.
    ///
    /// @param mean with their sign
    /// @param meanSquare of their squares
    /// @param meanAbs of their magnitudes
    /// @param maxAbs the largest magnitude
    /// @param welchMeanSquare the least mean square possible for n rows
    /// @param randomMeanSquare 1/m, of random directions
    /// @param meanSquareTimesWidth m · meanSquare: 1 for random directions
    public record Overlap(
            double mean,
            double meanSquare,
            Estimate meanAbs,
            Estimate maxAbs,
            double welchMeanSquare,
            double randomMeanSquare,
            double meanSquareTimesWidth) {}

    /// Overlaps of w_i - w̄ over pairs; a row equal to the mean row has no direction and is in
    /// none.
    ///
    /// @param method exact, or left out
    public record Centered(double mean, double meanSquare, Method method) {
        /// Where they were not asked for.
        static Centered leftOut() {
            return new Centered(Double.NaN, Double.NaN, Method.LEFT_OUT);
        }
    }
}
