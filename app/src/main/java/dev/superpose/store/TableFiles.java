package dev.superpose.store;

import dev.superpose.result.Table;
import dev.superpose.runs.TextTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tables of runs in any file that is known: Parquet by DuckDB, everything else as
/// [TextTable#read] reads it.
public final class TableFiles {
    private static final String MAGIC = "PAR1";

    private TableFiles() {}

    /// The table in `file`. Rows of Parquet are called `row 1`, `row 2` and so on; numbers keep every digit.
    ///
    /// @throws dev.superpose.result.InputException if it is no table or damaged, with the place and what to do
    public static TextTable read(Path file) throws IOException {
        return isParquet(file) ? text(file.toString(), Parquet.read(file)) : TextTable.read(file);
    }

    private static boolean isParquet(Path file) throws IOException {
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
