package dev.superpose.runs;

import dev.superpose.result.InputException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a cell of a table says.
public final class Cells {
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "-", "–");
    private static final Set<String> INFINITE = Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

    /// A decimal number; Double.parseDouble would also take hexadecimal ones and `1f`.
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /// A number with its thousands marked, as spreadsheets and people write large ones.
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}([,_ ])\\d{3}(\\1\\d{3})*(\\.\\d+)?");

    private Cells() {}

    /// The number that `cell` writes, NaN if it writes none.
    public static double number(String cell) {
        return DECIMAL.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
    }

    /// The number of things that `cell` writes: as [#number], also with marked thousands (`1,000,000`) or
    /// followed by a letter for thousands (K), millions (M), billions (B, G) or trillions (T), such as `1.4B`;
    /// NaN if it writes none.
    public static double count(String cell) {
        if (GROUPED.matcher(cell).matches()) {
            return Double.parseDouble(cell.replaceAll("[,_ ]", ""));
        }
        double factor = cell.isEmpty()
                ? 1
                : switch (cell.charAt(cell.length() - 1)) {
                    case 'k', 'K' -> 1e3;
                    case 'm', 'M' -> 1e6;
                    case 'b', 'B', 'g', 'G' -> 1e9;
                    case 't', 'T' -> 1e12;
                    default -> 1;
                };
        return factor == 1
                ? number(cell)
                : factor * number(cell.substring(0, cell.length() - 1).strip());
    }

    /// Whether `cell` says that there is no value.
    public static boolean isMissing(String cell) {
        return MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /// Whether `cell` says that a value has run away.
    public static boolean isInfinite(String cell) {
        return INFINITE.contains(cell.toLowerCase(Locale.ROOT)) || Double.isInfinite(number(cell));
    }

    /// That a cell holds a word where a number is needed.
    ///
    /// @param source the table
    /// @param place of the row, such as `line 3`
    public static InputException notANumber(String source, String place, String column, String cell) {
        return new InputException(
                source,
                "%s, column %s".formatted(place, column),
                "a number",
                "\"" + cell + "\"",
                "choose another column, or leave the line out with --where");
    }
}
