package dev.superpose.report;

import static dev.superpose.report.Curve.drawable;

import dev.superpose.geometry.WidthTrend;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Overlap against width, family by family: raw and centred, beside random directions, Welch's
/// bound and what others published.
final class OverlapFigure {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 400;
    private static final double GUIDE = 1.4;
    private static final double BOUND = 1.2;
    private static final double TREND = 1.3;
    private static final int MARK = 70;
    private static final int SMALL_MARK = 34;

    private final Map<String, List<ModelMatrix>> families;
    private final List<Layer> behind = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final List<Entry> key = new ArrayList<>();
    private final List<Double> xs = new ArrayList<>();
    private final List<Double> ys = new ArrayList<>();

    private OverlapFigure(Map<String, List<ModelMatrix>> families) {
        this.families = families;
    }

    /// The figure of real models alone, with published values where they are of the same kind.
    static Figure of(ModelFigures models) {
        var figure = new OverlapFigure(models.families());
        figure.families();
        boolean published =
                models.families().values().stream().flatMap(List::stream).anyMatch(PublishedOverlaps::isHead);
        if (published) {
            figure.published();
        }
        return figure.figure(
                models,
                "Overlap against width",
                published ? " Grey points: " + PublishedOverlaps.SOURCE + ", not centred." : "");
    }

    /// The figure of real models beside the strong rows of toy models.
    ///
    /// @param toys curves of trained toy models; only the strong ones are shown
    static Figure beside(List<Curve> toys, ModelFigures models) {
        var figure = new OverlapFigure(models.families());
        toys.forEach(figure::toy);
        figure.families();
        return figure.figure(models, toys.isEmpty() ? "Overlap against width" : "Real models beside the toy", "");
    }

    private void toy(Curve toy) {
        List<Point> points = toy.points(run -> run.reading().overlap().meanSquareStrong());
        if (toy.strong() && !points.isEmpty()) {
            layers.add(new Layer.Points(toy.style(), 40, false, points));
            key.add(new Entry("toy, strong rows (" + toy.label() + ")", toy.style(), Sample.POINT));
            collect(points);
        }
    }

    private void families() {
        int index = 0;
        for (var family : families.entrySet()) {
            Style style = ModelFigures.style(index++);
            family(style, family.getKey() + ", as it is", family.getValue(), ModelFigures::raw, false);
            family(style, family.getKey() + ", centred", family.getValue(), ModelFigures::centred, true);
        }
    }

    private void family(
            Style style, String name, List<ModelMatrix> matrices, ToDoubleFunction<ModelMatrix> measure, boolean open) {
        List<Point> points = ModelFigures.points(matrices, measure);
        if (points.isEmpty()) {
            return;
        }
        collect(points);
        layers.add(new Layer.Points(style, MARK, open, points));
        Optional<WidthTrend> trend = ModelFigures.trend(matrices, measure);
        trend.ifPresent(line -> layers.add(new Layer.Line(
                style.with(open ? Style.DASHED : Style.SOLID),
                TREND,
                ends(points).stream().map(m -> new Point(m, line.at(m), "")).toList())));
        String slope = trend.map(line -> ": slope " + Words.withError(line.exponent(), line.standardError()))
                .orElse("");
        key.add(new Entry(name + slope, style, open ? Sample.OPEN_POINT : Sample.POINT));
    }

    private static List<Double> ends(List<Point> points) {
        return List.of(
                points.stream().mapToDouble(Point::x).min().orElse(1),
                points.stream().mapToDouble(Point::x).max().orElse(1));
    }

    private void published() {
        List<Point> points = PublishedOverlaps.all().stream()
                .map(model -> new Point(model.width(), model.meanSquare(), model.name() + ", published"))
                .toList();
        collect(points);
        Style style = Style.of(Ink.GREY);
        behind.add(new Layer.Points(style, SMALL_MARK, false, points));
        key.add(new Entry("%d published heads".formatted(points.size()), style, Sample.POINT));
    }

    private void collect(List<Point> points) {
        points.forEach(point -> {
            xs.add(point.x());
            ys.add(point.y());
        });
    }

    private Figure figure(ModelFigures models, String title, String more) {
        Axis x = Axis.log(ModelFigures.WIDTH, xs);
        references(x);
        behind.addAll(layers);
        var plot = new Plot(
                "", x, Axis.log("mean squared overlap", ys), behind, new Legend(Corner.OUTSIDE, key), WIDTH, HEIGHT);
        return new Figure(
                "real-models",
                title,
                "Mean squared cosine over pairs of rows of real embeddings and unembeddings: as they are (filled), and"
                        + " with the mean row taken from each (open). A direction that all rows share lifts the first"
                        + " above 1/m; uneven use of the dimensions lifts both." + more,
                Plot.document(List.of(plot)),
                models.table(),
                models.command());
    }

    /// Welch's bound for each family, or one for all where they have the same number of rows:
    /// dashes one above the other would make a whole line.
    private void bounds(Style bound) {
        List<ModelMatrix> all = families.values().stream().flatMap(List::stream).toList();
        boolean alike = all.stream()
                        .mapToLong(matrix -> matrix.geometry().used())
                        .distinct()
                        .count()
                == 1;
        boolean drawn = false;
        for (List<ModelMatrix> together : alike ? List.of(all) : List.copyOf(families.values())) {
            List<Point> welch = ModelFigures.points(together, ModelFigures::welch).stream()
                    .sorted(Comparator.comparingDouble(Point::x))
                    .toList();
            welch.forEach(point -> ys.add(point.y()));
            if (welch.stream().mapToDouble(Point::x).distinct().count() > 1) {
                behind.addFirst(new Layer.Line(bound, BOUND, welch));
                drawn = true;
            }
        }
        if (drawn) {
            key.add(new Entry("Welch bound for as many rows", bound, Sample.LINE));
        }
    }

    /// Random directions and Welch's bound, behind all else.
    private void references(Axis x) {
        Style random = Style.of(Ink.GREY);
        behind.addFirst(new Layer.Line(
                random, GUIDE, List.of(new Point(x.from(), 1 / x.from(), ""), new Point(x.to(), 1 / x.to(), ""))));
        key.add(new Entry("1/m: random directions", random, Sample.LINE));
        bounds(random.with(Style.DASHED));
        List.copyOf(xs).stream().filter(m -> drawable(1 / m)).forEach(m -> ys.add(1 / m));
    }
}
