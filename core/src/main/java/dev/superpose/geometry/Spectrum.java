package dev.superpose.geometry;

/// How many directions a matrix W really uses, by the eigenvalues λ of Wᵀ W (the squared singular
/// values), W as it is: neither scaled nor centred. Each measure lies between 1 and m; all are NaN if
/// there is no eigenvalue above 0.
///
/// @param participationRatio (Σλ)² / Σλ²
/// @param effectiveRank exp(-Σ p ln p), p = λ / Σλ. Roy and Vetterli (2007) take the singular values
///     instead.
/// @param stableRank Σλ / max λ
public record Spectrum(double participationRatio, double effectiveRank, double stableRank) {

    /// The measures of `eigenvalues`; what is below 0 by rounding counts as 0.
    static Spectrum of(double[] eigenvalues) {
        double largest = 0;
        for (double value : eigenvalues) {
            largest = Math.max(largest, value);
        }
        if (!(largest > 0) || Double.isInfinite(largest)) {
            return new Spectrum(Double.NaN, Double.NaN, Double.NaN);
        }
        double sum = 0;
        double squares = 0;
        for (double value : eigenvalues) {
            // Relative to the largest: squares of tiny or huge eigenvalues would leave the range of a double.
            double scaled = Math.max(value / largest, 0);
            sum += scaled;
            squares += scaled * scaled;
        }
        double entropy = 0;
        for (double value : eigenvalues) {
            double p = Math.max(value / largest, 0) / sum;
            entropy -= p > 0 ? p * Math.log(p) : 0;
        }
        return new Spectrum(sum * sum / squares, Math.exp(entropy), sum);
    }
}
