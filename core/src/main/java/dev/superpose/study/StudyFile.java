package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.result.Sha256;
import dev.superpose.study.YamlSection.Located;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/// Reads a study from YAML. `docs/formats.md` describes the keys; whatever is wrong in a file is one
/// line that names the place.
public final class StudyFile {
    private static final List<String> KEYS = List.of(
            "name",
            "description",
            "features",
            "widths",
            "alpha",
            "frequencies",
            "density",
            "decay",
            "seeds",
            "batch",
            "steps",
            "warmup",
            "learning_rate",
            "bias_learning_rate",
            "schedule",
            "final_rate",
            "gradient_scale",
            "test_batches",
            "samples");
    private static final long LARGEST_BYTES = 1 << 20;

    private final YamlSection root;
    private final Path folder;
    private final Map<String, String> inputs = new TreeMap<>();

    private StudyFile(YamlSection root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /// The study in `file`. Paths in it are relative to its folder.
    ///
    /// @throws InputException if it is missing, is no YAML, or declares no possible study
    public static Study read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            String found = Files.exists(file) ? "something else" : "no such file";
            throw new InputException(file, "", "a study file", found, "");
        }
        if (Files.size(file) > LARGEST_BYTES) {
            throw new InputException(
                    file,
                    "",
                    "a study file of at most %,d bytes".formatted(LARGEST_BYTES),
                    "%,d".formatted(Files.size(file)),
                    "");
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException _) {
            throw new InputException(file, "", "UTF-8 text", "other bytes", "");
        }
        Path folder = file.toAbsolutePath().getParent();
        return parse(file.toString(), text, folder == null ? Path.of("") : folder);
    }

    /// The study called `name` that comes with the program; its samples are relative to `home`, the
    /// folder the program lies in.
    ///
    /// @throws InputException if there is none of that name
    public static Study builtIn(String name, Path home) throws InputException {
        try (var in = StudyFile.class.getResourceAsStream(name + ".yaml")) {
            if (in == null) {
                throw new InputException("study", "", "a built-in study", name, "built in: quick");
            }
            return parse(name + ".yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8), home);
        } catch (InputException bad) {
            throw bad;
        } catch (IOException broken) {
            throw new UncheckedIOException("the program's own study cannot be read", broken);
        }
    }

    /// The study that `text` declares.
    ///
    /// @param source what to call the file in messages
    /// @param folder what paths in it are relative to
    static Study parse(String source, String text, Path folder) throws InputException {
        var root =
                YamlSection.of(source, YamlTree.parse(source, text), "keys and values, such as \"widths: [10, 25]\"");
        root.allow(KEYS);
        var file = new StudyFile(root, folder);
        file.inputs.put(source, Sha256.of(text));
        return file.study();
    }

    private Study study() throws InputException {
        var widths = widths();
        var frequencies = frequencies();
        int features = root.whole("features", 1, defaultFeatures(frequencies));
        var densities = reals("density", "a number above 0", StudyFile::aboveZero, 1);
        var decays = reals("decay", "a finite number", _ -> true, -1);
        var seeds = seeds();
        var optimiser = optimiser();
        int testBatches = root.whole("test_batches", 1, 100);
        possible(features, widths, frequencies, densities, decays, optimiser, testBatches);
        try {
            return new Study(
                    name(),
                    root.text("description", ""),
                    features,
                    values(widths),
                    values(frequencies),
                    values(densities),
                    values(decays),
                    seeds,
                    optimiser,
                    testBatches,
                    samples(),
                    inputs);
        } catch (IllegalArgumentException impossible) {
            throw impossible(root.line("seeds"), impossible);
        }
    }

    private String name() throws InputException {
        String base = Path.of(root.source()).getFileName().toString().replaceAll("\\.ya?ml$", "");
        String name = root.text("name", base.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[._-]+", ""));
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new InputException(
                    root.source(), "line " + root.line("name"), "a name of letters, digits, '.', '_', '-'", name, "");
        }
        return name;
    }

    private List<Located<Integer>> widths() throws InputException {
        var tree = root.find("widths");
        if (tree.isEmpty()) {
            throw new InputException(
                    root.source(), "", "the key 'widths'", "none", "such as \"widths: [10, 15, 25, 39, 63, 100]\"");
        }
        if (!(tree.get() instanceof YamlTree.Mapping mapping)) {
            return root.list("widths", item -> root.whole(item, "a width", 1));
        }
        var range = new YamlSection(root.source(), mapping);
        range.allow(List.of("from", "to", "count"));
        int from = range.whole("from", 1, 0);
        int to = range.whole("to", 1, 0);
        int count = range.whole("count", 2, 0);
        if (from == 0 || to <= from || count == 0) {
            throw range.wrong(mapping, "widths {from: 10, to: 100, count: 6} with from < to", mapping.describe());
        }
        var widths = new ArrayList<Located<Integer>>();
        for (int i = 0; i < count; i++) {
            int width = spaced(from, to, i, count);
            if (!widths.isEmpty() && widths.getLast().value() == width) {
                throw range.wrong(mapping, "widths that differ", width + " twice; lower the count");
            }
            widths.add(new Located<>(width, mapping.line()));
        }
        return widths;
    }

    /// The `i`-th of `count` widths, equally spaced in the logarithm and rounded down, as the paper's are.
    private static int spaced(int from, int to, int i, int count) {
        if (i == count - 1) {
            return to;
        }
        double share = i / (count - 1.0);
        // The nudge keeps a width that should be whole, such as the first, from being rounded below itself.
        return (int) StrictMath.floor(
                StrictMath.exp(StrictMath.log(from) + share * (StrictMath.log(to) - StrictMath.log(from))) + 1e-9);
    }

    private List<Located<FeatureFrequencies>> frequencies() throws InputException {
        if (root.find("alpha").isPresent()) {
            if (root.find("frequencies").isPresent()) {
                throw new InputException(
                        root.source(),
                        "line " + root.line("frequencies"),
                        "either 'alpha' or 'frequencies'",
                        "both",
                        "alpha: [1] is short for frequencies: [{law: power, alpha: 1}]");
            }
            return root.list(
                    "alpha",
                    item -> new FeatureFrequencies.Power(
                            root.real(item, "alpha to be a number of at least 0", value -> value >= 0)));
        }
        List<Located<FeatureFrequencies>> laws = root.list("frequencies", this::law);
        return laws.isEmpty() ? List.of(new Located<>(new FeatureFrequencies.Power(1), 1)) : laws;
    }

    private FeatureFrequencies law(YamlTree tree) throws InputException {
        var section = YamlSection.of(root.source(), tree, "a law such as {law: power, alpha: 1}");
        var laws = List.of("power", "exponential", "linear", "given");
        String law = section.text("law", "");
        section.allow(
                switch (law) {
                    case "power" -> List.of("law", "alpha");
                    case "exponential" -> List.of("law", "scale");
                    case "given" -> List.of("law", "file");
                    default -> List.of("law", "alpha", "scale", "file");
                });
        return switch (law) {
            case "power" ->
                new FeatureFrequencies.Power(needed(section, "alpha", "a number of at least 0", value -> value >= 0));
            case "exponential" ->
                new FeatureFrequencies.Exponential(needed(section, "scale", "a number above 0", StudyFile::aboveZero));
            case "linear" -> new FeatureFrequencies.Linear();
            case "given" -> given(section);
            default -> throw unknown(section, "law", law, laws);
        };
    }

    private double needed(YamlSection section, String key, String range, DoublePredicate inRange)
            throws InputException {
        if (section.find(key).isEmpty()) {
            throw section.wrong(
                    section.mapping(),
                    "the key '" + key + "'",
                    section.mapping().describe());
        }
        return section.real(key, range, inRange, Double.NaN);
    }

    private FeatureFrequencies given(YamlSection section) throws InputException {
        String name = section.text("file", "");
        if (name.isEmpty()) {
            throw section.wrong(
                    section.mapping(), "the key 'file'", section.mapping().describe());
        }
        Path file = folder.resolve(name);
        try {
            var frequencies = FrequencyFile.read(file);
            inputs.put(name, Sha256.of(file));
            return frequencies;
        } catch (InputException bad) {
            throw new InputException(
                    "%s: line %d: %s".formatted(root.source(), section.line("file"), bad.getMessage()));
        } catch (IOException bad) {
            throw section.wrong(section.mapping(), "a readable file", file + ": " + bad.getMessage());
        }
    }

    private InputException unknown(YamlSection section, String key, String word, Collection<String> known) {
        String near = YamlSection.nearest(word, known)
                .map(guess -> "did you mean '" + guess + "'? ")
                .orElse("");
        return new InputException(
                root.source(),
                "line " + section.line(key),
                "a known " + key,
                word.isEmpty() ? "none" : "'" + word + "'",
                near + "known: " + String.join(", ", known));
    }

    /// Given frequencies tell how many features there are; else the paper's small study does.
    private static int defaultFeatures(List<Located<FeatureFrequencies>> frequencies) {
        return frequencies.getFirst().value() instanceof FeatureFrequencies.Given(var weights) ? weights.size() : 1000;
    }

    private List<Located<Double>> reals(String key, String range, DoublePredicate inRange, double fallback)
            throws InputException {
        List<Located<Double>> values = root.list(key, item -> root.real(item, key + " to be " + range, inRange));
        return values.isEmpty() ? List.of(new Located<>(fallback, 1)) : values;
    }

    private List<Long> seeds() throws InputException {
        var tree = root.find("seeds");
        if (tree.isPresent() && tree.get() instanceof YamlTree.Sequence) {
            return values(root.list("seeds", root::seed));
        }
        int count = root.whole("seeds", 1, 1);
        if (count > Study.MOST_JOBS) {
            throw root.wrong(tree.orElseThrow(), "at most %,d seeds".formatted(Study.MOST_JOBS), "" + count);
        }
        var seeds = new ArrayList<Long>(count);
        for (long seed = 1; seed <= count; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    private ToyConfig.Optimiser optimiser() throws InputException {
        int steps = root.whole("steps", 1, 20_000);
        int warmup = root.whole("warmup", 0, steps / 10);
        if (warmup > steps) {
            throw new InputException(
                    root.source(), "line " + root.line("warmup"), "warmup to be at most steps, " + steps, warmup, "");
        }
        double rate = root.real("learning_rate", "a number above 0", StudyFile::aboveZero, 0.01);
        return new ToyConfig.Optimiser(
                root.whole("batch", 1, 2048),
                steps,
                warmup,
                rate,
                root.real("bias_learning_rate", "a number above 0", StudyFile::aboveZero, rate),
                schedule(),
                root.real("final_rate", "a number from 0 to 1", value -> value >= 0 && value <= 1, 0.05),
                root.real("gradient_scale", "a number above 0", StudyFile::aboveZero, 1));
    }

    private ToyConfig.Schedule schedule() throws InputException {
        String word = root.text("schedule", "cosine");
        return switch (word) {
            case "cosine" -> ToyConfig.Schedule.COSINE;
            case "linear" -> ToyConfig.Schedule.LINEAR;
            case "constant" -> ToyConfig.Schedule.CONSTANT;
            default -> throw unknown(root, "schedule", word, List.of("cosine", "linear", "constant"));
        };
    }

    private List<Path> samples() throws InputException {
        var samples = new ArrayList<Path>();
        for (var sample : root.list("samples", item -> root.scalar(item, "a path of a real model"))) {
            samples.add(folder.resolve(sample.value()));
        }
        return samples;
    }

    /// Varies one axis at a time, so that whatever makes a training impossible is told with its own line.
    private void possible(
            int features,
            List<Located<Integer>> widths,
            List<Located<FeatureFrequencies>> frequencies,
            List<Located<Double>> densities,
            List<Located<Double>> decays,
            ToyConfig.Optimiser optimiser,
            int testBatches)
            throws InputException {
        var uniform = new FeatureFrequencies.Power(0);
        for (var law : frequencies) {
            tryAt(
                    law.line(),
                    () -> law.value()
                            .probabilities(
                                    features, Math.min(1, densities.getFirst().value())));
            for (var density : densities) {
                tryAt(density.line(), () -> law.value().probabilities(features, density.value()));
            }
        }
        double density = Math.min(1, densities.getFirst().value());
        for (var width : widths) {
            tryAt(
                    width.line(),
                    () -> new ToyConfig(features, width.value(), uniform, density, 0, optimiser, testBatches, 0));
        }
        for (var decay : decays) {
            tryAt(
                    decay.line(),
                    () -> new ToyConfig(features, 1, uniform, density, decay.value(), optimiser, testBatches, 0));
        }
    }

    private void tryAt(int line, Runnable attempt) throws InputException {
        try {
            attempt.run();
        } catch (IllegalArgumentException impossible) {
            throw impossible(line, impossible);
        } catch (ArithmeticException _) {
            throw new InputException(
                    root.source(),
                    "line " + line,
                    "features times width and features times batch below 2^31",
                    "more",
                    "");
        }
    }

    private InputException impossible(int line, IllegalArgumentException why) {
        return new InputException("%s: line %d: %s".formatted(root.source(), line, why.getMessage()));
    }

    private static boolean aboveZero(double value) {
        return value > 0;
    }

    private static <T> List<T> values(List<Located<T>> located) {
        return located.stream().map(Located::value).toList();
    }
}
