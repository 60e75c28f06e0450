package dev.superpose.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One axis of a plot: what it shows, with its unit, and the range it covers.
///
/// @param title the quantity and its unit; empty for an axis that is not drawn
/// @param log whether equal distances are equal ratios
/// @param from the lower end
/// @param to the upper end
/// @param ticks where numbers stand; empty to leave the choice to the renderer
/// @param words what stands at 0, 1, 2, ... instead of numbers, on an axis of kinds; else empty
record Axis(String title, boolean log, double from, double to, List<Double> ticks, List<String> words) {
    private static final double[] FEW = {1};
    private static final double[] SOME = {1, 2, 5};
    private static final double[] MANY = {1, 1.5, 2, 3, 4, 5, 6, 8};
    private static final int CROWDED = 9;
    private static final int SPARSE = 3;
    private static final double WIDE = 3;
    private static final double BILLIONS = 1e7;
    private static final double POWERS = 1e15;

    Axis {
        if (!(Double.isFinite(from) && Double.isFinite(to) && from < to)) {
            throw new IllegalArgumentException("axis '%s' cannot run from %s to %s".formatted(title, from, to));
        }
        if (log && from <= 0) {
            throw new IllegalArgumentException("logarithmic axis '%s' cannot start at %s".formatted(title, from));
        }
        ticks = List.copyOf(ticks);
        words = List.copyOf(words);
    }

    /// An axis of numbers.
    Axis(String title, boolean log, double from, double to, List<Double> ticks) {
        this(title, log, from, to, ticks, List.of());
    }

    /// An axis of kinds in their order, each as wide as the other.
    static Axis kinds(String title, List<String> words) {
        var places = IntStream.range(0, words.size()).mapToObj(i -> (double) i).toList();
        return new Axis(title, false, -0.5, words.size() - 0.5, places, words);
    }

    /// A logarithmic axis that holds every positive value given, with some air around them.
    static Axis log(String title, Iterable<Double> values) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double value : values) {
            if (value > 0 && Double.isFinite(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        if (most == 0) {
            least = 1;
            most = 10;
        }
        double air = Math.max(Math.pow(most / least, 0.06), 1.08);
        return logBetween(title, least / air, most * air);
    }

    /// A logarithmic axis with readable numbers: 1, 2, 5, 10, ... or whole decades if
    /// those would crowd.
    static Axis logBetween(String title, double from, double to) {
        var bare = new Axis(title, true, from, to, List.of());
        List<Double> ticks = decadeTicks(from, to, SOME);
        if (ticks.size() < SPARSE) {
            ticks = decadeTicks(from, to, MANY);
        } else if (ticks.size() > CROWDED) {
            ticks = decadeTicks(from, to, FEW);
        }
        while (ticks.size() > CROWDED) {
            ticks = everyOther(ticks);
        }
        return new Axis(title, true, bare.from, bare.to, ticks);
    }

    /// An axis for losses: logarithmic where they span a factor of 3, else linear, where a
    /// logarithmic axis would hardly find two numbers to show.
    static Axis loss(String title, Iterable<Double> values) {
        var logarithmic = log(title, values);
        if (logarithmic.to / logarithmic.from > WIDE) {
            return logarithmic;
        }
        return linear(title, logarithmic.from, logarithmic.to);
    }

    static Axis linear(String title, double from, double to) {
        return new Axis(title, false, from, to, List.of());
    }

    /// A linear axis that holds every finite value given, with some air around them.
    static Axis linear(String title, Iterable<Double> values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        if (least > most) {
            least = 0;
            most = 1;
        }
        double air = most > least ? 0.06 * (most - least) : Math.max(0.5 * Math.abs(least), 0.5);
        // What is never negative starts at 0, not below.
        double foot = least >= 0 ? Math.max(0, least - air) : least - air;
        return linear(title, foot, most + air);
    }

    private static List<Double> decadeTicks(double from, double to, double[] steps) {
        var ticks = new ArrayList<Double>();
        int first = (int) Math.floor(Math.log10(from));
        int last = (int) Math.ceil(Math.log10(to));
        for (int decade = first; decade <= last; decade++) {
            for (double step : steps) {
                // Through the decimal text, so that 0.3 is 0.3 and not 0.30000000000000004.
                double tick = Double.parseDouble(step + "e" + decade);
                if (tick >= from && tick <= to) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private static List<Double> everyOther(List<Double> ticks) {
        var kept = new ArrayList<Double>();
        for (int i = 0; i < ticks.size(); i += 2) {
            kept.add(ticks.get(i));
        }
        return kept;
    }

    /// Fails unless `value` can be drawn on this axis.
    void check(double value) {
        if (!Double.isFinite(value) || (log && value <= 0)) {
            throw new IllegalArgumentException("%s cannot be drawn on axis '%s'".formatted(value, title));
        }
    }

    /// How far along the axis `value` lies: 0 at the lower end, 1 at the upper.
    double fraction(double value) {
        return log ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
    }

    /// The encoding of `field` on this axis; `reversed` puts the lower end on top or to the right.
    ObjectNode encoding(String field, boolean reversed, boolean atRight) {
        ObjectNode encoding = JsonNodeFactory.instance.objectNode();
        encoding.put("field", field).put("type", "quantitative");
        ObjectNode scale = encoding.putObject("scale");
        if (log) {
            scale.put("type", "log");
        } else {
            scale.put("zero", false);
        }
        if (reversed) {
            scale.put("reverse", true);
        }
        scale.put("nice", false);
        scale.putArray("domain").add(from).add(to);
        if (title.isEmpty()) {
            encoding.putNull("axis");
            return encoding;
        }
        encoding.put("title", title);
        ObjectNode axis = encoding.putObject("axis");
        axis.put("format", log ? ",~g" : ",~r");
        if (!words.isEmpty()) {
            ArrayNode labels = JsonNodeFactory.instance.arrayNode();
            words.forEach(labels::add);
            axis.put("labelExpr", labels + "[datum.value]")
                    .put("grid", false)
                    .put("domain", false)
                    .put("tickSize", 0);
        }
        if (to >= BILLIONS) {
            // Parameters and tokens as people say them, 7B and 1.4T; compute, which has no such words, as 1e21.
            axis.put(
                    "labelExpr",
                    to < POWERS
                            ? "replace(format(datum.value, '.3~s'), 'G', 'B')"
                            : "replace(format(datum.value, '~e'), 'e+', 'e')");
        }
        if (atRight) {
            axis.put("orient", "right");
        }
        if (!ticks.isEmpty()) {
            ArrayNode values = axis.putArray("values");
            ticks.forEach(tick -> values.add((double) tick));
        } else if (!log) {
            axis.put("tickCount", 6);
        }
        return encoding;
    }
}
