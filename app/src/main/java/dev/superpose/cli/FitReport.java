package dev.superpose.cli;

import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.scaling.Certificate;
import dev.superpose.scaling.LawFit;
import dev.superpose.scaling.TableSelection;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One fitted law of `fit`, as text and as JSON.
///
/// @param group the points
/// @param fit how it ended
/// @param choice why this law, if it was chosen by the losses; else empty
record FitReport(TableSelection.Group group, LawFit fit, String choice) {
    private static final double LEVEL = 0.95;

    boolean fitted() {
        return fit instanceof LawFit.Fitted;
    }

    /// What `--json` prints.
    Document document(Provenance provenance) {
        var points = points();
        var objective = new Objective("log_least_squares", Double.NaN);
        return switch (fit) {
            case LawFit.Fitted fitted -> {
                double deviation = fitted.residualStandardDeviation();
                yield new Document(
                        group.values(),
                        fitted.form().word(),
                        "fitted",
                        fitted.law().formula(),
                        new Objective(objective.name(), deviation * deviation * fitted.degreesOfFreedom()),
                        parameters(fitted),
                        Map.of("exponent", IntervalDocument.of(fitted.exponentInterval(LEVEL))),
                        fitted.rSquared(),
                        deviation,
                        points,
                        fitted.certificate(),
                        choice,
                        warnings(),
                        null,
                        null,
                        provenance);
            }
            case LawFit.NotIdentified(var form, var reason, var remedy) ->
                failed(form.word(), "not_identified", objective, points, reason, remedy, provenance);
            case LawFit.NotConverged(var form, var reason, var remedy) ->
                failed(form.word(), "not_converged", objective, points, reason, remedy, provenance);
        };
    }

    private Document failed(
            String law,
            String outcome,
            Objective objective,
            Points points,
            String reason,
            String remedy,
            Provenance provenance) {
        return new Document(
                group.values(),
                law,
                outcome,
                null,
                objective,
                Map.of(),
                Map.of(),
                Double.NaN,
                Double.NaN,
                points,
                null,
                choice,
                warnings(),
                reason,
                remedy,
                provenance);
    }

    private Points points() {
        var sizes = group.points().stream().mapToDouble(point -> point.size()).summaryStatistics();
        boolean any = sizes.getCount() > 0;
        int used = fit instanceof LawFit.Fitted fitted
                ? fitted.points()
                : group.points().size();
        return new Points(
                used,
                group.dropped().values().stream().mapToInt(count -> count).sum(),
                group.dropped(),
                (int) group.points().stream()
                        .mapToDouble(point -> point.size())
                        .distinct()
                        .count(),
                any ? sizes.getMin() : Double.NaN,
                any ? sizes.getMax() : Double.NaN,
                fit instanceof LawFit.Fitted fitted ? fitted.degreesOfFreedom() : 0);
    }

    private static Map<String, Estimate> parameters(LawFit.Fitted fitted) {
        var parameters = new LinkedHashMap<String, Estimate>();
        for (var estimate : fitted.estimates()) {
            parameters.put(estimate.name(), new Estimate(estimate.value(), estimate.standardError()));
        }
        return parameters;
    }

    private List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (!group.mixed().isEmpty()) {
            warnings.add("points that differ in %s are fitted together: divide them with --by or choose with --where"
                    .formatted(String.join(", ", group.mixed())));
        }
        if (fit instanceof LawFit.Fitted fitted) {
            warnings.addAll(fitted.warnings());
        }
        return warnings;
    }

    /// What a terminal shows of `reports`: a table of the laws, then what was checked and what to beware of.
    static String text(TableSelection.Selected selected, List<FitReport> reports) {
        var keys = List.copyOf(reports.getFirst().group.values().keySet());
        var columns = new ArrayList<Table.Column>();
        keys.forEach(key -> columns.add(Table.Column.text(key)));
        for (String name : List.of("law", "scale", "exponent", "floor")) {
            columns.add(Table.Column.text(name));
        }
        columns.add(Table.Column.real("r_squared", ""));
        columns.add(Table.Column.whole("points", ""));
        columns.add(Table.Column.whole("dropped", ""));
        var rows = new ArrayList<List<Table.Cell>>();
        var notes = new StringBuilder();
        for (var report : reports) {
            rows.add(report.row());
            report.note(notes);
        }
        return "%s over %s, by least squares of ln %s; value ± standard error\n\n"
                        .formatted(selected.lossName(), selected.sizeName(), selected.lossName())
                + new Table(columns, rows).toText() + "\n" + notes;
    }

    private List<Table.Cell> row() {
        var cells = new ArrayList<Object>(group.values().values());
        var points = points();
        cells.add(fit.form().word());
        if (fit instanceof LawFit.Fitted fitted) {
            var estimates = fitted.estimates();
            for (int i = 0; i < 3; i++) {
                cells.add(i < estimates.size() ? text(estimates.get(i)) : "");
            }
            cells.add(fitted.rSquared());
        } else {
            cells.addAll(List.of("–", "–", "–", Double.NaN));
        }
        cells.add(points.used());
        cells.add(points.dropped());
        return Table.row(cells.toArray());
    }

    private static String text(LawFit.Estimate estimate) {
        String value = Table.brief(estimate.value());
        return Double.isNaN(estimate.standardError()) ? value : value + " ± " + Table.brief(estimate.standardError());
    }

    private void note(StringBuilder notes) {
        var name = new StringBuilder(fit.form().word());
        group.values()
                .forEach(
                        (key, value) -> name.append(' ').append(key).append('=').append(value));
        switch (fit) {
            case LawFit.Fitted fitted -> {
                notes.append(name).append(": ").append(fitted.law().formula());
                var interval = fitted.exponentInterval(LEVEL);
                if (!Double.isNaN(interval.low())) {
                    notes.append("; exponent in %s to %s (95 %%)"
                            .formatted(Table.brief(interval.low()), Table.brief(interval.high())));
                }
                notes.append('\n')
                        .append("  certificate: ")
                        .append(text(fitted.certificate()))
                        .append('\n');
            }
            case LawFit.NotIdentified(var _, var reason, var remedy) ->
                notes.append("%s: not identified: %s; %s\n".formatted(name, reason, remedy));
            case LawFit.NotConverged(var _, var reason, var remedy) ->
                notes.append("%s: not converged: %s; %s\n".formatted(name, reason, remedy));
        }
        if (!choice.isEmpty()) {
            notes.append("  chosen: ").append(choice).append('\n');
        }
        group.dropped().forEach((reason, count) -> notes.append("  left out: %d with %s\n".formatted(count, reason)));
        warnings()
                .forEach(warning -> notes.append("  warning: ").append(warning).append('\n'));
    }

    private static String text(Certificate certificate) {
        return "converged, gradient %s, %d of %d starts agree, condition %s%s"
                .formatted(
                        Table.brief(certificate.gradientNorm()),
                        certificate.agreeing(),
                        certificate.starts(),
                        Table.brief(certificate.condition()),
                        certificate.atBound().isEmpty()
                                ? ""
                                : ", at its bound: " + String.join(", ", certificate.atBound()));
    }

    /// The keys of `fit --json`; null where the law was not fitted.
    record Document(
            Map<String, String> group,
            String law,
            String outcome,
            @Nullable String formula,
            Objective objective,
            Map<String, Estimate> parameters,
            Map<String, IntervalDocument> intervals,
            double rSquared,
            double residualStandardDeviation,
            Points points,
            @Nullable Certificate certificate,
            String choice,
            List<String> warnings,
            @Nullable String reason,
            @Nullable String remedy,
            Provenance provenance) {}

    record Objective(String name, double value) {}

    record Estimate(double value, double standardError) {}

    record IntervalDocument(double low, double high, double level, String method) {
        static IntervalDocument of(Interval interval) {
            return new IntervalDocument(interval.low(), interval.high(), interval.level(), "student_t");
        }
    }

    record Points(
            int used,
            int dropped,
            Map<String, Integer> droppedReasons,
            int sizes,
            double smallest,
            double largest,
            int degreesOfFreedom) {}
}
