package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.result.Sha256;
import dev.superpose.study.YamlSection.Located;
import dev.superpose.toy.FeatureFrequencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;

/// Reads the keys `alpha` and `frequencies` of a grid.
///
/// @param section the grid
/// @param folder what paths are relative to
/// @param inputs told of the files that were read, name → SHA-256
record FrequencySection(YamlSection section, Path folder, Map<String, String> inputs) {
    private static final List<String> LAWS = List.of("power", "exponential", "linear", "given");

    /// The laws, as declared.
    List<Located<FeatureFrequencies>> laws() throws InputException {
        if (section.find("alpha").isPresent()) {
            if (section.find("frequencies").isPresent()) {
                throw new InputException(
                        section.source(),
                        "line " + section.line("frequencies"),
                        "either 'alpha' or 'frequencies'",
                        "both",
                        "alpha: [1] is short for frequencies: [{law: power, alpha: 1}]");
            }
            return section.reals("alpha", "a number of at least 0", value -> value >= 0).stream()
                    .map(alpha ->
                            new Located<FeatureFrequencies>(new FeatureFrequencies.Power(alpha.value()), alpha.line()))
                    .toList();
        }
        List<Located<FeatureFrequencies>> laws = section.list("frequencies", this::law);
        return laws.isEmpty() ? List.of(new Located<>(new FeatureFrequencies.Power(1), 1)) : laws;
    }

    private FeatureFrequencies law(YamlTree tree) throws InputException {
        var law = YamlSection.of(section.source(), tree, "a law such as {law: power, alpha: 1}");
        String word = law.text("law", "");
        law.allow(
                switch (word) {
                    case "power" -> List.of("law", "alpha");
                    case "exponential" -> List.of("law", "scale");
                    case "given" -> List.of("law", "file", "weights");
                    default -> List.of("law", "alpha", "scale", "file", "weights");
                });
        return switch (word) {
            case "power" ->
                new FeatureFrequencies.Power(needed(law, "alpha", "a number of at least 0", value -> value >= 0));
            case "exponential" ->
                new FeatureFrequencies.Exponential(needed(law, "scale", "a number above 0", value -> value > 0));
            case "linear" -> new FeatureFrequencies.Linear();
            case "given" -> law.find("weights").isPresent() ? weights(law) : given(law);
            default -> throw law.unknown("law", word, LAWS);
        };
    }

    private static double needed(YamlSection law, String key, String range, DoublePredicate inRange)
            throws InputException {
        return law.real(law.needed(key), key + " to be " + range, inRange);
    }

    private FeatureFrequencies weights(YamlSection law) throws InputException {
        if (law.find("file").isPresent()) {
            throw law.wrong(law.mapping(), "either 'file' or 'weights'", "both");
        }
        var weights = law.numbers("weights", "a frequency to be a number of at least 0", value -> value >= 0);
        if (weights.stream().allMatch(weight -> weight == 0)) {
            throw law.wrong(law.mapping(), "a frequency above 0", "none");
        }
        return new FeatureFrequencies.Given(weights);
    }

    private FeatureFrequencies given(YamlSection law) throws InputException {
        String name = law.scalar(law.needed("file"), "file to be a path");
        Path file = folder.resolve(name);
        try {
            var frequencies = FeatureFile.frequencies(file);
            inputs.put(name, Sha256.of(file));
            return frequencies;
        } catch (InputException bad) {
            throw new InputException("%s: line %d: %s".formatted(section.source(), law.line("file"), bad.getMessage()));
        } catch (IOException bad) {
            throw law.wrong(law.mapping(), "a readable file", file + ": " + bad.getMessage());
        }
    }
}
