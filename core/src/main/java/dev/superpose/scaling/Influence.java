package dev.superpose.scaling;

import dev.superpose.result.Table;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What each single run does to a fitted law: the law is fitted again without it, exactly.
///
/// @param runs in their order
/// @param warnings the runs on which the law hangs, as sentences
public record Influence(List<Without> runs, List<String> warnings) {
    /// Cook's distance from which one run moves the law by as much as its errors do (Cook 1977,
    /// Technometrics 19: the middle of F, about 0.9 for five parameters, is half way to the edge of
    /// the region of confidence).
    private static final double FAR = 0.5;

    private static final int MOST_NAMED = 3;

    /// Each run left out is a fit: of more runs than this only those are left out that
    /// can move the law most.
    static final int MOST_REFITTED = 500;

    private static final int FEWEST_REFITTED = 20;

    /// Runs times fits that take a second or two.
    private static final int WORK = 1_000_000;

    public Influence {
        runs = List.copyOf(runs);
        warnings = List.copyOf(warnings);
    }

    /// The law without one run.
    ///
    /// @param run its index
    /// @param label its label
    /// @param law what the others say; empty if they do not fix the law
    /// @param distance Cook's distance: the mean square by which the run moves the curve at all
    /// runs, over the residual variance and the number of parameters; infinite if the law hangs on
    /// the run
    /// @param changes by how many standard errors each free parameter moves when the run is left
    /// out
    /// @param curve by what share the law's loss moves at each of the sizes asked for when the run
    /// is left out
    public record Without(
            int run,
            String label,
            Optional<ScalingLaw> law,
            double distance,
            Map<String, Double> changes,
            List<Double> curve) {}

    /// The influence of every run, also on the law at `targets`; of more than [#MOST_REFITTED] of
    /// those that matter most.
    public static Influence of(Fit.Fitted fitted, List<Sizes> targets) {
        var runs = fitted.runs();
        var refit = new Refit(fitted);
        var bound = fitted.form().bind(runs);
        double[] logLosses = runs.logLosses();
        double[] whole = predicted(bound, fitted.law());
        double deviation = fitted.residualStandardDeviation();
        double unit = deviation * deviation * fitted.free();
        var all = Arrays.stream(candidates(fitted))
                .parallel()
                .mapToObj(i -> {
                    double[] weights = new double[runs.count()];
                    Arrays.setAll(weights, runs::weight);
                    weights[i] = 0;
                    var law = refit.identified(weights, logLosses, 0, Bootstrap.USUAL_SEED);
                    double distance = law.map(other -> squares(runs, whole, predicted(bound, other)) / unit)
                            .orElse(Double.POSITIVE_INFINITY);
                    return without(fitted, i, law, distance, targets);
                })
                .toList();
        return new Influence(all, warnings(fitted, all));
    }

    /// ln loss of every run by `law`, `(runs)`.
    private static double[] predicted(BoundForm bound, ScalingLaw law) {
        double[] all = new double[bound.runs()];
        Arrays.fill(all, 1);
        double[] predicted = new double[bound.runs()];
        bound.evaluate(bound.coordinates(law.vector()), all, predicted, new double[bound.free()][bound.runs()]);
        return predicted;
    }

    /// By how much two laws differ at all runs: the weighted sum of squares of ln loss.
    private static double squares(Runs runs, double[] one, double[] other) {
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            squares += runs.weight(i) * (one[i] - other[i]) * (one[i] - other[i]);
        }
        return squares;
    }

    /// Runs that may move the law most, to first order: all of them up to
    /// [#MOST_REFITTED], in their order.
    private static int[] candidates(Fit.Fitted fitted) {
        int n = fitted.runs().count();
        if (n <= MOST_REFITTED) {
            return IntStream.range(0, n).toArray();
        }
        double[] leverage = Deviations.leverage(fitted);
        double[] pull = fitted.residuals();
        double most = fitted.objective() instanceof Objective.HuberLog(double delta) ? delta : Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double left = Math.max(1e-6, 1 - leverage[i]);
            pull[i] = Math.min(Math.abs(pull[i]), most) * Math.sqrt(leverage[i]) / left;
        }
        return IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -pull[i]))
                .limit(Math.clamp(WORK / n, FEWEST_REFITTED, MOST_REFITTED))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /// The runs by how far they move the law, the farthest first.
    public List<Without> strongest() {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Without::distance).reversed())
                .toList();
    }

    private static Without without(
            Fit.Fitted fitted, int run, Optional<ScalingLaw> law, double distance, List<Sizes> targets) {
        String label = fitted.runs().label(run);
        if (law.isEmpty()) {
            return new Without(run, label, law, distance, Map.of(), List.of());
        }
        var other = law.orElseThrow();
        var changes = new LinkedHashMap<String, Double>();
        fitted.standardErrors().forEach((name, error) -> {
            if (error > 0) {
                changes.put(name, (other.parameter(name) - fitted.law().parameter(name)) / error);
            }
        });
        var curve = targets.stream()
                .map(sizes -> other.at(sizes) / fitted.law().at(sizes) - 1)
                .toList();
        return new Without(run, label, law, distance, changes, curve);
    }

    private static List<String> warnings(Fit.Fitted fitted, List<Without> all) {
        var decisive = all.stream()
                .filter(without -> without.law.isEmpty() || without.distance >= FAR)
                .sorted(Comparator.comparingDouble(Without::distance).reversed())
                .toList();
        var warnings = new ArrayList<String>();
        decisive.stream().limit(MOST_NAMED).forEach(without -> warnings.add(warning(fitted, without)));
        if (decisive.size() > MOST_NAMED) {
            warnings.add("%d more runs move the law about as far, each alone: it is hardly fixed by these runs"
                    .formatted(decisive.size() - MOST_NAMED));
        }
        return warnings;
    }

    private static String warning(Fit.Fitted fitted, Without without) {
        if (without.law.isEmpty()) {
            return "without %s the other runs do not fix the law: measure more runs like it".formatted(without.label);
        }
        var other = without.law.orElseThrow();
        String moved = without.changes.entrySet().stream()
                .max(Comparator.comparingDouble(change -> Math.abs(change.getValue())))
                .map(change -> "%s goes from %s to %s"
                        .formatted(
                                change.getKey(),
                                Table.brief(fitted.law().parameter(change.getKey())),
                                Table.brief(other.parameter(change.getKey()))))
                .orElse("the curve moves");
        return "the law hangs on %s: without it %s (Cook's distance %s); check that run or repeat it"
                .formatted(without.label, moved, Table.brief(without.distance));
    }
}
