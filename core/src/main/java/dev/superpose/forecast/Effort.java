package dev.superpose.forecast;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Form;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/// What orders runs from small to large, so that "beyond the data" has a meaning: a product of
/// powers of sizes.
///
/// @param formula in words, such as `C = 6 N D`
/// @param factor before the product
/// @param powers the power of each size
public record Effort(String formula, double factor, Map<Quantity, Double> powers) {

    public Effort {
        powers = Map.copyOf(powers);
        if (powers.isEmpty() || !(factor > 0)) {
            throw new IllegalArgumentException("effort is a positive factor times powers of at least one size");
        }
    }

    /// The effort that suits `form`.
    public static Effort of(Form form) {
        return of(List.of(form));
    }

    /// One effort for several laws, out of the sizes that they need, so that it is known wherever
    /// they are asked: the one size if there is only one; else training compute, 6 N D, with N ≈ 12
    /// m² l where only the shape is known (Kaplan et al. 2020, arXiv 2001.08361, section 2.1); else
    /// the width; else the first size.
    public static Effort of(Collection<? extends Form> forms) {
        var needed = EnumSet.noneOf(Quantity.class);
        forms.forEach(form -> needed.addAll(form.quantities()));
        if (needed.isEmpty()) {
            throw new IllegalArgumentException("a law without sizes has no effort");
        }
        if (needed.size() > 1 && needed.contains(Quantity.TOKENS)) {
            for (var parameters : List.of(Quantity.PARAMETERS, Quantity.NON_VOCABULARY_PARAMETERS)) {
                if (needed.contains(parameters)) {
                    return new Effort(
                            "C = 6 %s D".formatted(parameters.symbol()),
                            6,
                            Map.of(parameters, 1.0, Quantity.TOKENS, 1.0));
                }
            }
            if (needed.contains(Quantity.WIDTH) && needed.contains(Quantity.DEPTH)) {
                var powers = Map.of(Quantity.WIDTH, 2.0, Quantity.DEPTH, 1.0, Quantity.TOKENS, 1.0);
                return new Effort("C = 72 m^2 l D", 72, powers);
            }
        }
        return of(
                needed.contains(Quantity.WIDTH)
                        ? Quantity.WIDTH
                        : needed.iterator().next());
    }

    /// One size as the effort.
    public static Effort of(Quantity size) {
        return new Effort(size.symbol(), 1, Map.of(size, 1.0));
    }

    /// The natural logarithm of the effort at `sizes`.
    ///
    /// @throws IllegalArgumentException if a size is missing
    public double log(Sizes sizes) {
        double log = Math.log(factor);
        for (var power : new EnumMap<>(powers).entrySet()) {
            log += power.getValue() * Math.log(sizes.get(power.getKey()));
        }
        return log;
    }

    /// The natural logarithms of the effort of every run, `(runs)`.
    ///
    /// @throws IllegalArgumentException if not every run has the sizes
    public double[] logs(Runs runs) {
        double[] logs = new double[runs.count()];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(factor);
            for (var power : new EnumMap<>(powers).entrySet()) {
                logs[i] += power.getValue() * runs.log(power.getKey(), i);
            }
        }
        return logs;
    }
}
