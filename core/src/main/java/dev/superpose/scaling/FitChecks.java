package dev.superpose.scaling;

import dev.superpose.result.Table;
import java.util.List;

/// Checks that all forms share.
final class FitChecks {
    /// Below this ratio of largest to smallest size an exponent says little about any other size.
    private static final double NARROW = 4;

    private FitChecks() {}

    /// Whether deviations of this mean square are nothing but the rounding of `logLosses`; their direction then
    /// means nothing.
    static boolean exact(double meanSquare, double[] logLosses) {
        double largest = 1;
        for (double logLoss : logLosses) {
            largest = Math.max(largest, Math.abs(logLoss));
        }
        return Math.sqrt(meanSquare) <= 1e-13 * largest;
    }

    static void warnOfNarrowSpan(Observations observations, List<String> warnings) {
        double ratio = observations.largest() / observations.smallest();
        if (ratio < NARROW) {
            warnings.add("the sizes span a factor of only %s: measure a wider range before extrapolating"
                    .formatted(Table.brief(ratio)));
        }
    }
}
