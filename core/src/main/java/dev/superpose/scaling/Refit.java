package dev.superpose.scaling;

import dev.superpose.stat.Minimiser;
import java.util.Arrays;
import java.util.Optional;

/// Fits a law again to the same runs with other weights or other losses, from the optimum that is known: what a
/// bootstrap, a profile and the influence of single runs are made of. One refit belongs to one thread.
public final class Refit {
    private static final double TOLERANCE = 1e-10;
    private static final int MOST_ITERATIONS = 400;

    /// A floor that was at its bound 0 begins at this share of the loss, so that it can come back.
    private static final double LITTLE = 1e-3;

    private final Fit.Fitted fitted;
    private final BoundForm bound;
    private final double[] start;

    /// @param fitted where the searches begin, and what they fit
    public Refit(Fit.Fitted fitted) {
        this(fitted, fitted.form());
    }

    /// The same with a form that differs only in what it holds, as a profile needs.
    ///
    /// @param fitted where the searches begin
    /// @param form the form of `fitted`, with more parameters held
    public Refit(Fit.Fitted fitted, Form form) {
        this.fitted = fitted;
        bound = form.bind(fitted.runs());
        double[] logLosses = fitted.runs().logLosses();
        start = bound.coordinates(fitted.law().vector());
        for (int j = 0; j < start.length; j++) {
            if (!Double.isFinite(start[j])) {
                start[j] = Math.log(LITTLE) + Arrays.stream(logLosses).average().orElseThrow();
            }
        }
    }

    /// The best law under `weights`, `(runs)`, not negative, and `logLosses`, `(runs)`; empty if the search broke off.
    public Optional<ScalingLaw> law(double[] weights, double[] logLosses) {
        var end = search(weights, logLosses);
        return Double.isFinite(end.value())
                ? Optional.of(new ScalingLaw(fitted.form(), fitted.runs().groups(), bound.vector(coordinates(end))))
                : Optional.empty();
    }

    /// The least value of the objective under `weights` and `logLosses`, both `(runs)`; NaN if the search broke off.
    public double value(double[] weights, double[] logLosses) {
        double value = search(weights, logLosses).value();
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private Minimiser.Point search(double[] weights, double[] logLosses) {
        var problem = new FitProblem(bound, fitted.objective(), logLosses, weights);
        return Minimiser.search(problem, problem.start(start), TOLERANCE, MOST_ITERATIONS);
    }

    private double[] coordinates(Minimiser.Point end) {
        return Arrays.copyOf(end.at(), bound.free());
    }
}
