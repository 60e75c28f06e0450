package dev.superpose.scaling;

import dev.superpose.result.Csv;
import dev.superpose.result.InputException;
import dev.superpose.runs.Cells;
import dev.superpose.runs.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which points of a table are fitted together.
///
/// @param size the column of sizes; empty for the first with a usual name, such as `width`
/// @param loss the column of losses; empty for the first with a usual name, such as `test_loss`
/// @param conditions that a line must meet, all of them
/// @param by the columns by whose values the lines are divided into groups
public record TableSelection(String size, String loss, List<Condition> conditions, List<String> by) {
    /// Columns that say how a loss was come by: points that differ in one of them belong
    /// to different laws.
    private static final Set<String> SETTINGS = Set.of(
            "alpha",
            "decay",
            "frequencies",
            "density",
            "features",
            "steps",
            "batch",
            "learning_rate",
            "schedule",
            "regime",
            "dist",
            "distribution",
            "strategy",
            "arm",
            "optimiser",
            "optimizer",
            "family",
            "dataset",
            "corpus",
            "tokens",
            "vocab",
            "unit");

    public TableSelection {
        conditions = List.copyOf(conditions);
        by = List.copyOf(by);
    }

    /// Points that are fitted together.
    ///
    /// @param values of the columns by which the table was divided, in their order
    /// @param points the sizes and losses; at one size only or none, they are no [Observations]
    /// @param dropped how many lines were left out, by reason
    /// @param mixed settings that differ within the group and would have to be told apart
    public record Group(
            Map<String, String> values,
            List<Observation> points,
            SortedMap<String, Integer> dropped,
            Set<String> mixed) {}

    /// The points of `table`, with what they are called.
    ///
    /// @param sizeName the column of sizes
    /// @param lossName the column of losses
    /// @param groups in the order in which they come in the table; at least one
    public record Selected(String sizeName, String lossName, List<Group> groups) {}

    /// Picks the points. Lines whose size or loss is missing or infinite are left out and counted.
    ///
    /// @throws InputException if a column is not there, a cell that matters is no number
    /// or not positive, or no
    /// line is left
    public Selected from(Csv table) throws InputException {
        int sizeIndex = TableColumns.size(table, size);
        int lossIndex = TableColumns.loss(table, loss);
        int[] byIndexes = indexes(table, by);
        int[] conditionIndexes =
                indexes(table, conditions.stream().map(Condition::column).toList());
        var builders = new LinkedHashMap<List<String>, GroupBuilder>();
        for (var line : table.lines()) {
            if (meetsAll(table, line, conditionIndexes)) {
                var key = new ArrayList<String>();
                for (int index : byIndexes) {
                    key.add(line.fields().get(index).strip());
                }
                builders.computeIfAbsent(key, _ -> new GroupBuilder()).add(table, line, sizeIndex, lossIndex);
            }
        }
        if (builders.isEmpty()) {
            throw nothingLeft(table);
        }
        var groups = new ArrayList<Group>();
        builders.forEach((key, builder) -> {
            var values = new LinkedHashMap<String, String>();
            for (int i = 0; i < key.size(); i++) {
                values.put(table.header().get(byIndexes[i]), key.get(i));
            }
            groups.add(new Group(values, builder.points, builder.dropped, builder.mixed(table, sizeIndex, lossIndex)));
        });
        return new Selected(table.header().get(sizeIndex), table.header().get(lossIndex), groups);
    }

    private InputException nothingLeft(Csv table) {
        if (table.lines().isEmpty()) {
            return new InputException(table.source(), "", "lines below the names of the columns", "none", "");
        }
        String wanted =
                String.join(" and ", conditions.stream().map(Condition::text).toList());
        return new InputException(
                table.source(),
                "",
                "lines that meet " + wanted,
                "none of %d".formatted(table.lines().size()),
                "loosen --where");
    }

    private static int[] indexes(Csv table, List<String> names) throws InputException {
        int[] indexes = new int[names.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = TableColumns.named(table, names.get(i));
        }
        return indexes;
    }

    private boolean meetsAll(Csv table, Csv.Line line, int[] indexes) throws InputException {
        for (int i = 0; i < indexes.length; i++) {
            String cell = line.fields().get(indexes[i]).strip();
            if (!conditions.get(i).holds(table.source(), "line " + line.number(), cell)) {
                return false;
            }
        }
        return true;
    }

    /// A group while the table is read.
    private static final class GroupBuilder {
        private final List<Observation> points = new ArrayList<>();
        private final SortedMap<String, Integer> dropped = new TreeMap<>();
        private final List<Csv.Line> used = new ArrayList<>();

        void add(Csv table, Csv.Line line, int sizeIndex, int lossIndex) throws InputException {
            for (int index : new int[] {sizeIndex, lossIndex}) {
                String cell = line.fields().get(index).strip();
                String name = table.header().get(index);
                if (Cells.isMissing(cell)) {
                    dropped.merge(name + " missing", 1, Integer::sum);
                    return;
                }
                if (Cells.isInfinite(cell)) {
                    dropped.merge(name + " infinite", 1, Integer::sum);
                    return;
                }
            }
            points.add(new Observation(positive(table, line, sizeIndex), positive(table, line, lossIndex)));
            used.add(line);
        }

        private static double positive(Csv table, Csv.Line line, int index) throws InputException {
            String cell = line.fields().get(index).strip();
            String name = table.header().get(index);
            double value = Cells.number(cell);
            if (Double.isNaN(value)) {
                throw Cells.notANumber(table.source(), "line " + line.number(), name, cell);
            }
            if (!(value > 0)) {
                throw new InputException(
                        table.source(),
                        "line %d, column %s".formatted(line.number(), name),
                        "a positive number",
                        cell,
                        "give losses and sizes themselves, not their logarithms, or leave the line out with --where");
            }
            return value;
        }

        Set<String> mixed(Csv table, int sizeIndex, int lossIndex) {
            var mixed = new LinkedHashSet<String>();
            for (int j = 0; j < table.header().size(); j++) {
                int column = j;
                boolean setting = j != sizeIndex
                        && j != lossIndex
                        && SETTINGS.contains(table.header().get(j));
                if (setting
                        && used.stream()
                                        .map(line -> line.fields().get(column))
                                        .distinct()
                                        .count()
                                > 1) {
                    mixed.add(table.header().get(j));
                }
            }
            return mixed;
        }
    }
}
