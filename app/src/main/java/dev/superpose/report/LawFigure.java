package dev.superpose.report;

import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Fit;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A law through its runs: loss over the size that varies most, a curve for each group or for each level of
/// another size, each with its band. Laws of three sizes and more are shown as measured against predicted loss
/// instead.
final class LawFigure {
    private static final List<Ink> INKS = List.of(Ink.BLUE, Ink.VERMILLION, Ink.GREEN, Ink.PURPLE, Ink.ORANGE);
    private static final int STEPS = 60;
    private static final int WIDTH = 620;
    private static final int HEIGHT = 400;

    private final Fit.Fitted fit;
    private final Runs runs;
    private final Function<Sizes, Interval> band;
    private final String command;

    /// @param band where the curve lies at given sizes; NaN ends where that is not known
    LawFigure(Fit.Fitted fit, Function<Sizes, Interval> band, String command) {
        this.fit = fit;
        this.runs = fit.runs();
        this.band = band;
        this.command = command;
    }

    Figure figure() {
        var sizes = fit.form().quantities().stream()
                .sorted((a, b) -> Double.compare(span(b), span(a)))
                .toList();
        return sizes.size() > 2 ? againstPredicted() : overSize(sizes.getFirst(), sizes.subList(1, sizes.size()));
    }

    /// How wide a size varies, in its logarithm.
    private double span(Quantity quantity) {
        var range = runs.range(quantity);
        return Math.log(range.getValue() / range.getKey());
    }

    /// Runs that share a curve: those of one group, or of nearly one value of the second size.
    private record Level(String name, String group, Map<Quantity, Double> others, List<Integer> members) {}

    private Figure overSize(Quantity x, List<Quantity> others) {
        var levels = others.isEmpty() ? groups() : levels(others.getFirst());
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var values = new ArrayList<Double>();
        var sizes = new ArrayList<Double>();
        for (int k = 0; k < levels.size(); k++) {
            var style = Style.of(INKS.get(k % INKS.size()));
            curve(levels.get(k), x, style, layers, values);
            var points = new ArrayList<Point>();
            for (int i : levels.get(k).members) {
                double size = runs.sizes(i).get(x);
                points.add(new Point(size, runs.loss(i), runs.label(i)));
                values.add(runs.loss(i));
                sizes.add(size);
            }
            layers.add(new Layer.Points(style, points.size() > 60 ? 18 : 40, false, points));
            key.add(new Entry(levels.get(k).name, style.with(Style.SOLID), Sample.POINT_AND_LINE));
        }
        boolean named = levels.size() > 1 || !levels.getFirst().name.isEmpty();
        var plot = new Plot(
                "",
                Axis.log(title(x), sizes),
                Axis.loss("loss", values),
                layers,
                named ? new Legend(Corner.TOP_RIGHT, key) : Legend.none(),
                WIDTH,
                HEIGHT);
        return new Figure(
                "fit",
                "The law through its runs",
                "Each mark is a run, each line the fitted law" + levelWords(others)
                        + ", each band where that curve lies with 95 % confidence. A band is about the curve: single runs"
                        + " scatter about it, and beyond the runs a law can fail in ways no band shows.",
                Plot.document(List.of(plot)),
                table(),
                command);
    }

    private String levelWords(List<Quantity> others) {
        if (others.isEmpty()) {
            return runs.groups().size() > 1 ? " for one group" : "";
        }
        return " at the typical %s of its marks (%s)"
                .formatted(others.getFirst().word(), others.getFirst().symbol());
    }

    private void curve(Level level, Quantity x, Style style, List<Layer> layers, List<Double> values) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (int i : level.members) {
            double size = runs.sizes(i).get(x);
            low = Math.min(low, size);
            high = Math.max(high, size);
        }
        var line = new ArrayList<Point>();
        var bands = new ArrayList<Layer.Interval>();
        for (int step = 0; step <= STEPS; step++) {
            double at = low * Math.pow(high / low, step / (double) STEPS);
            var sizes = new Sizes(with(level.others, x, at), level.group);
            double loss = fit.law().at(sizes);
            line.add(new Point(at, loss, ""));
            values.add(loss);
            var interval = band.apply(sizes);
            if (interval.low() > 0 && Double.isFinite(interval.high())) {
                bands.add(new Layer.Interval(at, interval.low(), interval.high()));
            }
        }
        if (!bands.isEmpty()) {
            layers.add(new Layer.Band(style.ink(), bands));
        }
        layers.add(new Layer.Line(style.with(Style.SOLID), 1.8, line));
    }

    private static Map<Quantity, Double> with(Map<Quantity, Double> others, Quantity x, double at) {
        var all = new EnumMap<Quantity, Double>(Quantity.class);
        all.putAll(others);
        all.put(x, at);
        return all;
    }

    private List<Level> groups() {
        var levels = new ArrayList<Level>();
        for (int g = 0; g < runs.groups().size(); g++) {
            var members = new ArrayList<Integer>();
            for (int i = 0; i < runs.count(); i++) {
                if (runs.group(i) == g) {
                    members.add(i);
                }
            }
            if (!members.isEmpty()) {
                levels.add(new Level(runs.groups().get(g), runs.groups().get(g), Map.of(), members));
            }
        }
        return levels;
    }

    /// Up to five levels of `size`, with as many runs in each; the curve is drawn at their geometric mean.
    private List<Level> levels(Quantity size) {
        double[] logs = runs.logs(size);
        var order = new ArrayList<Integer>();
        for (int i = 0; i < logs.length; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Double.compare(logs[a], logs[b]));
        long distinct = runs.list().stream()
                .mapToDouble(run -> run.sizes().get(size))
                .distinct()
                .count();
        int count = (int) Math.min(INKS.size(), distinct);
        var levels = new ArrayList<Level>();
        int from = 0;
        for (int k = 0; k < count && from < order.size(); k++) {
            int to = Math.max(from + 1, (int) ((k + 1L) * order.size() / count));
            // Runs of one size are never divided.
            while (to < order.size() && logs[order.get(to)] - logs[order.get(to - 1)] < 1e-9) {
                to++;
            }
            var members = List.copyOf(order.subList(from, to));
            double mean = Math.exp(
                    members.stream().mapToDouble(i -> logs[i]).average().orElseThrow());
            String name = size.symbol()
                    + (logs[members.getLast()] - logs[members.getFirst()] < 1e-9 ? " = " : " ≈ ")
                    + Sized.brief(mean);
            levels.add(new Level(name, runs.groups().getFirst(), Map.of(size, mean), members));
            from = to;
        }
        return levels;
    }

    private Figure againstPredicted() {
        var points = new ArrayList<Point>();
        var values = new ArrayList<Double>();
        for (int i = 0; i < runs.count(); i++) {
            double predicted = fit.law().at(runs.sizes(i));
            points.add(new Point(predicted, runs.loss(i), runs.label(i)));
            values.add(predicted);
            values.add(runs.loss(i));
        }
        var x = Axis.loss("loss by the law", values);
        var diagonal = List.of(new Point(x.from(), x.from(), ""), new Point(x.to(), x.to(), ""));
        var plot = new Plot(
                "",
                x,
                new Axis("loss measured", x.log(), x.from(), x.to(), x.ticks()),
                List.of(
                        new Layer.Line(Style.of(Ink.GREY), 1.4, diagonal),
                        new Layer.Points(Style.of(Ink.BLUE), points.size() > 60 ? 18 : 40, false, points)),
                Legend.none(),
                480,
                420);
        return new Figure(
                "fit",
                "The runs against the law",
                "Each mark is a run; on the line the law is exact.",
                Plot.document(List.of(plot)),
                table(),
                command);
    }

    static String title(Quantity quantity) {
        return "%s %s".formatted(quantity.word(), quantity.symbol());
    }

    private Table table() {
        var columns = new ArrayList<Column>(List.of(Column.text("run")));
        fit.form().quantities().forEach(quantity -> columns.add(Column.real(quantity.symbol(), "")));
        columns.addAll(List.of(
                Column.real("loss", ""),
                Column.real("loss_by_the_law", ""),
                Column.real("curve_low", ""),
                Column.real("curve_high", "")));
        var rows = new ArrayList<List<Table.Cell>>();
        for (int i = 0; i < runs.count(); i++) {
            var sizes = runs.sizes(i);
            var cells = new ArrayList<Object>(List.of(runs.label(i)));
            fit.form().quantities().forEach(quantity -> cells.add(sizes.get(quantity)));
            var interval = band.apply(sizes);
            cells.addAll(List.of(runs.loss(i), fit.law().at(sizes), interval.low(), interval.high()));
            rows.add(Table.row(cells.toArray()));
        }
        return new Table(columns, rows);
    }
}
