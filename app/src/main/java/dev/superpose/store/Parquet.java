package dev.superpose.store;

import dev.superpose.result.InputException;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Cell;
import dev.superpose.result.Table.Column;
import dev.superpose.result.Table.Kind;
import dev.superpose.result.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Tables as Parquet files, by a DuckDB that lives in memory alone: it locks nothing and leaves
/// nothing behind.
///
/// Text, whole and real columns become VARCHAR, BIGINT and DOUBLE; a missing cell is NULL.
public final class Parquet {
    private Parquet() {}

    /// Makes `target` of `table`: the whole of it, or nothing.
    ///
    /// @throws IOException if it cannot be written
    public static void write(Table table, Path target) throws IOException {
        write(table.columns(), target, sink -> {
            for (var row : table.rows()) {
                sink.add(row);
            }
        });
    }

    /// Makes `target` of the rows that `rows` hands on, one at a time: the whole of it, or nothing.
    ///
    /// @throws IOException if it cannot be written, or `rows` fails
    public static void write(List<Column> columns, Path target, TableRows rows) throws IOException {
        WholeFile.writeAt(target, temporary -> {
            try (var database = open()) {
                var types = columns.stream()
                        .map(column -> quoted(column.name(), '"') + " " + type(column.kind()))
                        .collect(Collectors.joining(", "));
                execute(database, "CREATE TABLE rows (" + types + ")");
                append(columns, rows, database);
                execute(database, "COPY rows TO " + quoted(temporary.toString(), '\'') + " (FORMAT parquet)");
            } catch (SQLException failed) {
                String reason = firstLine(failed).replace(temporary.toString(), target.toString());
                throw new IOException(target + ": cannot be written as Parquet: " + reason, failed);
            }
        });
    }

    /// The table in `file`. Columns of other types than those written here become text.
    ///
    /// @throws InputException if it is missing or no Parquet file
    public static Table read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file, "", "a Parquet file", "no such file", "");
        }
        try (var database = open();
                var statement = database.createStatement();
                var rows =
                        statement.executeQuery("SELECT * FROM read_parquet(" + quoted(file.toString(), '\'') + ")")) {
            return table(rows);
        } catch (SQLException failed) {
            throw new InputException(file, "", "a Parquet file", firstLine(failed), "");
        }
    }

    private static DuckDBConnection open() throws SQLException {
        var properties = new Properties();
        // Results are small: one thread and little memory do, and the trainings may need the rest.
        properties.setProperty("threads", "1");
        properties.setProperty("memory_limit", "256MB");
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    private static void append(List<Column> columns, TableRows rows, DuckDBConnection database)
            throws SQLException, IOException {
        try (var appender = database.createAppender("rows")) {
            rows.into(row -> {
                try {
                    appender.beginRow();
                    for (int j = 0; j < row.size(); j++) {
                        append(row.get(j), columns.get(j).kind(), appender);
                    }
                    appender.endRow();
                } catch (SQLException failed) {
                    throw new IOException("a row cannot be kept: " + firstLine(failed), failed);
                }
            });
        }
    }

    private static void append(Cell cell, Kind kind, DuckDBAppender appender) throws SQLException {
        switch (cell) {
            case Table.Missing _ -> appender.appendNull();
            case Table.Text(String text) -> appender.append(text);
            case Table.Real(double value) -> appender.append(value);
            case Table.Whole(long value) -> {
                if (kind == Kind.REAL) {
                    appender.append((double) value);
                } else {
                    appender.append(value);
                }
            }
        }
    }

    private static Table table(ResultSet rows) throws SQLException {
        var names = rows.getMetaData();
        var columns = new ArrayList<Column>();
        for (int j = 1; j <= names.getColumnCount(); j++) {
            columns.add(new Column(names.getColumnName(j), "", kind(names.getColumnTypeName(j))));
        }
        var cells = new ArrayList<List<Cell>>();
        while (rows.next()) {
            var row = new ArrayList<Cell>();
            for (int j = 1; j <= columns.size(); j++) {
                Cell cell = switch (columns.get(j - 1).kind()) {
                    case TEXT -> Cell.of(rows.getString(j));
                    case WHOLE -> new Table.Whole(rows.getLong(j));
                    case REAL -> Cell.of(rows.getDouble(j));
                };
                row.add(rows.wasNull() ? new Table.Missing() : cell);
            }
            cells.add(row);
        }
        return new Table(columns, cells);
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case TEXT -> "VARCHAR";
            case WHOLE -> "BIGINT";
            case REAL -> "DOUBLE";
        };
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER", "USMALLINT", "UTINYINT" -> Kind.WHOLE;
            case "DOUBLE", "FLOAT" -> Kind.REAL;
            default -> Kind.TEXT;
        };
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String text, char quote) {
        String mark = String.valueOf(quote);
        return mark + text.replace(mark, mark + mark) + mark;
    }

    private static String firstLine(SQLException failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }
}
