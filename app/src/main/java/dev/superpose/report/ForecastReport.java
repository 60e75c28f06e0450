package dev.superpose.report;

import dev.superpose.forecast.BackTestedChoice;
import dev.superpose.forecast.Forecast;
import dev.superpose.forecast.Forecaster;
import dev.superpose.forecast.Statement;
import dev.superpose.forecast.Wall;
import dev.superpose.report.HtmlReport.Fact;
import dev.superpose.report.HtmlReport.Paragraph;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.result.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The report of forecasts: the law with both bands, its back-test, and the wall.
///
/// @param answer what was forecast
/// @param command the command line that makes the report again
/// @param provenance this program on this machine, and the table
public record ForecastReport(Answer answer, String command, Provenance provenance) {
    /// All that was forecast.
    ///
    /// @param name of the law and the runs
    /// @param choice between laws
    /// @param forecaster the law with its intervals
    /// @param forecasts where they were asked for; at least one
    /// @param along the size that grows
    /// @param walls what doubling buys at growing sizes
    /// @param statements on the end of the law
    /// @param warnings what a reader should know
    public record Answer(
            String name,
            BackTestedChoice choice,
            Forecaster forecaster,
            List<Forecast> forecasts,
            String along,
            List<Map.Entry<Double, Wall>> walls,
            List<Statement> statements,
            List<String> warnings) {}

    /// Writes the page to `file`, which is there whole or not at all.
    public void write(Path file) throws IOException {
        HtmlReport page = page();
        WholeFile.write(file, page.html(ReportFiles.draw(page.figures())));
    }

    /// The page, its figures not yet drawn.
    HtmlReport page() {
        var figures = new ArrayList<Figure>();
        figures.add(ForecastFigure.of(answer, command));
        if (!answer.forecaster.backTest().predictions().isEmpty()) {
            figures.add(BackTestFigure.of(answer.forecaster, command));
        }
        figures.add(WallFigure.of(answer, command));
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("made again by", command));
        facts.addAll(ReportFiles.facts(provenance));
        return new HtmlReport(
                "A forecast",
                "%s, %d runs of %s"
                        .formatted(
                                answer.name,
                                answer.forecaster.fitted().runs().count(),
                                String.join(", ", provenance.inputs().keySet())),
                conclusions(),
                Optional.of(table()),
                figures,
                facts);
    }

    private List<Paragraph> conclusions() {
        var paragraphs = new ArrayList<Paragraph>();
        paragraphs.add(new Paragraph("Law.", answer.forecaster.fitted().law().formula() + "."));
        paragraphs.add(new Paragraph("Chosen:", Words.sentence(answer.choice.reason())));
        answer.choice
                .refused()
                .forEach(reason -> paragraphs.add(new Paragraph("Not compared:", Words.sentence(reason))));
        answer.forecaster.notes().forEach(note -> paragraphs.add(new Paragraph("Note:", Words.sentence(note))));
        answer.forecasts.stream()
                .flatMap(forecast -> forecast.notes().stream())
                .distinct()
                .forEach(note -> paragraphs.add(new Paragraph("Note:", Words.sentence(note))));
        answer.statements.forEach(statement -> paragraphs.add(
                new Paragraph("The wall (" + statement.basis().word() + "):", Words.sentence(statement.sentence()))));
        answer.warnings.forEach(warning -> paragraphs.add(new Paragraph("Warning:", Words.sentence(warning))));
        return paragraphs;
    }

    private Table table() {
        var rows = new ArrayList<List<Table.Cell>>();
        for (var forecast : answer.forecasts) {
            rows.add(Table.row(
                    Sized.words(forecast.at()),
                    forecast.loss(),
                    forecast.curve().low(),
                    forecast.curve().high(),
                    forecast.interval().low(),
                    forecast.interval().high(),
                    forecast.distance()));
        }
        return new Table(
                List.of(
                        Column.text("at"),
                        Column.real("loss", ""),
                        Column.real("curve_low", ""),
                        Column.real("curve_high", ""),
                        Column.real("one_run_low", ""),
                        Column.real("one_run_high", ""),
                        Column.real("decades_beyond", "")),
                rows);
    }
}
