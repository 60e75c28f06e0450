package dev.superpose.report;

import dev.superpose.geometry.Bounds;
import dev.superpose.geometry.OverlapHistogram;
import dev.superpose.geometry.PairDistribution;
import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// How the overlaps of pairs are spread: their density, and quantiles against width.
final class PairFigures {
    /// As many curves as a reader can tell apart.
    static final int MOST = 6;

    private static final int GROUPED = 16;
    private static final double MEDIAN = 0.5;
    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;
    private static final double RARE = 0.999;
    private static final int WIDTH = 520;
    private static final int HEIGHT = 300;

    private final ModelFigures models;

    PairFigures(ModelFigures models) {
        this.models = models;
    }

    /// Some of `matrices`, evenly from the first to the last.
    static List<ModelMatrix> some(List<ModelMatrix> matrices) {
        int count = Math.min(MOST, matrices.size());
        return IntStream.range(0, count)
                .mapToObj(i ->
                        matrices.get(count == 1 ? 0 : (int) Math.round(i * (matrices.size() - 1.0) / (count - 1))))
                .toList();
    }

    /// What a caption adds where not all matrices are drawn.
    static String someOf(List<ModelMatrix> matrices) {
        return matrices.size() > MOST ? " Drawn are %d of the %d matrices.".formatted(MOST, matrices.size()) : "";
    }

    /// The density of the cosines of all pairs, beside that of random directions of the same width.
    Figure density() {
        List<ModelMatrix> matrices = models.matrices();
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var ys = new ArrayList<Double>();
        var rows = new ArrayList<List<Table.Cell>>();
        int index = 0;
        for (ModelMatrix matrix : some(matrices)) {
            Style style = ModelFigures.style(index++);
            List<Point> points = density(matrix);
            layers.add(new Layer.Line(style.with(Style.SOLID), 1.8, points));
            points.forEach(point -> ys.add(point.y()));
            double least = points.stream().mapToDouble(Point::y).min().orElse(1);
            List<Point> random = random(matrix.geometry().width(), least);
            layers.addFirst(new Layer.Line(style.with(Style.DOTTED), 1.3, random));
            key.add(new Entry(matrix.name(), style.with(Style.SOLID), Sample.LINE));
            points.forEach(point -> rows.add(Table.row(matrix.model(), matrix.tensor(), point.x(), point.y())));
        }
        key.add(new Entry("random directions of that width", Style.of(Ink.TEXT).with(Style.DOTTED), Sample.LINE));
        var plot = new Plot(
                "",
                Axis.linear("cosine of two rows", -1, 1),
                Axis.log("density of pairs", ys),
                layers,
                new Legend(Corner.OUTSIDE, key),
                WIDTH,
                HEIGHT);
        return new Figure(
                "overlap-density",
                "Overlaps of pairs",
                "How the cosines of pairs of rows are spread, rows as they are; dotted, in the same colour, how those of"
                        + " random directions of the same width are. A shift to the right is a direction that all rows"
                        + " share; long tails are rows that nearly repeat or oppose each other." + someOf(matrices),
                Plot.document(List.of(plot)),
                new Table(
                        List.of(
                                Column.text("model"),
                                Column.text("tensor"),
                                Column.real("cosine", "middle"),
                                Column.real("density", "")),
                        rows),
                models.command());
    }

    private static List<Point> density(ModelMatrix matrix) {
        OverlapHistogram histogram = matrix.geometry().pairs().histogram();
        double total = histogram.total();
        var points = new ArrayList<Point>();
        for (int bin = 0; bin < OverlapHistogram.BINS; bin += GROUPED) {
            long count = histogram.counts().subList(bin, bin + GROUPED).stream()
                    .mapToLong(Long::longValue)
                    .sum();
            if (count > 0) {
                double from = OverlapHistogram.edge(bin);
                double to = OverlapHistogram.edge(bin + GROUPED);
                points.add(new Point((from + to) / 2, count / total / (to - from), matrix.name()));
            }
        }
        return points;
    }

    private static List<Point> random(int m, double least) {
        var points = new ArrayList<Point>();
        for (int bin = 0; bin < OverlapHistogram.BINS; bin += GROUPED) {
            double from = OverlapHistogram.edge(bin);
            double to = OverlapHistogram.edge(bin + GROUPED);
            double density = Bounds.randomShareBetween(m, from, to) / (to - from);
            if (density >= least) {
                points.add(new Point((from + to) / 2, density, ""));
            }
        }
        return points;
    }

    /// Quantiles of |cosine| against width: the median, where 90 % lie, and the rare ones.
    Figure quantiles() {
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var xs = new ArrayList<Double>();
        var beside = new Beside();
        int index = 0;
        for (var family : models.families().entrySet()) {
            Style style = ModelFigures.style(index++);
            var most = new ArrayList<Interval>();
            var rare = new ArrayList<Interval>();
            var medians = new ArrayList<Point>();
            for (ModelMatrix matrix : family.getValue()) {
                PairDistribution pairs = matrix.geometry().pairs();
                if (pairs.overlaps() == 0) {
                    continue;
                }
                double x = beside.place(matrix.geometry().width());
                xs.add(x);
                most.add(new Interval(
                        x, pairs.quantile(LOW).value(), pairs.quantile(HIGH).value()));
                rare.add(new Interval(
                        x, pairs.quantile(MEDIAN).value(), pairs.quantile(RARE).value()));
                medians.add(new Point(x, pairs.quantile(MEDIAN).value(), matrix.name() + ", median"));
            }
            layers.add(new Layer.ErrorBars(style.ink(), 1.2, rare));
            layers.add(new Layer.ErrorBars(style.ink(), 3, most));
            layers.add(new Layer.Points(style, 70, false, medians));
            key.add(new Entry(family.getKey(), style, Sample.POINT));
        }
        Axis x = Axis.log(ModelFigures.WIDTH, xs);
        layers.addFirst(randomQuantile(x, MEDIAN, Style.SOLID));
        layers.addFirst(randomQuantile(x, RARE, Style.DASHED));
        key.add(new Entry("random directions: median", Style.of(Ink.GREY).with(Style.SOLID), Sample.LINE));
        key.add(new Entry("random directions: 99.9 %", Style.of(Ink.GREY).with(Style.DASHED), Sample.LINE));
        var plot = new Plot(
                "",
                x,
                Axis.linear("|cosine| of two rows", 0, 1.02),
                layers,
                new Legend(Corner.OUTSIDE, key),
                WIDTH,
                HEIGHT);
        return new Figure(
                "overlap-quantiles",
                "Quantiles of the overlaps",
                "Marks are medians of |cosine|; thick bars hold nine pairs in ten, thin ones end where one pair in a"
                        + " thousand lies above.",
                Plot.document(List.of(plot)),
                quantileTable(),
                models.command());
    }

    private static Layer.Line randomQuantile(Axis x, double share, List<Integer> dash) {
        int steps = 24;
        List<Point> points = IntStream.rangeClosed(0, steps)
                .mapToObj(i -> {
                    int m = (int) Math.max(2, Math.round(x.from() * Math.pow(x.to() / x.from(), i / (double) steps)));
                    return new Point(m, Bounds.randomQuantile(m, share), "");
                })
                .distinct()
                .toList();
        return new Layer.Line(Style.of(Ink.GREY).with(dash), 1.3, points);
    }

    private Table quantileTable() {
        var columns = new ArrayList<Column>(
                List.of(Column.whole("width", ""), Column.text("method"), Column.whole("overlaps", "looked at")));
        PairDistribution.SHARES.forEach(share -> columns.add(Column.real(Words.number(100 * share) + "_%", "")));
        columns.add(Column.real("variance_over_random", ""));
        return models.rows(columns, geometry -> {
            PairDistribution pairs = geometry.pairs();
            var row = new ArrayList<>(Table.row(geometry.width(), pairs.method().label(), pairs.overlaps()));
            pairs.quantiles().forEach(quantile -> row.add(Table.Cell.of(quantile.value())));
            row.add(Table.Cell.of(pairs.varianceRatio()));
            return row;
        });
    }
}
