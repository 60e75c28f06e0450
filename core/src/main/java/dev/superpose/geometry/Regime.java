package dev.superpose.geometry;

import java.util.Locale;

/// How much is packed into the width, by a rule free of scale: a row counts as represented if its norm
/// exceeds half the root mean square norm. It describes norms, not what a model does with them.
public enum Regime {
    /// No more rows than dimensions: nothing needs to share.
    NONE,
    /// About as many represented rows as dimensions (at most twice as many): the rest is given up.
    WEAK,
    /// More than twice as many represented rows as dimensions, but less than nine in ten.
    MIXED,
    /// At least nine rows in ten are represented, though there are more rows than dimensions.
    STRONG;

    private static final double NEARLY_ALL = 0.9;
    private static final double ABOUT_THE_WIDTH = 2;

    /// The regime of `n` rows in `m` dimensions of which a share `represented` is.
    static Regime of(long n, int m, double represented) {
        if (n <= m) {
            return NONE;
        }
        if (represented >= NEARLY_ALL) {
            return STRONG;
        }
        return represented * n <= ABOUT_THE_WIDTH * m ? WEAK : MIXED;
    }

    /// The word for it in tables and JSON.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
