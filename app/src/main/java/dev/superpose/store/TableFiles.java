package dev.superpose.store;

import dev.superpose.result.Table;
import dev.superpose.result.WholeFile;
import dev.superpose.runs.TextTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tables in any file that is known. Read: Parquet by DuckDB, everything else as [TextTable#read]
/// reads it. Written, row by row: Parquet or CSV.
public final class TableFiles {
    private static final String MAGIC = "PAR1";
    private static final String FORMULA = "=+-@'\t\r\uff1d\uff0b\uff0d\uff20";

    private TableFiles() {}

    /// The table in `file`. Rows of Parquet are called `row 1`, `row 2` and so on;
    /// numbers keep every digit.
    ///
    /// @throws dev.superpose.result.InputException if it is no table or damaged, with the
    /// place and what to do
    public static TextTable read(Path file) throws IOException {
        return isParquet(file) ? text(file.toString(), Parquet.read(file)) : TextTable.read(file);
    }

    /// Makes `target` of `rows`, the whole of it or nothing: Parquet if its name ends so, else
    /// CSV as [Table#toCsv] writes it, in which no text is a formula to a spreadsheet
    /// ([#guarded]).
    ///
    /// @throws IOException if it cannot be written, or `rows` fails
    public static void write(Path target, List<Table.Column> columns, TableRows rows) throws IOException {
        if (target.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
            Parquet.write(columns, target, rows);
            return;
        }
        WholeFile.write(target, out -> {
            String names =
                    Table.csvLine(columns.stream().map(Table.Column::name).toList());
            out.write(names.getBytes(StandardCharsets.UTF_8));
            rows.into(row -> {
                String line = Table.csvLine(row.stream()
                        .map(cell -> cell instanceof Table.Text(String text) ? guarded(text) : cell.exact())
                        .toList());
                out.write(line.getBytes(StandardCharsets.UTF_8));
            });
        });
    }

    /// `text` with an apostrophe before it if it begins with one, or with what a spreadsheet
    /// takes for the start of a formula (`=`, `+`, `-`, `@`, also full-width, tab and carriage
    /// return). Without its first apostrophe, if it has one, it is `text` again.
    public static String guarded(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /// Whether `file` is Parquet, by its name or its first bytes.
    static boolean isParquet(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAGIC.length()), StandardCharsets.ISO_8859_1).equals(MAGIC);
        }
    }

    private static TextTable text(String source, Table table) {
        var rows = new ArrayList<TextTable.Row>();
        for (var row : table.rows()) {
            rows.add(new TextTable.Row(
                    "row " + (rows.size() + 1),
                    row.stream().map(cell -> cell.exact().strip()).toList()));
        }
        return new TextTable(
                source, table.columns().stream().map(Table.Column::name).toList(), rows, List.of());
    }
}
