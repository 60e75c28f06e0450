package dev.superpose.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Decimal numbers in ASCII bytes to float32.
final class DecimalKernels {
    private static final float[] POWERS = {1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f};
    private static final int EXACT = 1 << 24;

    private DecimalKernels() {}

    /// Whether bytes `from` .. `to - 1` are a decimal number, or `nan`, `inf` or `infinity` in any case.
    static boolean isNumber(byte[] text, int from, int to) {
        int at = from < to && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
        int start = at;
        at = skipDigits(text, at, to);
        int digits = at - start;
        if (at < to && text[at] == '.') {
            int fraction = skipDigits(text, at + 1, to);
            digits += fraction - at - 1;
            at = fraction;
        }
        if (digits == 0) {
            return isName(text, start, to);
        }
        if (at < to && (text[at] | 0x20) == 'e') {
            at++;
            at = at < to && (text[at] == '-' || text[at] == '+') ? at + 1 : at;
            int exponent = skipDigits(text, at, to);
            if (exponent == at) {
                return false;
            }
            at = exponent;
        }
        return at == to;
    }

    /// The float32 nearest to the number that [#isNumber] has found.
    static float parse(byte[] text, int from, int to) {
        int at = from;
        boolean negative = text[at] == '-';
        if (negative || text[at] == '+') {
            at++;
        }
        int mantissa = 0;
        int decimals = 0;
        boolean point = false;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9 && mantissa < EXACT / 10 - 1) {
                mantissa = 10 * mantissa + digit;
                decimals += point ? 1 : 0;
            } else if (text[at] == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (at < to || decimals >= POWERS.length) {
            return slow(text, from, to);
        }
        // Both are float32 exactly, so that one division rounds correctly.
        float magnitude = mantissa / POWERS[decimals];
        return negative ? -magnitude : magnitude;
    }

    private static float slow(byte[] text, int from, int to) {
        String number = new String(text, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return switch (number) {
            case "nan", "+nan", "-nan" -> Float.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Float.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Float.NEGATIVE_INFINITY;
            default -> Float.parseFloat(number);
        };
    }

    private static boolean isName(byte[] text, int from, int to) {
        int length = to - from;
        if (length != 3 && length != 8) {
            return false;
        }
        String name = new String(text, from, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return name.equals("nan") || name.equals("inf") || name.equals("infinity");
    }

    private static int skipDigits(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }
}
