package dev.superpose.theory;

import dev.superpose.stat.LineFit;
import java.util.Arrays;

/// How the loss goes with the density E = Σ p_i at fixed widths and decay. To first order in p it
/// is proportional to E: only one feature is active at a time, and Eq. 8 of arXiv 2505.10465 is
/// linear in p. Then exponents of the width do not depend on E.
public final class DensityScaling {
    private DensityScaling() {}

    /// The line through ln loss over ln E: its slope is 1 if the loss is proportional to E.
    ///
    /// @param densities E, (points), positive
    /// @param losses (points), positive
    public static LineFit line(double[] densities, double[] losses) {
        return LineFit.of(logarithms(densities), logarithms(losses));
    }

    /// The slopes of ln loss over ln E between neighbouring densities, (points - 1), in the order
    /// of the points: where the loss is more than proportional they exceed 1.
    public static double[] slopes(double[] densities, double[] losses) {
        if (densities.length != losses.length || densities.length < 2) {
            throw new IllegalArgumentException("slopes need as many losses as densities and at least 2, not %d and %d"
                    .formatted(losses.length, densities.length));
        }
        double[] x = logarithms(densities);
        double[] y = logarithms(losses);
        double[] slopes = new double[x.length - 1];
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = (y[k + 1] - y[k]) / (x[k + 1] - x[k]);
        }
        return slopes;
    }

    /// What the ideal weak loss falls short of proportionality by when every probability is
    /// multiplied by `factor`: f² Σ_{i>k} p_i² less f Σ_{i>k} p_i², exactly.
    ///
    /// @param probabilities p_1 .. p_n before
    /// @param represented k
    public static double weakShortfall(double[] probabilities, int represented, double factor) {
        double before = WeakRegime.tailLoss(probabilities, represented);
        double after = WeakRegime.tailLoss(
                Arrays.stream(probabilities).map(p -> factor * p).toArray(), represented);
        return factor * before - after;
    }

    private static double[] logarithms(double[] values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }
}
