package dev.superpose.cli;

import dev.superpose.result.InputException;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.List;

/// Paragraphs and tables for a terminal. What comes from files is made safe on the way.
final class TextPage {
    private static final int LINE = 98;

    private final StringBuilder text = new StringBuilder();

    /// Adds a paragraph, broken at blanks; where it begins with two blanks all of it is set in.
    void paragraph(String sentences) {
        String rest = InputException.printable(sentences);
        String hang = rest.startsWith("  ") ? "    " : "  ";
        String start = "";
        while (start.length() + rest.length() > LINE) {
            int at = rest.lastIndexOf(' ', LINE - start.length());
            if (at <= 2) {
                break;
            }
            text.append(start).append(rest, 0, at).append('\n');
            rest = rest.substring(at + 1);
            start = hang;
        }
        text.append(start).append(rest).append('\n');
    }

    /// Adds a table.
    void table(List<Column> columns, List<List<Table.Cell>> rows) {
        text.append(new Table(columns, rows).toText());
    }

    /// Adds an empty line.
    void space() {
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
