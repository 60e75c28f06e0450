package dev.superpose.report;

import dev.superpose.report.GroupReading.Quantity;
import dev.superpose.report.GroupReading.Weights;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import dev.superpose.report.Trainings.Setting;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import dev.superpose.toy.ToyTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Whether features that occur together, or exclude each other, are placed closer to each other
/// than to the rest: measured from the weights, of those trainings alone that are drawn.
final class GroupOverlapFigure {
    /// As many kinds of groups as have two looks of their own.
    private static final int MOST = 3;

    private static final List<Ink> WITHIN = List.of(Ink.BLUE, Ink.VERMILLION, Ink.GREEN);
    private static final List<Ink> ACROSS = List.of(Ink.SKY, Ink.ORANGE, Ink.PURPLE);
    private static final int SIDE = 300;
    private static final int HEIGHT = 230;

    /// What is drawn.
    ///
    /// @param shown the kinds of groups
    /// @param widest the width at which the strength varies
    /// @param overWidth each kind at its strongest correlation, at every width
    /// @param overStrength each kind at every strength, at the widest width
    /// @param independent without correlation, at every width, with groups of the first kind
    private record Readings(
            List<FeatureGroups> shown,
            double widest,
            List<GroupReading> overWidth,
            List<GroupReading> overStrength,
            List<GroupReading> independent) {

        /// All of them, each once.
        List<GroupReading> all() {
            return Stream.of(independent, overWidth, overStrength)
                    .flatMap(List::stream)
                    .distinct()
                    .toList();
        }
    }

    /// Measures each training once for each kind of groups.
    private static final class Reader {
        private final Weights weights;
        private final Map<List<Object>, GroupReading> known = new HashMap<>();

        Reader(Weights weights) {
            this.weights = weights;
        }

        List<GroupReading> of(FeatureGroups groups, Trainings trainings) throws IOException {
            var readings = new ArrayList<GroupReading>();
            for (JobResult run : trainings.runs()) {
                List<Object> key = List.of(groups, run.job().id());
                var reading = known.get(key);
                if (reading == null) {
                    reading = GroupReading.of(groups, run, weights);
                    known.put(key, reading);
                }
                readings.add(reading);
            }
            return readings;
        }
    }

    private GroupOverlapFigure() {}

    /// Overlaps within and across groups against width, and against strength where that varies.
    /// Empty without groups, or where neither width nor strength varies.
    ///
    /// @param weights asked for the W of each training that is drawn
    /// @throws IOException if weights cannot be read
    static Optional<Figure> of(List<JobResult> results, Weights weights, String command) throws IOException {
        Trainings all = comparable(results);
        Map<FeatureGroups, Trainings> split = FeatureGroups.split(all);
        if (split.isEmpty()) {
            return Optional.empty();
        }
        var readings = read(split, all, new Reader(weights));
        var rows = new ArrayList<List<Plot>>();
        if (several(readings.overWidth(), GroupReading::width)) {
            rows.add(Stream.of(Quantity.values())
                    .map(quantity -> overWidth(readings, quantity))
                    .toList());
        }
        if (several(readings.overStrength(), GroupReading::strength)) {
            rows.add(Stream.of(Quantity.values())
                    .map(quantity -> overStrength(readings, quantity))
                    .toList());
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(
                        "group-overlaps",
                        "Overlaps within and across groups of features",
                        caption(readings, split.size()),
                        Plot.rows(rows),
                        table(readings.all()),
                        command));
    }

    /// The trainings that may stand beside each other: of one task but for its correlation, and of
    /// the frequencies p ∝ 1/i or those next to them.
    private static Trainings comparable(List<JobResult> results) {
        var correlated = new Trainings(results)
                .where(run -> FeatureGroups.of(run).isPresent())
                .sharingAllBut(Setting.LAW, Setting.TASK);
        if (correlated.isEmpty()) {
            return correlated;
        }
        Trainings ofPower = correlated.nearest(Trainings::alpha, 1);
        JobResult one = (ofPower.isEmpty() ? correlated : ofPower).runs().getFirst();
        ToyTask task = one.config().task();
        return new Trainings(results)
                .like(one, Setting.TASK)
                .where(run -> run.config().task().importance().equals(task.importance())
                        && run.config().task().output() == task.output());
    }

    private static Readings read(Map<FeatureGroups, Trainings> split, Trainings all, Reader reader) throws IOException {
        List<FeatureGroups> shown = split.keySet().stream().limit(MOST).toList();
        double widest = all.values(Trainings::width).getLast();
        var overWidth = new ArrayList<GroupReading>();
        var overStrength = new ArrayList<GroupReading>();
        for (FeatureGroups groups : shown) {
            Trainings runs = Objects.requireNonNull(split.get(groups));
            overWidth.addAll(reader.of(groups, strongest(groups, runs)));
            if (!groups.exclusive()) {
                overStrength.addAll(reader.of(groups, runs.at(Trainings::width, widest)));
            }
        }
        Trainings independent = all.where(run -> FeatureGroups.strength(run) == 0);
        return new Readings(shown, widest, overWidth, overStrength, reader.of(shown.getFirst(), independent));
    }

    private static Trainings strongest(FeatureGroups groups, Trainings runs) {
        return groups.exclusive()
                ? runs.where(run -> FeatureGroups.of(run).isPresent())
                : runs.at(
                        FeatureGroups::strength,
                        runs.values(FeatureGroups::strength).getLast());
    }

    private static boolean several(List<GroupReading> readings, ToDoubleFunction<GroupReading> x) {
        return readings.stream().mapToDouble(x).distinct().count() > 1;
    }

    private static Plot overWidth(Readings readings, Quantity quantity) {
        var panel = new Panel(strongest(readings.overWidth()));
        draw(panel, readings.shown(), readings.overWidth(), GroupReading::width, quantity);
        var independent =
                curve("independent, across", Ink.TEXT, readings.independent(), GroupReading::width, quantity::across);
        draw(panel, independent, Style.DOTTED, quantity);
        return plot(panel, "width m", Axis::log, quantity);
    }

    private static Plot overStrength(Readings readings, Quantity quantity) {
        var panel = new Panel("m = " + Words.number(readings.widest()));
        draw(panel, readings.shown(), readings.overStrength(), GroupReading::strength, quantity);
        return plot(panel, "strength of the correlation", Axis::linear, quantity);
    }

    /// The title of what is drawn at the strongest correlation; exclusion has no strength.
    private static String strongest(List<GroupReading> readings) {
        double[] strengths = readings.stream()
                .mapToDouble(GroupReading::strength)
                .filter(Double::isFinite)
                .distinct()
                .toArray();
        return switch (strengths.length) {
            case 0 -> "";
            case 1 -> "strength " + Words.number(strengths[0]);
            default -> "strongest correlation";
        };
    }

    /// The curves within and across the groups of each kind.
    private static void draw(
            Panel panel,
            List<FeatureGroups> shown,
            List<GroupReading> readings,
            ToDoubleFunction<GroupReading> x,
            Quantity quantity) {
        for (int i = 0; i < shown.size(); i++) {
            FeatureGroups groups = shown.get(i);
            List<GroupReading> those = of(groups, readings);
            String words = groups.words();
            draw(panel, curve("within " + words, WITHIN.get(i), those, x, quantity::within), Style.SOLID, quantity);
            draw(panel, curve("across " + words, ACROSS.get(i), those, x, quantity::across), Style.DASHED, quantity);
        }
    }

    private static Measured curve(
            String label,
            Ink ink,
            List<GroupReading> readings,
            ToDoubleFunction<GroupReading> x,
            ToDoubleFunction<GroupReading> y) {
        return new Measured(label, Style.of(ink), Spread.of(readings, x, y), List.of());
    }

    private static void draw(Panel panel, Measured curve, List<Integer> dash, Quantity quantity) {
        Style style = curve.style().with(dash);
        if (!curve.ours().isEmpty()) {
            panel.line(style, 1.3, points(curve)).marks(curve);
            if (keyed(quantity)) {
                panel.key(curve.label(), style, Sample.POINT_AND_LINE);
            }
        }
    }

    private static List<Point> points(Measured curve) {
        return curve.ours().stream().map(spread -> spread.point("")).toList();
    }

    private static Plot plot(
            Panel panel, String title, BiFunction<String, Iterable<Double>, Axis> x, Quantity quantity) {
        if (keyed(quantity)) {
            panel.key("random directions", Style.of(Ink.GREY), Sample.LINE);
        }
        return panel.across(Style.of(Ink.GREY), false, quantity.random())
                .plot(title, x, quantity.words(), Axis::linear, Corner.OUTSIDE, SIDE, HEIGHT);
    }

    /// The key stands at the right of a row, for both of its plots.
    private static boolean keyed(Quantity quantity) {
        return quantity == Quantity.SIGNED;
    }

    private static List<GroupReading> of(FeatureGroups groups, List<GroupReading> readings) {
        return readings.stream()
                .filter(reading -> reading.groups().equals(groups))
                .toList();
    }

    private static String caption(Readings readings, int kinds) {
        List<JobResult> runs =
                readings.all().stream().map(GroupReading::run).distinct().toList();
        return "Over pairs of rows longer than ½, of one group and of two, with "
                + Words.law(runs.getFirst().config().frequencies())
                + ": the mean squared overlap × m, and the mean overlap with its sign × √m, where directions at random"
                + " have 1 and 0. At the strongest correlation squared overlaps within groups are "
                + String.join(
                        ", ",
                        readings.shown().stream()
                                .map(groups -> ratios(groups, readings.overWidth()))
                                .toList())
                + ". "
                + (kinds > readings.shown().size()
                        ? "Shown are the first of %d kinds of groups. ".formatted(kinds)
                        : "")
                + Spread.words(runs);
    }

    /// How large squared overlaps are within groups, over those across them.
    private static String ratios(FeatureGroups groups, List<GroupReading> readings) {
        return "%s times those across (%s)"
                .formatted(
                        Words.range(of(groups, readings).stream()
                                .mapToDouble(
                                        reading -> Quantity.SQUARE.within(reading) / Quantity.SQUARE.across(reading))),
                        groups.words());
    }

    private static Table table(List<GroupReading> readings) {
        return new Table(
                List.of(
                        Column.text("groups"),
                        Column.real("strength", ""),
                        Column.whole("width", ""),
                        Column.whole("seed", ""),
                        Column.whole("rows", "longer than ½"),
                        Column.whole("pairs_within", ""),
                        Column.whole("pairs_across", ""),
                        Column.real("within_times_m", "mean square"),
                        Column.real("across_times_m", "mean square"),
                        Column.real("within_times_root_m", "mean"),
                        Column.real("across_times_root_m", "mean")),
                readings.stream().map(GroupOverlapFigure::row).toList());
    }

    private static List<Table.Cell> row(GroupReading reading) {
        var overlaps = reading.overlaps();
        return Table.row(
                reading.groups().words(),
                reading.strength(),
                reading.run().config().width(),
                reading.run().config().seed(),
                overlaps.rows(),
                overlaps.within().pairs(),
                overlaps.across().pairs(),
                Quantity.SQUARE.within(reading),
                Quantity.SQUARE.across(reading),
                Quantity.SIGNED.within(reading),
                Quantity.SIGNED.across(reading));
    }
}
