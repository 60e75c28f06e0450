package dev.superpose.runs;

import dev.superpose.result.InputException;
import dev.superpose.runs.Findings.Journal;
import dev.superpose.runs.SelectedRuns.Account;
import dev.superpose.runs.SelectedRuns.Subset;
import dev.superpose.runs.SelectedRuns.UsedColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One table on its way to runs: columns found, units checked, rows read, sizes derived,
/// subsets made.
final class RunReading {
    private final RunSelection selection;
    private final TextTable table;
    private final Journal journal = new Journal();

    RunReading(RunSelection selection, TextTable table) {
        this.selection = selection;
        this.table = table;
    }

    SelectedRuns read() throws InputException {
        table.notes().forEach(journal::note);
        if (table.rows().isEmpty()) {
            throw new InputException(table.source(), "", "rows below the names of the columns", "none", "");
        }
        var all = new ColumnFinder(selection, table, journal).find();
        var matching = matching();
        var units = new UnitChecks(selection, table.source(), table.columns(), journal);
        var found = new ColumnFinder.Found(usable(all, units, matching), all.needed());
        var subsets = divided(matching, new RowReading(selection, table, found));
        refuseNothing(subsets.values());
        var columns = leaveIncomplete(subsets.values(), found.index());
        SizeChecks.check(all(subsets.values()), journal);
        derive(subsets.values());
        var finished = new ArrayList<Subset>();
        for (var subset : subsets.values()) {
            if (subset.rows.isEmpty()) {
                journal.warn("No run is left for %s: %s.".formatted(subset.values, subset.reasons()));
            } else {
                finished.add(subset.finish(selection, table, found));
            }
        }
        return new SelectedRuns(account(columns, matching.size(), units.lossUnit()), finished);
    }

    /// The columns whose numbers can be what they are taken for.
    private static Map<Meaning, Integer> usable(
            ColumnFinder.Found found, UnitChecks units, List<TextTable.Row> matching) throws InputException {
        var usable = new EnumMap<>(found.index());
        for (var column : found.index().entrySet()) {
            var meaning = column.getKey();
            if (meaning.isNumber() && !units.isUsable(meaning, column.getValue(), matching, found.needed())) {
                usable.remove(meaning);
            }
        }
        return usable;
    }

    private List<TextTable.Row> matching() throws InputException {
        var indexes = new ArrayList<Integer>();
        for (var condition : selection.conditions()) {
            indexes.add(table.require(condition.column()));
        }
        var matching = new ArrayList<TextTable.Row>();
        for (var row : table.rows()) {
            boolean all = true;
            for (int i = 0; i < indexes.size(); i++) {
                String cell = row.cells().get(indexes.get(i));
                all &= selection.conditions().get(i).holds(table.source(), row.place(), cell);
            }
            if (all) {
                matching.add(row);
            }
        }
        if (matching.isEmpty()) {
            var wanted = selection.conditions().stream().map(Condition::text).toList();
            throw new InputException(
                    table.source(),
                    "",
                    "rows that meet " + String.join(" and ", wanted),
                    "none of %d".formatted(table.rows().size()),
                    "loosen --where");
        }
        return matching;
    }

    private Map<List<String>, SubsetReading> divided(List<TextTable.Row> matching, RowReading reading)
            throws InputException {
        var names = new ArrayList<String>();
        var indexes = new ArrayList<Integer>();
        for (String name : selection.by()) {
            indexes.add(table.require(name));
            names.add(table.columns().get(indexes.getLast()));
        }
        var subsets = new LinkedHashMap<List<String>, SubsetReading>();
        for (var row : matching) {
            var key = indexes.stream().map(row.cells()::get).toList();
            var subset = subsets.computeIfAbsent(key, _ -> new SubsetReading(names, key));
            reading.read(row, subset.journal).ifPresent(subset.rows::add);
        }
        return subsets;
    }

    private void refuseNothing(Collection<SubsetReading> subsets) throws InputException {
        if (subsets.stream().allMatch(subset -> subset.rows.isEmpty())) {
            throw new InputException(
                    table.source(),
                    "",
                    "runs with a loss and sizes",
                    "none: " + subsets.iterator().next().reasons(),
                    "mend the cells, or choose other columns with --column MEANING=NAME");
        }
    }

    /// Drops optional sizes that some rows lack, from all; returns the columns that are left.
    private Map<Meaning, Integer> leaveIncomplete(Collection<SubsetReading> subsets, Map<Meaning, Integer> columns) {
        var left = new EnumMap<>(columns);
        var all = all(subsets);
        columns.forEach((meaning, index) -> {
            long lacking = all.stream().filter(row -> !row.has(meaning)).count();
            if (meaning.isNumber() && lacking > 0) {
                journal.note("Column %s (%s) is not used: %d of %d runs have no number there."
                        .formatted(table.columns().get(index), meaning.word(), lacking, all.size()));
                subsets.forEach(subset -> subset.rows.replaceAll(row -> row.without(meaning)));
                left.remove(meaning);
            }
        });
        return left;
    }

    /// Adds the sizes that follow from others, the same to all subsets.
    private void derive(Collection<SubsetReading> subsets) {
        var complete = Derivation.complete(all(subsets), selection, journal);
        int next = 0;
        for (var subset : subsets) {
            for (int i = 0; i < subset.rows.size(); i++) {
                subset.rows.set(i, complete.get(next++));
            }
        }
    }

    private static List<Measurement> all(Collection<SubsetReading> subsets) {
        return subsets.stream().flatMap(subset -> subset.rows.stream()).toList();
    }

    private Account account(Map<Meaning, Integer> columns, int matching, String lossUnit) {
        var used = new ArrayList<UsedColumn>();
        var usedNames = new LinkedHashSet<>(selection.by());
        columns.forEach((meaning, index) -> {
            String unit = meaning.isNumber() ? selection.unit(meaning).name() : "";
            String name = table.columns().get(index);
            used.add(new UsedColumn(
                    meaning.word(), name, unit, selection.columns().containsKey(meaning)));
            usedNames.add(name);
        });
        selection.conditions().forEach(condition -> usedNames.add(condition.column()));
        var unused = IntStream.range(0, table.columns().size())
                .mapToObj(table.columns()::get)
                .filter(name -> usedNames.stream().noneMatch(name::equalsIgnoreCase))
                .toList();
        return new Account(table.source(), table.rows().size(), matching, used, unused, lossUnit, journal.findings());
    }
}
