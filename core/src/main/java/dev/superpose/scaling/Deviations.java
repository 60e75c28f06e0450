package dev.superpose.scaling;

import dev.superpose.numeric.SplitRandom;
import dev.superpose.stat.SymmetricSystem;
import java.util.Arrays;

/// What runs deviate from a fitted law, made as large as deviations from the true law are, for drawing new
/// ones.
///
/// A fit takes part of every deviation into the law: of run i the leverage h_i = w_i j_iᵀ (JᵀWJ)⁻¹ j_i remains
/// of its variance only 1 - h_i, made good here. The size of all deviations is known only to the accuracy of n
/// - p of them, so each draw of shuffled deviations also draws a size, by √((n - p) / χ²): for a linear law
/// with normal deviations the draws then have Student's distribution, which is exact.
final class Deviations {
    /// Leverages beyond this are of runs that the law passes through whatever their loss.
    private static final double MOST_LEVERAGE = 0.99;

    private final boolean logarithmic;
    private final double[] predicted;
    private final double[] spread;
    private final double[] ownScale;
    private final double[] full;
    private final int degreesOfFreedom;

    Deviations(Fit.Fitted fitted) {
        var runs = fitted.runs();
        int n = runs.count();
        logarithmic = !(fitted.objective() instanceof Objective.LeastSquares);
        degreesOfFreedom = Math.max(1, fitted.degreesOfFreedom());
        predicted = new double[n];
        spread = new double[n];
        ownScale = new double[n];
        full = new double[n];
        double[] leverage = leverage(fitted);
        for (int i = 0; i < n; i++) {
            double law = fitted.law().at(runs.sizes(i));
            predicted[i] = logarithmic ? Math.log(law) : law;
            double residual = (logarithmic ? Math.log(runs.loss(i)) : runs.loss(i)) - predicted[i];
            ownScale[i] = 1 / Math.sqrt(runs.weight(i));
            double left = 1 - Math.min(leverage[i], MOST_LEVERAGE);
            spread[i] = residual / ownScale[i] / Math.sqrt(left);
            full[i] = residual / left;
        }
        double centre = centre(fitted.objective());
        for (int i = 0; i < n; i++) {
            spread[i] -= centre;
        }
    }

    /// The mean, or the median where the objective hardly sees the tails.
    private double centre(Objective objective) {
        boolean squares = objective instanceof Objective.LogLeastSquares || objective instanceof Objective.LeastSquares;
        double[] sorted = spread.clone();
        Arrays.sort(sorted);
        return squares
                ? Arrays.stream(sorted).average().orElseThrow()
                : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /// The leverage of every run, `(runs)`.
    static double[] leverage(Fit.Fitted fitted) {
        var runs = fitted.runs();
        var bound = Refit.reduced(fitted).bind(runs);
        double[] weights = new double[runs.count()];
        Arrays.setAll(weights, runs::weight);
        var problem = new FitProblem(bound, fitted.objective(), runs.logLosses(), weights);
        double[] at = bound.coordinates(fitted.law().vector());
        double[][] inverse = new SymmetricSystem(problem.normal(at)).inverse();
        double[][] jacobian = problem.residualJacobian(at);
        double[] leverage = new double[runs.count()];
        for (int i = 0; i < leverage.length; i++) {
            for (int j = 0; j < at.length; j++) {
                for (int k = 0; k < at.length; k++) {
                    leverage[i] += weights[i] * jacobian[j][i] * inverse[j][k] * jacobian[k][i];
                }
            }
        }
        return leverage;
    }

    /// ln losses, `(runs)`, that deviate from the law by deviations of other runs.
    double[] shuffled(SplitRandom random) {
        double square = 0;
        for (int k = 0; k < degreesOfFreedom; k++) {
            double normal = random.nextGaussian();
            square += normal * normal;
        }
        double size = Math.sqrt(degreesOfFreedom / square);
        double[] drawn = new double[predicted.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = logLoss(i, size * spread[random.nextInt(spread.length)] * ownScale[i]);
        }
        return drawn;
    }

    /// ln losses, `(runs)`, that deviate by their own deviations with a random sign (Rademacher's weights;
    /// Davidson and Flachaire 2008), over 1 - h, the deviation that the law without that run would leave.
    double[] turned(SplitRandom random) {
        double[] drawn = new double[predicted.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = logLoss(i, random.nextInt(2) == 0 ? full[i] : -full[i]);
        }
        return drawn;
    }

    /// NaN where a loss would not be positive: then the replicate fails.
    private double logLoss(int run, double deviation) {
        return logarithmic ? predicted[run] + deviation : Math.log(predicted[run] + deviation);
    }
}
