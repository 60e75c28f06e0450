package dev.superpose.report;

import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.scaling.IsoFlops;
import java.util.ArrayList;
import java.util.List;

/// Approach 2 at a glance: the runs of each budget, the parabola through them, and where the
/// minima move.
final class IsoFlopFigure {
    private static final List<Ink> INKS = List.of(Ink.BLUE, Ink.VERMILLION, Ink.GREEN, Ink.PURPLE, Ink.ORANGE, Ink.SKY);
    private static final int STEPS = 40;
    private static final int MOST = 9;

    private IsoFlopFigure() {}

    /// @param runs that were grouped, in the order that `flops` numbers them
    /// @param axis along which the parabolas were fitted
    static Figure of(IsoFlops.Found flops, Runs runs, Quantity axis, String command) {
        var shown = shown(flops.budgets());
        var optimum = flops.optima().getFirst();
        return new Figure(
                "isoflops",
                "Runs of equal compute",
                "Each colour is one budget%s, each line the parabola through its runs; the minima move as %s = %s C^%s (standard error %s)."
                        .formatted(
                                shown.size() < flops.budgets().size()
                                        ? " (%d of %d are drawn)"
                                                .formatted(
                                                        shown.size(),
                                                        flops.budgets().size())
                                        : "",
                                axis.symbol(),
                                Table.brief(optimum.coefficient()),
                                Table.brief(optimum.exponent()),
                                Table.brief(optimum.line().slopeStandardError())),
                Plot.document(List.of(plot(shown, runs, axis))),
                table(flops.budgets(), axis),
                command);
    }

    private static Plot plot(List<IsoFlops.Budget> shown, Runs runs, Quantity axis) {
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var sizes = new ArrayList<Double>();
        var losses = new ArrayList<Double>();
        for (int k = 0; k < shown.size(); k++) {
            var budget = shown.get(k);
            var style = Style.of(INKS.get(k % INKS.size()));
            var points = budget.runs().stream()
                    .map(i -> new Point(runs.sizes(i).get(axis), runs.loss(i), runs.label(i)))
                    .toList();
            points.forEach(point -> {
                sizes.add(point.x());
                losses.add(point.y());
            });
            layers.add(new Layer.Line(style.with(Style.SOLID), 1.5, parabola(budget, points)));
            layers.add(new Layer.Points(style, points.size() > 30 ? 14 : 32, false, points));
            key.add(new Entry(
                    Sized.brief(budget.compute()) + " FLOPs", style.with(Style.SOLID), Sample.POINT_AND_LINE));
        }
        layers.add(new Layer.Points(
                Style.of(Ink.TEXT),
                80,
                true,
                shown.stream()
                        .map(budget -> new Point(
                                budget.optimum().get(axis), budget.parabola().value(), "minimum"))
                        .toList()));
        key.add(new Entry("minimum", Style.of(Ink.TEXT), Sample.OPEN_POINT));
        return new Plot(
                "",
                Axis.log(LawFigure.title(axis), sizes),
                Axis.loss("loss", losses),
                layers,
                new Legend(Corner.OUTSIDE, key),
                520,
                380);
    }

    private static Table table(List<IsoFlops.Budget> budgets, Quantity axis) {
        return new Table(
                List.of(
                        Column.real("compute", "FLOPs"),
                        Column.whole("runs", ""),
                        Column.real("optimal_" + axis.word(), ""),
                        Column.real("least_loss", "")),
                budgets.stream()
                        .map(budget -> Table.row(
                                budget.compute(),
                                budget.runs().size(),
                                budget.optimum().get(axis),
                                budget.parabola().value()))
                        .toList());
    }

    /// As many budgets as a reader can tell apart, evenly from the smallest to the largest.
    private static List<IsoFlops.Budget> shown(List<IsoFlops.Budget> all) {
        int count = Math.min(all.size(), MOST);
        var shown = new ArrayList<IsoFlops.Budget>();
        for (int k = 0; k < count; k++) {
            shown.add(all.get(count == 1 ? 0 : (int) Math.round(k * (all.size() - 1.0) / (count - 1))));
        }
        return shown;
    }

    private static List<Point> parabola(IsoFlops.Budget budget, List<Point> points) {
        double low = points.stream().mapToDouble(Point::x).min().orElseThrow();
        double high = points.stream().mapToDouble(Point::x).max().orElseThrow();
        var line = new ArrayList<Point>();
        for (int step = 0; step <= STEPS; step++) {
            double size = low * Math.pow(high / low, step / (double) STEPS);
            double loss = budget.parabola().at(Math.log(size));
            if (loss > 0) {
                line.add(new Point(size, loss, ""));
            }
        }
        return line;
    }
}
