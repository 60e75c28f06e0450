package dev.superpose.report;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import dev.superpose.report.Trainings.Setting;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many features are represented: figures 3b, 3c and 16 of Liu, Liu and Gore.
public final class RepresentedFigures {
    private static final int FEWEST = 3;
    private static final int MOST_ALPHAS = 5;
    private static final double NEARLY_ALL = 0.9;

    private RepresentedFigures() {}

    /// phi_1/2 against gamma for each width, at alpha = 1 or the alpha next to it: figure 3b.
    /// Empty with fewer than three gammas.
    public static Optional<Figure> againstDecay(List<JobResult> results, String command) {
        var all = new Trainings(results).sharingAllBut(Setting.LAW, Setting.DECAY);
        var atOne = all.nearest(Trainings::alpha, 1);
        var runs = atOne.isEmpty() ? all.sharingAllBut(Setting.DECAY) : atOne;
        if (runs.values(Trainings::decay).size() < FEWEST) {
            return Optional.empty();
        }
        var panel = new Panel("");
        var curves = new ArrayList<Measured>();
        for (double m : Trainings.spread(runs.values(Trainings::width), Measured.MOST)) {
            List<JobResult> ofWidth = runs.at(Trainings::width, m).runs();
            var curve = new Measured(
                    "m = " + Words.number(m),
                    Measured.look(curves.size()),
                    Spread.of(ofWidth, Trainings::decay, RepresentedFigures::half),
                    PublishedMarks.points(PublishedToy.representedFractions(), ofWidth, ToySetting::decay));
            panel.measured(curve).key(curve.label(), curve.style(), Sample.POINT);
            curves.add(curve);
        }
        panel.publishedKey(
                PublishedMarks.key(runs.runs()),
                curves.stream().anyMatch(curve -> !curve.published().isEmpty()));
        var plot = panel.plot(
                "decay γ", Axis::linear, "φ½: share of features represented", Axis::linear, Corner.TOP_RIGHT, 560, 330);
        return Optional.of(new Figure(
                "represented-against-decay",
                "Represented features against decay",
                "The share of n = %,d features whose row is longer than ½%s. "
                                .formatted(
                                        runs.features(),
                                        atOne.isEmpty() ? "" : ", at α = " + Words.number(atOne.the(Trainings::alpha)))
                        + nearlyAll(runs)
                        + Spread.words(runs.runs()),
                Plot.document(List.of(plot)),
                Measured.table("width", "decay", "phi_half", "", curves),
                command));
    }

    /// phi_1/2 over gamma and alpha at the narrowest and the widest width that have most of the
    /// pairs: figure 3c. Empty with fewer than three of either.
    public static Optional<Figure> map(List<JobResult> results, String command) {
        var all = new Trainings(results)
                .where(run -> !Double.isNaN(Trainings.alpha(run)))
                .sharingAllBut(Setting.LAW, Setting.DECAY);
        List<Double> alphas = all.values(Trainings::alpha);
        List<Double> decays = all.values(Trainings::decay);
        if (alphas.size() < FEWEST || decays.size() < FEWEST) {
            return Optional.empty();
        }
        List<Double> widths = Trainings.spread(mapped(all), 2);
        var plots = new ArrayList<Plot>();
        var shade = Shade.rising(0, 1);
        for (double m : widths) {
            var map = new HeatMap(
                    "φ½ at m = " + Words.number(m),
                    "decay γ",
                    decays,
                    "α",
                    alphas,
                    (decay, alpha) -> mean(at(all, decay, alpha).at(Trainings::width, m)),
                    shade);
            plots.add(map.plot(320));
            if (plots.size() == widths.size()) {
                plots.add(map.scale("φ½"));
            }
        }
        return Optional.of(new Figure(
                "represented-map",
                "Represented features over decay and skew",
                "The share of n = %,d features whose row is longer than ½, at %s, means over seeds. "
                                .formatted(all.features(), narrowAndWide(widths))
                        + nearlyAll(all),
                Plot.document(plots),
                mapTable(all),
                command));
    }

    /// The widths with at least half as many pairs of gamma and alpha as any: of others most of a
    /// map would be empty.
    private static List<Double> mapped(Trainings all) {
        SortedMap<Double, Long> pairs = new TreeMap<>();
        all.by(Trainings::width)
                .forEach((m, runs) -> pairs.put(
                        m,
                        runs.by(Trainings::decay).values().stream()
                                .mapToLong(ofDecay ->
                                        ofDecay.values(Trainings::alpha).size())
                                .sum()));
        long most = Collections.max(pairs.values());
        return pairs.entrySet().stream()
                .filter(entry -> 2 * entry.getValue() >= most)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String narrowAndWide(List<Double> widths) {
        return "m = " + String.join(" and ", widths.stream().map(Words::number).toList());
    }

    /// phi_1 against width for several alphas at gamma = -1 or the lowest there is, beside
    /// min(1, m²/2n): figure 16. Empty without growth.
    public static Optional<Figure> strong(List<JobResult> results, String command) {
        var all = new Trainings(results).sharingAllBut(Setting.LAW, Setting.DECAY);
        double decay = all.values(Trainings::decay).stream().findFirst().orElse(0.0);
        List<Double> alphas = all.at(Trainings::decay, decay).values(Trainings::alpha);
        if (decay >= 0 || alphas.isEmpty()) {
            return Optional.empty();
        }
        var runs = all.at(Trainings::decay, decay);
        var panel = new Panel("");
        var curves = new ArrayList<Measured>();
        for (double alpha : Trainings.spread(alphas, MOST_ALPHAS)) {
            List<JobResult> ofAlpha = runs.at(Trainings::alpha, alpha).runs();
            var curve = new Measured(
                            "α = " + Words.number(alpha),
                            Measured.look(curves.size()),
                            Spread.of(
                                    ofAlpha,
                                    Trainings::width,
                                    run -> run.reading().strongFraction()),
                            PublishedMarks.points(PublishedToy.strongFractions(), ofAlpha, ToySetting::width))
                    .positive();
            panel.measured(curve).key(curve.label(), curve.style(), Sample.POINT);
            curves.add(curve);
        }
        Style grey = Style.of(Ink.GREY);
        panel.line(grey, 1.5, bound(runs.values(Trainings::width), runs.features()))
                .key("min(1, m²/2n)", grey, Sample.LINE);
        panel.publishedKey(
                PublishedMarks.key(runs.runs()),
                curves.stream().anyMatch(curve -> !curve.published().isEmpty()));
        var plot = panel.plot(
                "width m",
                Axis::log,
                "φ₁: share of features strongly represented",
                Axis::log,
                Corner.BOTTOM_RIGHT,
                560,
                330);
        return Optional.of(new Figure(
                "strongly-represented",
                "Strongly represented features against width",
                "The share of n = %,d features whose row is longer than 1 at γ = %s, beside min(1, m²/2n), about as many as an"
                                .formatted(runs.features(), Words.number(decay))
                        + " equiangular frame can have. "
                        + Spread.words(runs.runs())
                        + (curves.size() < alphas.size()
                                ? " %d of %d α are drawn.".formatted(curves.size(), alphas.size())
                                : ""),
                Plot.document(List.of(plot)),
                Measured.table("alpha", "width", "phi_one", "", curves),
                command));
    }

    /// Down from which gamma nearly all features are represented in every training; empty
    /// if nowhere.
    private static String nearlyAll(Trainings runs) {
        String words = "";
        for (var group : runs.by(Trainings::decay).entrySet()) {
            if (group.getValue().runs().stream().anyMatch(run -> half(run) < NEARLY_ALL)) {
                break;
            }
            words = "At γ ≤ %s every training represents at least %s %% of them. "
                    .formatted(Words.twoDecimals(group.getKey()), Words.number(100 * NEARLY_ALL));
        }
        return words;
    }

    private static List<Point> bound(List<Double> widths, int n) {
        var points = new ArrayList<Point>();
        double corner = Math.sqrt(2.0 * n);
        for (double m : widths) {
            points.add(new Point(m, Math.min(1, m * m / (2.0 * n)), ""));
        }
        if (corner > widths.getFirst() && corner < widths.getLast()) {
            points.add(new Point(corner, 1, ""));
        }
        points.sort(Comparator.comparingDouble(Point::x));
        return points;
    }

    private static double half(JobResult run) {
        return run.reading().representedFraction();
    }

    private static Trainings at(Trainings all, double decay, double alpha) {
        return all.at(Trainings::decay, decay).at(Trainings::alpha, alpha);
    }

    private static double mean(Trainings runs) {
        return runs.runs().stream()
                .mapToDouble(RepresentedFigures::half)
                .average()
                .orElse(Double.NaN);
    }

    private static Table mapTable(Trainings all) {
        var rows = new ArrayList<List<Table.Cell>>();
        all.by(Trainings::alpha)
                .forEach((alpha, ofAlpha) -> ofAlpha.by(Trainings::decay)
                        .forEach((decay, ofBoth) -> ofBoth.by(Trainings::width)
                                .forEach((m, runs) -> rows.add(
                                        Table.row(alpha, decay, m, runs.runs().size(), mean(runs))))));
        return new Table(
                List.of(
                        Column.real("alpha", ""),
                        Column.real("decay", ""),
                        Column.real("width", ""),
                        Column.whole("seeds", ""),
                        Column.real("phi_half", "")),
                rows);
    }
}
