package dev.superpose.report;

import dev.superpose.report.Exponents.Exponent;
import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The exponent of the loss against that of the frequencies, a panel for each decay, beside
/// the lines
/// of theory: figures 5e and 18 of Liu, Liu and Gore.
public final class ExponentFigure {
    private static final int FEWEST_ALPHAS = 3;
    private static final int MOST_PANELS = 10;
    private static final int LARGE = 250;
    private static final int SMALL = 142;
    private static final double THEORY = 1.3;

    private static final Style ONE = Style.of(Ink.GREY);
    private static final Style TWICE = Style.of(Ink.GREY).with(Style.DASH_DOT);
    private static final Style ONCE = Style.of(Ink.GREY).with(Style.DASHED);

    private ExponentFigure() {}

    /// The figure; empty if fewer than three exponents of the frequencies have a fitted law.
    public static Optional<Figure> of(List<JobResult> results, String command) {
        var exponents = Exponents.of(new Trainings(results));
        if (exponents.alphas().size() < FEWEST_ALPHAS) {
            return Optional.empty();
        }
        List<Double> drawn = Trainings.spread(exponents.decays(), MOST_PANELS);
        List<Double> widths = exponents.trainings().values(Trainings::width);
        String left = drawn.size() < exponents.decays().size()
                ? " %d of %d decays are drawn."
                        .formatted(drawn.size(), exponents.decays().size())
                : "";
        return Optional.of(new Figure(
                "exponents",
                "Exponent of the loss against that of the frequencies",
                "Exponents α_m of power laws of the loss over widths %s to %s, with their standard errors, beside what theory"
                                .formatted(Words.number(widths.getFirst()), Words.number(widths.getLast()))
                        + " expects of very many features." + exponents.words() + left,
                Plot.rows(panels(exponents, drawn)),
                table(exponents),
                command));
    }

    private static List<List<Plot>> panels(Exponents exponents, List<Double> decays) {
        double top = exponents.all().stream()
                .mapToDouble(exponent -> Math.max(
                        exponent.law().exponent() + exponent.error(),
                        exponent.published().isPresent() ? exponent.publishedValue() : 0))
                .max()
                .orElse(1);
        boolean published = exponents.all().stream().anyMatch(e -> e.published().isPresent());
        int perRow = decays.size() <= 3 ? decays.size() : Math.min(5, (decays.size() + 1) / 2);
        int size = perRow <= 3 ? LARGE - 25 * (perRow - 1) : SMALL;
        var rows = new ArrayList<List<Plot>>();
        for (int from = 0; from < decays.size(); from += perRow) {
            List<Double> ofRow = decays.subList(from, Math.min(decays.size(), from + perRow));
            var row = new ArrayList<Plot>();
            for (double decay : ofRow) {
                boolean keyed = rows.isEmpty() && row.size() + 1 == ofRow.size();
                row.add(panel(exponents, decay, 1.08 * Math.max(top, 1), size, keyed, published));
            }
            rows.add(row);
        }
        return rows;
    }

    private static Plot panel(
            Exponents exponents, double decay, double top, int size, boolean keyed, boolean published) {
        List<Double> alphas = exponents.alphas();
        double least = alphas.getFirst();
        double most = alphas.getLast();
        double air = 0.05 * (most - least);
        var style = Style.of(decay < 0 ? Ink.BLUE : Ink.VERMILLION);
        var panel = new Panel("γ = " + Words.twoDecimals(decay));
        panel.across(ONE, false, 1)
                .guide(TWICE, THEORY, theory(2, least, most + air, top))
                .guide(ONCE, THEORY, theory(1, least, most + air, top));
        List<Exponent> those = exponents.of(decay);
        panel.bars(style.ink(), those.stream().map(ExponentFigure::interval).toList())
                .points(
                        style,
                        those.stream()
                                .map(e -> new Point(e.alpha(), e.law().exponent(), "γ = " + Words.number(decay)))
                                .toList())
                .published(
                        style.ink(),
                        those.stream()
                                .filter(e -> e.published().isPresent())
                                .map(e -> new Point(e.alpha(), e.publishedValue(), "published"))
                                .toList());
        if (keyed) {
            panel.key("measured ± SE", Style.of(Ink.BLUE), Sample.POINT)
                    .publishedKey(PublishedMarks.key(exponents.trainings().runs()), published)
                    .key("1", ONE, Sample.LINE)
                    .key("2(α − 1)", TWICE, Sample.LINE)
                    .key("α − 1", ONCE, Sample.LINE);
        }
        return panel.plot(
                "α",
                (title, _) -> Axis.linear(title, least - air, most + air),
                "α_m",
                (title, _) -> Axis.linear(title, Math.min(0, lowest(exponents)), top),
                Corner.OUTSIDE,
                size,
                size);
    }

    private static double lowest(Exponents exponents) {
        return exponents.all().stream()
                .mapToDouble(exponent -> exponent.law().exponent() - exponent.error())
                .min()
                .orElse(0);
    }

    private static Interval interval(Exponent exponent) {
        double value = exponent.law().exponent();
        return new Interval(exponent.alpha(), value - exponent.error(), value + exponent.error());
    }

    /// The line `slope · (α − 1)` as far as it lies in the plot.
    private static List<Point> theory(double slope, double least, double most, double top) {
        double from = Math.max(1, least);
        double to = Math.min(most, 1 + top / slope);
        return from < to
                ? List.of(new Point(from, slope * (from - 1), ""), new Point(to, slope * (to - 1), ""))
                : List.of();
    }

    private static Table table(Exponents exponents) {
        return new Table(
                List.of(
                        Column.real("decay", ""),
                        Column.real("alpha", ""),
                        Column.whole("widths", ""),
                        Column.real("exponent", ""),
                        Column.real("standard_error", ""),
                        Column.real("r_squared", ""),
                        Column.real("published", ""),
                        Column.real("published_error", ""),
                        Column.real("deviation", "combined standard errors")),
                exponents.all().stream()
                        .map(exponent -> Table.row(
                                exponent.decay(),
                                exponent.alpha(),
                                exponent.law().widths(),
                                exponent.law().exponent(),
                                exponent.law().standardError(),
                                exponent.law().rSquared(),
                                exponent.publishedValue(),
                                exponent.publishedError(),
                                exponent.deviation()))
                        .toList());
    }
}
