package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.result.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/// A mapping of a study file, read key by key: whatever does not fit is told with its line.
///
/// @param source what to call the file in messages
/// @param mapping what is read
record YamlSection(String source, YamlTree.Mapping mapping) {

    /// A value and the line it stands in.
    record Located<T>(T value, int line) {}

    /// What reads one item of a list.
    @FunctionalInterface
    interface Item<T> {
        T read(YamlTree tree) throws InputException;
    }

    /// @throws InputException if `tree` is no mapping
    static YamlSection of(String source, YamlTree tree, String expected) throws InputException {
        if (tree instanceof YamlTree.Mapping mapping) {
            return new YamlSection(source, mapping);
        }
        throw new InputException(source, YamlTree.place(tree.line()), expected, tree.describe(), "");
    }

    /// Refuses every key that is not in `allowed`, naming the nearest one that is.
    void allow(Collection<String> allowed) throws InputException {
        for (var key : mapping.entries().keySet()) {
            if (!allowed.contains(key.text())) {
                String near = Spelling.nearest(key.text(), allowed)
                        .map(word -> "did you mean '" + word + "'? ")
                        .orElse("");
                throw new InputException(
                        source,
                        YamlTree.place(key.line()),
                        "a known key",
                        "'" + key.text() + "'",
                        near + "known: " + String.join(", ", allowed));
            }
        }
    }

    /// The value at `key`.
    Optional<YamlTree> find(String key) {
        return mapping.entries().entrySet().stream()
                .filter(entry -> entry.getKey().text().equals(key))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// The line of `key`, or of the whole section if it is not there.
    int line(String key) {
        return mapping.entries().keySet().stream()
                .filter(entry -> entry.text().equals(key))
                .mapToInt(YamlTree.Scalar::line)
                .findFirst()
                .orElse(mapping.line());
    }

    /// The word at `key`, or `fallback`.
    String text(String key, String fallback) throws InputException {
        var tree = find(key);
        return tree.isEmpty() ? fallback : scalar(tree.get(), key + " to be a word or sentence");
    }

    /// The whole number at `key`, or `fallback`.
    int whole(String key, int least, int fallback) throws InputException {
        var tree = find(key);
        return tree.isEmpty() ? fallback : whole(tree.get(), key, least);
    }

    /// The real number at `key`, or `fallback`.
    double real(String key, String range, DoublePredicate inRange, double fallback) throws InputException {
        var tree = find(key);
        return tree.isEmpty() ? fallback : real(tree.get(), key + " to be " + range, inRange);
    }

    /// The value at `key`, which has to be there.
    YamlTree needed(String key) throws InputException {
        var tree = find(key);
        if (tree.isEmpty()) {
            throw wrong(mapping, "the key '" + key + "'", mapping.describe());
        }
        return tree.get();
    }

    /// The real numbers at `key`: a list, a single one, or a range such as `{from: -1, to: 1,
    /// count: 10}`, equally spaced. Empty if the key is missing.
    List<Located<Double>> reals(String key, String range, DoublePredicate inRange) throws InputException {
        if (find(key).orElse(null) instanceof YamlTree.Mapping mapped) {
            return Spacing.of(this, mapped, key).even(inRange).stream()
                    .map(value -> new Located<>(value, mapped.line()))
                    .toList();
        }
        return list(key, item -> real(item, key + " to be " + range, inRange));
    }

    /// The list at `key`, or a single item standing for a list of one: not empty, all different.
    /// Empty if the key is missing.
    <T> List<Located<T>> list(String key, Item<T> item) throws InputException {
        var tree = find(key);
        if (tree.isEmpty()) {
            return List.of();
        }
        List<YamlTree> trees = tree.get() instanceof YamlTree.Sequence(int line, var items)
                ? notEmpty(key, line, items)
                : List.of(tree.get());
        var seen = new HashSet<T>();
        var values = new ArrayList<Located<T>>();
        for (var each : trees) {
            T value = item.read(each);
            if (!seen.add(value)) {
                throw wrong(each, key + " to differ from each other", each.describe() + " twice");
            }
            values.add(new Located<>(value, each.line()));
        }
        return List.copyOf(values);
    }

    /// The numbers at `key`, which must be there; unlike the values of an axis they may repeat.
    List<Double> numbers(String key, String expected, DoublePredicate inRange) throws InputException {
        var tree = needed(key);
        if (!(tree instanceof YamlTree.Sequence(int line, var items))) {
            throw wrong(tree, key + " to be a list of numbers", tree.describe());
        }
        var numbers = new ArrayList<Double>();
        for (var item : notEmpty(key, line, items)) {
            numbers.add(real(item, expected, inRange));
        }
        return List.copyOf(numbers);
    }

    private List<YamlTree> notEmpty(String key, int line, List<YamlTree> items) throws InputException {
        if (items.isEmpty()) {
            throw new InputException(
                    source, YamlTree.place(line), key + " to hold at least one value", "an empty list", "");
        }
        return items;
    }

    /// A word or number as it stands.
    String scalar(YamlTree tree, String expected) throws InputException {
        if (tree instanceof YamlTree.Scalar scalar && !scalar.text().isEmpty()) {
            return scalar.text();
        }
        throw wrong(tree, expected, tree.describe());
    }

    /// A whole number of at least `least`.
    int whole(YamlTree tree, String key, int least) throws InputException {
        String expected = key + " to be a whole number of at least " + least;
        String text = scalar(tree, expected);
        try {
            int value = Integer.parseInt(text.replace("_", ""));
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Told below, with what stands there.
        }
        boolean tooLarge = text.matches("[0-9_]{10,}");
        throw wrong(tree, tooLarge ? expected + " and below 2^31" : expected, text);
    }

    /// A seed: any 64-bit whole number.
    long seed(YamlTree tree) throws InputException {
        String expected = "a seed to be a whole number";
        String text = scalar(tree, expected);
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException _) {
            throw wrong(tree, expected, text);
        }
    }

    /// A finite number within a range.
    double real(YamlTree tree, String expected, DoublePredicate inRange) throws InputException {
        String text = scalar(tree, expected);
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value) && inRange.test(value)) {
                // -0.0 and 0.0 train alike; only one of them may be a value of a grid.
                return value + 0.0;
            }
        } catch (NumberFormatException _) {
            // Told below, with what stands there.
        }
        throw wrong(tree, expected, text);
    }

    /// That `word`, at `key`, is none of `known`; the nearest is named.
    InputException unknown(String key, String word, Collection<String> known) {
        String near = Spelling.nearest(word, known)
                .map(guess -> "did you mean '" + guess + "'? ")
                .orElse("");
        return new InputException(
                source,
                YamlTree.place(line(key)),
                "a known " + key,
                word.isEmpty() ? "none" : "'" + word + "'",
                near + "known: " + String.join(", ", known));
    }

    /// That a constructor refused what stands in `line`.
    InputException impossible(int line, IllegalArgumentException why) {
        return new InputException("%s: line %d: %s".formatted(source, line, why.getMessage()));
    }

    InputException wrong(YamlTree tree, String expected, String found) {
        return new InputException(source, YamlTree.place(tree.line()), expected, found, "");
    }
}
