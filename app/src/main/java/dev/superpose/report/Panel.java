package dev.superpose.report;

import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// A plot that is being filled: its layers from back to front, its key, and the range of what it
/// shows. Not thread-safe.
final class Panel {
    private final String title;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Entry> key = new ArrayList<>();
    private final Set<Double> xs = new TreeSet<>();
    private final Set<Double> ys = new TreeSet<>();

    Panel(String title) {
        this.title = title;
    }

    /// The measurements of a curve with their spread over seeds, joined by a thin line, and what
    /// was published beside.
    Panel measured(Measured curve) {
        Style style = curve.style();
        List<Spread> ours = curve.ours();
        line(
                style.with(Style.SOLID),
                1,
                ours.stream().map(spread -> spread.point("")).toList());
        return marks(curve);
    }

    /// The same without the line.
    Panel marks(Measured curve) {
        Style style = curve.style();
        List<Spread> ours = curve.ours();
        bars(
                style.ink(),
                ours.stream()
                        .filter(spread -> spread.seeds() > 1)
                        .map(Spread::interval)
                        .toList());
        points(style, ours.stream().map(spread -> spread.point(curve.label())).toList());
        return published(style.ink(), curve.published());
    }

    Panel points(Style style, List<Point> points) {
        if (!points.isEmpty()) {
            layers.add(new Layer.Points(style, 46, false, points));
            note(points);
        }
        return this;
    }

    Panel published(Ink ink, List<Point> points) {
        if (!points.isEmpty()) {
            layers.add(Layer.Points.published(ink, points));
            note(points);
        }
        return this;
    }

    /// A line whose range the axes hold.
    Panel line(Style style, double thickness, List<Point> points) {
        note(points);
        return guide(style, thickness, points);
    }

    /// A line that runs off the plot where the axes end.
    Panel guide(Style style, double thickness, List<Point> points) {
        if (points.size() > 1) {
            layers.add(new Layer.Line(style, thickness, points));
        }
        return this;
    }

    Panel bars(Ink ink, List<Interval> intervals) {
        if (!intervals.isEmpty()) {
            layers.add(new Layer.ErrorBars(ink, 1.5, intervals));
            for (Interval interval : intervals) {
                ys.add(interval.low());
                ys.add(interval.high());
            }
        }
        return this;
    }

    /// A straight line across the plot; the axes hold it.
    Panel across(Style style, boolean vertical, double at) {
        (vertical ? xs : ys).add(at);
        layers.addFirst(new Layer.Across(style, vertical, at));
        return this;
    }

    Panel key(String text, Style style, Sample sample) {
        key.add(new Entry(text, style, sample));
        return this;
    }

    /// The entry for published values, if there are any.
    Panel publishedKey(String text, boolean any) {
        return any ? key(text, Style.of(Ink.TEXT), Sample.OPEN_POINT) : this;
    }

    /// Nothing that was measured or computed is in it.
    boolean isEmpty() {
        return layers.isEmpty();
    }

    /// The plot.
    ///
    /// @param x makes the axis of a title and the values it has to hold, such as `Axis::log`
    Plot plot(
            String xTitle,
            BiFunction<String, Iterable<Double>, Axis> x,
            String yTitle,
            BiFunction<String, Iterable<Double>, Axis> y,
            Corner corner,
            int width,
            int height) {
        return new Plot(
                title, x.apply(xTitle, xs), y.apply(yTitle, ys), layers, new Legend(corner, key), width, height);
    }

    private void note(List<Point> points) {
        for (Point point : points) {
            xs.add(point.x());
            ys.add(point.y());
        }
    }
}
