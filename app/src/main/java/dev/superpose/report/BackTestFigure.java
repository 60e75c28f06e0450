package dev.superpose.report;

import dev.superpose.forecast.BackTest;
import dev.superpose.forecast.Forecaster;
import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.List;

/// How far off the law's forecasts were, had they been made when only smaller runs were known.
final class BackTestFigure {
    private static final List<Ink> INKS = List.of(Ink.BLUE, Ink.VERMILLION, Ink.GREEN, Ink.PURPLE);
    private static final int STEPS = 40;

    private BackTestFigure() {}

    static Figure of(Forecaster forecaster, String command) {
        var test = forecaster.backTest();
        double farthest = Math.max(0.1, 1.05 * test.testedDistance());
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        double most = 1;
        var band = new ArrayList<Interval>();
        for (int step = 0; step <= STEPS; step++) {
            double distance = farthest * step / STEPS;
            double half = 100 * Math.expm1(half(forecaster, distance));
            band.add(new Interval(distance, -half, half));
            most = Math.max(most, half);
        }
        for (var prediction : test.predictions()) {
            most = Math.max(most, Math.abs(percent(prediction)));
        }
        layers.add(new Layer.Band(Ink.GREY, band));
        key.add(new Entry("forecast interval", Style.of(Ink.GREY), Sample.BAR));
        layers.add(new Layer.Across(Style.of(Ink.GREY), false, 0));
        int groups = Math.min(INKS.size(), test.origins().size());
        for (int g = 0; g < groups; g++) {
            var style = Style.of(INKS.get(g));
            var points = points(test, g, groups);
            if (!points.isEmpty()) {
                layers.add(new Layer.Points(style, points.size() > 60 ? 16 : 34, false, points));
                key.add(new Entry(origins(g, groups), style, Sample.POINT));
            }
        }
        var plot = new Plot(
                "",
                Axis.linear(
                        "decades of %s beyond the largest run fitted"
                                .formatted(test.effort().formula()),
                        0,
                        farthest),
                Axis.linear("measured less forecast, %", -1.1 * most, 1.1 * most),
                layers,
                new Legend(Corner.OUTSIDE, key),
                500,
                360);
        return new Figure(
                "back-test",
                "Forecasts of runs that are known by now",
                "The law is fitted to the runs below an origin and asked for those above; each mark is one such forecast. The band is what a forecast interval of this width would have had to hold (with the median error of the curve). Marks above 0: the law promised too much.",
                Plot.document(List.of(plot)),
                table(test),
                command);
    }

    /// Half the forecast interval of ln loss at `distance`, with the median curve error of the predictions near
    /// it.
    private static double half(Forecaster forecaster, double distance) {
        var test = forecaster.backTest();
        double[] errors = test.predictions().stream()
                .filter(prediction -> Math.abs(prediction.distance() - distance) < 0.25)
                .mapToDouble(BackTest.Prediction::claimed)
                .sorted()
                .toArray();
        double claimed =
                errors.length == 0 ? forecaster.fitted().residualStandardDeviation() : errors[errors.length / 2];
        double slope = forecaster.calibration().slope() * distance;
        return forecaster.calibration().factor() * Math.hypot(claimed, slope);
    }

    private static List<Point> points(BackTest test, int group, int groups) {
        return test.predictions().stream()
                .filter(prediction ->
                        prediction.origin() * groups / test.origins().size() == group)
                .map(prediction -> new Point(prediction.distance(), percent(prediction), prediction.label()))
                .toList();
    }

    private static String origins(int group, int groups) {
        return groups == 1
                ? "forecast"
                : group == 0 ? "earliest origins" : group == groups - 1 ? "latest origins" : "origins " + (group + 1);
    }

    private static double percent(BackTest.Prediction prediction) {
        return 100 * Math.expm1(prediction.error());
    }

    private static Table table(BackTest test) {
        return new Table(
                List.of(
                        Column.whole("origin", ""),
                        Column.text("run"),
                        Column.real("decades_beyond", ""),
                        Column.real("forecast", ""),
                        Column.real("measured_less_forecast", "%")),
                test.predictions().stream()
                        .map(prediction -> Table.row(
                                prediction.origin() + 1,
                                prediction.label(),
                                prediction.distance(),
                                prediction.predicted(),
                                percent(prediction)))
                        .toList());
    }
}
