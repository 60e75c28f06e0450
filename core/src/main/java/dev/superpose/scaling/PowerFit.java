package dev.superpose.scaling;

import dev.superpose.result.Table;
import dev.superpose.stat.Covariance;
import dev.superpose.stat.LineFit;
import java.util.ArrayList;
import java.util.List;

/// The pure power law: a straight line through ln loss over ln size, in closed form.
final class PowerFit {
    private PowerFit() {}

    static LawFit of(Observations observations) {
        double[] logSizes = observations.logSizes();
        double[] logLosses = observations.logLosses();
        double[] weights = observations.weights();
        var line = LineFit.weighted(logSizes, logLosses, weights);
        double scale = Math.exp(line.intercept());
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            return new LawFit.NotIdentified(
                    LawForm.POWER,
                    "the scale exp(%s) is beyond the range of numbers".formatted(Table.brief(line.intercept())),
                    "give the sizes in larger units");
        }
        var warnings = new ArrayList<String>();
        if (line.degreesOfFreedom() < 1) {
            warnings.add("two points fix the line and leave nothing to judge it by: no errors can be given");
        }
        warnings.addAll(FitChecks.warnings(observations, line.rSquared(), line.degreesOfFreedom()));
        var certificate = new Certificate(true, gradient(line, logSizes, logLosses, weights), 1, 1, 1, List.of());
        return new LawFit.Fitted(
                new Law.Power(scale, -line.slope()),
                covariance(line),
                line.rSquared(),
                line.residualStandardDeviation(),
                line.degreesOfFreedom(),
                line.points(),
                certificate,
                warnings);
    }

    /// Of (ln scale, exponent): (intercept, -slope).
    static Covariance covariance(LineFit line) {
        double slope = line.slopeStandardError() * line.slopeStandardError();
        double intercept = line.interceptStandardError() * line.interceptStandardError();
        double mixed = line.meanX() * slope;
        return Covariance.of(new double[][] {{intercept, mixed}, {mixed, slope}});
    }

    /// The largest cosine between the residuals and the columns of the centred design (1, x - mean).
    static double gradient(LineFit line, double[] x, double[] y, double[] weights) {
        double ones = 0;
        double slopes = 0;
        double residuals = 0;
        double total = 0;
        for (int i = 0; i < x.length; i++) {
            double residual = y[i] - line.at(x[i]);
            ones += weights[i] * residual;
            slopes += weights[i] * residual * (x[i] - line.meanX());
            residuals += weights[i] * residual * residual;
            total += weights[i];
        }
        if (FitChecks.exact(residuals / total, y)) {
            return 0;
        }
        return Math.max(Math.abs(ones) / Math.sqrt(total), Math.abs(slopes) / Math.sqrt(line.squaresX()))
                / Math.sqrt(residuals);
    }
}
