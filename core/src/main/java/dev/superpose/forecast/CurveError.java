package dev.superpose.forecast;

import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Fit;

/// How well a fit knows its own curve, to first order: the delta method on ln loss.
final class CurveError {
    private CurveError() {}

    /// The standard error of ln loss on the curve of `fitted` at `sizes`; NaN without a degree of
    /// freedom.
    static double of(Fit.Fitted fitted, Sizes sizes) {
        var form = fitted.form();
        var groups = fitted.law().groups();
        double[] vector = fitted.law().vector();
        double[] gradient = new double[vector.length];
        for (int p = 0; p < vector.length; p++) {
            // The logarithm of a coefficient of 0 does not move; nor does what was held.
            if (!Double.isFinite(vector[p]) || fitted.covariance().at(p, p) == 0) {
                continue;
            }
            double at = vector[p];
            double step = 1e-6 * Math.max(1, Math.abs(at));
            vector[p] = at + step;
            double above = form.logLoss(vector, sizes, groups);
            vector[p] = at - step;
            double below = form.logLoss(vector, sizes, groups);
            vector[p] = at;
            gradient[p] = (above - below) / (2 * step);
        }
        return fitted.covariance().standardErrorAlong(gradient);
    }
}
