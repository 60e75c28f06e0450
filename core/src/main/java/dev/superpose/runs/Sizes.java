package dev.superpose.runs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// Where a law is asked for a loss: the sizes of one run, measured or not.
///
/// @param values positive and finite
/// @param group which of the law's groups, such as a model family or a data set; empty where there is only one
public record Sizes(Map<Quantity, Double> values, String group) {

    public Sizes {
        var copy = new EnumMap<Quantity, Double>(Quantity.class);
        values.forEach((quantity, value) -> {
            if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "%s must be positive and finite, is %s".formatted(quantity.word(), value));
            }
            copy.put(quantity, value);
        });
        values = Collections.unmodifiableMap(copy);
    }

    /// One size, in no group.
    public static Sizes of(Quantity quantity, double value) {
        return new Sizes(Map.of(quantity, value), "");
    }

    /// N and D, in no group.
    public static Sizes of(double parameters, double tokens) {
        return new Sizes(Map.of(Quantity.PARAMETERS, parameters, Quantity.TOKENS, tokens), "");
    }

    /// The same with one more size, or another value of it.
    public Sizes with(Quantity quantity, double value) {
        var more = new EnumMap<Quantity, Double>(Quantity.class);
        more.putAll(values);
        more.put(quantity, value);
        return new Sizes(more, group);
    }

    /// The same in the group called `name`.
    public Sizes in(String name) {
        return new Sizes(values, name);
    }

    /// Whether this size is given.
    public boolean has(Quantity quantity) {
        return values.containsKey(quantity);
    }

    /// The value of `quantity`.
    ///
    /// @throws IllegalArgumentException if it is not given
    public double get(Quantity quantity) {
        var value = values.get(quantity);
        if (value == null) {
            throw new IllegalArgumentException("the law needs the size %s (%s), given are %s"
                    .formatted(quantity.symbol(), quantity.word(), values.keySet()));
        }
        return value;
    }
}
