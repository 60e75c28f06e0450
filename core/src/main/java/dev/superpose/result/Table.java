package dev.superpose.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Named, typed columns over rows of cells: what `results.csv`, a terminal and a report's
/// table all show.
///
/// @param columns at least one; names differ
/// @param rows each as long as `columns`, each cell missing or of its column's kind
public record Table(List<Column> columns, List<List<Cell>> rows) {

    public Table {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a table needs at least one column");
        }
        if (columns.stream().map(Column::name).distinct().count() < columns.size()) {
            throw new IllegalArgumentException("column names differ, these do not: " + columns);
        }
        rows = rows.stream().map(List::copyOf).toList();
        for (var row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "a row has %d cells for %d columns".formatted(row.size(), columns.size()));
            }
            for (int j = 0; j < row.size(); j++) {
                columns.get(j).check(row.get(j));
            }
        }
    }

    /// A row from plain values: null or NaN is missing, whole numbers and booleans are [Whole],
    /// other numbers [Real], all else the [Text] of its `toString`.
    public static List<Cell> row(@Nullable Object... values) {
        var cells = new ArrayList<Cell>(values.length);
        for (var value : values) {
            cells.add(Cell.of(value));
        }
        return List.copyOf(cells);
    }

    /// The index of the column called `name`.
    ///
    /// @throws IllegalArgumentException if there is none
    public int indexOf(String name) {
        for (int j = 0; j < columns.size(); j++) {
            if (columns.get(j).name().equals(name)) {
                return j;
            }
        }
        throw new IllegalArgumentException("no column %s among %s"
                .formatted(name, columns.stream().map(Column::name).toList()));
    }

    /// The numbers of the column called `name`, NaN where missing.
    ///
    /// @throws IllegalArgumentException if there is no such column or it holds text
    public double[] numbers(String name) {
        int j = indexOf(name);
        return rows.stream().mapToDouble(row -> row.get(j).number()).toArray();
    }

    /// Comma-separated values with a line of column names: quoted as RFC 4180 says, lines ended
    /// by LF, real numbers with every digit needed to read the same bits back, missing cells
    /// empty.
    public String toCsv() {
        var csv = new StringBuilder(csvLine(columns.stream().map(Column::name).toList()));
        for (var row : rows) {
            csv.append(csvLine(row.stream().map(Cell::exact).toList()));
        }
        return csv.toString();
    }

    /// One line of comma-separated values, with its LF.
    public static String csvLine(List<String> fields) {
        var csv = new StringBuilder();
        for (int j = 0; j < fields.size(); j++) {
            String field = fields.get(j);
            csv.append(j == 0 ? "" : ",");
            if (field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
                csv.append('"').append(field.replace("\"", "\"\"")).append('"');
            } else {
                csv.append(field);
            }
        }
        return csv.append('\n').toString();
    }

    /// Aligned columns for a terminal: names above, units below them where there are any, numbers
    /// to four digits.
    public String toText() {
        var lines = new ArrayList<List<String>>();
        lines.add(columns.stream().map(Column::name).toList());
        if (columns.stream().anyMatch(column -> !column.unit().isEmpty())) {
            lines.add(columns.stream().map(Column::unit).toList());
        }
        rows.forEach(row -> lines.add(row.stream().map(Cell::brief).toList()));
        var widths = new int[columns.size()];
        for (var line : lines) {
            for (int j = 0; j < widths.length; j++) {
                widths[j] = Math.max(
                        widths[j], line.get(j).codePointCount(0, line.get(j).length()));
            }
        }
        var text = new StringBuilder();
        for (var line : lines) {
            var row = new StringBuilder();
            for (int j = 0; j < widths.length; j++) {
                String cell = InputException.printable(line.get(j));
                String space = " ".repeat(Math.max(0, widths[j] - cell.codePointCount(0, cell.length())));
                boolean left = columns.get(j).kind() == Kind.TEXT;
                row.append(j == 0 ? "" : "  ").append(left ? cell + space : space + cell);
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /// `value` to four significant digits, as a person reads it: `0.09812`, `1234`,
    /// `1.2e-07`, `–` for NaN.
    public static String brief(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (Double.isInfinite(value) || value == 0 || (size == Math.rint(size) && size < 1e6)) {
            return Double.isInfinite(value) ? Double.toString(value) : String.valueOf((long) value);
        }
        if (size < 1e-4 || size >= 1e7) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        int digits = (int) Math.max(0, 3 - Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /// What the cells of a column are.
    public enum Kind {
        TEXT,
        WHOLE,
        REAL
    }

    /// One column.
    ///
    /// @param name lower case with underscores, as in the CSV file
    /// @param unit what one is one of, such as `s`; empty for a pure number
    /// @param kind what its cells are
    public record Column(String name, String unit, Kind kind) {
        /// A column of words.
        public static Column text(String name) {
            return new Column(name, "", Kind.TEXT);
        }

        /// A column of whole numbers.
        public static Column whole(String name, String unit) {
            return new Column(name, unit, Kind.WHOLE);
        }

        /// A column of real numbers.
        public static Column real(String name, String unit) {
            return new Column(name, unit, Kind.REAL);
        }

        private void check(Cell cell) {
            boolean fits = switch (cell) {
                case Missing _ -> true;
                case Text _ -> kind == Kind.TEXT;
                case Whole _ -> kind == Kind.WHOLE || kind == Kind.REAL;
                case Real _ -> kind == Kind.REAL;
            };
            if (!fits) {
                throw new IllegalArgumentException("column %s holds %s, not %s".formatted(name, kind, cell));
            }
        }
    }

    /// One value of a table.
    public sealed interface Cell {
        /// The cell of a plain value, as [Table#row] reads it.
        static Cell of(@Nullable Object value) {
            return switch (value) {
                case null -> new Missing();
                case Cell cell -> cell;
                case Integer number -> new Whole(number);
                case Long number -> new Whole(number);
                case Boolean flag -> new Whole(flag ? 1 : 0);
                case Number number ->
                    Double.isNaN(number.doubleValue()) ? new Missing() : new Real(number.doubleValue());
                default -> new Text(value.toString());
            };
        }

        /// As text from which the same value can be read back.
        String exact();

        /// As a person reads it.
        String brief();

        /// As a number, NaN if missing.
        ///
        /// @throws IllegalArgumentException if it is text
        double number();
    }

    /// No value.
    public record Missing() implements Cell {
        @Override
        public String exact() {
            return "";
        }

        @Override
        public String brief() {
            return "–";
        }

        @Override
        public double number() {
            return Double.NaN;
        }
    }

    /// A word or sentence.
    public record Text(String value) implements Cell {
        @Override
        public String exact() {
            return value;
        }

        @Override
        public String brief() {
            return value;
        }

        @Override
        public double number() {
            throw new IllegalArgumentException("a number is needed here, not \"" + value + "\"");
        }
    }

    /// A whole number.
    public record Whole(long value) implements Cell {
        @Override
        public String exact() {
            return Long.toString(value);
        }

        @Override
        public String brief() {
            return Long.toString(value);
        }

        @Override
        public double number() {
            return value;
        }
    }

    /// A real number, never NaN: that is [Missing].
    public record Real(double value) implements Cell {
        public Real {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("NaN is a missing cell");
            }
        }

        @Override
        public String exact() {
            return Double.toString(value);
        }

        @Override
        public String brief() {
            return Table.brief(value);
        }

        @Override
        public double number() {
            return value;
        }
    }
}
