package dev.superpose.report;

import dev.superpose.published.PublishedToy;
import dev.superpose.report.Exponents.Exponent;
import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import dev.superpose.report.Trainings.Setting;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import dev.superpose.study.WidthLaw;
import dev.superpose.theory.WeakRegime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What weak superposition loses, beside the frequencies of the features it leaves out: figure 4
/// of Liu, Liu and Gore.
public final class WeakFigures {
    private static final int MOST_ALPHAS = 6;
    private static final int STEPS = 32;
    private static final int FEWEST = 2;
    private static final int HEIGHT = 330;
    /// A regime is weak with at most this many features for each dimension.
    private static final double FEATURES_A_DIMENSION = 3;

    /// Of the rows of a table.
    private static final Comparator<JobResult> ORDER = Comparator.comparingDouble(Trainings::alpha)
            .thenComparingDouble(Trainings::decay)
            .thenComparingDouble(Trainings::width)
            .thenComparingLong(run -> run.config().seed());

    private WeakFigures() {}

    /// Loss against the number of features represented, beside the tail sum of all others: figure
    /// 4a. Empty without decay (gamma > 0).
    public static Optional<Figure> loss(List<JobResult> results, String command) {
        var all = new Trainings(results)
                .where(run -> run.config().decay() > 0 && Trainings.represented(run) > 0 && Trainings.loss(run) > 0)
                .where(run -> !Double.isNaN(Trainings.alpha(run)))
                .sharingAllBut(Setting.LAW, Setting.DECAY);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var panel = new Panel("");
        int published = 0;
        int number = 0;
        List<Double> alphas = alphas(all);
        for (double alpha : alphas) {
            var runs = all.at(Trainings::alpha, alpha);
            Style style = Measured.look(number++);
            List<Point> theirs = publishedLosses(runs.runs());
            panel.points(style, runs.runs().stream().map(WeakFigures::point).toList())
                    .published(style.ink(), theirs)
                    .line(style.with(Style.SOLID), 1.3, tail(runs))
                    .key("α = " + Words.number(alpha), style, Sample.POINT);
            published += theirs.size();
        }
        panel.key("tail sum Σ(4/3 p − p²)", Style.of(Ink.TEXT).with(Style.SOLID), Sample.LINE)
                .publishedKey(PublishedMarks.key(all.runs()), published > 0);
        var plot = panel.plot(
                "number of features represented, φ½ · n",
                Axis::log,
                "test loss, summed over features",
                Axis::linear,
                Corner.OUTSIDE,
                520,
                HEIGHT);
        return Optional.of(new Figure(
                "weak-loss",
                "Weak superposition: loss against features represented",
                lossCaption(all, alphas.size()),
                Plot.document(List.of(plot)),
                lossTable(all),
                command));
    }

    /// alpha_m against alpha for the nine conditions that were published as closest to the ideal,
    /// or, where none of them was trained, for those that represent at most three features a
    /// dimension: figure 4b. Empty with fewer than two alphas.
    public static Optional<Figure> exponents(List<JobResult> results, String command) {
        var all = Exponents.of(new Trainings(results).where(run -> run.config().decay() > 0));
        List<Exponent> published = all.all().stream()
                .filter(e -> Double.isFinite(e.publishedError()))
                .toList();
        List<Exponent> shown = published.isEmpty()
                ? all.all().stream().filter(e -> weak(all.trainings(), e)).toList()
                : published;
        if (shown.stream().map(Exponent::alpha).distinct().count() < FEWEST) {
            return Optional.empty();
        }
        var panel = new Panel("");
        List<Double> decays =
                shown.stream().map(Exponent::decay).distinct().sorted().toList();
        for (int i = 0; i < Math.min(decays.size(), Measured.MOST); i++) {
            double decay = decays.get(i);
            add(panel, shown.stream().filter(e -> e.decay() == decay).toList(), Measured.look(i));
        }
        addIdeals(panel, all, shown);
        panel.publishedKey(PublishedMarks.key(all.trainings().runs()), !published.isEmpty());
        var plot = panel.plot(
                "exponent of the frequencies α",
                Axis::linear,
                "exponent of the loss α_m",
                Axis::linear,
                Corner.TOP_LEFT,
                480,
                HEIGHT);
        return Optional.of(new Figure(
                "weak-exponents",
                "Weak superposition: exponents",
                (!published.isEmpty()
                                ? "The conditions published as closest to the ideal"
                                : "The conditions with at most three features represented a dimension")
                        + ", with standard errors, beside the exponent of the ideal losses at the same widths and its"
                        + " limit α − 1." + deviations(shown, all.trainings()),
                Plot.document(List.of(plot)),
                exponentTable(shown, all.trainings()),
                command));
    }

    private static String lossCaption(Trainings all, int drawn) {
        double[] ratios = all.runs().stream()
                .mapToDouble(run -> Trainings.loss(run) / Trainings.tailOfRepresented(run))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        int alphas = all.values(Trainings::alpha).size();
        return ("Every training with decay (γ > 0), one mark each; lines are the ideal losses Σ(4/3 p − p²) over all but"
                                + " the most frequent features. Over the ideal of as many as are represented the losses are %s times as high.")
                        .formatted(ratios.length == 0 ? "–" : Words.range(ratios[0], ratios[ratios.length - 1]))
                + (drawn < alphas ? " %d of %d α are drawn; the numbers hold all.".formatted(drawn, alphas) : "");
    }

    /// Those that are drawn: published ones before others.
    static List<Double> alphas(Trainings all) {
        return Trainings.spread(
                all.values(Trainings::alpha),
                PublishedToy.weakPoints().stream()
                        .map(point -> point.loss().setting().alpha())
                        .toList(),
                MOST_ALPHAS);
    }

    /// What theory has: the exponent of the ideal losses of the same features and widths, and its
    /// limit for many features.
    private static void addIdeals(Panel panel, Exponents all, List<Exponent> shown) {
        double from = shown.stream().mapToDouble(Exponent::alpha).min().orElse(0);
        double to = shown.stream().mapToDouble(Exponent::alpha).max().orElse(2);
        List<Double> alphas =
                all.alphas().stream().filter(a -> a >= from && a <= to).toList();
        double first = Math.max(1, from);
        Style ideal = Style.of(Ink.GREY).with(Style.SOLID);
        Style limit = Style.of(Ink.GREY).with(Style.DASHED);
        panel.line(ideal, 1.3, ideal(all.trainings(), alphas))
                .key("tail sum, this n and these m", ideal, Sample.LINE)
                .line(
                        limit,
                        1.3,
                        to > 1 ? List.of(new Point(first, first - 1, ""), new Point(to, to - 1, "")) : List.of())
                .key("α − 1: n → ∞", limit, Sample.LINE);
    }

    private static void add(Panel panel, List<Exponent> those, Style style) {
        panel.bars(
                        style.ink(),
                        those.stream()
                                .map(e -> new Interval(
                                        e.alpha(),
                                        e.law().exponent() - e.error(),
                                        e.law().exponent() + e.error()))
                                .toList())
                .points(
                        style,
                        those.stream()
                                .map(e -> new Point(e.alpha(), e.law().exponent(), "γ = " + Words.number(e.decay())))
                                .toList())
                .published(
                        style.ink(),
                        those.stream()
                                .filter(e -> e.published().isPresent())
                                .map(e -> new Point(e.alpha(), e.publishedValue(), "published"))
                                .toList())
                .key("γ = " + Words.twoDecimals(those.getFirst().decay()), style, Sample.POINT);
    }

    /// How far the shown exponents lie from the ideal one and from its limit, on average.
    private static String deviations(List<Exponent> shown, Trainings all) {
        double toIdeal = rootMeanSquare(shown.stream()
                .mapToDouble(e -> e.law().exponent() - idealExponent(all, e.alpha()))
                .toArray());
        double toLimit = rootMeanSquare(shown.stream()
                .mapToDouble(e -> e.law().exponent() - (e.alpha() - 1))
                .toArray());
        return " Root mean square distance: %s from the tail sum, %s from α − 1."
                .formatted(Words.twoDecimals(toIdeal), Words.twoDecimals(toLimit));
    }

    private static double rootMeanSquare(double[] values) {
        return Math.sqrt(IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] * values[i])
                .average()
                .orElse(Double.NaN));
    }

    private static boolean weak(Trainings all, Exponent exponent) {
        return all.at(Trainings::decay, exponent.decay()).at(Trainings::alpha, exponent.alpha()).runs().stream()
                .allMatch(run -> Trainings.represented(run)
                        <= FEATURES_A_DIMENSION * run.config().width());
    }

    private static List<Point> ideal(Trainings all, List<Double> alphas) {
        return alphas.stream()
                .map(alpha -> new Point(alpha, idealExponent(all, alpha), ""))
                .filter(point -> Double.isFinite(point.y()))
                .toList();
    }

    /// The exponent of the ideal losses of one alpha, with one feature a dimension.
    private static double idealExponent(Trainings all, double alpha) {
        return WidthLaw.of(all.at(Trainings::alpha, alpha).runs(), Trainings::tailOfWidth)
                .map(WidthLaw::exponent)
                .orElse(Double.NaN);
    }

    private static Point point(JobResult run) {
        return new Point(Trainings.represented(run), Trainings.loss(run), label(run));
    }

    static String label(JobResult run) {
        return "γ = %s, m = %d, seed %d"
                .formatted(
                        Words.number(run.config().decay()),
                        run.config().width(),
                        run.config().seed());
    }

    /// The tail sum against the number represented, as far as `runs` go.
    private static List<Point> tail(Trainings runs) {
        double[] counts = runs.runs().stream()
                .mapToDouble(Trainings::represented)
                .sorted()
                .toArray();
        double from = counts[0];
        double ratio = counts[counts.length - 1] / from;
        double[] p = runs.runs().getFirst().config().probabilities();
        return IntStream.rangeClosed(0, STEPS)
                .mapToDouble(i -> Math.rint(from * Math.pow(ratio, i / (double) STEPS)))
                .distinct()
                .mapToObj(k -> new Point(k, WeakRegime.tailLoss(p, (int) k), ""))
                .toList();
    }

    private static List<Point> publishedLosses(List<JobResult> runs) {
        var ours = PublishedMarks.settings(runs);
        return PublishedToy.weakPoints().stream()
                .filter(point -> ours.stream().anyMatch(point.loss().setting()::isNear))
                .map(point ->
                        new Point(point.represented().value(), point.loss().value(), "published"))
                .toList();
    }

    private static Table lossTable(Trainings all) {
        return table(
                all,
                List.of(
                        Column.real("published_represented", "features"),
                        Column.real("published_loss", "sum over features")),
                run -> {
                    List<Point> theirs = publishedLosses(List.of(run));
                    return theirs.isEmpty()
                            ? Table.row(Double.NaN, Double.NaN)
                            : Table.row(theirs.getFirst().x(), theirs.getFirst().y());
                });
    }

    /// What each training loses, beside the ideal, with `more` columns.
    ///
    /// @param cells those of a training in these columns
    static Table table(Trainings all, List<Column> more, Function<JobResult, List<Table.Cell>> cells) {
        List<Column> columns = List.of(
                Column.real("alpha", ""),
                Column.real("decay", ""),
                Column.whole("width", ""),
                Column.whole("seed", ""),
                Column.whole("represented", "features"),
                Column.real("test_loss", "sum over features"),
                Column.real("tail_sum", "sum over features"));
        return new Table(
                both(columns, more),
                all.runs().stream()
                        .sorted(ORDER)
                        .map(run -> both(
                                Table.row(
                                        Trainings.alpha(run),
                                        run.config().decay(),
                                        run.config().width(),
                                        run.config().seed(),
                                        Trainings.represented(run),
                                        Trainings.loss(run),
                                        Trainings.tailOfRepresented(run)),
                                cells.apply(run)))
                        .toList());
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Table exponentTable(List<Exponent> shown, Trainings all) {
        return new Table(
                List.of(
                        Column.real("alpha", ""),
                        Column.real("decay", ""),
                        Column.real("exponent", ""),
                        Column.real("standard_error", ""),
                        Column.real("tail_sum_exponent", ""),
                        Column.real("published", ""),
                        Column.real("published_error", "")),
                shown.stream()
                        .map(e -> Table.row(
                                e.alpha(),
                                e.decay(),
                                e.law().exponent(),
                                e.law().standardError(),
                                idealExponent(all, e.alpha()),
                                e.publishedValue(),
                                e.publishedError()))
                        .toList());
    }
}
