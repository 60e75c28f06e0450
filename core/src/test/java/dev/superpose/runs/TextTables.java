package dev.superpose.runs;

import java.util.ArrayList;
import java.util.List;

/// Small tables of text for tests.
final class TextTables {
    private TextTables() {}

    /// The table that `text` writes: a line of names, then lines of as many cells, separated by commas, without
    /// quotes.
    static TextTable of(String text) {
        var lines = text.lines().toList();
        var rows = new ArrayList<TextTable.Row>();
        for (int i = 1; i < lines.size(); i++) {
            rows.add(new TextTable.Row("line " + (i + 1), List.of(lines.get(i).split(",", -1))));
        }
        return new TextTable("runs.csv", List.of(lines.getFirst().split(",", -1)), rows, List.of());
    }
}
