package dev.superpose.report;

import dev.superpose.result.InputException;
import dev.superpose.result.Table;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Words, numbers and JSON made fit to stand in a page, whatever a hostile file put into them.
final class Html {
    private static final double LARGEST_PLAIN = 1e7;
    private static final double SMALLEST_PLAIN = 1e-4;

    private static final Pattern POWER =
            Pattern.compile("\\^([-−]?(?:[0-9]+(?:\\.[0-9]+)?|[a-zα]\\b)(?: ± [0-9.]*[0-9])?)");

    private Html() {}

    /// `text` as words of a page, in an element or in a quoted attribute.
    static String text(String text) {
        String safe = InputException.printable(text.replace('\n', ' ').replace('\t', ' '));
        var out = new StringBuilder(safe.length() + 16);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /// `text` as words of a page, with powers such as `m^-0.98 ± 0.05` raised.
    static String prose(String text) {
        return POWER.matcher(text(text)).replaceAll("<sup>$1</sup>").replace("<sup>-", "<sup>−");
    }

    /// JSON for a script element: no `<` or `&` in it, so nothing in it can end the element.
    static String json(JsonNode node) {
        return node.toString()
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /// A cell of a table: numbers with four digits, words as they are.
    static String cell(Table.Cell cell) {
        return switch (cell) {
            case Table.Real(double value) -> number(value);
            case Table.Whole(long value) -> text(Long.toString(value));
            case Table.Text(String value) -> text(value);
            case Table.Missing _ -> "–";
        };
    }

    /// `value` with four significant digits and no needless zeros.
    static String number(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
        }
        if (value == Math.rint(value) && size < LARGEST_PLAIN) {
            return sign(value) + "%d".formatted((long) size);
        }
        if (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN) {
            String[] parts = String.format(Locale.ROOT, "%.3e", size).split("e", 2);
            return sign(value) + shorten(parts[0]) + "·10<sup>" + sign(Integer.parseInt(parts[1]))
                    + Math.abs(Integer.parseInt(parts[1])) + "</sup>";
        }
        int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        return sign(value) + shorten(String.format(Locale.ROOT, "%." + decimals + "f", size));
    }

    private static String sign(double value) {
        return value < 0 ? "−" : "";
    }

    private static String shorten(String decimal) {
        return decimal.contains(".") ? decimal.replaceAll("0+$", "").replaceAll("\\.$", "") : decimal;
    }
}
