package dev.superpose.runs;

import dev.superpose.result.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which runs of a table are taken, and how its columns are read. Immutable: every `with` returns another
/// selection.
///
/// @param columns the names of columns that do not bear a usual name, or where several do
/// @param units of columns whose numbers are not what the column counts
/// @param needs the sizes that the law to be fitted needs: rows without them are dropped, other columns do not
/// matter; if empty, every size that has a column matters
/// @param conditions that a row must meet, all of them
/// @param by columns by whose values the rows are divided into subsets that are fitted apart
/// @param dropLargest k: of each subset only runs whose loss is below its k-th largest are kept, as the
/// replication of Chinchilla does with k = 5 (Besiroglu et al. 2024); 0 keeps all
/// @param tying of the models, by which parameters of the vocabulary are told from others
public record RunSelection(
        Map<Meaning, String> columns,
        Map<Meaning, Unit> units,
        Set<Quantity> needs,
        List<Condition> conditions,
        List<String> by,
        int dropLargest,
        Tying tying) {

    /// All rows, columns by their usual names, numbers as they stand.
    public static final RunSelection USUAL =
            new RunSelection(Map.of(), Map.of(), Set.of(), List.of(), List.of(), 0, Tying.UNKNOWN);

    public RunSelection {
        columns = Collections.unmodifiableMap(copy(columns));
        units = Collections.unmodifiableMap(copy(units));
        var quantities = EnumSet.noneOf(Quantity.class);
        quantities.addAll(needs);
        needs = Collections.unmodifiableSet(quantities);
        conditions = List.copyOf(conditions);
        by = List.copyOf(by);
        if (dropLargest < 0) {
            throw new IllegalArgumentException("the number of largest losses to drop is at least 0, is " + dropLargest);
        }
    }

    /// The same with the column called `name` taken for `meaning`.
    public RunSelection withColumn(Meaning meaning, String name) {
        var more = copy(columns);
        more.put(meaning, name);
        return new RunSelection(more, units, needs, conditions, by, dropLargest, tying);
    }

    /// The same with a column named as `MEANING=NAME`, such as `tokens=my_col`.
    ///
    /// @throws IllegalArgumentException if it is not written so
    public RunSelection withColumn(String assignment) {
        int equals = split(assignment, "a column is named as MEANING=NAME, such as tokens=my_column");
        return withColumn(
                Meaning.parse(assignment.substring(0, equals).strip()),
                assignment.substring(equals + 1).strip());
    }

    /// The same with the column of `meaning` in another unit.
    public RunSelection withUnit(Meaning meaning, Unit unit) {
        var more = copy(units);
        more.put(meaning, unit);
        return new RunSelection(columns, more, needs, conditions, by, dropLargest, tying);
    }

    /// The same with a unit written as `MEANING=UNIT`, such as `tokens=billions`; see [Unit#parse].
    ///
    /// @throws IllegalArgumentException if it is not written so
    public RunSelection withUnit(String assignment) {
        int equals = split(assignment, "a unit is given as MEANING=UNIT, such as tokens=billions");
        var meaning = Meaning.parse(assignment.substring(0, equals).strip());
        return withUnit(meaning, Unit.parse(meaning, assignment.substring(equals + 1)));
    }

    /// The same for a law that needs these sizes and no others.
    public RunSelection withNeeds(Set<Quantity> quantities) {
        return new RunSelection(columns, units, quantities, conditions, by, dropLargest, tying);
    }

    /// The same with one more condition.
    public RunSelection where(Condition condition) {
        var more = new ArrayList<>(conditions);
        more.add(condition);
        return new RunSelection(columns, units, needs, more, by, dropLargest, tying);
    }

    /// The same, fitted apart for each value of these columns.
    public RunSelection by(List<String> names) {
        return new RunSelection(columns, units, needs, conditions, names, dropLargest, tying);
    }

    /// The same without the runs whose loss is not below the `k`-th largest.
    public RunSelection dropLargest(int k) {
        return new RunSelection(columns, units, needs, conditions, by, k, tying);
    }

    /// The same for models whose embeddings are tied or not.
    public RunSelection withTying(Tying known) {
        return new RunSelection(columns, units, needs, conditions, by, dropLargest, known);
    }

    /// Picks the runs.
    ///
    /// @throws InputException if a column is not there or may be one of several, its numbers are plainly not in
    /// the unit they are taken for, or no run is left; with what to do
    public SelectedRuns from(TextTable table) throws InputException {
        return new RunReading(this, table).read();
    }

    /// The unit of the column of `meaning`, [Unit#ONES] if none is stated.
    Unit unit(Meaning meaning) {
        return units.getOrDefault(meaning, Unit.ONES);
    }

    private static <T> EnumMap<Meaning, T> copy(Map<Meaning, T> map) {
        var copy = new EnumMap<Meaning, T>(Meaning.class);
        copy.putAll(map);
        return copy;
    }

    private static int split(String assignment, String form) {
        int equals = assignment.indexOf('=');
        if (equals <= 0 || equals == assignment.length() - 1) {
            throw new IllegalArgumentException("%s, not \"%s\"".formatted(form, assignment));
        }
        return equals;
    }
}
