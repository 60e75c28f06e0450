package dev.superpose.forecast;

import dev.superpose.runs.Runs;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Fitter;
import dev.superpose.scaling.Form;
import dev.superpose.stat.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/// How well a law would have forecast the runs that are known by now: at every origin it is fitted
/// to the runs below and asked for those above (rolling-origin evaluation; Tashman 2000, Int. J.
/// Forecasting 16, 437).
///
/// @param form the law
/// @param effort what orders the runs
/// @param origins from small to large
/// @param predictions by origin, then by run
public record BackTest(Form form, Effort effort, List<Origin> origins, List<Prediction> predictions) {
    /// Starts of the fit at an origin: nearly every start reaches the optimum
    /// (docs/derivations/forecast.md).
    public static final int STARTS = 8;

    /// An origin with fewer runs below than this share of all says little about a fit of all.
    private static final double LEAST_SHARE = 0.25;

    private static final int RUNS_MORE_THAN_PARAMETERS = 2;

    public BackTest {
        origins = List.copyOf(origins);
        predictions = List.copyOf(predictions);
    }

    /// One origin.
    ///
    /// @param logEffort the natural logarithm of the largest effort that was fitted
    /// @param below how many runs were fitted
    /// @param above how many runs were there to be predicted
    /// @param fit what came of it, a refusal with its reason included
    public record Origin(double logEffort, int below, int above, Fit fit) {
        /// Why the law refused, empty if it did not.
        public Optional<String> refusal() {
            return switch (fit) {
                case Fit.Fitted _ -> Optional.empty();
                case Fit.NotIdentified none -> Optional.of(none.reason());
                case Fit.NotConverged none -> Optional.of(none.reason());
            };
        }
    }

    /// One run above, predicted.
    ///
    /// @param origin its index in the list of origins
    /// @param run its index among the runs
    /// @param label what messages call it
    /// @param distance decades of effort from the largest fitted to this run
    /// @param predicted the loss on the curve
    /// @param error ln(measured / predicted): above 0 where the law promised too much
    /// @param curveError the standard error of ln loss on the curve that the fit claims there
    /// @param noise the deviation of ln loss that the fit claims for one run of this weight
    public record Prediction(
            int origin,
            int run,
            String label,
            double distance,
            double predicted,
            double error,
            double curveError,
            double noise) {
        /// The standard deviation of the error that the fit claims.
        public double claimed() {
            return Math.hypot(curveError, noise);
        }
    }

    /// Back-tests `form` on `runs` at the usual origins.
    ///
    /// @param fitter whose objective and seed are used, with few starts
    /// @throws IllegalArgumentException if the runs lack a size
    public static BackTest of(Form form, Fitter fitter, Runs runs) {
        var effort = Effort.of(form);
        return of(form, fitter, runs, effort, Split.rolling(runs, effort, fewest(form, runs), Split.USUAL_ORIGINS));
    }

    /// Back-tests `form` on `runs` at `splits`.
    ///
    /// @param fitter whose objective and seed are used, with few starts
    /// @throws IllegalArgumentException if the runs lack a size
    public static BackTest of(Form form, Fitter fitter, Runs runs, Effort effort, List<Split> splits) {
        var quick = new Fitter(fitter.objective(), Math.min(STARTS, fitter.starts()), fitter.seed());
        var origins = new ArrayList<Origin>();
        var predictions = new ArrayList<Prediction>();
        double[] efforts = effort.logs(runs);
        for (var split : splits) {
            var below = subset(runs, split.below());
            var fit = quick.fit(form, below);
            if (fit instanceof Fit.Fitted fitted) {
                split.above().stream()
                        .filter(i -> below.groups().contains(runs.groups().get(runs.group(i))))
                        .forEach(i -> predictions.add(prediction(
                                fitted, origins.size(), runs, i, (efforts[i] - split.logOrigin()) / Math.log(10))));
            }
            origins.add(new Origin(
                    split.logOrigin(), split.below().size(), split.above().size(), fit));
        }
        return new BackTest(form, effort, origins, predictions);
    }

    /// How many runs should lie below the first origin.
    static int fewest(Form form, Runs runs) {
        long free = form.parameters(runs.groups()).stream()
                .filter(parameter -> !parameter.held())
                .count();
        return Math.max((int) free + RUNS_MORE_THAN_PARAMETERS, (int) Math.ceil(LEAST_SHARE * runs.count()));
    }

    /// The runs at `indexes`; a group of which none is left is forgotten, since nothing could be
    /// said of it.
    private static Runs subset(Runs runs, List<Integer> indexes) {
        var subset = runs.select(indexes.stream().mapToInt(Integer::intValue).toArray());
        long groups = indexes.stream().map(runs::group).distinct().count();
        return groups == runs.groups().size() ? subset : Runs.of(subset.list());
    }

    private static Prediction prediction(Fit.Fitted fitted, int origin, Runs runs, int run, double distance) {
        var sizes = runs.sizes(run);
        double predicted = fitted.law().at(sizes);
        return new Prediction(
                origin,
                run,
                runs.label(run),
                distance,
                predicted,
                Math.log(runs.loss(run) / predicted),
                fitted.logStandardErrorAt(sizes),
                fitted.residualStandardDeviation() / Math.sqrt(runs.weight(run)));
    }

    /// The same with those predictions only that `wanted` accepts.
    BackTest restrictedTo(Predicate<Prediction> wanted) {
        return new BackTest(
                form, effort, origins, predictions.stream().filter(wanted).toList());
    }

    /// The errors, `(predictions)`.
    public DoubleStream errors() {
        return predictions.stream().mapToDouble(Prediction::error);
    }

    /// The root of the mean square of the errors of ln loss; NaN without a prediction.
    public double rootMeanSquare() {
        return Math.sqrt(errors().map(error -> error * error).average().orElse(Double.NaN));
    }

    /// The median of the magnitudes of the errors of ln loss; NaN without a prediction.
    public double medianMagnitude() {
        return Quantiles.of(errors().map(Math::abs).toArray()).median();
    }

    /// The mean of the errors of ln loss: above 0 where the law promises too much; NaN without a
    /// prediction.
    public double meanError() {
        return errors().average().orElse(Double.NaN);
    }

    /// The median of the errors of ln loss; NaN without a prediction.
    public double medianError() {
        return Quantiles.of(errors().toArray()).median();
    }

    /// The share of predictions within what the fit itself claims for one new run, at 95 %; NaN
    /// without a prediction.
    public double coverageOfClaim() {
        return predictions.stream()
                .mapToDouble(p -> Math.abs(p.error()) <= 1.96 * p.claimed() ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /// The largest distance, in decades of effort, over which a run was predicted; 0 without a
    /// prediction.
    public double testedDistance() {
        return predictions.stream().mapToDouble(Prediction::distance).max().orElse(0);
    }

    /// At how many origins the law could be fitted.
    public int fittedOrigins() {
        return (int) origins.stream()
                .filter(origin -> origin.fit() instanceof Fit.Fitted)
                .count();
    }

    /// How many different runs were predicted.
    public int predictedRuns() {
        return (int) predictions.stream().map(Prediction::run).distinct().count();
    }
}
