package dev.superpose.report;

import dev.superpose.geometry.WidthTrend;
import dev.superpose.models.HeadOverlaps;
import dev.superpose.models.HeadOverlaps.Times;
import dev.superpose.published.PublishedModels.Family;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// Figure 6a: mean squared overlap of published heads against width, beside random directions.
final class HeadOverlapFigure {
    private final HeadOverlaps heads;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Double> xs;
    private final List<Double> ys;

    private HeadOverlapFigure(HeadOverlaps heads) {
        this.heads = heads;
        xs = heads.times().stream().map(times -> (double) times.head().width()).toList();
        ys = new ArrayList<>(
                heads.times().stream().map(times -> times.head().meanSquare()).toList());
        xs.forEach(m -> ys.add(1 / m));
    }

    static Figure of(HeadOverlaps heads, String command) {
        var figure = new HeadOverlapFigure(heads);
        return new Figure(
                "fig6-overlaps",
                "Overlaps of published heads against width",
                figure.caption(),
                Plot.document(List.of(figure.plot())),
                figure.table(),
                command);
    }

    private Plot plot() {
        Axis x = Axis.log(LanguageModelFigures.WIDTH_TITLE, xs);
        Style random = Style.of(Ink.GREY).with(Style.DASHED);
        Style all = Style.of(Ink.TEXT).with(Style.SOLID);
        layers.add(line(random, x, m -> 1 / m));
        layers.add(line(all, x, heads.all()::at));
        var key = new ArrayList<Entry>();
        heads.of().forEach((family, trend) -> {
            Style style = LanguageModelFigures.style(family);
            layers.add(new Layer.Points(style, LanguageModelFigures.MARK, false, points(family)));
            key.add(new Entry(family.label() + ": slope " + slope(trend), style, Sample.POINT));
        });
        key.add(new Entry("all: slope " + slope(heads.all()), all, Sample.LINE));
        key.add(new Entry("1/m: random directions", random, Sample.LINE));
        return new Plot(
                "",
                x,
                Axis.log("mean squared overlap", ys),
                layers,
                new Legend(Corner.OUTSIDE, key),
                LanguageModelFigures.WIDTH,
                LanguageModelFigures.HEIGHT);
    }

    private List<Point> points(Family family) {
        return heads.times().stream()
                .map(Times::head)
                .filter(head -> head.family() == family)
                .map(head -> new Point(head.width(), head.meanSquare(), head.model()))
                .toList();
    }

    private static Layer line(Style style, Axis x, DoubleUnaryOperator value) {
        return new Layer.Line(
                style,
                1.5,
                List.of(
                        new Point(x.from(), value.applyAsDouble(x.from()), ""),
                        new Point(x.to(), value.applyAsDouble(x.to()), "")));
    }

    private String caption() {
        var times = heads.times().stream().mapToDouble(Times::value).summaryStatistics();
        return ("Mean squared cosine over pairs of rows of %,d heads, not centred, read off the published figure. They"
                        + " fall with a slope of %s, and are %s times those of random directions; the line explains"
                        + " %s %% of the scatter.")
                .formatted(
                        heads.times().size(),
                        slope(heads.all()),
                        Words.range(times.getMin(), times.getMax()),
                        Words.number(Math.rint(100 * heads.all().rSquared())));
    }

    private static String slope(WidthTrend trend) {
        return Words.withError(trend.exponent(), trend.standardError());
    }

    private Table table() {
        return new Table(
                List.of(
                        Column.text("model"),
                        Column.text("family"),
                        Column.whole("width", ""),
                        Column.real("mean_square", ""),
                        Column.real("times_width", "")),
                heads.times().stream()
                        .map(times -> Table.row(
                                times.head().model(),
                                times.head().family().label(),
                                (long) times.head().width(),
                                times.head().meanSquare(),
                                times.value()))
                        .toList());
    }
}
