package dev.superpose.scaling;

import dev.superpose.stat.Covariance;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.List;

/// How the fit of a law to losses ended: with a law and its certificate, or with what is wrong and what to do.
///
/// The objective is the sum of the squared deviations of ln loss, weighted: relative deviations count alike at all
/// sizes. A [Law.Power] has its solution in closed form; a [Law.PowerWithFloor] is searched from many starts.
public sealed interface LawFit {

    /// Fits the law of form `form` to `observations`.
    static LawFit of(LawForm form, Observations observations) {
        return switch (form) {
            case POWER -> PowerFit.of(observations);
            case POWER_WITH_FLOOR -> FloorFit.of(observations);
        };
    }

    /// The form that was to be fitted.
    LawForm form();

    /// A law, with how well it is known. Errors are those of the linear approximation with independent deviations
    /// of ln loss of one size; where a parameter is at a bound its own error is NaN and the others hold it fixed.
    ///
    /// @param law the law
    /// @param covariance of (ln scale, exponent, floor); zero in the rows of parameters at a bound, NaN without a
    /// degree of freedom
    /// @param rSquared share of the variance of ln loss that the law explains; NaN if all losses are equal
    /// @param residualStandardDeviation of ln loss about the law, thus about the relative deviation of the loss
    /// @param degreesOfFreedom points less free parameters
    /// @param points how many points were used
    /// @param certificate what was checked
    /// @param warnings what a reader should know before believing it, as sentences; empty if nothing
    record Fitted(
            Law law,
            Covariance covariance,
            double rSquared,
            double residualStandardDeviation,
            int degreesOfFreedom,
            int points,
            Certificate certificate,
            List<String> warnings)
            implements LawFit {

        public Fitted {
            warnings = List.copyOf(warnings);
        }

        @Override
        public LawForm form() {
            return law.form();
        }

        /// Every parameter with its standard error.
        public List<Estimate> estimates() {
            var estimates = new ArrayList<Estimate>();
            var parameters = law.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                var parameter = parameters.get(i);
                double error = covariance.standardError(i);
                if (certificate.atBound().contains(parameter.name())) {
                    error = Double.NaN;
                } else if (parameter.name().equals("scale")) {
                    error *= parameter.value(); // from ln scale, to first order
                }
                estimates.add(new Estimate(parameter.name(), parameter.value(), error));
            }
            return List.copyOf(estimates);
        }

        /// The standard error of the exponent.
        public double exponentStandardError() {
            return covariance.standardError(1);
        }

        /// Student's t interval of the exponent: exact for the pure power law, approximate with a floor.
        public Interval exponentInterval(double level) {
            return Interval.studentT(law.exponent(), exponentStandardError(), degreesOfFreedom, level);
        }

        /// The standard error of ln loss on the fitted curve at `size` (delta method); about the relative
        /// error of the loss there. It is that of the curve, not of one more measurement, and knows nothing
        /// of the law failing.
        public double logStandardErrorAt(double size) {
            return covariance.standardErrorAlong(law.logGradientAt(size));
        }

        /// The interval of the fitted curve at `size`, from the interval of ln loss.
        public Interval curveAt(double size, double level) {
            double half = Interval.halfWidthFactor(degreesOfFreedom, level) * logStandardErrorAt(size);
            double loss = law.at(size);
            return new Interval(loss * Math.exp(-half), loss * Math.exp(half), level);
        }
    }

    /// One parameter's value and standard error, NaN where there is none.
    record Estimate(String name, double value, double standardError) {}

    /// The data do not fix the parameters.
    ///
    /// @param form what was to be fitted
    /// @param reason why, as a sentence
    /// @param remedy what to do, as a sentence
    record NotIdentified(LawForm form, String reason, String remedy) implements LawFit {}

    /// The search found no point that could be certified.
    ///
    /// @param form what was to be fitted
    /// @param reason why, as a sentence
    /// @param remedy what to do, as a sentence
    record NotConverged(LawForm form, String reason, String remedy) implements LawFit {}
}
