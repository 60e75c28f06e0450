package dev.superpose.report;

import dev.superpose.models.LanguageModelStudy;
import dev.superpose.models.WidthEstimate;
import dev.superpose.published.PublishedModels;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The exponent of width with its 95 % intervals: as printed, jointly in three ways, and family by
/// family.
final class WidthExponentFigure {
    /// What is drawn.
    ///
    /// @param name on the axis
    /// @param words in the table
    private record Row(String name, String words, Style style, double exponent, Interval interval) {}

    private WidthExponentFigure() {}

    static Figure of(LanguageModelStudy study, String command) {
        List<Row> rows = rows(study);
        return new Figure(
                "fig8-exponents",
                "How well losses fix the exponent of width",
                caption(study),
                Plot.document(List.of(plot(rows))),
                table(rows),
                command);
    }

    private static List<Row> rows(LanguageModelStudy study) {
        var rows = new ArrayList<Row>();
        var published = PublishedModels.sharedFit();
        double half = 1.96 * published.printedError();
        rows.add(new Row(
                "printed",
                "as printed, its error times 1.96",
                Style.of(Ink.GREY),
                published.exponent(),
                new Interval(published.exponent() - half, published.exponent() + half, 0.95)));
        Style joint = Style.of(Ink.TEXT);
        rows.add(row("all losses", "every loss, profile", joint, study.joint()));
        rows.add(row("by model", "one number a model, profile", joint, study.perModel()));
        rows.add(new Row(
                "bootstrap",
                "models drawn again",
                joint,
                study.joint().exponent(),
                study.bootstrap().parameter("alpha", 0.95)));
        study.families()
                .forEach((family, estimate) -> rows.add(row(
                        family.label(),
                        "every loss of the family, profile",
                        LanguageModelFigures.style(family),
                        estimate)));
        return rows;
    }

    private static Row row(String name, String words, Style style, WidthEstimate estimate) {
        return new Row(name, words, style, estimate.exponent(), estimate.interval());
    }

    private static Plot plot(List<Row> rows) {
        var layers = new ArrayList<Layer>();
        Style unit = Style.of(Ink.GREY).with(Style.DASHED);
        layers.add(new Layer.Across(unit, false, 1));
        var values = new ArrayList<Double>();
        for (int k = 0; k < rows.size(); k++) {
            Row row = rows.get(k);
            values.add(row.interval.low());
            values.add(row.interval.high());
            layers.add(new Layer.ErrorBars(
                    row.style.ink(), 1.8, List.of(new Layer.Interval(k, row.interval.low(), row.interval.high()))));
            layers.add(new Layer.Points(
                    row.style, LanguageModelFigures.MARK, false, List.of(new Point(k, row.exponent, row.words))));
        }
        return new Plot(
                "",
                Axis.kinds("what is fitted", rows.stream().map(Row::name).toList()),
                Axis.log("exponent of width", values),
                layers,
                new Legend(Corner.TOP_LEFT, List.of(new Entry("1: strong superposition", unit, Sample.LINE))),
                LanguageModelFigures.WIDTH + 40,
                LanguageModelFigures.HEIGHT - 80);
    }

    private static String caption(LanguageModelStudy study) {
        return ("Bars are 95 %% intervals. The printed error leaves out that scale and offsets were fitted too. Losses of one model on four texts"
                        + " are not four observations: \"by model\" counts them once, with the same law. If one"
                        + " law, exponent and scale, held for all four families, they would differ as much with a chance of"
                        + " %s where all losses count, of %s by model.")
                .formatted(
                        twoDigits(study.laws().everyLoss().chance()),
                        twoDigits(study.laws().perModel().chance()));
    }

    private static String twoDigits(double chance) {
        return String.format(Locale.ROOT, "%.2g", chance);
    }

    private static Table table(List<Row> rows) {
        return new Table(
                List.of(
                        Column.text("fit"),
                        Column.text("interval_by"),
                        Column.real("exponent", ""),
                        Column.real("low", ""),
                        Column.real("high", "")),
                rows.stream()
                        .map(row ->
                                Table.row(row.name, row.words, row.exponent, row.interval.low(), row.interval.high()))
                        .toList());
    }
}
