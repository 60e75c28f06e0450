package dev.superpose.runs;

import dev.superpose.runs.Findings.Journal;
import java.util.EnumMap;
import java.util.Optional;

/// Rows of text into numbers; a row that cannot be used is told with its reason.
final class RowReading {
    private final RunSelection selection;
    private final TextTable table;
    private final ColumnFinder.Found found;

    RowReading(RunSelection selection, TextTable table, ColumnFinder.Found found) {
        this.selection = selection;
        this.table = table;
        this.found = found;
    }

    /// The row's numbers; empty, and told to `journal`, if one that is needed is not there.
    Optional<Measurement> read(TextTable.Row row, Journal journal) {
        var values = new EnumMap<Meaning, Double>(Meaning.class);
        for (var column : found.index().entrySet()) {
            var meaning = column.getKey();
            if (meaning.isNumber()) {
                String cell = row.cells().get(column.getValue());
                double value = value(meaning, cell);
                if (value > 0 && value < Double.POSITIVE_INFINITY) {
                    values.put(meaning, value);
                } else if (found.needed().contains(meaning)) {
                    drop(table.columns().get(column.getValue()), row, cell, value, journal);
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Measurement(row, values, text(Meaning.GROUP, row), text(Meaning.RUN, row)));
    }

    private double value(Meaning meaning, String cell) {
        var unit = selection.unit(meaning);
        return unit.value(meaning.quantity().isPresent() ? Cells.count(cell) : Cells.number(cell));
    }

    private String text(Meaning meaning, TextTable.Row row) {
        Integer column = found.index().get(meaning);
        return column == null ? "" : row.cells().get(column);
    }

    private static void drop(String name, TextTable.Row row, String cell, double value, Journal journal) {
        if (Cells.isMissing(cell)) {
            journal.drop(name + " is missing", row.place());
        } else if (Cells.isInfinite(cell) || Double.isInfinite(value)) {
            journal.drop(name + " is infinite", row.place());
        } else if (Double.isNaN(Cells.count(cell))) {
            journal.drop(name + " is no number", "%s (%s)".formatted(row.place(), cell));
        } else {
            journal.drop(name + " is not positive", "%s (%s)".formatted(row.place(), cell));
        }
    }
}
