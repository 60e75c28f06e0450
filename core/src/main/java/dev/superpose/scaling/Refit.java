package dev.superpose.scaling;

import dev.superpose.numeric.Seed;
import dev.superpose.stat.Minimiser;
import dev.superpose.stat.SymmetricSystem;
import java.util.Arrays;
import java.util.Optional;

/// Fits a law again to the same runs with other weights or other losses, from the optimum that is
/// known: what a bootstrap, a profile and the influence of single runs are made of. Immutable:
/// several threads may share one.
public final class Refit {
    private static final double TOLERANCE = 1e-10;
    private static final int MOST_ITERATIONS = 400;

    /// A floor that was at its bound 0 begins at this share of the loss, so that it can come back.
    private static final double LITTLE = 1e-3;

    /// Condition numbers above which a resample does not fix the parameters.
    private static final double UNIDENTIFIED = 1e7;

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
        this(fitted, form, fitted.law());
    }

    /// The same from another law near by.
    Refit(Fit.Fitted fitted, Form form, ScalingLaw near) {
        this.fitted = fitted;
        bound = form.bind(fitted.runs());
        double[] logLosses = fitted.runs().logLosses();
        start = bound.coordinates(near.vector());
        for (int j = 0; j < start.length; j++) {
            if (!Double.isFinite(start[j])) {
                start[j] = Math.log(LITTLE) + Arrays.stream(logLosses).average().orElseThrow();
            }
        }
    }

    /// The best law under `weights`, `(runs)`, not negative, and `logLosses`, `(runs)`; empty if
    /// the search broke off.
    public Optional<ScalingLaw> law(double[] weights, double[] logLosses) {
        var end = search(weights, logLosses);
        return Double.isFinite(end.value()) ? Optional.of(law(coordinates(end))) : Optional.empty();
    }

    /// The best law and its value under the weights and losses that were fitted; empty if the
    /// search broke off.
    Optional<Best> best() {
        double[] weights = new double[fitted.runs().count()];
        Arrays.setAll(weights, fitted.runs()::weight);
        var end = search(weights, fitted.runs().logLosses());
        return Double.isFinite(end.value())
                ? Optional.of(new Best(law(coordinates(end)), end.value()))
                : Optional.empty();
    }

    /// A law and the value of the objective there.
    record Best(ScalingLaw law, double value) {}

    /// Like [#law(double[], double[])], searched also from `restarts` random points and only if the
    /// runs that count fix all parameters.
    Optional<ScalingLaw> identified(double[] weights, double[] logLosses, int restarts, Seed seed) {
        var best = search(weights, logLosses);
        for (int k = 0; k < restarts; k++) {
            var random = seed.child(Integer.toString(k)).random();
            var other = search(bound.start(random, logLosses, weights), weights, logLosses);
            best = other.value() < best.value() || !Double.isFinite(best.value()) ? other : best;
        }
        if (!Double.isFinite(best.value())) {
            return Optional.empty();
        }
        double[] at = coordinates(best);
        var problem = new FitProblem(bound, fitted.objective(), logLosses, weights);
        boolean fixed = Math.sqrt(new SymmetricSystem(problem.normal(at)).condition()) < UNIDENTIFIED;
        return fixed ? Optional.of(law(at)) : Optional.empty();
    }

    /// The form of `fitted` with the coefficients that are at their bound held at 0.
    static Form reduced(Fit.Fitted fitted) {
        var form = fitted.form();
        for (String name : fitted.certificate().atBound()) {
            form = form.holding(name, 0);
        }
        return form;
    }

    /// The least value of the objective under `weights` and `logLosses`, both `(runs)`; NaN if the
    /// search broke off.
    public double value(double[] weights, double[] logLosses) {
        double value = search(weights, logLosses).value();
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private ScalingLaw law(double[] at) {
        return new ScalingLaw(fitted.form(), fitted.runs().groups(), bound.vector(at));
    }

    private Minimiser.Point search(double[] weights, double[] logLosses) {
        return search(start, weights, logLosses);
    }

    private Minimiser.Point search(double[] from, double[] weights, double[] logLosses) {
        var problem = new FitProblem(bound, fitted.objective(), logLosses, weights);
        return Minimiser.search(problem, problem.start(from), TOLERANCE, MOST_ITERATIONS);
    }

    private double[] coordinates(Minimiser.Point end) {
        return Arrays.copyOf(end.at(), bound.free());
    }
}
