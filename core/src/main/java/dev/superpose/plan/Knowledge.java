package dev.superpose.plan;

import dev.superpose.scaling.Draws;
import dev.superpose.scaling.Fit;

/// How ln loss at one place is known together with that at another: what a new run can teach about
/// a target.
public sealed interface Knowledge permits FitKnowledge, DrawKnowledge {

    /// What of a place matters for the covariances, `(features)`.
    double[] features(double parameters, double tokens);

    /// The covariance of ln loss at two places, given by their features.
    double covariance(double[] one, double[] other);

    /// From the covariance of a fit's parameters, to first order.
    ///
    /// @throws IllegalArgumentException if the fit has no degree of freedom
    static Knowledge of(Fit.Fitted fit, Circumstances circumstances) {
        for (int i = 0; i < fit.covariance().size(); i++) {
            if (Double.isNaN(fit.covariance().at(i, i))) {
                throw new IllegalArgumentException(
                        "the fit of %d runs leaves no degree of freedom, so nothing is known of its errors: add runs"
                                .formatted(fit.runs().count()));
            }
        }
        return new FitKnowledge(fit.law(), fit.covariance(), circumstances);
    }

    /// From draws of the law, so that nothing need be linear.
    static Knowledge of(Draws draws, Circumstances circumstances) {
        return new DrawKnowledge(draws.laws().stream()
                .map(law -> new LossSurface(law, circumstances))
                .toList());
    }
}
