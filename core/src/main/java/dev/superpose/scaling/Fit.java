package dev.superpose.scaling;

import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.stat.Covariance;
import dev.superpose.stat.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How the fit of a form to runs ended: with a law and its certificate, or with what is wrong
/// and what to do.
public sealed interface Fit {

    /// The form that was to be fitted.
    Form form();

    /// A law that is the optimum of its objective, with what was checked.
    ///
    /// @param form as it was asked for
    /// @param objective what was made small
    /// @param runs what was fitted
    /// @param law with a coefficient of 0 where the data push it there
    /// @param value of the objective
    /// @param covariance of the law's vector (logarithms of coefficients): the linear approximation for
    /// independent deviations of one size; 0 in the rows of what is held or at a bound, NaN without a degree of
    /// freedom. For Huber's objectives the size of the deviations comes from their median, and the errors are
    /// rough: bootstrap
    /// @param certificate what was checked
    /// @param warnings what a reader should know before believing it, as sentences
    record Fitted(
            Form form,
            Objective objective,
            Runs runs,
            ScalingLaw law,
            double value,
            Covariance covariance,
            Certificate certificate,
            List<String> warnings)
            implements Fit {
        public Fitted {
            warnings = List.copyOf(warnings);
        }

        /// The same with `sentences` as warnings.
        Fitted warning(List<String> sentences) {
            return new Fitted(form, objective, runs, law, value, covariance, certificate, sentences);
        }

        /// ln loss measured less predicted, of run `i`.
        public double residual(int i) {
            return Math.log(runs.loss(i)) - Math.log(law.at(runs.sizes(i)));
        }

        /// ln loss measured less predicted, `(runs)`.
        public double[] residuals() {
            double[] residuals = new double[runs.count()];
            for (int i = 0; i < residuals.length; i++) {
                residuals[i] = residual(i);
            }
            return residuals;
        }

        /// The number of parameters that were fitted and are not at a bound.
        public int free() {
            return (int) form.parameters(runs.groups()).stream()
                            .filter(parameter -> !parameter.held())
                            .count()
                    - certificate.atBound().size();
        }

        /// Runs less fitted parameters.
        public int degreesOfFreedom() {
            return runs.count() - free();
        }

        /// The deviation of ln loss about the law, thus about the relative deviation of the loss; weighted,
        /// over the degrees of freedom, NaN without one.
        public double residualStandardDeviation() {
            double sum = 0;
            for (int i = 0; i < runs.count(); i++) {
                double residual = residual(i);
                sum += runs.weight(i) * residual * residual;
            }
            return degreesOfFreedom() > 0 ? Math.sqrt(sum / degreesOfFreedom()) : Double.NaN;
        }

        /// The share of the variance of ln loss that the law explains; NaN if all losses are equal.
        public double rSquared() {
            double total = 0;
            double mean = 0;
            for (int i = 0; i < runs.count(); i++) {
                total += runs.weight(i);
                mean += runs.weight(i) * Math.log(runs.loss(i));
            }
            mean /= total;
            double all = 0;
            double left = 0;
            for (int i = 0; i < runs.count(); i++) {
                double deviation = Math.log(runs.loss(i)) - mean;
                double residual = residual(i);
                all += runs.weight(i) * deviation * deviation;
                left += runs.weight(i) * residual * residual;
            }
            return all > 0 ? 1 - left / all : Double.NaN;
        }

        /// Student's t interval of the parameter called `name`, to first order: of a coefficient from that of
        /// its logarithm. NaN ends for what is held or at a bound, and without a degree of freedom.
        ///
        /// @throws IllegalArgumentException if there is no such parameter
        public Interval interval(String name, double level) {
            var parameters = form.parameters(runs.groups());
            for (int p = 0; p < parameters.size(); p++) {
                var parameter = parameters.get(p);
                if (!parameter.name().equals(name)) {
                    continue;
                }
                if (parameter.held() || certificate.atBound().contains(name)) {
                    return new Interval(Double.NaN, Double.NaN, level);
                }
                double half = Interval.halfWidthFactor(degreesOfFreedom(), level) * covariance.standardError(p);
                double value = law.parameter(name);
                return parameter.kind().logarithmic()
                        ? new Interval(value * Math.exp(-half), value * Math.exp(half), level)
                        : new Interval(value - half, value + half, level);
            }
            throw new IllegalArgumentException("no parameter %s in %s".formatted(name, form.formula()));
        }

        /// The standard error of ln loss on the fitted curve at `sizes` (delta method); about the relative
        /// error of the loss there. It is that of the curve, not of one more run, and knows nothing of the law
        /// failing.
        public double logStandardErrorAt(Sizes sizes) {
            double[] vector = law.vector();
            double[] gradient = new double[vector.length];
            for (int p = 0; p < vector.length; p++) {
                // A coefficient of 0 is at its bound, where its covariances are 0.
                if (Double.isFinite(vector[p])) {
                    double step = 1e-5 * Math.max(1, Math.abs(vector[p]));
                    double middle = vector[p];
                    vector[p] = middle + step;
                    double above = form.logLoss(vector, sizes, runs.groups());
                    vector[p] = middle - step;
                    double below = form.logLoss(vector, sizes, runs.groups());
                    vector[p] = middle;
                    gradient[p] = (above - below) / (2 * step);
                }
            }
            return covariance.standardErrorAlong(gradient);
        }

        /// Student's t interval of the fitted curve at `sizes`, from that of ln loss; NaN ends without a degree
        /// of freedom.
        public Interval curveAt(Sizes sizes, double level) {
            double half = Interval.halfWidthFactor(degreesOfFreedom(), level) * logStandardErrorAt(sizes);
            double loss = law.at(sizes);
            return new Interval(loss * Math.exp(-half), loss * Math.exp(half), level);
        }

        /// The standard error of every parameter by name, in the unit of the parameter, to first order; NaN for
        /// what is held or at a bound.
        public Map<String, Double> standardErrors() {
            var errors = new LinkedHashMap<String, Double>();
            var parameters = form.parameters(runs.groups());
            for (int p = 0; p < parameters.size(); p++) {
                var parameter = parameters.get(p);
                double error = covariance.standardError(p);
                if (parameter.kind().logarithmic()) {
                    error *= law.parameter(parameter.name());
                }
                boolean fixed = parameter.held() || certificate.atBound().contains(parameter.name());
                errors.put(parameter.name(), fixed ? Double.NaN : error);
            }
            return errors;
        }
    }

    /// The data do not fix the parameters.
    ///
    /// @param form what was to be fitted
    /// @param reason why, as a sentence
    /// @param remedy what to do, as a sentence
    record NotIdentified(Form form, String reason, String remedy) implements Fit {}

    /// The search found no point that could be certified.
    ///
    /// @param form what was to be fitted
    /// @param reason why, as a sentence
    /// @param remedy what to do, as a sentence
    record NotConverged(Form form, String reason, String remedy) implements Fit {}
}
