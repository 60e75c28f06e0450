package dev.superpose.geometry;

/// How many directions a matrix W really uses, by the eigenvalues λ of Wᵀ W (the squared singular
/// values). Each count lies between 1 and m; all are NaN if there is no eigenvalue above 0.
///
/// @param participationRatio (Σλ)² / Σλ²
/// @param effectiveRank exp(-Σ p ln p), p = λ / Σλ. Roy and Vetterli (2007) take the singular
///     values instead.
/// @param stableRank Σλ / max λ
/// @param decay how fast the eigenvalues fall
/// @param eigenvalues all m of them
public record Spectrum(
        double participationRatio, double effectiveRank, double stableRank, Decay decay, Eigenvalues eigenvalues) {
    /// Of a matrix with numbers that are not finite.
    static final Spectrum UNKNOWN = unknown(Eigenvalues.NONE);

    /// The measures of eigenvalues in rising order; what is below 0 by rounding counts as 0.
    static Spectrum of(double[] rising) {
        Eigenvalues eigenvalues = Eigenvalues.ofRising(rising);
        double largest = rising.length == 0 ? 0 : eigenvalues.at(1);
        if (!(largest > 0) || Double.isInfinite(largest)) {
            return unknown(eigenvalues);
        }
        double sum = 0;
        double squares = 0;
        for (double value : rising) {
            // Relative to the largest: squares of tiny or huge eigenvalues would leave the range of a double.
            double scaled = Math.max(value / largest, 0);
            sum += scaled;
            squares += scaled * scaled;
        }
        double entropy = 0;
        for (double value : rising) {
            double p = Math.max(value / largest, 0) / sum;
            entropy -= p > 0 ? p * Math.log(p) : 0;
        }
        return new Spectrum(sum * sum / squares, Math.exp(entropy), sum, Decay.of(eigenvalues), eigenvalues);
    }

    private static Spectrum unknown(Eigenvalues eigenvalues) {
        return new Spectrum(Double.NaN, Double.NaN, Double.NaN, Decay.UNKNOWN, eigenvalues);
    }
}
