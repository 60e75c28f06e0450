package dev.superpose.report;

import dev.superpose.result.Json;
import java.util.Map;

/// How wide a line of text is in Helvetica and the typefaces of the same metrics (Arial,
/// Liberation Sans).
///
/// Figures are laid out with these numbers on every machine, so that a picture does not
/// depend on the fonts found.
final class TextWidth {
    /// Widths of the characters 32 to 126 in thousandths of the font size, from Adobe's
    /// font metrics.
    private static final short[] ASCII = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584
    };

    private static final char FIRST = ' ';
    private static final int OTHER = 560;

    private TextWidth() {}

    /// The width of `text` in pixels at a font of `size` pixels.
    static double of(String text, double size) {
        long sum = text.codePoints()
                .map(c -> c >= FIRST && c < FIRST + ASCII.length ? ASCII[c - FIRST] : OTHER)
                .asLongStream()
                .sum();
        return sum * size / 1000;
    }

    /// The metrics for the script that draws: `first` character, `widths` from it on,
    /// that of any `other`.
    static String json() {
        return Json.write(Map.of("first", (int) FIRST, "widths", ASCII, "other", OTHER));
    }
}
