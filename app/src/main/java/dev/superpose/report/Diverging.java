package dev.superpose.report;

/// Colours for numbers of both signs: blue below zero, white at it, red above. Told apart with
/// every common kind of colour blindness.
final class Diverging {
    /// From -1 to 1, after ColorBrewer's RdBu.
    private static final int[] ANCHORS = {
        0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xFFFFFF, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B, 0x67001F
    };

    private static final int NOT_A_NUMBER = 0x808080;

    private Diverging() {}

    /// The colour of `value` between -1 and 1; beyond them that of the end.
    static int colour(double value) {
        if (Double.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        return Shade.between(ANCHORS, (Math.clamp(value, -1.0, 1.0) + 1) / 2);
    }

    /// A square picture of `values`, (k, k), first row on top; `limit` and beyond are the end
    /// colours. Each value is a block of pixels, so that no viewer blurs the borders.
    static PngImage picture(double[][] values, double limit) {
        int k = values.length;
        int block = Math.max(1, 640 / k);
        var image = new PngImage(k * block, k * block);
        for (int y = 0; y < k * block; y++) {
            for (int x = 0; x < k * block; x++) {
                image.set(x, y, colour(values[y / block][x / block] / limit));
            }
        }
        return image;
    }

    /// The scale itself, upright, the largest value on top.
    static PngImage scale(int steps) {
        var image = new PngImage(1, steps);
        for (int y = 0; y < steps; y++) {
            image.set(0, y, colour(1 - 2.0 * y / (steps - 1)));
        }
        return image;
    }
}
