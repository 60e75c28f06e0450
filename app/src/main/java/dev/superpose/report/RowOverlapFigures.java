package dev.superpose.report;

import dev.superpose.geometry.Bounds;
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
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// How much the rows overlap in strong superposition: figures 5c, 5d and 17 of Liu, Liu and Gore.
public final class RowOverlapFigures {
    private static final int MOST_ALPHAS = 5;
    private static final int HALF = 320;
    private static final int HEIGHT = 290;
    private static final String WIDTH = "width m";

    private static final String BESIDE_PUBLISHED =
            "Published ratios are lower at narrow widths as far as they were taken over 2/m², the limit for many"
                    + " dimensions, which exceeds the variance itself by a third at m = 10. ";

    private RowOverlapFigures() {}

    /// The variance of the squared overlaps of strongly represented rows over that of random
    /// directions, and their mean times m, at gamma = -5/9 or the growth next to it: figures 5c
    /// and 5d. Empty without growth (gamma < 0) or where fewer than two rows are strong
    /// everywhere.
    public static Optional<Figure> ofStrongRows(List<JobResult> results, String command) {
        var runs = growing(results, PublishedToy.STRONG_DECAY)
                .where(run -> Double.isFinite(run.reading().overlap().meanSquareStrong()));
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        var variances = curves(
                runs,
                run -> run.reading().overlap().varianceRatioStrong(),
                those -> PublishedMarks.points(PublishedToy.varianceRatios(), those.runs(), ToySetting::width));
        var means = curves(runs, RowOverlapFigures::strongTimesWidth, RowOverlapFigures::publishedTimesWidth);
        boolean published = means.stream().anyMatch(curve -> !curve.published().isEmpty());
        var left = new Panel("variance over random");
        var right = new Panel("mean × m");
        Style random = Style.of(Ink.GREY);
        left.across(random, false, 1);
        right.across(random, false, 1);
        for (int i = 0; i < means.size(); i++) {
            left.measured(variances.get(i));
            Style style = means.get(i).style();
            right.measured(means.get(i)).key(means.get(i).label(), style, Sample.POINT);
        }
        for (double alpha : alphas(runs)) {
            Style style = means.get(alphas(runs).indexOf(alpha)).style().with(Style.DASHED);
            right.line(style, 1.3, welch(runs.at(Trainings::alpha, alpha)));
        }
        right.publishedKey(PublishedMarks.key(runs.runs()), published)
                .key("random directions", random, Sample.LINE)
                .key("Welch's bound", Style.of(Ink.TEXT).with(Style.DASHED), Sample.LINE);
        return Optional.of(new Figure(
                "strong-overlaps",
                "Overlaps of strongly represented rows",
                "Squared cosines over pairs of rows longer than 1, of n = %,d at γ = %s: their variance over that of random"
                                .formatted(runs.features(), Words.twoDecimals(runs.the(Trainings::decay)))
                        + " directions, and their mean times m beside Welch's bound for as many rows, which equiangular"
                        + " rows would reach with no variance. " + (published ? BESIDE_PUBLISHED : "")
                        + Spread.words(runs.runs()),
                Plot.document(List.of(
                        left.plot(WIDTH, Axis::log, "variance ratio", Axis::linear, Corner.TOP_LEFT, HALF, HEIGHT),
                        right.plot(
                                WIDTH,
                                Axis::log,
                                "mean squared overlap × m",
                                Axis::linear,
                                Corner.OUTSIDE,
                                HALF,
                                HEIGHT))),
                table(runs),
                command));
    }

    /// The mean squared overlap of all rows at gamma = -1 or the growth next to it: figure 17.
    /// Empty without growth (gamma < 0).
    public static Optional<Figure> ofAllRows(List<JobResult> results, String command) {
        var runs = growing(results, -1).where(run -> run.reading().overlap().meanSquare() > 0);
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        var panel = new Panel("");
        for (Measured curve : curves(runs, run -> run.reading().overlap().meanSquare(), _ -> List.of())) {
            panel.measured(curve).key(curve.label(), curve.style(), Sample.POINT);
        }
        int n = runs.features();
        Style random = Style.of(Ink.GREY);
        Style welch = random.with(Style.DASHED);
        List<Double> widths = runs.values(Trainings::width);
        panel.line(random, 1.3, along(widths, m -> 1 / m))
                .key("1/m: random directions", random, Sample.LINE)
                .line(welch, 1.3, along(widths, m -> Bounds.welchMeanSquare(n, (int) m)))
                .key("Welch's bound, n = " + n, welch, Sample.LINE);
        var plot = panel.plot(WIDTH, Axis::log, "mean squared overlap", Axis::log, Corner.BOTTOM_LEFT, 520, 330);
        double[] times = runs.runs().stream()
                .mapToDouble(run -> run.reading().overlap().meanSquare() * Trainings.width(run))
                .sorted()
                .toArray();
        return Optional.of(new Figure(
                "all-overlaps",
                "Overlaps of all rows",
                "Mean squared cosine over pairs of all n = %,d rows at γ = %s: %s times that of random directions. "
                                .formatted(
                                        runs.features(),
                                        Words.twoDecimals(runs.the(Trainings::decay)),
                                        Words.range(times[0], times[times.length - 1]))
                        + Spread.words(runs.runs()),
                Plot.document(List.of(plot)),
                table(runs),
                command));
    }

    private static Trainings growing(List<JobResult> results, double decay) {
        return new Trainings(results)
                .where(run -> run.config().decay() < 0 && !Double.isNaN(Trainings.alpha(run)))
                .sharingAllBut(Setting.LAW, Setting.DECAY)
                .nearest(Trainings::decay, decay);
    }

    private static List<Double> alphas(Trainings runs) {
        return Trainings.spread(runs.values(Trainings::alpha), MOST_ALPHAS);
    }

    private static List<Measured> curves(
            Trainings runs,
            ToDoubleFunction<JobResult> measure,
            java.util.function.Function<Trainings, List<Point>> published) {
        var curves = new ArrayList<Measured>();
        for (double alpha : alphas(runs)) {
            var those = runs.at(Trainings::alpha, alpha);
            curves.add(new Measured(
                    "α = " + Words.number(alpha),
                    Measured.look(curves.size()),
                    Spread.of(those.runs(), Trainings::width, measure),
                    published.apply(those)));
        }
        return curves;
    }

    private static double strongTimesWidth(JobResult run) {
        return run.reading().overlap().meanSquareStrong() * run.config().width();
    }

    private static List<Point> publishedTimesWidth(Trainings those) {
        return PublishedMarks.points(PublishedToy.strongOverlaps(), those.runs(), ToySetting::width).stream()
                .map(point -> new Point(point.x(), point.x() * point.y(), point.note()))
                .toList();
    }

    /// Welch's bound times m for as many rows as are strong, mean over seeds.
    private static List<Point> welch(Trainings those) {
        return Spread.of(
                        those.runs(),
                        Trainings::width,
                        run -> run.reading().overlap().welchMeanSquareStrong()
                                * run.config().width())
                .stream()
                .map(spread -> spread.point(""))
                .toList();
    }

    private static List<Point> along(List<Double> widths, java.util.function.DoubleUnaryOperator law) {
        return widths.stream()
                .map(m -> new Point(m, law.applyAsDouble(m), ""))
                .filter(point -> point.y() > 0)
                .toList();
    }

    private static Table table(Trainings runs) {
        var rows = new ArrayList<List<Table.Cell>>();
        runs.by(Trainings::alpha).forEach((alpha, those) -> {
            List<Point> variances =
                    PublishedMarks.points(PublishedToy.varianceRatios(), those.runs(), ToySetting::width);
            List<Point> means = publishedTimesWidth(those);
            for (JobResult run : those.runs()) {
                var overlap = run.reading().overlap();
                int m = run.config().width();
                rows.add(Table.row(
                        alpha,
                        m,
                        run.config().seed(),
                        overlap.varianceRatioStrong(),
                        at(variances, m),
                        overlap.meanSquareStrong() * m,
                        at(means, m),
                        overlap.welchMeanSquareStrong() * m,
                        overlap.meanSquare() * m,
                        overlap.welchMeanSquare() * m));
            }
        });
        return new Table(
                List.of(
                        Column.real("alpha", ""),
                        Column.whole("width", ""),
                        Column.whole("seed", ""),
                        Column.real("variance_ratio_strong", ""),
                        Column.real("published_variance_ratio", ""),
                        Column.real("strong_rows_times_m", "mean square"),
                        Column.real("published_times_m", "mean square"),
                        Column.real("welch_strong_times_m", "mean square"),
                        Column.real("all_rows_times_m", "mean square"),
                        Column.real("welch_times_m", "mean square")),
                rows);
    }

    private static double at(List<Point> points, int m) {
        return points.stream()
                .filter(point -> point.x() == m)
                .mapToDouble(Point::y)
                .findFirst()
                .orElse(Double.NaN);
    }
}
