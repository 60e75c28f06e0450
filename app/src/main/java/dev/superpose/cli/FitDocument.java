package dev.superpose.cli;

import dev.superpose.result.Provenance;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.SelectedRuns;
import dev.superpose.scaling.Certificate;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Form;
import dev.superpose.scaling.Influence;
import dev.superpose.scaling.ResidualChecks;
import dev.superpose.stat.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `fit --json` prints of one law; what there is only of a law that was found is null
/// without one.
record FitDocument(
        Map<String, String> group,
        String law,
        String outcome,
        @Nullable String formula,
        String source,
        @Nullable Objective objective,
        Map<String, Estimate> parameters,
        Map<String, IntervalOf> intervals,
        @Nullable Double rSquared,
        @Nullable Double residualStandardDeviation,
        Points points,
        @Nullable Certificate certificate,
        @Nullable Residuals residuals,
        List<Influenced> influence,
        String choice,
        List<String> notes,
        List<String> warnings,
        @Nullable String reason,
        @Nullable String remedy,
        double seconds,
        Provenance provenance) {

    /// What was made small, and how small it became.
    record Objective(String name, double value, String words) {}

    /// A parameter and its standard error, null where it has none.
    record Estimate(double value, double standardError, boolean held) {}

    /// An interval, and where it comes from.
    record IntervalOf(double low, double high, double level, String method) {
        static IntervalOf of(Interval interval, String method) {
            return new IntervalOf(interval.low(), interval.high(), interval.level(), method);
        }
    }

    /// What was fitted.
    ///
    /// @param dropped how many rows were left out
    /// @param droppedRows their places, by reason
    /// @param ranges the smallest and largest of each size
    /// @param columns which column was taken for what
    record Points(
            int used,
            int dropped,
            Map<String, List<String>> droppedRows,
            int degreesOfFreedom,
            Map<String, Range> ranges,
            String lossUnit,
            List<SelectedRuns.UsedColumn> columns) {}

    record Range(double smallest, double largest) {}

    /// What the residuals say against the law.
    record Residuals(List<Check> checks, List<ResidualChecks.Outlier> outliers) {
        static Residuals of(ResidualChecks of) {
            return new Residuals(
                    of.checks().stream()
                            .map(check -> new Check(check.name(), check.statistic(), check.p(), check.alarm()))
                            .toList(),
                    of.outliers());
        }
    }

    record Check(String name, double statistic, double p, boolean alarm) {}

    /// The law without one run.
    ///
    /// @param cooksDistance how far the fitted losses move, in residual variances per parameter
    /// @param changes of the parameters, in their standard errors
    record Influenced(String run, double cooksDistance, Map<String, Double> changes) {}

    private static List<Influenced> influence(Influence of) {
        return of.strongest().stream()
                .map(without -> new Influenced(without.label(), without.distance(), without.changes()))
                .toList();
    }

    static FitDocument of(Fitting fitting, Provenance provenance) {
        var form = fitting.fit().form();
        return switch (fitting.fit()) {
            case Fit.Fitted fit ->
                new FitDocument(
                        fitting.subset().values(),
                        form.word(),
                        "fitted",
                        fit.law().formula(),
                        form.source(),
                        new Objective(
                                fit.objective().name(),
                                fit.value(),
                                fit.objective().words()),
                        parameters(fitting, fit),
                        intervals(fitting),
                        fit.rSquared(),
                        fit.residualStandardDeviation(),
                        points(fitting),
                        fit.certificate(),
                        Residuals.of(fitting.judged().orElseThrow().residuals()),
                        influence(fitting.judged().orElseThrow().influence()),
                        fitting.choice(),
                        fitting.notes(),
                        fitting.warnings(),
                        null,
                        null,
                        fitting.seconds(),
                        provenance);
            case Fit.NotIdentified(var _, var reason, var remedy) ->
                failed(fitting, "not_identified", reason, remedy, provenance);
            case Fit.NotConverged(var _, var reason, var remedy) ->
                failed(fitting, "not_converged", reason, remedy, provenance);
        };
    }

    private static FitDocument failed(
            Fitting fitting, String outcome, String reason, String remedy, Provenance provenance) {
        return new FitDocument(
                fitting.subset().values(),
                fitting.fit().form().word(),
                outcome,
                null,
                fitting.fit().form().source(),
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                points(fitting),
                null,
                null,
                List.of(),
                fitting.choice(),
                fitting.notes(),
                fitting.warnings(),
                reason,
                remedy,
                fitting.seconds(),
                provenance);
    }

    private static boolean isFixed(Fit.Fitted fit, Form.Parameter parameter) {
        return parameter.held() || fit.certificate().atBound().contains(parameter.name());
    }

    /// The parameters of `fit` by name.
    static Map<String, Estimate> parameters(Fitting fitting, Fit.Fitted fit) {
        var uncertainty = fitting.judged().orElseThrow().uncertainty();
        var parameters = new LinkedHashMap<String, Estimate>();
        for (var parameter : fit.form().parameters(fit.runs().groups())) {
            parameters.put(
                    parameter.name(),
                    new Estimate(
                            fit.law().parameter(parameter.name()),
                            isFixed(fit, parameter) ? Double.NaN : uncertainty.standardError(parameter.name()),
                            parameter.held()));
        }
        return parameters;
    }

    private static Map<String, IntervalOf> intervals(Fitting fitting) {
        var intervals = new LinkedHashMap<String, IntervalOf>();
        fitting.judged()
                .ifPresent(known -> known.intervals()
                        .forEach((name, interval) -> intervals.put(
                                name,
                                IntervalOf.of(interval, known.uncertainty().method()))));
        return intervals;
    }

    private static Points points(Fitting fitting) {
        var runs = fitting.fit() instanceof Fit.Fitted fit
                ? fit.runs()
                : fitting.subset().runs();
        var ranges = new LinkedHashMap<String, Range>();
        for (Quantity quantity : fitting.fit().form().quantities()) {
            if (runs.has(quantity)) {
                var range = runs.range(quantity);
                ranges.put(quantity.symbol(), new Range(range.getKey(), range.getValue()));
            }
        }
        return new Points(
                runs.count(),
                fitting.droppedRows(),
                fitting.dropped(),
                fitting.fit() instanceof Fit.Fitted fit ? fit.degreesOfFreedom() : 0,
                ranges,
                fitting.table().lossUnit(),
                fitting.table().columns());
    }
}
