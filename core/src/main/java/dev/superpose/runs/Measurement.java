package dev.superpose.runs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// One row of a table, read: its numbers in their own units.
///
/// @param row as it stands
/// @param values positive and finite; of every meaning that was used and is there
/// @param group empty if there are none
/// @param run empty if it stands alone
record Measurement(TextTable.Row row, Map<Meaning, Double> values, String group, String run) {
    Measurement {
        var copy = new EnumMap<Meaning, Double>(Meaning.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    String place() {
        return row.place();
    }

    boolean has(Meaning meaning) {
        return values.containsKey(meaning);
    }

    double get(Meaning meaning) {
        Double value = values.get(meaning);
        if (value == null) {
            throw new IllegalArgumentException("%s: nothing is known of its %s".formatted(place(), meaning.word()));
        }
        return value;
    }

    double loss() {
        return get(Meaning.LOSS);
    }

    Measurement with(Meaning meaning, double value) {
        var more = new EnumMap<Meaning, Double>(Meaning.class);
        more.putAll(values);
        more.put(meaning, value);
        return new Measurement(row, more, group, run);
    }

    Measurement without(Meaning meaning) {
        var fewer = new EnumMap<Meaning, Double>(Meaning.class);
        fewer.putAll(values);
        fewer.remove(meaning);
        return new Measurement(row, fewer, group, run);
    }

    /// As [Runs] takes it.
    Runs.Run toRun() {
        var sizes = new EnumMap<Quantity, Double>(Quantity.class);
        values.forEach((meaning, value) -> meaning.quantity().ifPresent(quantity -> sizes.put(quantity, value)));
        double weight = values.getOrDefault(Meaning.WEIGHT, 1.0);
        return new Runs.Run(place(), new Sizes(sizes, group), loss(), weight, run);
    }
}
