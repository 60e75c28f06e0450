package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Laws that are no plain sum of powers: a formula for one run, with its derivatives, the same for
/// all groups.
public abstract sealed class CurveForm implements Form permits KaplanForm, RepeatedData, BrokenPower {
    private final Map<String, Double> held;

    /// @param held parameters that are given instead of fitted, by name, as the value itself
    CurveForm(Map<String, Double> held) {
        this.held = Collections.unmodifiableMap(new LinkedHashMap<>(held));
    }

    /// The parameters that are given instead of fitted, by name.
    public final Map<String, Double> held() {
        return held;
    }

    /// All parameters in the order of the vectors, as if none were held.
    abstract List<Parameter> open();

    /// The sizes, in the order in which [#logLoss(double[], double[], double[])] takes them.
    abstract List<Quantity> sizes();

    /// ln loss of one run.
    ///
    /// @param vector `(parameters)`
    /// @param logs natural logarithms of the sizes, `(sizes)`
    /// @param gradient `(parameters)`, filled: ∂ ln loss / ∂ vector
    abstract double logLoss(double[] vector, double[] logs, double[] gradient);

    /// The shares of [Form#shares] from logarithms of the sizes, `(sizes)`.
    abstract Map<String, Double> shares(double[] vector, double[] logs);

    /// What to take off the logarithms of the sizes, `(sizes)`: their `means`, or 0 where a
    /// parameter that would move with the size is held.
    abstract double[] centres(double[] means);

    /// Turns `vector` into that of the same law where all logarithms of sizes are less by `by`,
    /// `(sizes)`.
    abstract void move(double[] vector, double[] by);

    /// Fills in a random starting point.
    abstract void start(CurveStart start);

    /// The same form with other parameters held.
    abstract CurveForm with(Map<String, Double> others);

    final boolean isHeld(String name) {
        return held.containsKey(name);
    }

    @Override
    public final Set<Quantity> quantities() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(sizes()));
    }

    @Override
    public final List<Parameter> parameters(List<String> groups) {
        return open().stream()
                .map(parameter -> new Parameter(parameter.name(), parameter.kind(), isHeld(parameter.name())))
                .toList();
    }

    @Override
    public final double logLoss(double[] vector, Sizes at, List<String> groups) {
        return logLoss(vector, logs(at), new double[vector.length]);
    }

    @Override
    public final Map<String, Double> shares(double[] vector, Sizes at, List<String> groups) {
        return shares(vector, logs(at));
    }

    private double[] logs(Sizes at) {
        return sizes().stream().mapToDouble(size -> Math.log(at.get(size))).toArray();
    }

    @Override
    public final BoundForm bind(Runs runs) {
        return new BoundCurve(this, runs);
    }

    @Override
    public final CurveForm holding(String name, double value) {
        var parameter = open().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s has no parameter %s: it is %s".formatted(word(), name, formula())));
        boolean possible = switch (parameter.kind()) {
            case FLOOR -> value >= 0;
            case COEFFICIENT, SIZE -> value > 0;
            case EXPONENT -> true;
        };
        if (!Double.isFinite(value) || !possible) {
            throw new IllegalArgumentException("%s cannot be held at %s".formatted(name, value));
        }
        var more = new LinkedHashMap<>(held);
        more.put(name, value);
        return with(more);
    }

    /// Shares by name, in the order of the names.
    static Map<String, Double> shares(List<String> names, double... values) {
        var shares = new LinkedHashMap<String, Double>();
        for (int k = 0; k < values.length; k++) {
            shares.put(names.get(k), values[k]);
        }
        return shares;
    }

    /// Parameters of `kind` called `names`.
    static List<Parameter> named(Kind kind, String... names) {
        var parameters = new ArrayList<Parameter>();
        for (String name : names) {
            parameters.add(new Parameter(name, kind, false));
        }
        return parameters;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof CurveForm that
                && word().equals(that.word())
                && sizes().equals(that.sizes())
                && held.equals(that.held);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(word(), sizes(), held);
    }

    @Override
    public final String toString() {
        return "%s: %s, held %s".formatted(word(), formula(), held);
    }
}
