package dev.superpose.cli;

import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.runs.Findings;
import dev.superpose.runs.Meaning;
import dev.superpose.runs.SelectedRuns;
import dev.superpose.scaling.Certificate;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What a terminal shows of fitted laws: their parameters, then what was checked and what to
/// beware of.
final class FitText {
    private FitText() {}

    static String of(SelectedRuns selected, List<Fitting> fittings) {
        var text = new StringBuilder(head(selected, fittings)).append("\n\n");
        if (fittings.size() == 1 && fittings.getFirst().fit() instanceof Fit.Fitted fit) {
            text.append(fit.law().formula()).append("\n\n");
            text.append(parameters(fittings.getFirst(), fit));
        } else if (fittings.size() > 1) {
            text.append(overview(fittings));
        }
        if (fittings.size() > 1 || fittings.getFirst().fitted()) {
            text.append('\n');
        }
        fittings.forEach(fitting -> note(text, fitting, fittings.size() > 1));
        findings(text, "", selected.account().findings());
        return text.toString();
    }

    private static String head(SelectedRuns selected, List<Fitting> fittings) {
        var account = selected.account();
        var sizes = new LinkedHashSet<String>();
        for (var fitting : fittings) {
            fitting.fit().form().quantities().forEach(quantity -> {
                String column = account.column(Meaning.of(quantity));
                sizes.add(column.isEmpty() ? quantity.word() : column);
            });
        }
        String loss = account.column(Meaning.LOSS);
        var objectives = new LinkedHashSet<String>();
        for (var fitting : fittings) {
            if (fitting.fit() instanceof Fit.Fitted fit) {
                objectives.add(fit.objective().words());
            }
        }
        return "%s over %s%s"
                .formatted(
                        loss,
                        String.join(" and ", sizes),
                        objectives.isEmpty() ? "" : ", by " + String.join(" or ", objectives));
    }

    /// One law: a row for each parameter.
    private static String parameters(Fitting fitting, Fit.Fitted fit) {
        var intervals = fitting.judged().orElseThrow().intervals();
        var rows = new ArrayList<List<Table.Cell>>();
        FitDocument.parameters(fitting, fit).forEach((name, estimate) -> {
            var interval = intervals.get(name);
            rows.add(Table.row(
                    name,
                    estimate.value(),
                    estimate.standardError(),
                    interval == null ? Double.NaN : interval.low(),
                    interval == null ? Double.NaN : interval.high(),
                    estimate.held() ? "given" : fit.certificate().atBound().contains(name) ? "at its bound" : ""));
        });
        double level = fitting.judged().orElseThrow().uncertainty().level();
        return new Table(
                                List.of(
                                        Column.text("parameter"),
                                        Column.real("value", ""),
                                        Column.real("std_error", ""),
                                        Column.real("low", ""),
                                        Column.real("high", ""),
                                        Column.text(" ")),
                                rows)
                        .toText()
                + "\nlow to high: %s %% interval, %s\n"
                        .formatted(
                                Table.brief(100 * level),
                                method(fitting.judged().orElseThrow()));
    }

    private static String method(Fitting.Judged judged) {
        return judged.uncertainty()
                .draws()
                .map(draws ->
                        "%s, %d draws".formatted(draws.method(), draws.laws().size()))
                .orElse(judged.uncertainty().method().replace('_', ' '));
    }

    /// Several laws: a row for each.
    private static String overview(List<Fitting> fittings) {
        var keys = List.copyOf(fittings.getFirst().subset().values().keySet());
        var names = new LinkedHashSet<String>();
        for (var fitting : fittings) {
            fitting.fit()
                    .form()
                    .parameters(fitting.subset().runs().groups())
                    .forEach(parameter -> names.add(parameter.name()));
        }
        var columns = new ArrayList<Column>();
        keys.forEach(key -> columns.add(Column.text(key)));
        columns.add(Column.text("law"));
        names.forEach(name -> columns.add(Column.text(name)));
        columns.addAll(List.of(Column.real("r_squared", ""), Column.whole("points", ""), Column.whole("dropped", "")));
        var rows = new ArrayList<List<Table.Cell>>();
        for (var fitting : fittings) {
            var cells = new ArrayList<Object>(fitting.subset().values().values());
            cells.add(fitting.fit().form().word());
            names.forEach(name -> cells.add(estimate(fitting, name)));
            boolean fitted = fitting.fit() instanceof Fit.Fitted;
            cells.add(fitting.fit() instanceof Fit.Fitted fit ? fit.rSquared() : Double.NaN);
            cells.add(
                    fitted
                            ? ((Fit.Fitted) fitting.fit()).runs().count()
                            : fitting.subset().runs().count());
            cells.add(fitting.droppedRows());
            rows.add(Table.row(cells.toArray()));
        }
        return new Table(columns, rows).toText() + "\nvalue ± standard error\n";
    }

    private static String estimate(Fitting fitting, String name) {
        if (!(fitting.fit() instanceof Fit.Fitted fit)) {
            return "–";
        }
        var estimate = FitDocument.parameters(fitting, fit).get(name);
        if (estimate == null) {
            return "";
        }
        String value = Table.brief(estimate.value());
        return Double.isNaN(estimate.standardError()) ? value : value + " ± " + Table.brief(estimate.standardError());
    }

    private static void note(StringBuilder text, Fitting fitting, boolean several) {
        String indent = several ? "  " : "";
        switch (fitting.fit()) {
            case Fit.Fitted fit -> {
                if (several) {
                    text.append(fitting.name()).append(": ").append(fit.law().formula());
                    exponents(text, fitting, fit);
                    text.append('\n');
                }
                text.append("%s%d runs, R² %s, residuals %s %%\n"
                        .formatted(
                                indent,
                                fit.runs().count(),
                                Table.brief(fit.rSquared()),
                                Table.brief(100 * fit.residualStandardDeviation())));
                text.append(indent)
                        .append("certificate: ")
                        .append(words(fit.certificate()))
                        .append('\n');
            }
            case Fit.NotIdentified(var _, var reason, var remedy) ->
                text.append("%s: not identified: %s; %s\n".formatted(fitting.name(), reason, remedy));
            case Fit.NotConverged(var _, var reason, var remedy) ->
                text.append("%s: not converged: %s; %s\n".formatted(fitting.name(), reason, remedy));
        }
        if (!fitting.choice().isEmpty()) {
            text.append(indent).append("chosen: ").append(fitting.choice()).append('\n');
        }
        findings(text, indent, fitting.subset().findings());
        fitting.lawWarnings()
                .forEach(warning ->
                        text.append(indent).append("warning: ").append(warning).append('\n'));
    }

    private static void findings(StringBuilder text, String indent, Findings findings) {
        findings.dropped()
                .forEach(reason -> text.append("%sleft out: %d, %s (%s)\n"
                        .formatted(indent, reason.places().size(), reason.reason(), shortened(reason.places()))));
        findings.notes()
                .forEach(note ->
                        text.append(indent).append("note: ").append(note).append('\n'));
        findings.warnings()
                .forEach(warning ->
                        text.append(indent).append("warning: ").append(warning).append('\n'));
    }

    /// The intervals of the exponents, which are what laws are compared by.
    private static void exponents(StringBuilder text, Fitting fitting, Fit.Fitted fit) {
        var exponents = fit.form().parameters(fit.runs().groups()).stream()
                .filter(parameter -> parameter.kind() == Form.Kind.EXPONENT)
                .map(Form.Parameter::name)
                .toList();
        fitting.judged().orElseThrow().intervals().forEach((name, interval) -> {
            if (exponents.contains(name) && !Double.isNaN(interval.low())) {
                text.append("; %s in %s to %s (%s %%)"
                        .formatted(
                                name,
                                Table.brief(interval.low()),
                                Table.brief(interval.high()),
                                Table.brief(100 * interval.level())));
            }
        });
    }

    private static String words(Certificate certificate) {
        return "%s, gradient %s, %d of %d starts agree, condition %s%s"
                .formatted(
                        certificate.converged() ? "converged" : "not converged",
                        Table.brief(certificate.gradientNorm()),
                        certificate.agreeing(),
                        certificate.starts(),
                        Table.brief(certificate.condition()),
                        certificate.atBound().isEmpty()
                                ? ""
                                : ", at a bound: " + String.join(", ", certificate.atBound()));
    }

    private static String shortened(List<String> places) {
        return places.size() <= 4
                ? String.join(", ", places)
                : "%s and %d more".formatted(String.join(", ", places.subList(0, 3)), places.size() - 3);
    }
}
