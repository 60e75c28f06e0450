package dev.superpose.scaling;

import dev.superpose.numeric.Seed;
import dev.superpose.result.Table;
import dev.superpose.runs.Runs;
import dev.superpose.stat.Covariance;
import dev.superpose.stat.Minimiser;
import dev.superpose.stat.SymmetricSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Fits a form to runs from many random starts, and says how far the result can be believed.
///
/// Starts are spread over the processors; which start gives what does not depend on how many there
/// are, so the same seed gives the same bits. The search runs in centred logarithms with analytic
/// gradients, which is what makes nearly all starts agree: from Hoffmann et al.'s grid in the law's
/// own units a third do (facts in docs/derivations/fits.md).
///
/// @param objective what is made small
/// @param starts how many random starts, at least 1
/// @param seed of the starts
public record Fitter(Objective objective, int starts, Seed seed) {
    /// Starts that suffice to tell one optimum from several.
    public static final int USUAL_STARTS = 64;

    /// Where starts come from if nobody says.
    public static final Seed USUAL_SEED = new Seed(20250510);

    private static final double TOLERANCE = 1e-11;
    private static final int MOST_ITERATIONS = 1000;

    /// A stationarity this small is 0 but for rounding.
    private static final double FLAT = 1e-6;

    /// Two values of the objective that differ by less, relatively, are one.
    private static final double SAME = 1e-6;

    /// A floor that is everywhere a smaller share of the loss may as well be 0.
    private static final double NEGLIGIBLE = 1e-3;

    /// Condition numbers above which the data do not fix the parameters, or hardly do.
    private static final double UNIDENTIFIED = 1e7;

    private static final double ROUGH = 1e3;

    public Fitter {
        if (starts < 1) {
            throw new IllegalArgumentException("at least 1 start is needed, not " + starts);
        }
    }

    /// The fitter with the usual number of starts.
    public static Fitter of(Objective objective) {
        return new Fitter(objective, USUAL_STARTS, USUAL_SEED);
    }

    /// Fits `form` to `runs`.
    ///
    /// @throws IllegalArgumentException if the runs lack a size that the form needs
    public Fit fit(Form form, Runs runs) {
        var wrong = Identification.wrong(form, runs);
        if (wrong != null) {
            return wrong;
        }
        var search = new Search(form, runs);
        search.run();
        if (search.best == null) {
            return new Fit.NotConverged(
                    form,
                    "from none of %d starts could the objective be evaluated".formatted(starts),
                    "check the units of the sizes and losses");
        }
        var atBound = new ArrayList<String>();
        var bounded = dropNegligible(search, atBound);
        return judge(form, bounded, search, atBound);
    }

    /// Where the data push a floor to 0, its logarithm runs off to -∞ and never arrives: the law
    /// without it is then as good, and is taken.
    private Search dropNegligible(Search search, List<String> atBound) {
        var current = search;
        for (String name = negligible(current); !name.isEmpty(); name = negligible(current)) {
            var without = new Search(current.form.holding(name, 0), current.runs);
            without.run();
            if (without.best == null
                    || without.reached().value() > current.reached().value() + current.rounding()) {
                break;
            }
            atBound.add(name);
            current = without;
        }
        return current;
    }

    /// The floor whose share of the loss is negligible in every run it belongs to; empty if there
    /// is none.
    private static String negligible(Search search) {
        double[] vector = search.bound.vector(search.coordinates());
        var groups = search.runs.groups();
        for (var parameter : search.form.parameters(groups)) {
            if (parameter.kind() != Form.Kind.FLOOR || parameter.held()) {
                continue;
            }
            double largest = 0;
            for (int i = 0; i < search.runs.count(); i++) {
                var shares = search.form.shares(vector, search.runs.sizes(i), groups);
                largest = Math.max(largest, shares.getOrDefault(parameter.name(), 0.0));
            }
            if (largest < NEGLIGIBLE) {
                return parameter.name();
            }
        }
        return "";
    }

    private Fit judge(Form form, Search search, Search asked, List<String> atBound) {
        double[] at = search.coordinates();
        var problem = search.problem();
        double stationarity =
                search.exact() ? 0 : problem.stationarity(search.reached().at());
        double[][] normal = problem.normal(at);
        var identification = new Identification(search.form, search.runs, search.bound);
        var idle = identification.idle(normal);
        if (!idle.isEmpty()) {
            return new Fit.NotIdentified(
                    form,
                    "the losses do not depend on %s where they are fitted best".formatted(String.join(", ", idle)),
                    "fit a law without it, hold it (--hold), or measure where it matters");
        }
        var system = new SymmetricSystem(normal);
        double condition = Math.sqrt(system.condition());
        if (!(condition < UNIDENTIFIED)) {
            return new Fit.NotIdentified(
                    form,
                    "the runs do not fix %s apart (condition %s)"
                            .formatted(
                                    String.join(", ", identification.names(system.weakest())), Table.brief(condition)),
                    "measure sizes that vary independently of each other, hold a parameter (--hold), or fit a law with fewer");
        }
        if (!(stationarity <= FLAT)) {
            return new Fit.NotConverged(
                    form,
                    "the best of %d starts is no minimum (gradient %s of what single runs pull)"
                            .formatted(starts, Table.brief(stationarity)),
                    "raise --starts, look for wrong points among the losses, or fit a law with fewer parameters");
        }
        return certified(form, search, asked, atBound, stationarity, system, identification);
    }

    /// A minimum that the data fix, with its certificate and what there is to warn of.
    private Fit.Fitted certified(
            Form form,
            Search search,
            Search asked,
            List<String> atBound,
            double stationarity,
            SymmetricSystem system,
            Identification identification) {
        double[] at = search.coordinates();
        double condition = Math.sqrt(system.condition());
        var covariance = covariance(search, at, system, search.deviation(at, search.bound.free()));
        var law = new ScalingLaw(form, search.runs.groups(), search.bound.vector(at));
        var unidentified = new LinkedHashSet<String>();
        if (condition > ROUGH) {
            unidentified.addAll(identification.names(system.weakest()));
        }
        unidentified.addAll(identification.loose(covariance, law));
        var certificate = new Certificate(
                true, stationarity, starts, search.agreeing(), condition, atBound, List.copyOf(unidentified));
        var fitted = new Fit.Fitted(
                form, objective, search.runs, law, search.reached().value(), covariance, certificate, List.of());
        return fitted.warning(identification.warnings(fitted, asked.agreeing(), starts));
    }

    /// From free coordinates to the vector, by the derivative of the one by the other.
    private static Covariance covariance(Search search, double[] at, SymmetricSystem system, double deviation) {
        int free = at.length;
        double[][] inverse = system.inverse();
        double[][] rows = new double[free][];
        double[] moved = at.clone();
        for (int j = 0; j < free; j++) {
            double step = 1e-6 * Math.max(1, Math.abs(at[j]));
            moved[j] = at[j] + step;
            double[] above = search.bound.vector(moved);
            moved[j] = at[j] - step;
            double[] below = search.bound.vector(moved);
            moved[j] = at[j];
            for (int p = 0; p < above.length; p++) {
                // Held coefficients of 0 have the logarithm -∞, which does not move.
                above[p] = above[p] == below[p] ? 0 : (above[p] - below[p]) / (2 * step);
            }
            rows[j] = above;
        }
        int all = search.bound.vector(at).length;
        double[][] covariance = new double[all][all];
        for (int p = 0; p < all; p++) {
            for (int q = 0; q < all; q++) {
                for (int j = 0; j < free; j++) {
                    for (int k = 0; k < free; k++) {
                        covariance[p][q] += rows[j][p] * inverse[j][k] * rows[k][q];
                    }
                }
                covariance[p][q] *= deviation * deviation;
            }
        }
        return Covariance.of(covariance);
    }

    /// The search for one form.
    private final class Search {
        private final Form form;
        private final Runs runs;
        private final BoundForm bound;
        private final double[] logLosses;
        private final double[] weights;
        private double[] values = {};
        private Minimiser.@Nullable Point best;

        Search(Form form, Runs runs) {
            this.form = form;
            this.runs = runs;
            bound = form.bind(runs);
            logLosses = runs.logLosses();
            weights = new double[runs.count()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = runs.weight(i);
            }
        }

        FitProblem problem() {
            return new FitProblem(bound, objective, logLosses, weights);
        }

        void run() {
            var ends = IntStream.range(0, starts)
                    .parallel()
                    .mapToObj(k -> {
                        var problem = problem();
                        double[] start = bound.start(
                                seed.child("start").child(Integer.toString(k)).random(), logLosses, weights);
                        return Minimiser.search(problem, problem.start(start), TOLERANCE, MOST_ITERATIONS);
                    })
                    .toList();
            values = ends.stream().mapToDouble(Minimiser.Point::value).toArray();
            for (var end : ends) {
                if (Double.isFinite(end.value()) && (best == null || end.value() < best.value())) {
                    best = end;
                }
            }
            if (best != null) {
                best = Minimiser.polish(problem(), finished(best));
            }
        }

        /// The end of a fit by least squares, by Gauss-Newton; of other objectives `end` itself.
        private Minimiser.Point finished(Minimiser.Point end) {
            boolean logarithmic = objective instanceof Objective.LogLeastSquares;
            if (!logarithmic && !(objective instanceof Objective.LeastSquares)) {
                return end;
            }
            var squares = new SquaresProblem(bound, logarithmic, logLosses, weights);
            var point = Minimiser.point(problem(), squares.minimum(end.at()));
            return point.value() <= end.value() ? point : end;
        }

        /// The best point without the objective's own scale.
        double[] coordinates() {
            return Arrays.copyOf(reached().at(), bound.free());
        }

        private Minimiser.Point reached() {
            if (best == null) {
                throw new IllegalStateException("nothing was found");
            }
            return best;
        }

        int agreeing() {
            double reached = reached().value();
            return (int) Arrays.stream(values)
                    .filter(value -> value <= reached + SAME * Math.abs(reached) + rounding())
                    .count();
        }

        /// Differences of the objective that mean nothing: deviations of ln loss of 1e-7.
        double rounding() {
            double total = 0;
            for (double weight : weights) {
                total += weight;
            }
            return objective instanceof Objective.HuberDensity ? 1e-9 * total : 1e-14 * total;
        }

        /// Whether the law goes through every point, so that residuals are rounding and their
        /// direction means nothing.
        boolean exact() {
            double[] predicted = problem().predicted(coordinates());
            double largest = 0;
            for (int i = 0; i < predicted.length; i++) {
                largest = Math.max(largest, Math.abs(predicted[i] - logLosses[i]));
            }
            return largest < 1e-7;
        }

        /// The standard deviation of the residuals: of the loss for least squares in nats, else of
        /// ln loss; for Huber's objectives, which hardly see the tails, from the median deviation,
        /// enlarged by the inefficiency π/2 of least absolute deviations.
        double deviation(double[] at, int free) {
            double[] predicted = problem().predicted(at);
            int freedom = runs.count() - free;
            if (freedom < 1) {
                return Double.NaN;
            }
            double sum = 0;
            double[] sizes = new double[predicted.length];
            for (int i = 0; i < predicted.length; i++) {
                double residual = objective instanceof Objective.LeastSquares
                        ? Math.exp(predicted[i]) - runs.loss(i)
                        : predicted[i] - logLosses[i];
                sum += weights[i] * residual * residual;
                sizes[i] = Math.sqrt(weights[i]) * Math.abs(residual);
            }
            if (objective instanceof Objective.LogLeastSquares || objective instanceof Objective.LeastSquares) {
                return Math.sqrt(sum / freedom);
            }
            Arrays.sort(sizes);
            double median = (sizes[(sizes.length - 1) / 2] + sizes[sizes.length / 2]) / 2;
            return 1.4826 * median * Math.sqrt(Math.PI / 2 * runs.count() / freedom);
        }
    }
}
