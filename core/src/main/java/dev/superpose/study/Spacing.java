package dev.superpose.study;

import dev.superpose.result.InputException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/// Equally spaced values of an axis, declared as `{from: 10, to: 100, count: 6}`.
///
/// @param key the axis
/// @param section where it stands
/// @param count how many values, the ends among them
record Spacing(String key, YamlSection section, int count) {
    private static final int MOST = 1_000;
    private static final MathContext DIGITS = new MathContext(40);

    /// The spacing that `mapping` declares for `key`.
    static Spacing of(YamlSection parent, YamlTree.Mapping mapping, String key) throws InputException {
        var section = new YamlSection(parent.source(), mapping);
        section.allow(List.of("from", "to", "count"));
        int count = section.whole(section.needed("count"), "count", 2);
        if (count > MOST) {
            throw section.wrong(mapping, "a count of at most %,d".formatted(MOST), "" + count);
        }
        return new Spacing(key, section, count);
    }

    /// Whole numbers, equally spaced in the logarithm and rounded down, as the paper's widths are.
    List<Integer> octaves() throws InputException {
        int from = section.whole(section.needed("from"), "from", 1);
        int to = section.whole(section.needed("to"), "to", 1);
        rising(from, to);
        var values = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            // The nudge keeps a width that should be whole, such as the first, from being rounded below itself.
            int value = i == count - 1 ? to : (int) StrictMath.floor(geometric(from, to, i) + 1e-9);
            if (!values.isEmpty() && values.getLast() == value) {
                throw section.wrong(section.mapping(), key + " that differ", value + " twice; lower the count");
            }
            values.add(value);
        }
        return values;
    }

    /// Numbers above 0, equally spaced in the logarithm.
    List<Double> geometric(DoublePredicate inRange) throws InputException {
        double from = end("from", value -> value > 0 && inRange.test(value));
        double to = end("to", value -> value > 0 && inRange.test(value));
        rising(from, to);
        return IntStream.range(0, count)
                .mapToObj(i -> i == 0 ? from : i == count - 1 ? to : geometric(from, to, i))
                .toList();
    }

    /// Equally spaced numbers: each the double nearest to what the ends, as written, make
    /// it, such as
    /// -7/9 between -1 and 1.
    List<Double> even(DoublePredicate inRange) throws InputException {
        double from = end("from", inRange);
        double to = end("to", inRange);
        if (from == to) {
            throw section.wrong(section.mapping(), key + " from one number to another", from + " twice");
        }
        var first = new BigDecimal(Double.toString(from));
        var last = new BigDecimal(Double.toString(to));
        var steps = BigDecimal.valueOf(count - 1L);
        return IntStream.range(0, count)
                .mapToObj(i -> first.multiply(BigDecimal.valueOf(count - 1L - i))
                        .add(last.multiply(BigDecimal.valueOf(i)))
                        .divide(steps, DIGITS)
                        .doubleValue())
                .toList();
    }

    private double end(String name, DoublePredicate inRange) throws InputException {
        return section.real(section.needed(name), "'%s' to be a possible %s".formatted(name, key), inRange);
    }

    private void rising(double from, double to) throws InputException {
        if (from >= to) {
            throw section.wrong(
                    section.mapping(),
                    key + " {from: 10, to: 100, count: 6} with from < to",
                    section.mapping().describe());
        }
    }

    private double geometric(double from, double to, int i) {
        double share = i / (count - 1.0);
        return StrictMath.exp(StrictMath.log(from) + share * (StrictMath.log(to) - StrictMath.log(from)));
    }
}
