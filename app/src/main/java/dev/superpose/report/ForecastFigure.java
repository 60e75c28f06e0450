package dev.superpose.report;

import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/// The law continued beyond its runs, with the band of the curve and that of one new run.
final class ForecastFigure {
    private static final int STEPS = 50;

    private ForecastFigure() {}

    static Figure of(ForecastReport.Answer answer, String command) {
        var forecaster = answer.forecaster();
        var fitted = forecaster.fitted();
        var runs = fitted.runs();
        var effort = forecaster.backTest().effort();
        double[] logs = effort.logs(runs);
        var line = new ArrayList<Point>();
        var curve = new ArrayList<Interval>();
        var run = new ArrayList<Interval>();
        var values = new ArrayList<Double>();
        var efforts = new ArrayList<Double>();
        var rows = new ArrayList<List<Table.Cell>>();
        for (int step = 0; step <= STEPS; step++) {
            var sizes = between(
                    fitted.form().quantities(),
                    runs,
                    answer.forecasts().getFirst().at(),
                    step);
            var forecast = forecaster.at(sizes);
            double x = Math.exp(effort.log(sizes));
            efforts.add(x);
            line.add(new Point(x, forecast.loss(), ""));
            values.add(forecast.loss());
            add(curve, x, forecast.curve());
            add(run, x, forecast.interval());
            rows.add(Table.row(
                    x,
                    forecast.loss(),
                    forecast.curve().low(),
                    forecast.curve().high(),
                    forecast.interval().low(),
                    forecast.interval().high()));
        }
        var points = new ArrayList<Point>();
        for (int i = 0; i < logs.length; i++) {
            points.add(new Point(Math.exp(logs[i]), runs.loss(i), runs.label(i)));
            values.add(runs.loss(i));
            efforts.add(Math.exp(logs[i]));
        }
        var asked = new ArrayList<Point>();
        for (var forecast : answer.forecasts()) {
            double x = Math.exp(effort.log(forecast.at()));
            asked.add(new Point(x, forecast.loss(), ForecastReport.words(forecast.at())));
            efforts.add(x);
            values.add(forecast.loss());
        }
        var plot = new Plot(
                "",
                Axis.log(effort.formula(), efforts),
                Axis.loss("loss", values),
                List.of(
                        new Layer.Band(Ink.ORANGE, run),
                        new Layer.Band(Ink.BLUE, curve),
                        new Layer.Line(Style.of(Ink.BLUE).with(Style.SOLID), 1.8, line),
                        new Layer.Points(Style.of(Ink.BLUE), points.size() > 60 ? 18 : 40, false, points),
                        new Layer.Points(Style.of(Ink.VERMILLION), 70, false, asked)),
                new Legend(
                        Corner.TOP_RIGHT,
                        List.of(
                                new Entry("runs", Style.of(Ink.BLUE), Sample.POINT),
                                new Entry(
                                        "law, and where its curve may lie", Style.of(Ink.BLUE), Sample.POINT_AND_LINE),
                                new Entry("where one new run may land", Style.of(Ink.ORANGE), Sample.BAR),
                                new Entry("forecast", Style.of(Ink.VERMILLION), Sample.POINT))),
                620,
                400);
        return new Figure(
                "forecast",
                "The law beyond its runs",
                "The line follows the law from the smallest run to the first place that was asked for, all sizes growing together; runs with other proportions lie off it. The wide band is calibrated by back-tests and grows with the distance; the narrow one is about the curve alone and assumes that the law holds.",
                Plot.document(List.of(plot)),
                new Table(
                        List.of(
                                Column.real("effort", ""),
                                Column.real("loss", ""),
                                Column.real("curve_low", ""),
                                Column.real("curve_high", ""),
                                Column.real("one_run_low", ""),
                                Column.real("one_run_high", "")),
                        rows),
                command);
    }

    private static void add(List<Interval> intervals, double x, dev.superpose.stat.Interval interval) {
        if (interval.low() > 0 && Double.isFinite(interval.high())) {
            intervals.add(new Interval(x, interval.low(), interval.high()));
        }
    }

    /// Sizes on the straight way, in logarithms, from the smallest of every size to `end`.
    private static Sizes between(Iterable<Quantity> quantities, dev.superpose.runs.Runs runs, Sizes end, int step) {
        var sizes = new EnumMap<Quantity, Double>(Quantity.class);
        for (var quantity : quantities) {
            double from = runs.range(quantity).getKey();
            sizes.put(quantity, from * Math.pow(end.get(quantity) / from, step / (double) STEPS));
        }
        return new Sizes(sizes, end.group());
    }
}
