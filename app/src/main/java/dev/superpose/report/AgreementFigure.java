package dev.superpose.report;

import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.reproduction.Findings;
import dev.superpose.reproduction.Item;
import dev.superpose.reproduction.Verdict;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Every value of ours against the published one of the same setting: what agrees lies on the
/// diagonal.
final class AgreementFigure {
    /// More plots would not stand beside each other.
    private static final int MOST_PLOTS = 3;

    private static final int HEIGHT = 250;
    private static final int ROOM = 840;
    private static final int WIDEST = 330;

    /// Values that span more are drawn on logarithmic axes.
    private static final double WIDE = 10;

    private AgreementFigure() {}

    /// The figure; empty where nothing that can be drawn was run.
    static Optional<Figure> of(Findings findings, String command) {
        List<Item> run = findings.items().stream()
                .filter(item -> item.subject().kind() == Item.Kind.POINT
                        || item.subject().kind() == Item.Kind.FIT)
                .filter(item -> item.ours().isPresent())
                .toList();
        List<String> quantities =
                run.stream().map(item -> item.subject().quantity()).distinct().toList();
        var plots = new ArrayList<Plot>();
        for (String quantity : quantities) {
            List<Item> items = run.stream()
                    .filter(item -> item.subject().quantity().equals(quantity))
                    .toList();
            if (items.size() > 1 && plots.size() < MOST_PLOTS) {
                plots.add(plot(quantity, items, Math.min(WIDEST, ROOM / Math.min(MOST_PLOTS, quantities.size()) - 60)));
            }
        }
        if (plots.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Figure(
                findings.figure().word() + "-agreement",
                "Ours against published",
                "Each mark is one setting; on the grey diagonal both are equal. Bars are the standard errors of ours, where there are any.",
                Plot.document(plots),
                table(run),
                command));
    }

    private static Plot plot(String quantity, List<Item> items, int width) {
        double[] values = items.stream()
                .flatMapToDouble(item -> DoubleStream.of(
                        item.published().value(), item.ours().orElseThrow().value()))
                .sorted()
                .toArray();
        boolean log = values[0] > 0 && values[values.length - 1] / values[0] > WIDE;
        List<Interval> bars = items.stream().flatMap(item -> bar(item, log)).toList();
        // Both axes hold the bars too, and are the same.
        double[] all = DoubleStream.concat(
                        Arrays.stream(values),
                        bars.stream().flatMapToDouble(bar -> DoubleStream.of(bar.low(), bar.high())))
                .sorted()
                .toArray();
        Function<String, Axis> axis = log
                ? title -> Axis.log(title, Arrays.stream(all).boxed().toList())
                : title -> linear(title, all[0], all[all.length - 1]);
        Axis x = axis.apply("published");
        Axis y = axis.apply("ours");
        var layers = new ArrayList<Layer>();
        layers.add(new Layer.Line(
                Style.of(Ink.GREY).with(Style.SOLID),
                1.2,
                List.of(new Point(x.from(), x.from(), ""), new Point(x.to(), x.to(), ""))));
        if (!bars.isEmpty()) {
            layers.add(new Layer.ErrorBars(Ink.GREY, 1, bars));
        }
        var key = new ArrayList<Entry>();
        for (Verdict verdict : Verdict.values()) {
            List<Point> points = items.stream()
                    .filter(item -> item.verdict() == verdict)
                    .map(item -> new Point(
                            item.published().value(),
                            item.ours().orElseThrow().value(),
                            item.subject().setting()))
                    .toList();
            if (!points.isEmpty()) {
                layers.add(new Layer.Points(look(verdict), 34, verdict == Verdict.CANNOT_TELL, points));
                key.add(new Entry(
                        "%s: %d".formatted(verdict.words(), points.size()),
                        look(verdict),
                        verdict == Verdict.CANNOT_TELL ? Sample.OPEN_POINT : Sample.POINT));
            }
        }
        return new Plot(quantity, x, y, layers, new Legend(Corner.TOP_LEFT, key), width, HEIGHT);
    }

    private static Stream<Interval> bar(Item item, boolean log) {
        var ours = item.ours().orElseThrow();
        double low = ours.value() - ours.standardError();
        return Double.isNaN(ours.standardError()) || (log && low <= 0)
                ? Stream.empty()
                : Stream.of(new Interval(item.published().value(), low, ours.value() + ours.standardError()));
    }

    private static Axis linear(String title, double least, double most) {
        double air = Math.max(0.06 * (most - least), 1e-6);
        return Axis.linear(title, least - air, most + air);
    }

    private static Style look(Verdict verdict) {
        return switch (verdict) {
            case REPRODUCED -> Style.of(Ink.BLUE);
            case DIFFERS -> Style.of(Ink.VERMILLION);
            case CANNOT_TELL -> Style.of(Ink.GREY);
        };
    }

    private static Table table(List<Item> items) {
        return new Table(
                List.of(
                        Column.text("what"),
                        Column.text("setting"),
                        Column.real("published", ""),
                        Column.real("ours", ""),
                        Column.real("standard_error", ""),
                        Column.text("verdict")),
                items.stream()
                        .map(item -> Table.row(
                                item.subject().quantity(),
                                item.subject().setting(),
                                item.published().value(),
                                item.ours().orElseThrow().value(),
                                item.ours().orElseThrow().standardError(),
                                item.verdict().words()))
                        .toList());
    }
}
