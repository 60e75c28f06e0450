package dev.superpose.runs;

import dev.superpose.runs.Findings.Journal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs that are fitted together, while they are read; not for several threads.
final class SubsetReading {
    final Map<String, String> values = new LinkedHashMap<>();
    final List<Measurement> rows = new ArrayList<>();
    final Journal journal = new Journal();

    /// Without runs yet.
    ///
    /// @param names of the columns by which the table is divided
    /// @param key their values
    SubsetReading(List<String> names, List<String> key) {
        for (int i = 0; i < key.size(); i++) {
            values.put(names.get(i), key.get(i));
        }
    }

    /// Why rows were left out, in words.
    String reasons() {
        return String.join(
                "; ",
                journal.findings().dropped().stream()
                        .map(reason -> "%s (%s)".formatted(reason.reason(), Findings.places(reason.places())))
                        .toList());
    }

    /// The runs, once duplicates and the largest losses are dropped; at least one.
    SelectedRuns.Subset finish(RunSelection selection, TextTable table, ColumnFinder.Found found) {
        dropDuplicates();
        dropLargest(selection.dropLargest());
        new SubsetChecks(rows, table, found, selection.needs(), journal).check();
        return new SelectedRuns.Subset(
                values, Runs.of(rows.stream().map(Measurement::toRun).toList()), journal.findings());
    }

    /// A row that says in every cell what an earlier one says is the same run twice.
    private void dropDuplicates() {
        var first = new HashMap<List<String>, String>();
        rows.removeIf(row -> {
            String earlier = first.putIfAbsent(row.row().cells(), row.place());
            if (earlier != null) {
                journal.drop("the same as an earlier row in every cell", "%s (%s)".formatted(row.place(), earlier));
            }
            return earlier != null;
        });
    }

    private void dropLargest(int k) {
        if (k == 0) {
            return;
        }
        if (k >= rows.size()) {
            journal.warn("The %d largest losses are not dropped: there are %d runs.".formatted(k, rows.size()));
            return;
        }
        double limit = rows.stream()
                .map(Measurement::loss)
                .sorted(Comparator.reverseOrder())
                .skip(k - 1)
                .findFirst()
                .orElseThrow();
        if (rows.stream().noneMatch(row -> row.loss() < limit)) {
            journal.warn("The %d largest losses are not dropped: all runs have the same loss.".formatted(k));
            return;
        }
        rows.removeIf(row -> {
            boolean large = !(row.loss() < limit);
            if (large) {
                journal.drop("among the %d largest losses".formatted(k), row.place());
            }
            return large;
        });
    }
}
