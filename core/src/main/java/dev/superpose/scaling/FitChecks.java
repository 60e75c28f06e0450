package dev.superpose.scaling;

import dev.superpose.result.Table;
import java.util.ArrayList;
import java.util.List;

/// Checks that all forms share.
final class FitChecks {
    /// Below this ratio of largest to smallest size an exponent says little about any other size.
    private static final double NARROW = 4;

    /// Below this share of explained variance a law is a poor description, whatever its errors say.
    private static final double POOR = 0.9;

    private FitChecks() {}

    /// What to beware of in any fit to `observations`.
    static List<String> warnings(Observations observations, double rSquared, int degreesOfFreedom) {
        var warnings = new ArrayList<String>();
        if (degreesOfFreedom == 1) {
            warnings.add("only one point more than parameters: the standard errors are hardly known themselves");
        }
        if (rSquared < POOR) {
            warnings.add("the law explains only %s %% of the variance of ln loss: these points hardly follow it"
                    .formatted(Table.brief(Math.rint(1000 * rSquared) / 10)));
        }
        double ratio = observations.largest() / observations.smallest();
        if (ratio < NARROW) {
            warnings.add("the sizes span a factor of only %s: measure a wider range before extrapolating"
                    .formatted(Table.brief(ratio)));
        }
        return warnings;
    }

    /// Whether deviations of this mean square are nothing but the rounding of `logLosses`; their direction then
    /// means nothing.
    static boolean exact(double meanSquare, double[] logLosses) {
        double largest = 1;
        for (double logLoss : logLosses) {
            largest = Math.max(largest, Math.abs(logLoss));
        }
        return Math.sqrt(meanSquare) <= 1e-13 * largest;
    }
}
