package dev.superpose.report;

import dev.superpose.report.HtmlReport.Fact;
import dev.superpose.report.HtmlReport.Paragraph;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.result.WholeFile;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.scaling.Allocation;
import dev.superpose.scaling.IsoFlops;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The report of compute-optimal sizes by Approach 1 or 2 of Hoffmann et al. (2022).
///
/// @param parts one for each subset of the table; at least one
/// @param command the command line that makes the report again
/// @param provenance this program on this machine, and the table
public record OptimumReport(List<Part> parts, String command, Provenance provenance) {
    private static final List<Ink> INKS = List.of(Ink.BLUE, Ink.VERMILLION, Ink.GREEN);

    /// Fails if there is nothing to report.
    public OptimumReport {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no optimum could be found, so there is nothing to report");
        }
    }

    /// The optima of one subset.
    ///
    /// @param name of the approach
    /// @param runs that were used
    /// @param optima powers of compute
    /// @param points the optima through which they go
    /// @param isoFlops the parabolas of approach 2
    public record Part(
            String name, Runs runs, List<Allocation> optima, Runs points, Optional<IsoFlops.Found> isoFlops) {}

    /// Writes the page to `file`, which is there whole or not at all.
    public void write(Path file) throws IOException {
        HtmlReport page = page();
        WholeFile.write(file, page.html(ReportFiles.draw(page.figures())));
    }

    /// The page, its figures not yet drawn.
    HtmlReport page() {
        var figures = new ArrayList<Figure>();
        var paragraphs = new ArrayList<Paragraph>();
        for (int k = 0; k < parts.size(); k++) {
            var part = parts.get(k);
            String suffix = parts.size() == 1 ? "" : "-" + (k + 1);
            part.isoFlops.ifPresent(flops -> figures.add(named(
                    IsoFlopFigure.of(flops, part.runs, part.optima.getFirst().quantity(), command), suffix)));
            figures.add(named(optima(part), suffix));
            for (var optimum : part.optima) {
                paragraphs.add(new Paragraph(
                        part.name + ".",
                        "%s = %s C^%s ± %s through %d budgets."
                                .formatted(
                                        optimum.quantity().symbol(),
                                        Table.brief(optimum.coefficient()),
                                        Words.number(optimum.exponent()),
                                        Words.number(optimum.line().slopeStandardError()),
                                        optimum.line().points())));
            }
        }
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("made again by", command));
        facts.addAll(ReportFiles.facts(provenance));
        return new HtmlReport(
                "Compute-optimal sizes",
                "%d runs of %s"
                        .formatted(
                                parts.stream()
                                        .mapToInt(part -> part.runs.count())
                                        .sum(),
                                String.join(", ", provenance.inputs().keySet())),
                paragraphs,
                Optional.empty(),
                figures,
                facts);
    }

    private static Figure named(Figure figure, String suffix) {
        return new Figure(
                figure.id() + suffix,
                figure.title(),
                figure.caption(),
                figure.document(),
                figure.table(),
                figure.command());
    }

    /// N* and D* over compute, with their lines.
    private Figure optima(Part part) {
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var values = new ArrayList<Double>();
        var computes = new ArrayList<Double>();
        var columns = new ArrayList<Column>(List.of(Column.real("compute", "FLOPs")));
        double[] logs = part.points.logs(Quantity.COMPUTE);
        for (double log : logs) {
            computes.add(Math.exp(log));
        }
        double low = computes.stream().mapToDouble(x -> x).min().orElseThrow();
        double high = computes.stream().mapToDouble(x -> x).max().orElseThrow();
        for (int k = 0; k < part.optima.size(); k++) {
            var optimum = part.optima.get(k);
            var style = Style.of(INKS.get(k % INKS.size()));
            double[] sizes = part.points.logs(optimum.quantity());
            var points = new ArrayList<Point>();
            for (int i = 0; i < sizes.length; i++) {
                points.add(new Point(computes.get(i), Math.exp(sizes[i]), part.points.label(i)));
                values.add(Math.exp(sizes[i]));
            }
            layers.add(new Layer.Line(
                    style.with(Style.SOLID),
                    1.6,
                    List.of(new Point(low, optimum.at(low), ""), new Point(high, optimum.at(high), ""))));
            layers.add(new Layer.Points(style, 40, false, points));
            key.add(new Entry(
                    "%s*, exponent %s".formatted(optimum.quantity().symbol(), Words.number(optimum.exponent())),
                    style.with(Style.SOLID),
                    Sample.POINT_AND_LINE));
            columns.add(Column.real(optimum.quantity().word(), ""));
        }
        var rows = new ArrayList<List<Table.Cell>>();
        for (int i = 0; i < logs.length; i++) {
            var cells = new ArrayList<Object>(List.of(computes.get(i)));
            for (var optimum : part.optima) {
                cells.add(part.points.sizes(i).get(optimum.quantity()));
            }
            rows.add(Table.row(cells.toArray()));
        }
        return new Figure(
                "optima",
                "Optimal sizes against compute",
                "Each mark is the optimum of one budget, each line a power law through the marks.",
                Plot.document(List.of(new Plot(
                        "",
                        Axis.log("compute, FLOPs", computes),
                        Axis.log("optimal size", values),
                        layers,
                        new Legend(Corner.TOP_LEFT, key),
                        560,
                        360))),
                new Table(columns, rows),
                command);
    }
}
