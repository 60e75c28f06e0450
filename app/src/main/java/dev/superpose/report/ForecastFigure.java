package dev.superpose.report;

import dev.superpose.forecast.Effort;
import dev.superpose.forecast.Forecast;
import dev.superpose.forecast.Forecaster;
import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.function.Function;

/// The law continued beyond its runs, with the band of the curve and that of one new run.
final class ForecastFigure {
    private static final int STEPS = 50;

    private final ForecastReport.Answer answer;
    private final Forecaster forecaster;
    private final Runs runs;
    private final Effort effort;
    private final List<Double> values = new ArrayList<>();
    private final List<Double> efforts = new ArrayList<>();

    private ForecastFigure(ForecastReport.Answer answer) {
        this.answer = answer;
        forecaster = answer.forecaster();
        runs = forecaster.fitted().runs();
        effort = forecaster.backTest().effort();
    }

    static Figure of(ForecastReport.Answer answer, String command) {
        return new ForecastFigure(answer).figure(command);
    }

    private Figure figure(String command) {
        var way = new ArrayList<Forecast>();
        for (int step = 0; step <= STEPS; step++) {
            way.add(forecaster.at(between(farthest(), step)));
        }
        var line = way.stream().map(forecast -> point(forecast, "")).toList();
        var points = runs();
        answer.forecasts()
                .forEach(forecast -> values.addAll(
                        List.of(forecast.interval().low(), forecast.interval().high())));
        var asked = answer.forecasts().stream()
                .map(forecast -> point(forecast, Sized.words(forecast.at())))
                .toList();
        var plot = new Plot(
                "",
                Axis.log(effort.formula(), efforts),
                Axis.loss("loss", values),
                List.of(
                        new Layer.Band(Ink.ORANGE, band(way, Forecast::interval)),
                        new Layer.Band(Ink.BLUE, band(way, Forecast::curve)),
                        new Layer.Line(Style.of(Ink.BLUE).with(Style.SOLID), 1.8, line),
                        new Layer.Points(Style.of(Ink.BLUE), points.size() > 60 ? 18 : 40, false, points),
                        new Layer.ErrorBars(Ink.VERMILLION, 1.6, band(answer.forecasts(), Forecast::interval)),
                        new Layer.Points(Style.of(Ink.VERMILLION), 70, false, asked)),
                key(),
                620,
                400);
        return new Figure(
                "forecast",
                "The law beyond its runs",
                "The line follows the law from the smallest run to the farthest place that was asked for, all sizes growing together; runs with other proportions lie off it. The wide band is calibrated by back-tests and grows with the distance; the narrow one is about the curve alone and assumes that the law holds.",
                Plot.document(List.of(plot)),
                table(way),
                command);
    }

    /// The place that was asked for with the most effort.
    private Sizes farthest() {
        return answer.forecasts().stream()
                .map(Forecast::at)
                .max(Comparator.comparingDouble(effort::log))
                .orElseThrow();
    }

    private static Legend key() {
        return new Legend(
                Corner.TOP_RIGHT,
                List.of(
                        new Entry("runs", Style.of(Ink.BLUE), Sample.POINT),
                        new Entry("law, and where its curve may lie", Style.of(Ink.BLUE), Sample.POINT_AND_LINE),
                        new Entry("where one new run may land", Style.of(Ink.ORANGE), Sample.BAR),
                        new Entry("forecast", Style.of(Ink.VERMILLION), Sample.POINT)));
    }

    private List<Point> runs() {
        double[] logs = effort.logs(runs);
        var points = new ArrayList<Point>();
        for (int i = 0; i < logs.length; i++) {
            points.add(seen(new Point(Math.exp(logs[i]), runs.loss(i), runs.label(i))));
        }
        return points;
    }

    private Point point(Forecast forecast, String note) {
        return seen(new Point(Math.exp(effort.log(forecast.at())), forecast.loss(), note));
    }

    /// `point`, for which the axes make room.
    private Point seen(Point point) {
        efforts.add(point.x());
        values.add(point.y());
        return point;
    }

    private List<Interval> band(List<Forecast> way, Function<Forecast, dev.superpose.stat.Interval> which) {
        var intervals = new ArrayList<Interval>();
        for (var forecast : way) {
            var interval = which.apply(forecast);
            if (interval.low() > 0 && Double.isFinite(interval.high())) {
                intervals.add(new Interval(Math.exp(effort.log(forecast.at())), interval.low(), interval.high()));
            }
        }
        return intervals;
    }

    /// Sizes on the straight way, in logarithms, from the smallest of every size to `end`.
    private Sizes between(Sizes end, int step) {
        var sizes = new EnumMap<Quantity, Double>(Quantity.class);
        for (var quantity : forecaster.fitted().form().quantities()) {
            double from = runs.range(quantity).getKey();
            sizes.put(quantity, from * Math.pow(end.get(quantity) / from, step / (double) STEPS));
        }
        return new Sizes(sizes, end.group());
    }

    private Table table(List<Forecast> way) {
        return new Table(
                List.of(
                        Column.real("effort", ""),
                        Column.real("loss", ""),
                        Column.real("curve_low", ""),
                        Column.real("curve_high", ""),
                        Column.real("one_run_low", ""),
                        Column.real("one_run_high", "")),
                way.stream()
                        .map(forecast -> Table.row(
                                Math.exp(effort.log(forecast.at())),
                                forecast.loss(),
                                forecast.curve().low(),
                                forecast.curve().high(),
                                forecast.interval().low(),
                                forecast.interval().high()))
                        .toList());
    }
}
