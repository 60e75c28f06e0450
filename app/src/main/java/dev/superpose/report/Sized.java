package dev.superpose.report;

import dev.superpose.result.Table;
import dev.superpose.runs.Sizes;
import java.util.Locale;
import java.util.stream.Collectors;

/// Sizes as people say them.
public final class Sized {
    private static final String[] UNITS = {"", "k", "M", "B", "T"};

    private Sized() {}

    /// A share as percent to a thousandth of one: what lies below is of no interest to anyone.
    public static double percent(double share) {
        return Math.rint(1e5 * share) / 1e3;
    }

    /// `value` to three significant digits with k, M, B or T, such as `73.2B`; compute
    /// beyond 10^15 as `5.76e+23`.
    public static String brief(double value) {
        if (!(value >= 1e4 && value < 1e15)) {
            return value >= 1e15 && Double.isFinite(value)
                    ? String.format(Locale.ROOT, "%.2e", value)
                    : Table.brief(value);
        }
        int unit = 0;
        double scaled = value;
        // 999.6 would be written 1000: three digits decide.
        while (unit < UNITS.length - 1 && scaled >= 999.5) {
            scaled /= 1000;
            unit++;
        }
        int decimals = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
        String digits = String.format(Locale.ROOT, "%." + decimals + "f", scaled);
        return (digits.contains(".") ? digits.replaceAll("0+$", "").replaceAll("\\.$", "") : digits) + UNITS[unit];
    }

    /// `sizes` in words, such as `N = 7B, D = 2T`, with the group where there is one.
    public static String words(Sizes sizes) {
        String text = sizes.values().entrySet().stream()
                .map(size -> size.getKey().symbol() + " = " + brief(size.getValue()))
                .collect(Collectors.joining(", "));
        return sizes.group().isEmpty() ? text : text + ", group " + sizes.group();
    }
}
