package dev.superpose.report;

import java.util.Locale;
import java.util.function.DoubleToIntFunction;

/// The colours of a heat map's values, from one end of a range to the other.
///
/// @param from the value of the one end; lower ones look the same
/// @param to the value of the other end; higher ones look the same
/// @param colours from 0 to 1 along the range to 0xRRGGBB
record Shade(double from, double to, DoubleToIntFunction colours) {
    /// Every eighth of the map "viridis" of Smith and van der Walt, which they gave to the public
    /// domain (CC0): as far apart to the eye as the values are, for every kind of colour vision.
    private static final int[] VIRIDIS = {
        0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
    };

    private static final int DARK_TEXT = 0x14171C;
    private static final int LIGHT_TEXT = 0xFFFFFF;

    Shade {
        if (!(from < to)) {
            throw new IllegalArgumentException("colours cannot run from %s to %s".formatted(from, to));
        }
    }

    /// From dark violet to yellow, for numbers of one kind.
    static Shade rising(double from, double to) {
        return new Shade(from, to, share -> between(VIRIDIS, share));
    }

    /// From blue over white at 0 to red, for differences.
    static Shade aroundZero(double most) {
        return new Shade(-most, most, share -> Diverging.colour(2 * share - 1));
    }

    /// The colour of `value` as 0xRRGGBB.
    int of(double value) {
        return colours.applyAsInt(Math.clamp((value - from) / (to - from), 0.0, 1.0));
    }

    /// The range itself, upright, the upper end on top.
    PngImage scale(int steps) {
        var image = new PngImage(1, steps);
        for (int y = 0; y < steps; y++) {
            image.set(0, y, colours.applyAsInt(1 - (double) y / (steps - 1)));
        }
        return image;
    }

    /// Black or white, whichever is easier to read on `colour`.
    static int inkOn(int colour) {
        // Luma of ITU-R BT.601.
        double luma = 0.299 * (colour >> 16 & 0xFF) + 0.587 * (colour >> 8 & 0xFF) + 0.114 * (colour & 0xFF);
        return luma > 140 ? DARK_TEXT : LIGHT_TEXT;
    }

    /// `colour` as `#rrggbb`.
    static String hex(int colour) {
        return String.format(Locale.ROOT, "#%06x", colour);
    }

    /// The colour at `share` of the way through `anchors`, from 0 to 1.
    static int between(int[] anchors, double share) {
        double place = share * (anchors.length - 1);
        int below = Math.min((int) place, anchors.length - 2);
        double part = place - below;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = anchors[below] >> shift & 0xFF;
            int to = anchors[below + 1] >> shift & 0xFF;
            colour |= (int) Math.round(from + part * (to - from)) << shift;
        }
        return colour;
    }
}
