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
import java.util.stream.Stream;

/// The exponent of the loss against that of the frequencies, a panel for each decay, beside the
/// lines of theory: figures 5e and 18 of Liu, Liu and Gore.
public final class ExponentFigure {
    private static final int FEWEST_ALPHAS = 3;
    private static final int MOST_PANELS = 3;
    private static final int LARGEST = 420;
    private static final int STEP = 80;
    private static final int LOWEST = 240;
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
        List<Double> widths = exponents.trainings().values(Trainings::width);
        return Optional.of(new Figure(
                "exponents",
                "Exponent of the loss against that of the frequencies",
                "Exponents α_m of power laws of the loss over widths %s to %s, with their standard errors, beside what theory"
                                .formatted(Words.number(widths.getFirst()), Words.number(widths.getLast()))
                        + " expects of very many features." + exponents.words(),
                Plot.document(panels(exponents, exponents.decays())),
                table(exponents),
                command));
    }

    /// A panel for each decay; of many decays one for growth and one for decay, told apart by ink.
    private static List<Plot> panels(Exponents exponents, List<Double> decays) {
        List<List<Double>> groups = decays.size() <= MOST_PANELS
                ? decays.stream().map(List::of).toList()
                : Stream.of(true, false)
                        .map(growth -> decays.stream()
                                .filter(decay -> decay < 0 == growth)
                                .toList())
                        .filter(group -> !group.isEmpty())
                        .map(group -> Trainings.spread(group, Measured.MOST))
                        .toList();
        int size = LARGEST - STEP * groups.size();
        var plots = new ArrayList<Plot>();
        for (List<Double> group : groups) {
            boolean last = plots.size() + 1 == groups.size();
            plots.add(panel(exponents, group, size, last));
        }
        return plots;
    }

    private static Plot panel(Exponents exponents, List<Double> decays, int size, boolean last) {
        List<Double> alphas = exponents.alphas();
        double least = alphas.getFirst();
        double most = alphas.getLast();
        double air = 0.05 * (most - least);
        double top = top(exponents);
        boolean one = decays.size() == 1;
        var panel = new Panel(one ? gamma(decays.getFirst()) : decays.getFirst() < 0 ? "growth" : "decay");
        panel.across(ONE, false, 1)
                .guide(TWICE, THEORY, theory(2, least, most + air, top))
                .guide(ONCE, THEORY, theory(1, least, most + air, top));
        for (int i = 0; i < decays.size(); i++) {
            Style style = one ? Style.of(decays.getFirst() < 0 ? Ink.BLUE : Ink.VERMILLION) : Measured.look(i);
            add(panel, exponents.of(decays.get(i)), style);
            if (!one) {
                panel.key(gamma(decays.get(i)), style, Sample.POINT);
            }
        }
        if (last) {
            if (one) {
                panel.key("measured ± SE", Style.of(Ink.TEXT), Sample.POINT);
            }
            panel.publishedKey(
                            PublishedMarks.key(exponents.trainings().runs()),
                            exponents.all().stream().anyMatch(e -> e.published().isPresent()))
                    .key("1", ONE, Sample.LINE)
                    .key("2(α − 1)", TWICE, Sample.LINE)
                    .key("α − 1", ONCE, Sample.LINE);
        }
        return panel.plot(
                "exponent of the frequencies α",
                (title, _) -> Axis.linear(title, least - air, most + air),
                "exponent of the loss α_m",
                (title, _) -> Axis.linear(title, Math.min(0, lowest(exponents)), top),
                last ? Corner.OUTSIDE : Corner.TOP_LEFT,
                size,
                Math.max(size, LOWEST));
    }

    private static void add(Panel panel, List<Exponent> those, Style style) {
        panel.bars(style.ink(), those.stream().map(ExponentFigure::interval).toList())
                .points(
                        style,
                        those.stream()
                                .map(e -> new Point(e.alpha(), e.law().exponent(), gamma(e.decay())))
                                .toList())
                .published(
                        style.ink(),
                        those.stream()
                                .filter(e -> e.published().isPresent())
                                .map(e -> new Point(e.alpha(), e.publishedValue(), "published"))
                                .toList());
    }

    private static String gamma(double decay) {
        return "γ = " + Words.twoDecimals(decay);
    }

    private static double top(Exponents exponents) {
        return 1.08
                * exponents.all().stream()
                        .mapToDouble(exponent -> Math.max(
                                exponent.law().exponent() + exponent.error(),
                                exponent.published().isPresent() ? exponent.publishedValue() : 0))
                        .reduce(1, Math::max);
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
