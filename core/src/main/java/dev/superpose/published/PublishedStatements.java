package dev.superpose.published;

import java.util.List;

/// Numbers that the paper states in words or prints in a figure, and that are in no table here.
public final class PublishedStatements {
    private PublishedStatements() {}

    /// An exponent of figure 1, as printed.
    ///
    /// @param law of the feature frequencies
    /// @param decay gamma
    /// @param firstWidth the least width its line goes through; the fits leave the smallest widths
    ///     out where the curve has not bent into its power law yet
    /// @param exponent minus the slope; NaN where none is printed
    /// @param standardError as printed; NaN where none is
    /// @param rSquared of the line, from the bars of figure 9a, read to 0.003
    public record LargeFit(
            FrequencyLaw law, double decay, int firstWidth, double exponent, double standardError, double rSquared) {}

    /// The exponents of figure 1 at n = 10240.
    public static List<LargeFit> largeFits() {
        double strong = PublishedToy.LARGE_STRONG_DECAY;
        double weak = PublishedToy.LARGE_WEAK_DECAY;
        return List.of(
                new LargeFit(FrequencyLaw.EXPONENTIAL, strong, 8, 1.01, 0.05, 0.984),
                new LargeFit(FrequencyLaw.POWER, strong, 32, 1.0, 0.1, 0.963),
                new LargeFit(FrequencyLaw.LINEAR, strong, 32, 0.89, 0.05, 0.987),
                new LargeFit(FrequencyLaw.EXPONENTIAL, weak, 8, Double.NaN, Double.NaN, 0.802),
                new LargeFit(FrequencyLaw.POWER, weak, 64, Double.NaN, Double.NaN, 0.991),
                new LargeFit(FrequencyLaw.LINEAR, weak, 8, Double.NaN, Double.NaN, 0.868));
    }

    /// The exponents printed in figure 14b, for the five densities of
    /// [PublishedToy#densityWidthLosses].
    public static List<ToyExponent> densityExponents() {
        return List.of(
                densityExponent(1, 1.12, 0.06),
                densityExponent(1.811, 1.12, 0.08),
                densityExponent(3.432, 1.1, 0.1),
                densityExponent(5.053, 1.1, 0.1),
                densityExponent(7.485, 1.1, 0.2));
    }

    private static ToyExponent densityExponent(double density, double exponent, double standardError) {
        // Printed to two digits: half of the last one is the error of reading.
        double rounding = exponent == 1.12 ? 0.005 : 0.05;
        return new ToyExponent(
                ToySetting.small(
                        1, ToySetting.density(density), PublishedToy.STRONG_DECAY, ToySetting.WIDTHS.getLast()),
                exponent,
                standardError,
                rounding);
    }

    /// What the paper says of phi_1: about min(1, m² / 2n).
    public static double claimedStrongFraction(int features, int width) {
        return Math.min(1, (double) width * width / (2.0 * features));
    }

    /// What the paper says of alpha_m in the strong regime at skewed frequencies: max(1,
    /// 2 (alpha - 1)).
    public static double claimedStrongExponent(double alpha) {
        return Math.max(1, 2 * (alpha - 1));
    }

    /// What the paper says of alpha_m in the weak regime for alpha above 1: alpha - 1. It holds for
    /// infinitely many features; for 1000 see [PublishedToy#weakIdeals].
    public static double claimedWeakExponent(double alpha) {
        return alpha - 1;
    }

    /// How the parameters of the four families grow with width, N ~ m^k.
    public static final double PARAMETER_EXPONENT = 2.51;

    /// Chinchilla's exponent of width as the paper derives it from that of parameters,
    /// and its error.
    public static final double CHINCHILLA_WIDTH_EXPONENT = 0.88;

    /// See [#CHINCHILLA_WIDTH_EXPONENT].
    public static final double CHINCHILLA_WIDTH_EXPONENT_ERROR = 0.06;
}
