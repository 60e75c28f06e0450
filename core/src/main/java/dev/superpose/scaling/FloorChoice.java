package dev.superpose.scaling;

import dev.superpose.result.Table;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import org.hipparchus.distribution.continuous.TDistribution;

/// The simplest law of one size that the losses support: a pure power law, unless they show a floor.
///
/// The F test of the law with a floor against that without one, which it contains; its probability is halved
/// because a floor cannot be negative, so that half of all samples without a floor give none (Self and Liang
/// 1987). An exponent chosen in this way is a little less certain than its standard error says.
///
/// @param fit the law to use, or why there is none
/// @param reason why this one, as a sentence
public record FloorChoice(Fit fit, String reason) {
    /// The usual level.
    private static final double LEVEL = 0.05;

    /// Fits both laws of `size` by least squares of ln loss, whatever the objective of `fitter` is, for the test; the
    /// law that it picks is then fitted by `fitter`.
    public static FloorChoice of(Fitter fitter, Quantity size, Runs runs) {
        var squares = new Fitter(new Objective.LogLeastSquares(), fitter.starts(), fitter.seed());
        var without = squares.fit(Forms.power(size), runs);
        var with = squares.fit(Forms.powerWithFloor(size), runs);
        boolean floor;
        String reason;
        switch (with) {
            case Fit.Fitted bent
            when without instanceof Fit.Fitted straight -> {
                double probability = probability(straight, bent);
                floor = probability < LEVEL;
                reason = "the losses show %s floor (F test, probability %s)"
                        .formatted(floor ? "a" : "no", Table.brief(probability));
            }
            case Fit.Fitted _ -> {
                floor = true;
                reason = "only the law with a floor could be fitted";
            }
            case Fit.NotIdentified none -> {
                floor = false;
                reason = "no floor was fitted: " + none.reason();
            }
            case Fit.NotConverged none -> {
                floor = false;
                reason = "no floor was fitted: " + none.reason();
            }
        }
        var chosen = floor ? with : without;
        boolean same = fitter.objective() instanceof Objective.LogLeastSquares;
        return new FloorChoice(same ? chosen : fitter.fit(chosen.form(), runs), reason);
    }

    /// The probability of so large a fall of the sum of squares if there were no floor.
    private static double probability(Fit.Fitted without, Fit.Fitted with) {
        if (!with.certificate().atBound().isEmpty()) {
            return 1;
        }
        double gain = Math.max(0, without.value() - with.value());
        if (with.value() <= 0) {
            return gain > 0 ? 0 : 1;
        }
        // F with one degree of freedom above is the square of Student's t.
        double f = gain / with.value() * with.degreesOfFreedom();
        return new TDistribution(with.degreesOfFreedom()).cumulativeProbability(-Math.sqrt(f));
    }
}
