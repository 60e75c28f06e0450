package dev.superpose.report;

import dev.superpose.report.HtmlReport.Fact;
import dev.superpose.report.HtmlReport.Paragraph;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.result.WholeFile;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.ResidualChecks;
import dev.superpose.stat.Interval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The report of laws fitted to a table.
///
/// @param laws at least one
/// @param command the command line that makes the report again
/// @param provenance this program on this machine, and the table
public record LawReport(List<Law> laws, String command, Provenance provenance) {
    /// Fails if there is nothing to report.
    public LawReport {
        laws = List.copyOf(laws);
        if (laws.isEmpty()) {
            throw new IllegalArgumentException("no law could be fitted, so there is nothing to report");
        }
    }

    /// One fitted law.
    ///
    /// @param name the law, and of which rows
    /// @param fit what was found
    /// @param intervals of its parameters, by name
    /// @param standardErrors of its parameters, by name
    /// @param method where the intervals come from
    /// @param curve where the curve lies at given sizes
    /// @param residuals what the runs say against it
    /// @param choice why this law; empty if it was asked for
    /// @param dropped rows that were left out, by reason
    /// @param notes what was done to the table
    /// @param warnings what a reader should know before believing it
    public record Law(
            String name,
            Fit.Fitted fit,
            Map<String, Interval> intervals,
            Map<String, Double> standardErrors,
            String method,
            Function<Sizes, Interval> curve,
            ResidualChecks residuals,
            String choice,
            Map<String, List<String>> dropped,
            List<String> notes,
            List<String> warnings) {}

    /// Writes the page to `file`, which is there whole or not at all.
    public void write(Path file) throws IOException {
        HtmlReport page = page();
        WholeFile.write(file, page.html(ReportFiles.draw(page.figures())));
    }

    /// The page, its figures not yet drawn.
    HtmlReport page() {
        var first = laws.getFirst();
        var figures = new ArrayList<Figure>();
        for (int k = 0; k < laws.size(); k++) {
            var law = laws.get(k);
            String suffix = laws.size() == 1 ? "" : "-" + (k + 1);
            String title = laws.size() == 1 ? "" : law.name + ": ";
            figures.add(named(new LawFigure(law.fit, law.curve, command).figure(), suffix, title));
            figures.add(named(
                    ResidualFigure.of(
                            law.fit,
                            law.residuals.outliers().stream()
                                    .map(ResidualChecks.Outlier::label)
                                    .collect(Collectors.toSet()),
                            command),
                    suffix,
                    title));
        }
        return new HtmlReport(
                laws.size() == 1 ? "A scaling law" : "%d scaling laws".formatted(laws.size()),
                "%s, %d runs of %s"
                        .formatted(
                                first.name,
                                first.fit.runs().count(),
                                String.join(", ", provenance.inputs().keySet())),
                conclusions(),
                Optional.of(parameters()),
                figures,
                facts());
    }

    private static Figure named(Figure figure, String suffix, String title) {
        return new Figure(
                figure.id() + suffix,
                title + figure.title(),
                figure.caption(),
                figure.document(),
                figure.table(),
                figure.command());
    }

    private List<Paragraph> conclusions() {
        var paragraphs = new ArrayList<Paragraph>();
        for (var law : laws) {
            var fit = law.fit;
            var certificate = fit.certificate();
            paragraphs.add(new Paragraph(
                    laws.size() == 1 ? "Law." : law.name + ".",
                    "%s, by %s through %d runs; R² %s, residuals %s %%. Form: %s."
                            .formatted(
                                    fit.law().formula(),
                                    fit.objective().words(),
                                    fit.runs().count(),
                                    Table.brief(fit.rSquared()),
                                    Table.brief(100 * fit.residualStandardDeviation()),
                                    fit.form().source())));
            paragraphs.add(new Paragraph(
                    "Certificate.",
                    "Stationary to %s of what single runs pull; %d of %d random starts end there; condition %s%s."
                            .formatted(
                                    Table.brief(certificate.gradientNorm()),
                                    certificate.agreeing(),
                                    certificate.starts(),
                                    Table.brief(certificate.condition()),
                                    certificate.atBound().isEmpty()
                                            ? ""
                                            : "; at a bound: " + String.join(", ", certificate.atBound()))));
            if (!law.choice.isEmpty()) {
                paragraphs.add(new Paragraph("Chosen:", Words.sentence(law.choice)));
            }
            law.dropped.forEach((reason, places) -> paragraphs.add(new Paragraph(
                    "Left out:", "%d, %s (%s).".formatted(places.size(), reason, String.join(", ", places)))));
            law.notes.forEach(note -> paragraphs.add(new Paragraph("Note:", Words.sentence(note))));
            law.warnings.forEach(warning -> paragraphs.add(new Paragraph("Warning:", Words.sentence(warning))));
        }
        return paragraphs;
    }

    /// Every parameter with its interval.
    private Table parameters() {
        var rows = new ArrayList<List<Table.Cell>>();
        for (var law : laws) {
            for (var parameter : law.fit.form().parameters(law.fit.runs().groups())) {
                var interval = law.intervals.get(parameter.name());
                rows.add(Table.row(
                        law.name,
                        parameter.name(),
                        law.fit.law().parameter(parameter.name()),
                        law.standardErrors.getOrDefault(parameter.name(), Double.NaN),
                        interval == null ? Double.NaN : interval.low(),
                        interval == null ? Double.NaN : interval.high(),
                        parameter.held() ? "given" : law.method.replace('_', ' ')));
            }
        }
        return new Table(
                List.of(
                        Column.text("law"),
                        Column.text("parameter"),
                        Column.real("value", ""),
                        Column.real("standard_error", ""),
                        Column.real("low", ""),
                        Column.real("high", ""),
                        Column.text("interval_by")),
                rows);
    }

    private List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("made again by", command));
        facts.addAll(ReportFiles.facts(provenance));
        return facts;
    }
}
