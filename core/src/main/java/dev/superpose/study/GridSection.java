package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.study.YamlSection.Located;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;

/// Reads one grid of a study file.
///
/// @param section its keys, those of the whole study among them
/// @param laws the reader of its frequencies
record GridSection(YamlSection section, FrequencySection laws) {
    /// What a grid may say.
    static final List<String> KEYS = List.of(
            "features",
            "widths",
            "width_ratios",
            "alpha",
            "frequencies",
            "density",
            "decay",
            "importance",
            "output",
            "correlation",
            "seeds",
            "batch",
            "steps",
            "warmup",
            "learning_rate",
            "bias_learning_rate",
            "schedule",
            "final_rate",
            "gradient_scale",
            "test_batches");

    /// Keys that say the same thing in two ways: who overrides one, overrides the other.
    static final List<List<String>> RIVALS =
            List.of(List.of("widths", "width_ratios"), List.of("alpha", "frequencies"));

    private static final int MOST_FEATURES = 10_000_000;

    /// The grid.
    ///
    /// @throws InputException naming the line of whatever is wrong, or makes a training impossible
    Grid grid(String name) throws InputException {
        var frequencies = laws.laws();
        var features = features(frequencies);
        var widths = widths();
        var densities = reals("density", "a number above 0", GridSection::aboveZero, 1);
        var decays = reals("decay", "a finite number", _ -> true, -1);
        var tasks = new TaskSection(section).tasks();
        var seeds = seeds();
        var recipe = recipe();
        try {
            var grid = new Grid(
                    name,
                    values(features),
                    widths.value(),
                    values(frequencies),
                    values(densities),
                    values(decays),
                    values(tasks),
                    seeds,
                    recipe);
            new GridCheck(section.source(), features, widths, frequencies, densities, decays, tasks, recipe).check();
            return grid;
        } catch (IllegalArgumentException impossible) {
            throw section.impossible(section.line("seeds"), impossible);
        }
    }

    /// Given frequencies tell how many features there are; else the paper's small study does.
    private List<Located<Integer>> features(List<Located<FeatureFrequencies>> frequencies) throws InputException {
        List<Located<Integer>> features = section.list("features", item -> section.whole(item, "features", 1));
        for (var n : features) {
            if (n.value() > MOST_FEATURES) {
                throw new InputException(
                        section.source(),
                        "line " + n.line(),
                        "at most %,d features".formatted(MOST_FEATURES),
                        "%,d".formatted(n.value()),
                        "");
            }
        }
        int n = frequencies.getFirst().value() instanceof FeatureFrequencies.Given(var weights) ? weights.size() : 1000;
        return features.isEmpty() ? List.of(new Located<>(n, 1)) : features;
    }

    private Located<Widths> widths() throws InputException {
        var absolute = section.find("widths");
        var relative = section.find("width_ratios");
        if (absolute.isPresent() == relative.isPresent()) {
            throw new InputException(
                    section.source(),
                    absolute.isPresent() ? "line " + section.line("width_ratios") : "",
                    absolute.isPresent() ? "either 'widths' or 'width_ratios'" : "the key 'widths'",
                    absolute.isPresent() ? "both" : "none",
                    absolute.isPresent() ? "" : "such as \"widths: [10, 15, 25, 39, 63, 100]\"");
        }
        if (absolute.isPresent()) {
            return new Located<>(
                    new Widths.Fixed(
                            absolute.get() instanceof YamlTree.Mapping range
                                    ? Spacing.of(section, range, "widths").octaves()
                                    : values(section.list("widths", item -> section.whole(item, "a width", 1)))),
                    section.line("widths"));
        }
        DoublePredicate sensible = ratio -> ratio > 0 && ratio <= 1e6;
        return new Located<>(
                new Widths.Ratios(
                        relative.get() instanceof YamlTree.Mapping range
                                ? Spacing.of(section, range, "width_ratios").geometric(sensible)
                                : values(section.reals("width_ratios", "a number above 0", sensible))),
                section.line("width_ratios"));
    }

    private List<Located<Double>> reals(String key, String range, DoublePredicate inRange, double fallback)
            throws InputException {
        List<Located<Double>> values = section.reals(key, range, inRange);
        return values.isEmpty() ? List.of(new Located<>(fallback, 1)) : values;
    }

    private List<Long> seeds() throws InputException {
        var tree = section.find("seeds");
        if (tree.isPresent() && tree.get() instanceof YamlTree.Sequence) {
            return values(section.list("seeds", section::seed));
        }
        int count = section.whole("seeds", 1, 1);
        if (count > Study.MOST_JOBS) {
            throw section.wrong(tree.orElseThrow(), "at most %,d seeds".formatted(Study.MOST_JOBS), "" + count);
        }
        var seeds = new ArrayList<Long>(count);
        for (long seed = 1; seed <= count; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    private Recipe recipe() throws InputException {
        int steps = section.whole("steps", 1, 20_000);
        int warmup = section.whole("warmup", 0, steps / 10);
        if (warmup > steps) {
            throw new InputException(
                    section.source(),
                    "line " + section.line("warmup"),
                    "warmup to be at most steps, " + steps,
                    warmup,
                    "");
        }
        var rate = rate("learning_rate", RateRule.constant(0.01));
        return new Recipe(
                section.whole("batch", 1, 2048),
                steps,
                warmup,
                rate,
                rate("bias_learning_rate", rate),
                schedule(),
                section.real("final_rate", "a number from 0 to 1", value -> value >= 0 && value <= 1, 0.05),
                section.real("gradient_scale", "a number above 0", GridSection::aboveZero, 1),
                section.whole("test_batches", 1, 100));
    }

    private RateRule rate(String key, RateRule fallback) throws InputException {
        var tree = section.find(key);
        if (tree.isEmpty()) {
            return fallback;
        }
        if (!(tree.get() instanceof YamlTree.Mapping mapping)) {
            return RateRule.constant(section.real(key, "a number above 0", GridSection::aboveZero, 0));
        }
        var rule = new YamlSection(section.source(), mapping);
        rule.allow(List.of("at_width", "rate", "exponent"));
        return new RateRule(
                rule.real(rule.needed("rate"), "rate to be a number above 0", GridSection::aboveZero),
                rule.real(rule.needed("at_width"), "at_width to be a number above 0", GridSection::aboveZero),
                rule.real(rule.needed("exponent"), "exponent to be a finite number", _ -> true));
    }

    private ToyConfig.Schedule schedule() throws InputException {
        String word = section.text("schedule", "cosine");
        return switch (word) {
            case "cosine" -> ToyConfig.Schedule.COSINE;
            case "linear" -> ToyConfig.Schedule.LINEAR;
            case "constant" -> ToyConfig.Schedule.CONSTANT;
            default -> throw section.unknown("schedule", word, List.of("cosine", "linear", "constant"));
        };
    }

    private static boolean aboveZero(double value) {
        return value > 0;
    }

    private static <T> List<T> values(List<Located<T>> located) {
        return located.stream().map(Located::value).toList();
    }
}
