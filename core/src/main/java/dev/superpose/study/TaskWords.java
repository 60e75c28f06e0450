package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A training's task in the short words of a command line. They stand for what a study file says
/// under the keys of the same names, and are read by its rules, those of [TaskKeys].
public final class TaskWords {
    /// What an importance begins with that stands in a file.
    private static final String GIVEN = "given:";

    private static final String CORRELATION =
            "independent, together:STRENGTH[:SIZE[:GROUPS]] or exclusive[:SIZE[:GROUPS]]";

    /// What SIZE and GROUPS are called in a study file.
    private static final List<String> SIZES = List.of("group_size", "groups");

    private TaskWords() {}

    /// `equal`, a ratio such as `0.9`, or `given:FILE` as [FeatureFile] reads it.
    ///
    /// @param option what to call it in messages
    /// @throws InputException if it is none of these
    public static Importance importance(String option, String words) throws IOException {
        Optional<Path> file = importanceFile(words);
        if (file.isPresent()) {
            return FeatureFile.importances(file.get());
        }
        var value = new YamlTree.Scalar(0, words);
        return new TaskKeys(option).importance(words.equals("equal") ? value : mapping(Map.of("ratio", words)));
    }

    /// The file that importances are read from, if they are.
    public static Optional<Path> importanceFile(String words) {
        return words.startsWith(GIVEN) ? Optional.of(Path.of(words.substring(GIVEN.length()))) : Optional.empty();
    }

    /// `relu` or `linear`.
    ///
    /// @param option what to call it in messages
    /// @throws InputException if it is neither
    public static ToyTask.Output output(String option, String word) throws InputException {
        return new TaskKeys(option).output(new YamlTree.Scalar(0, word));
    }

    /// `independent`, `together:STRENGTH:SIZE:GROUPS` or `exclusive:SIZE:GROUPS`, where SIZE is
    /// that of a group and GROUPS `neighbours` or `strided`. What is left out at the end is as in
    /// study files.
    ///
    /// @param option what to call it in messages
    /// @throws InputException if it is none of these
    public static Correlation correlation(String option, String words) throws InputException {
        List<String> parts = List.of(words.split(":", -1));
        String law = parts.getFirst();
        // A strength must be said; what comes after it need not be.
        int least = law.equals("together") ? 2 : 1;
        int most = switch (law) {
            case "independent" -> 1;
            case "exclusive", "together" -> least + SIZES.size();
            default -> 0;
        };
        if (parts.size() < least || parts.size() > most) {
            throw new InputException(option, "", CORRELATION, words, "GROUPS is neighbours or strided");
        }
        var values = new LinkedHashMap<String, String>();
        switch (law) {
            case "independent" -> {
                return Correlation.INDEPENDENT;
            }
            case "together" -> values.put("strength", parts.get(1));
            default -> values.put("exclusive", "true");
        }
        for (int i = least; i < parts.size(); i++) {
            values.put(SIZES.get(i - least), parts.get(i));
        }
        return new TaskKeys(option).correlation(mapping(values));
    }

    private static YamlTree.Mapping mapping(Map<String, String> values) {
        var entries = new LinkedHashMap<YamlTree.Scalar, YamlTree>();
        values.forEach((key, value) -> entries.put(new YamlTree.Scalar(0, key), new YamlTree.Scalar(0, value)));
        return new YamlTree.Mapping(0, entries);
    }
}
