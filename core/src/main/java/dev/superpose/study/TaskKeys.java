package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyTask;
import java.util.List;

/// Reads what a study file says of a training's task: the values of `importance`, `output` and
/// `correlation`, each an item of [YamlSection#list]. `docs/formats.md` describes them. [TaskWords]
/// reads the same from a command line.
///
/// @param source what to call the file, or the option, in messages
record TaskKeys(String source) {
    private static final List<String> GROUPS = List.of("neighbours", "strided");

    /// `equal`, `{ratio: 0.7}` or `{weights: [1, 0.5]}`.
    Importance importance(YamlTree tree) throws InputException {
        if (tree instanceof YamlTree.Scalar(int _, String text) && text.equals("equal")) {
            return Importance.EQUAL;
        }
        var section = YamlSection.of(source, tree, "importance to be equal, {ratio: 0.7} or {weights: [1, 0.5]}");
        section.allow(List.of("ratio", "weights"));
        boolean weights = section.find("weights").isPresent();
        if (weights == section.find("ratio").isPresent()) {
            throw section.wrong(tree, "either 'ratio' or 'weights'", tree.describe());
        }
        return weights
                ? given(section)
                : new Importance.Geometric(section.real("ratio", "a number above 0", value -> value > 0, 1));
    }

    private static Importance given(YamlSection section) throws InputException {
        var weights = section.numbers("weights", "an importance to be a number of at least 0", value -> value >= 0);
        if (weights.stream().allMatch(weight -> weight == 0)) {
            throw section.wrong(section.mapping(), "an importance above 0", "none");
        }
        return new Importance.Given(weights);
    }

    /// `relu` or `linear`.
    ToyTask.Output output(YamlTree tree) throws InputException {
        return switch (text(tree)) {
            case "relu" -> ToyTask.Output.RELU;
            case "linear" -> ToyTask.Output.LINEAR;
            default -> throw wrong(tree, "output to be relu or linear");
        };
    }

    /// `independent`, `{strength: 0.5, group_size: 10, groups: strided}` or `{exclusive:
    /// true, group_size: 2, groups: neighbours}`.
    Correlation correlation(YamlTree tree) throws InputException {
        if (text(tree).equals("independent")) {
            return Correlation.INDEPENDENT;
        }
        var section = YamlSection.of(
                source,
                tree,
                "correlation to be independent, {strength: 0.5, group_size: 10} or {exclusive: true, group_size: 2}");
        section.allow(List.of("strength", "exclusive", "group_size", "groups"));
        int size = section.whole("group_size", 2, 2);
        var groups = groups(section);
        boolean exclusive = exclusive(section);
        var strength = section.find("strength");
        if (exclusive == strength.isPresent()) {
            throw section.wrong(tree, "either 'strength' or 'exclusive: true'", tree.describe());
        }
        if (exclusive) {
            return new Correlation.Exclusive(size, groups);
        }
        var together = new Correlation.Together(
                section.real("strength", "a number from 0 to 1", value -> value >= 0 && value <= 1, 0), size, groups);
        // Strength 0 is independence: as values of an axis the two must not differ.
        return together.strength() == 0 ? Correlation.INDEPENDENT : together;
    }

    private Correlation.Groups groups(YamlSection section) throws InputException {
        String word = section.text("groups", "neighbours");
        return switch (word) {
            case "neighbours" -> Correlation.Groups.NEIGHBOURS;
            case "strided" -> Correlation.Groups.STRIDED;
            default ->
                throw new InputException(
                        source,
                        YamlTree.place(section.line("groups")),
                        "groups to be " + String.join(" or ", GROUPS),
                        word,
                        "");
        };
    }

    private boolean exclusive(YamlSection section) throws InputException {
        String word = section.text("exclusive", "false");
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new InputException(
                        source, YamlTree.place(section.line("exclusive")), "exclusive to be true or false", word, "");
        };
    }

    private static String text(YamlTree tree) {
        return tree instanceof YamlTree.Scalar(int _, String text) ? text : "";
    }

    private InputException wrong(YamlTree tree, String expected) {
        return new InputException(source, YamlTree.place(tree.line()), expected, tree.describe(), "");
    }
}
