package dev.superpose.scaling;

import dev.superpose.result.Csv;
import dev.superpose.result.InputException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a cell of a table says.
final class Cells {
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "-", "–");
    private static final Set<String> INFINITE = Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

    /// A decimal number; Double.parseDouble would also take hexadecimal ones and `1f`.
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private Cells() {}

    /// The number that `cell` writes, NaN if it writes none.
    static double number(String cell) {
        return DECIMAL.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
    }

    /// Whether `cell` says that there is no value.
    static boolean isMissing(String cell) {
        return MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /// Whether `cell` says that a value has run away.
    static boolean isInfinite(String cell) {
        return INFINITE.contains(cell.toLowerCase(Locale.ROOT)) || Double.isInfinite(number(cell));
    }

    static InputException notANumber(Csv table, Csv.Line line, String column, String cell) {
        return new InputException(
                table.source(),
                "line %d, column %s".formatted(line.number(), column),
                "a number",
                "\"" + cell + "\"",
                "choose another column, or leave the line out with --where");
    }
}
