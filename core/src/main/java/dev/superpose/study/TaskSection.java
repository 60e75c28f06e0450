package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.study.YamlSection.Located;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the keys `importance`, `output` and `correlation` of a grid: its tasks are all
/// combinations.
///
/// @param section the grid
record TaskSection(YamlSection section) {
    private static final int MOST = 10_000;

    /// The tasks, as declared; the line is that of whichever of the three was last said.
    List<Located<ToyTask>> tasks() throws InputException {
        var keys = new TaskKeys(section.source());
        var importances = or(section.list("importance", keys::importance), Importance.EQUAL);
        var outputs = or(section.list("output", keys::output), ToyTask.Output.RELU);
        var correlations = or(correlations(keys), Correlation.INDEPENDENT);
        var tasks = new ArrayList<Located<ToyTask>>();
        for (var importance : importances) {
            for (var output : outputs) {
                for (var correlation : correlations) {
                    tasks.add(new Located<>(
                            new ToyTask(importance.value(), output.value(), correlation.value()),
                            Math.max(importance.line(), Math.max(output.line(), correlation.line()))));
                }
            }
        }
        return tasks;
    }

    private static <T> List<Located<T>> or(List<Located<T>> values, T fallback) {
        return values.isEmpty() ? List.of(new Located<>(fallback, 1)) : values;
    }

    /// A mapping whose values are lists stands for all combinations: `{strength: [0, 0.5], groups:
    /// [neighbours, strided], group_size: 10}`. Strength 0 is independence in each of them, and
    /// counts once.
    private List<Located<Correlation>> correlations(TaskKeys keys) throws InputException {
        if (!(section.find("correlation").orElse(null) instanceof YamlTree.Mapping mapping)) {
            return section.list("correlation", keys::correlation);
        }
        var correlations = new LinkedHashMap<Correlation, Integer>();
        for (var combination : combinations(mapping)) {
            correlations.putIfAbsent(keys.correlation(combination), mapping.line());
        }
        var located = new ArrayList<Located<Correlation>>();
        correlations.forEach((correlation, line) -> located.add(new Located<>(correlation, line)));
        return located;
    }

    private List<YamlTree.Mapping> combinations(YamlTree.Mapping mapping) throws InputException {
        List<Map<YamlTree.Scalar, YamlTree>> all = List.of(Map.of());
        for (var entry : mapping.entries().entrySet()) {
            List<YamlTree> values =
                    entry.getValue() instanceof YamlTree.Sequence(int _, var items) ? items : List.of(entry.getValue());
            if (values.isEmpty() || (long) values.size() * all.size() > MOST) {
                throw section.wrong(
                        entry.getValue(),
                        "%s to hold at least one value, and all at most %,d combinations"
                                .formatted(entry.getKey().text(), MOST),
                        entry.getValue().describe());
            }
            var longer = new ArrayList<Map<YamlTree.Scalar, YamlTree>>();
            for (var start : all) {
                for (var value : values) {
                    var combination = new LinkedHashMap<>(start);
                    combination.put(entry.getKey(), value);
                    longer.add(combination);
                }
            }
            all = longer;
        }
        return all.stream()
                .map(entries -> new YamlTree.Mapping(mapping.line(), entries))
                .toList();
    }
}
