package dev.superpose.report;

import dev.superpose.toy.FeatureFrequencies;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Numbers as they stand in captions and keys.
final class Words {
    private Words() {}

    /// `text` with a full stop at its end.
    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /// `value` without needless digits, with a true minus sign.
    static String number(double value) {
        String digits = value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString(Math.abs((long) value))
                : shorten(String.format(Locale.ROOT, "%.4g", Math.abs(value)));
        return value < 0 ? "−" + digits : digits;
    }

    /// A law of frequencies as a formula.
    static String law(FeatureFrequencies law) {
        return switch (law) {
            case FeatureFrequencies.Power(double alpha) -> alpha == 0 ? "p ∝ 1" : "p ∝ i^−" + number(alpha);
            case FeatureFrequencies.Exponential(double scale) -> "p ∝ exp(−i/" + number(scale) + ")";
            case FeatureFrequencies.Linear() -> "p ∝ n − i";
            case FeatureFrequencies.Given(var weights) -> "%,d given frequencies".formatted(weights.size());
        };
    }

    /// `value` to two decimals at most, with a true minus sign.
    static String twoDecimals(double value) {
        String digits = shorten(String.format(Locale.ROOT, "%.2f", Math.abs(value)));
        return value < 0 && !digits.equals("0") ? "−" + digits : digits;
    }

    /// `value ± error`, to the second digit of the error.
    static String withError(double value, double error) {
        String sign = value < 0 ? "−" : "";
        if (!(error > 0) || Double.isInfinite(error)) {
            return sign + shorten(String.format(Locale.ROOT, "%.3g", Math.abs(value)));
        }
        int decimals = Math.clamp(1 - (long) Math.floor(Math.log10(error)), 0, 8);
        String format = "%." + decimals + "f";
        return sign + String.format(Locale.ROOT, format, Math.abs(value)) + " ± "
                + String.format(Locale.ROOT, format, error);
    }

    /// The least and the most of some numbers, as one number if they are the same to three digits.
    static String range(double least, double most) {
        String low = threeDigits(least);
        String high = threeDigits(most);
        return low.equals(high) ? low : low + "–" + high;
    }

    /// `value` to three digits; thousands are written out, as nobody reads 2.53e+03.
    private static String threeDigits(double value) {
        boolean thousands = Math.abs(value) >= 999.5 && Math.abs(value) < 999_500;
        return thousands
                ? new BigDecimal(value).round(new MathContext(3)).toBigInteger().toString()
                : shorten(String.format(Locale.ROOT, "%.3g", value));
    }

    /// The least and the most of the finite ones among `values`.
    static String range(DoubleStream values) {
        double[] sorted = values.filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? "–" : range(sorted[0], sorted[sorted.length - 1]);
    }

    /// `10 … 100`: the least and the most of some whole numbers, or the only one.
    static String span(List<Integer> values) {
        int least = Collections.min(values);
        int most = Collections.max(values);
        return least == most ? "" + least : least + " … " + most;
    }

    private static String shorten(String decimal) {
        return decimal.contains(".") && !decimal.contains("e")
                ? decimal.replaceAll("0+$", "").replaceAll("\\.$", "")
                : decimal;
    }
}
