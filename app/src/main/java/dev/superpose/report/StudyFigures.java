package dev.superpose.report;

import static dev.superpose.report.Curve.drawable;

import dev.superpose.geometry.Bounds;
import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.published.ToyValue;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.study.Series.WidthPoint;
import java.util.ArrayList;
import java.util.List;

/// The figures of a study that have width on their x axis.
final class StudyFigures {
    private static final String WIDTH = "width m";
    private static final int LARGE_WIDTH = 640;
    private static final int LARGE_HEIGHT = 400;
    private static final int HALF_WIDTH = 290;
    private static final int HALF_HEIGHT = 270;

    private final List<Curve> curves;
    private final String command;

    /// @param curves those to draw; at least one
    /// @param command what makes the figures again
    StudyFigures(List<Curve> curves, String command) {
        this.curves = List.copyOf(curves);
        this.command = command;
    }

    /// Loss against width with fits, the weak regime beside its theory.
    Figure loss() {
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var values = new ArrayList<Double>();
        for (Curve curve : curves) {
            List<Point> points = curve.points(run -> run.reading().loss().test());
            points.forEach(point -> values.add(point.y()));
            String text = curve.label();
            var law = curve.lossLaw();
            if (law.isPresent()) {
                layers.add(new Layer.Band(curve.style().ink(), curve.band(law.get())));
                layers.add(new Layer.Line(curve.style().with(Style.SOLID), 1.8, curve.line(law.get())));
                text += ": slope "
                        + Words.withError(
                                -law.get().law().parameter("exponent"),
                                law.get().standardErrors().getOrDefault("exponent", Double.NaN));
            }
            layers.add(new Layer.Points(curve.style(), 44, false, points));
            key.add(new Entry(
                    text, curve.style().with(Style.SOLID), law.isPresent() ? Sample.POINT_AND_LINE : Sample.POINT));
        }
        for (Curve curve : curves) {
            if (curve.weak()) {
                List<Point> tail = curve.means(WidthPoint::tailAtRepresented);
                List<Point> ideal = curve.means(WidthPoint::tailAtWidth);
                tail.forEach(point -> values.add(point.y()));
                ideal.forEach(point -> values.add(point.y()));
                layers.add(new Layer.Line(curve.style().with(Style.DASHED), 1.6, tail));
                layers.add(new Layer.Line(curve.style().with(Style.DOTTED), 1.6, ideal));
            }
        }
        addTheoryKey(key);
        Curve leading = curves.getFirst();
        if (leading.strong()) {
            List<Point> guide = guide(leading);
            if (!guide.isEmpty()) {
                guide.forEach(point -> values.add(point.y()));
                layers.addFirst(new Layer.Line(Style.of(Ink.GREY), 1.4, guide));
                key.add(new Entry("guide: 1/m", Style.of(Ink.GREY), Sample.LINE));
            }
        }
        addPublished(PublishedMarks.losses(), layers, values, key);
        var plot = new Plot(
                "",
                Axis.log(WIDTH, widths()),
                Axis.log("test loss, summed over features", values),
                layers,
                new Legend(Corner.BOTTOM_LEFT, key),
                LARGE_WIDTH,
                LARGE_HEIGHT);
        return new Figure(
                "loss-against-width",
                "Loss against width",
                "Each mark is one training; solid lines are power laws through the geometric means over seeds, bands their 95 % confidence."
                        + (curves.stream().anyMatch(Curve::weak)
                                ? " In weak superposition the loss is bounded by the frequencies of the features left"
                                        + " out: the tail sums Σ(4/3 p − p²)."
                                : ""),
                Plot.document(List.of(plot)),
                StudyTables.loss(curves),
                command);
    }

    /// One entry for each line of theory: in the ink of the weak curve, or, of several,
    /// in none of theirs.
    private void addTheoryKey(List<Entry> key) {
        List<Curve> weak = curves.stream().filter(Curve::weak).toList();
        if (weak.isEmpty()) {
            return;
        }
        Style style = weak.size() == 1 ? weak.getFirst().style() : Style.of(Ink.TEXT);
        key.add(new Entry("theory: tail sum beyond φ½·n features", style.with(Style.DASHED), Sample.LINE));
        key.add(new Entry("theory: tail sum beyond m features", style.with(Style.DOTTED), Sample.LINE));
    }

    /// Overlap against width: as it is, and times the width.
    Figure overlap() {
        List<Curve> shown = curves.stream().filter(Curve::strong).toList();
        if (shown.isEmpty()) {
            shown = curves;
        }
        var key = new ArrayList<Entry>();
        var values = new ArrayList<Double>();
        var scaledValues = new ArrayList<Double>(List.of(0.8, 1.1));
        var layers = new ArrayList<Layer>();
        var scaled = new ArrayList<Layer>();
        for (Curve curve : shown) {
            List<Point> strong = curve.points(run -> run.reading().overlap().meanSquareStrong());
            List<Point> all = curve.points(run -> run.reading().overlap().meanSquare());
            addOverlaps(layers, scaled, curve.style(), strong, all);
            for (Point point : concat(strong, all)) {
                values.add(point.y());
                scaledValues.add(point.y() * point.x());
            }
            if (shown.size() > 1) {
                key.add(new Entry(curve.label(), curve.style(), Sample.POINT));
            }
        }
        addRowsKey(shown, key);
        Style random = Style.of(Ink.GREY);
        Style welch = Style.of(Ink.GREY).with(Style.DASHED);
        int features = shown.getFirst().runs().getFirst().config().features();
        List<Point> randomLine = along(m -> 1 / m);
        List<Point> welchLine = along(m -> Bounds.welchMeanSquare(features, (int) Math.round(m)));
        concat(randomLine, welchLine).forEach(point -> values.add(point.y()));
        layers.addFirst(new Layer.Line(welch, 1.4, welchLine));
        layers.addFirst(new Layer.Line(random, 1.4, randomLine));
        scaled.addFirst(new Layer.Line(welch, 1.4, times(welchLine)));
        scaled.addFirst(new Layer.Line(random, 1.4, times(randomLine)));
        times(welchLine).forEach(point -> scaledValues.add(point.y()));
        key.add(new Entry("1/m: random directions", random, Sample.LINE));
        key.add(new Entry("Welch bound, n = " + features, welch, Sample.LINE));
        double top = scaledValues.stream().mapToDouble(value -> value).max().orElse(1);
        double bottom = scaledValues.stream().mapToDouble(value -> value).min().orElse(0);
        var left = new Plot(
                "",
                Axis.log(WIDTH, widths()),
                Axis.log("mean squared overlap", values),
                layers,
                Legend.none(),
                HALF_WIDTH,
                HALF_HEIGHT);
        var right = new Plot(
                "",
                Axis.log(WIDTH, widths()),
                Axis.linear("mean squared overlap × m", Math.max(0, bottom - 0.05), top + 0.06 * (top - bottom)),
                scaled,
                new Legend(Corner.OUTSIDE, key),
                HALF_WIDTH,
                HALF_HEIGHT);
        return new Figure(
                "overlap-against-width",
                "Overlap against width",
                "Mean squared cosine over pairs of rows, and the same times m. Random directions give 1/m; no arrangement"
                        + " of n rows lies below the Welch bound, strong rows alone (fewer than n) may.",
                Plot.document(List.of(left, right)),
                StudyTables.overlap(curves),
                command);
    }

    /// What the two kinds of marks are: in the ink of the only curve, or, of several, in none of
    /// theirs.
    private static void addRowsKey(List<Curve> shown, List<Entry> key) {
        boolean one = shown.size() == 1;
        Style style = one ? shown.getFirst().style() : Style.of(Ink.TEXT);
        if (one) {
            key.add(new Entry("strong rows, ‖Wᵢ‖ > 1", style, Sample.POINT));
        }
        key.add(new Entry(one ? "all rows" : "all rows; other marks: ‖Wᵢ‖ > 1", allRows(style), Sample.POINT));
    }

    private static void addOverlaps(
            List<Layer> layers, List<Layer> scaled, Style style, List<Point> strong, List<Point> all) {
        layers.add(new Layer.Points(allRows(style), 44, false, all));
        layers.add(new Layer.Points(style, 44, false, strong));
        scaled.add(new Layer.Points(allRows(style), 44, false, times(all)));
        scaled.add(new Layer.Points(style, 44, false, times(strong)));
    }

    /// Open marks are published values; those of all rows are crosses that no curve has.
    private static Style allRows(Style style) {
        return new Style(style.ink(), Style.Shape.SALTIRE, style.dash());
    }

    /// The represented fractions phi_1/2 and phi_1 against width.
    Figure represented() {
        var half = new ArrayList<Layer>();
        var one = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var halves = new ArrayList<Double>(List.of(1.0));
        var ones = new ArrayList<Double>(List.of(1.0));
        for (Curve curve : curves) {
            addFraction(
                    half,
                    halves,
                    curve,
                    curve.points(run -> run.reading().representedFraction()),
                    curve.means(WidthPoint::representedFraction));
            addFraction(
                    one,
                    ones,
                    curve,
                    curve.points(run -> run.reading().strongFraction()),
                    curve.means(WidthPoint::strongFraction));
            key.add(new Entry(curve.label(), curve.style(), Sample.POINT_AND_LINE));
        }
        double n = curves.getFirst().runs().getFirst().config().features();
        List<Point> share = along(m -> Math.min(1, m / n));
        Style guide = Style.of(Ink.GREY);
        share.forEach(point -> halves.add(point.y()));
        half.addFirst(new Layer.Line(guide, 1.4, share));
        one.addFirst(new Layer.Line(guide, 1.4, share));
        share.forEach(point -> ones.add(point.y()));
        key.add(new Entry("m/n: one dimension each", guide, Sample.LINE));
        var halfKey = new ArrayList<Entry>();
        addPublished(PublishedToy.representedFractions(), half, halves, halfKey);
        addPublished(PublishedToy.strongFractions(), one, ones, halfKey);
        halfKey.stream().findFirst().ifPresent(key::add);
        var left = new Plot(
                "φ½: rows with norm > ½",
                Axis.log(WIDTH, widths()),
                Axis.log("share of features", halves),
                half,
                Legend.none(),
                HALF_WIDTH,
                HALF_HEIGHT);
        var right = new Plot(
                "φ₁: rows with norm > 1",
                Axis.log(WIDTH, widths()),
                Axis.log("share of features", ones),
                one,
                new Legend(Corner.OUTSIDE, key),
                HALF_WIDTH,
                HALF_HEIGHT);
        return new Figure(
                "represented-fraction",
                "Represented fraction",
                "The share of features whose row is longer than ½, and longer than 1; lines join the means over seeds."
                        + " In strong superposition nearly all features are represented, in weak about as many as"
                        + " there are dimensions. Shares of zero are left out.",
                Plot.document(List.of(left, right)),
                StudyTables.represented(curves),
                command);
    }

    private static void addFraction(
            List<Layer> layers, List<Double> values, Curve curve, List<Point> points, List<Point> means) {
        if (points.isEmpty()) {
            return;
        }
        points.forEach(point -> values.add(point.y()));
        layers.add(new Layer.Line(curve.style(), 1.4, means));
        layers.add(new Layer.Points(curve.style(), 40, false, points));
    }

    /// A line of slope -1 that keeps clear of the curve it guides the eye along.
    private static List<Point> guide(Curve curve) {
        List<Point> means = curve.means(WidthPoint::loss);
        if (means.size() < 2) {
            return List.of();
        }
        double least =
                means.stream().mapToDouble(point -> point.x() * point.y()).min().orElse(1);
        Point first = means.getFirst();
        Point last = means.getLast();
        double level = 0.8 * least;
        return List.of(new Point(first.x(), level / first.x(), ""), new Point(last.x(), level / last.x(), ""));
    }

    private List<Double> widths() {
        return curves.stream()
                .flatMap(curve -> curve.series().points().stream())
                .map(point -> (double) point.width())
                .distinct()
                .sorted()
                .toList();
    }

    /// Adds what was published of the settings of each curve, in its ink, with one entry
    /// in the key.
    private void addPublished(List<ToyValue> all, List<Layer> layers, List<Double> values, List<Entry> key) {
        boolean any = false;
        for (Curve curve : curves) {
            List<Point> published = PublishedMarks.points(all, curve.runs(), ToySetting::width);
            published.forEach(point -> values.add(point.y()));
            if (!published.isEmpty()) {
                layers.add(Layer.Points.published(curve.style().ink(), published));
                any = true;
            }
        }
        if (any) {
            key.add(new Entry(PublishedMarks.key(curves.getFirst().runs()), Style.of(Ink.TEXT), Sample.OPEN_POINT));
        }
    }

    private List<Point> along(java.util.function.DoubleUnaryOperator law) {
        List<Double> widths = widths();
        return widths.stream()
                .map(m -> new Point(m, law.applyAsDouble(m), ""))
                .filter(point -> drawable(point.y()))
                .toList();
    }

    private static List<Point> times(List<Point> points) {
        return points.stream()
                .map(point -> new Point(point.x(), point.x() * point.y(), point.note()))
                .toList();
    }

    private static List<Point> concat(List<Point> some, List<Point> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
