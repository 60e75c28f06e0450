package dev.superpose.models;

import dev.superpose.stat.LineFit;
import java.util.Arrays;

/// How the number of parameters of a family of models grows with their width, N ~ m^k: it turns an
/// exponent of parameters into one of width, alpha_m = k alpha_N, if models of a family grow by one
/// plan.
///
/// @param line of ln N over ln m
public record ParameterExponent(LineFit line) {

    /// The exponent of some models.
    ///
    /// @param widths m, (models)
    /// @param parameters N, (models)
    public static ParameterExponent of(double[] widths, double[] parameters) {
        return new ParameterExponent(LineFit.of(
                Arrays.stream(widths).map(Math::log).toArray(),
                Arrays.stream(parameters).map(Math::log).toArray()));
    }

    /// k.
    public double value() {
        return line.slope();
    }

    /// Its standard error.
    public double standardError() {
        return line.slopeStandardError();
    }

    /// alpha_m = k alpha_N, its error from both, which are independent.
    ///
    /// @param exponent alpha_N
    /// @param standardError of alpha_N
    public WidthExponent ofWidth(double exponent, double standardError) {
        return new WidthExponent(value() * exponent, Math.hypot(value() * standardError, standardError() * exponent));
    }

    /// An exponent of width.
    ///
    /// @param value alpha_m
    /// @param standardError of it
    public record WidthExponent(double value, double standardError) {}
}
