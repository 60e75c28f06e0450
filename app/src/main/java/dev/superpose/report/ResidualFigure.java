package dev.superpose.report;

import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.scaling.Fit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What a law leaves over, against each of its sizes: a law that holds leaves a shapeless cloud.
final class ResidualFigure {
    private static final int WIDTH = 290;
    private static final int HEIGHT = 250;
    private static final int BINS = 8;
    private static final int MOST_PLOTS = 2;

    private ResidualFigure() {}

    /// @param outliers labels of runs that are marked
    static Figure of(Fit.Fitted fit, Set<String> outliers, String command) {
        var plots = fit.form().quantities().stream()
                .limit(MOST_PLOTS)
                .map(quantity -> plot(fit, quantity, outliers))
                .toList();
        double deviation = 100 * fit.residualStandardDeviation();
        return new Figure(
                "residuals",
                "What the law leaves over",
                "Measured less fitted loss, in percent of the fitted, over %s; the line is the mean of neighbours. Standard deviation %s %%.%s"
                        .formatted(
                                String.join(
                                        " and ",
                                        fit.form().quantities().stream()
                                                .limit(MOST_PLOTS)
                                                .map(Quantity::word)
                                                .toList()),
                                Table.brief(deviation),
                                outliers.isEmpty() ? "" : " Open marks are outliers."),
                Plot.document(plots),
                table(fit),
                command);
    }

    private static Plot plot(Fit.Fitted fit, Quantity quantity, Set<String> outliers) {
        Runs runs = fit.runs();
        var points = new ArrayList<Point>();
        var odd = new ArrayList<Point>();
        var sizes = new ArrayList<Double>();
        double largest = 1e-6;
        for (int i = 0; i < runs.count(); i++) {
            double size = runs.sizes(i).get(quantity);
            double percent = percent(fit, i);
            sizes.add(size);
            largest = Math.max(largest, Math.abs(percent));
            (outliers.contains(runs.label(i)) ? odd : points).add(new Point(size, percent, runs.label(i)));
        }
        var layers = new ArrayList<Layer>();
        layers.add(new Layer.Across(Style.of(Ink.GREY), false, 0));
        if (!points.isEmpty()) {
            layers.add(new Layer.Points(Style.of(Ink.BLUE), points.size() > 60 ? 18 : 36, false, points));
        }
        if (!odd.isEmpty()) {
            layers.add(new Layer.Points(Style.of(Ink.VERMILLION), 44, true, odd));
        }
        var trend = trend(fit, quantity);
        if (trend.size() > 2) {
            layers.add(new Layer.Line(Style.of(Ink.GREEN).with(Style.SOLID), 1.6, trend));
        }
        var key = odd.isEmpty()
                ? Legend.none()
                : new Legend(
                        Corner.TOP_RIGHT, List.of(new Entry("outlier", Style.of(Ink.VERMILLION), Sample.OPEN_POINT)));
        return new Plot(
                "",
                Axis.log(LawFigure.title(quantity), sizes),
                Axis.linear("measured less fitted, %", -1.15 * largest, 1.15 * largest),
                layers,
                key,
                WIDTH,
                HEIGHT);
    }

    private static double percent(Fit.Fitted fit, int i) {
        return 100 * Math.expm1(fit.residual(i));
    }

    /// The mean residual of neighbours in size.
    private static List<Point> trend(Fit.Fitted fit, Quantity quantity) {
        Runs runs = fit.runs();
        double[] logs = runs.logs(quantity);
        var order = IntStream.range(0, logs.length)
                .boxed()
                .sorted((a, b) -> Double.compare(logs[a], logs[b]))
                .mapToInt(i -> i)
                .toArray();
        int bins = Math.min(BINS, order.length / 4);
        var points = new ArrayList<Point>();
        var seen = new HashSet<Double>();
        for (int b = 0; b < bins; b++) {
            int[] members = Arrays.copyOfRange(order, b * order.length / bins, (b + 1) * order.length / bins);
            double size = Math.exp(
                    Arrays.stream(members).mapToDouble(i -> logs[i]).average().orElseThrow());
            double mean = Arrays.stream(members)
                    .mapToDouble(i -> percent(fit, i))
                    .average()
                    .orElseThrow();
            if (seen.add(size)) {
                points.add(new Point(size, mean, ""));
            }
        }
        return points;
    }

    private static Table table(Fit.Fitted fit) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (int i = 0; i < fit.runs().count(); i++) {
            rows.add(Table.row(fit.runs().label(i), fit.runs().loss(i), percent(fit, i)));
        }
        return new Table(
                List.of(Column.text("run"), Column.real("loss", ""), Column.real("measured_less_fitted", "%")), rows);
    }
}
