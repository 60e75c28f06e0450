package dev.superpose.models;

import dev.superpose.published.PublishedModels;
import dev.superpose.stat.LineFit;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

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

    /// The exponent of the models with published losses, by the sizes that their makers name
    /// ([ModelShapes]); each model counts once.
    ///
    /// Throws IllegalArgumentException if the size of one is not known.
    public static ParameterExponent of(List<PublishedModels.ModelLoss> losses) {
        var widths = new TreeMap<String, Double>();
        losses.forEach(loss -> widths.put(loss.model(), (double) loss.width()));
        return of(
                widths.values().stream().mapToDouble(Double::doubleValue).toArray(),
                widths.keySet().stream()
                        .mapToDouble(name -> ModelShapes.parameters(name)
                                .orElseThrow(() -> new IllegalArgumentException("no size is known of " + name)))
                        .toArray());
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
