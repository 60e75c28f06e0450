package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.result.Sha256;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Reads a study from YAML. `docs/formats.md` describes the keys; whatever is wrong in a file is
/// one line that names the place.
public final class StudyFile {
    private static final List<String> OF_THE_WHOLE = List.of("description", "grids", "samples");
    private static final List<String> SCALED = both(OF_THE_WHOLE, GridSection.KEYS);
    private static final List<String> KEYS = both(List.of("name", "scales"), SCALED);
    private static final List<String> SCALES =
            Arrays.stream(Scale.values()).map(Scale::word).toList();
    private static final long LARGEST_BYTES = 1 << 20;
    private static final int MOST_GRIDS = 1000;

    private final YamlSection root;
    private final Path folder;
    private final Map<String, String> inputs = new TreeMap<>();

    private StudyFile(YamlSection root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    private static List<String> both(List<String> some, List<String> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }

    /// The study in `file`. Paths in it are relative to its folder.
    ///
    /// @param scale which of its scales; empty means `short` if it has that, else the
    /// file as it stands
    /// @throws InputException if it is missing, is no YAML, lacks the scale, or declares no
    /// possible study
    public static Study read(Path file, Optional<Scale> scale) throws IOException {
        if (!Files.isRegularFile(file)) {
            String found =
                    Files.isDirectory(file) ? "a folder" : Files.exists(file) ? "something else" : "no such file";
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
        return parse(file.toString(), text, folder == null ? Path.of("") : folder, scale);
    }

    /// [#read] at the scale that is meant without saying.
    public static Study read(Path file) throws IOException {
        return read(file, Optional.empty());
    }

    /// The study that `text` declares.
    ///
    /// @param source what to call the file in messages
    /// @param folder what paths in it are relative to
    static Study parse(String source, String text, Path folder, Optional<Scale> scale) throws InputException {
        var file = file(source, text, folder);
        file.inputs.put(source, Sha256.of(text));
        return file.study(scale);
    }

    /// [#parse] at the scale that is meant without saying.
    static Study parse(String source, String text, Path folder) throws InputException {
        return parse(source, text, folder, Optional.empty());
    }

    /// The scales that the file in `text` declares, from small to large.
    static List<Scale> scales(String source, String text) throws InputException {
        return List.copyOf(file(source, text, Path.of("")).scales().keySet());
    }

    private static StudyFile file(String source, String text, Path folder) throws InputException {
        var root =
                YamlSection.of(source, YamlTree.parse(source, text), "keys and values, such as \"widths: [10, 25]\"");
        root.allow(KEYS);
        return new StudyFile(root, folder);
    }

    private Study study(Optional<Scale> wanted) throws InputException {
        var scales = scales();
        if (wanted.isPresent() && !scales.containsKey(wanted.get())) {
            throw without(wanted.get(), scales);
        }
        var scale = wanted.or(() -> scales.containsKey(Scale.SHORT) ? Optional.of(Scale.SHORT) : Optional.empty());
        var chosen = scale.isPresent()
                ? over(root, Objects.requireNonNull(scales.get(scale.get())), List.of("scales"))
                : root;
        var grids = grids(chosen);
        try {
            return new Study(name(), scale, chosen.text("description", ""), grids, samples(chosen), inputs);
        } catch (IllegalArgumentException impossible) {
            throw chosen.impossible(chosen.line("seeds"), impossible);
        } catch (ArithmeticException _) {
            throw chosen.wrong(
                    chosen.mapping(), "at most %,d trainings".formatted(Study.MOST_JOBS), "more than can be counted");
        }
    }

    private static YamlSection over(YamlSection base, YamlSection section, List<String> dropped) {
        return new YamlSection(base.source(), section.mapping().over(base.mapping(), GridSection.RIVALS, dropped));
    }

    private Map<Scale, YamlSection> scales() throws InputException {
        var scales = new EnumMap<Scale, YamlSection>(Scale.class);
        var tree = root.find("scales");
        if (tree.isEmpty()) {
            return scales;
        }
        var section = YamlSection.of(root.source(), tree.get(), "scales such as {short: {steps: 2000}}");
        section.allow(SCALES);
        for (var scale : Scale.values()) {
            var found = section.find(scale.word());
            if (found.isPresent()) {
                var overriding = YamlSection.of(
                        root.source(), found.get(), "keys that override others, such as {steps: 2000}, or {}");
                overriding.allow(SCALED);
                scales.put(scale, overriding);
            }
        }
        return scales;
    }

    private InputException without(Scale wanted, Map<Scale, YamlSection> scales) {
        boolean any = root.find("scales").isPresent();
        return new InputException(
                root.source(),
                any ? "line " + root.line("scales") : "",
                "the scale '" + wanted.word() + "'",
                any
                        ? "only "
                                + String.join(
                                        ", ",
                                        scales.keySet().stream()
                                                .map(Scale::word)
                                                .toList())
                        : "no scales",
                any
                        ? ""
                        : "leave --scale out, or declare what it changes: \"scales: {%s: {steps: 2000}}\""
                                .formatted(wanted.word()));
    }

    /// One grid of `chosen`'s own keys, or those under `grids`, each over them.
    private List<Grid> grids(YamlSection chosen) throws InputException {
        var tree = chosen.find("grids");
        if (tree.isEmpty()) {
            return List.of(grid(chosen, ""));
        }
        if (!(tree.get() instanceof YamlTree.Sequence(int line, var items))
                || items.isEmpty()
                || items.size() > MOST_GRIDS) {
            throw chosen.wrong(
                    tree.get(),
                    "grids to be a list of at most %,d mappings, such as [{decay: -1}, {decay: 1, seeds: 3}]"
                            .formatted(MOST_GRIDS),
                    tree.get().describe());
        }
        var grids = new ArrayList<Grid>();
        for (var item : items) {
            var own = YamlSection.of(root.source(), item, "a mapping such as {decay: -1, alpha: [0, 1]}");
            own.allow(both(List.of("name"), GridSection.KEYS));
            grids.add(grid(over(chosen, own, List.of("grids")), own.text("name", "")));
        }
        return grids;
    }

    private Grid grid(YamlSection section, String name) throws InputException {
        return new GridSection(section, new FrequencySection(section, folder, inputs)).grid(name);
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

    private List<Path> samples(YamlSection chosen) throws InputException {
        var samples = new ArrayList<Path>();
        for (var sample : chosen.list("samples", item -> chosen.scalar(item, "a path of a real model"))) {
            samples.add(folder.resolve(sample.value()));
        }
        return samples;
    }
}
