package dev.superpose.runs;

import dev.superpose.result.InputException;
import java.util.regex.Pattern;

/// Which lines of a table count, such as `alpha=1` or `width>=32`.
///
/// @param column the name of a column
/// @param comparison how its cell compares with `value`
/// @param value a number, or for `=` and `!=` any text
public record Condition(String column, Comparison comparison, String value) {
    private static final Pattern FORM = Pattern.compile("([^=<>!]+)(==|!=|<=|>=|=|<|>)(.*)", Pattern.DOTALL);

    /// How two values compare.
    public enum Comparison {
        EQUAL("="),
        DIFFERENT("!="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        private boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case DIFFERENT -> order != 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case GREATER -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }
    }

    public Condition {
        boolean ordered = comparison != Comparison.EQUAL && comparison != Comparison.DIFFERENT;
        if (ordered && Double.isNaN(Cells.number(value))) {
            throw new IllegalArgumentException(
                    "%s can only be compared with a number, not \"%s\"".formatted(column, value));
        }
    }

    /// The condition written as `column=value`, or with `!=`, `<`, `<=`, `>`, `>=`.
    public static Condition parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "a condition is written column=value (or !=, <, <=, >, >=), not \"%s\"".formatted(text));
        }
        var comparison = switch (parts.group(2)) {
            case "!=" -> Comparison.DIFFERENT;
            case "<" -> Comparison.LESS;
            case "<=" -> Comparison.AT_MOST;
            case ">" -> Comparison.GREATER;
            case ">=" -> Comparison.AT_LEAST;
            default -> Comparison.EQUAL;
        };
        return new Condition(parts.group(1).strip(), comparison, parts.group(3).strip());
    }

    /// As it is written on the command line.
    public String text() {
        return column + comparison.sign + value;
    }

    /// Whether a row meets the condition. Numbers compare as numbers, so that `1` equals `1.0`; a missing number is
    /// neither less nor greater.
    ///
    /// @param source the table, for messages
    /// @param place of the row, such as `line 3`
    /// @param cell of this condition's column, without spaces around it
    /// @throws InputException if a cell that holds a word is to be less or greater
    public boolean holds(String source, String place, String cell) throws InputException {
        double left = Cells.number(cell);
        double right = Cells.number(value);
        if (!Double.isNaN(left) && !Double.isNaN(right)) {
            return comparison.holds(Double.compare(left, right));
        }
        return switch (comparison) {
            case EQUAL -> cell.equals(value);
            case DIFFERENT -> !cell.equals(value);
            case LESS, AT_MOST, GREATER, AT_LEAST -> {
                if (!Cells.isMissing(cell)) {
                    throw Cells.notANumber(source, place, column, cell);
                }
                yield false;
            }
        };
    }
}
