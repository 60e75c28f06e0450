package dev.superpose.report;

import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.scaling.Fit;
import dev.superpose.study.Series;
import dev.superpose.toy.FeatureFrequencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The exponent of the loss against that of the frequencies, for studies over several of the
/// latter.
final class ExponentFigure {
    private static final int FEWEST = 3;
    private static final List<Ink> INKS = List.of(Ink.BLUE, Ink.GREEN, Ink.SKY, Ink.PURPLE, Ink.ORANGE, Ink.VERMILLION);

    private ExponentFigure() {}

    /// One fitted exponent.
    private record Exponent(double alpha, double decay, double exponent, double error, double rSquared) {}

    /// The figure; empty if fewer than three exponents of the frequencies have a fitted law.
    static Optional<Figure> of(List<Series> all, String command) {
        List<Exponent> fits =
                all.stream().flatMap(series -> fit(series).stream()).toList();
        if (fits.stream().mapToDouble(Exponent::alpha).distinct().count() < FEWEST) {
            return Optional.empty();
        }
        Map<Double, List<Exponent>> byDecay = new TreeMap<>();
        fits.forEach(fit ->
                byDecay.computeIfAbsent(fit.decay(), _ -> new ArrayList<>()).add(fit));
        double least = fits.stream().mapToDouble(Exponent::alpha).min().orElse(0);
        double most = fits.stream().mapToDouble(Exponent::alpha).max().orElse(2);
        double top = 1.1
                * fits.stream()
                        .mapToDouble(fit -> fit.exponent() + error(fit))
                        .max()
                        .orElse(1);
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        Style one = Style.of(Ink.GREY);
        layers.add(new Layer.Across(one, false, 1));
        key.add(new Entry("1: strong, even", one, Sample.LINE));
        theory(layers, key, "2(α − 1): strong, skewed", Style.DASH_DOT, 2, least, most, top);
        theory(layers, key, "α − 1: weak, n → ∞", Style.DASHED, 1, least, most, top);
        int shown = 0;
        for (var group : byDecay.entrySet()) {
            if (shown == INKS.size()) {
                break;
            }
            Style style = Style.of(INKS.get(shown++));
            layers.add(new Layer.ErrorBars(
                    style.ink(),
                    1.5,
                    group.getValue().stream()
                            .map(fit ->
                                    new Interval(fit.alpha(), fit.exponent() - error(fit), fit.exponent() + error(fit)))
                            .toList()));
            String name = "γ = " + Words.number(group.getKey());
            layers.add(new Layer.Points(
                    style,
                    50,
                    false,
                    group.getValue().stream()
                            .map(fit -> new Point(fit.alpha(), fit.exponent(), name))
                            .toList()));
            key.add(new Entry(name, style, Sample.POINT));
        }
        double air = 0.05 * (most - least);
        var plot = new Plot(
                "",
                Axis.linear("exponent of the frequencies α, p ∝ i^−α", least - air, most + air),
                Axis.linear("exponent of the loss, L ∝ m^−exponent", 0, top),
                layers,
                new Legend(Corner.OUTSIDE, key),
                520,
                360);
        return Optional.of(new Figure(
                "exponents",
                "Exponent of the loss against that of the frequencies",
                "Fitted exponents with their standard errors, one for each condition%s, beside what theory expects of"
                                .formatted(
                                        byDecay.size() > INKS.size()
                                                ? " (the first %d of %d decays are drawn)"
                                                        .formatted(INKS.size(), byDecay.size())
                                                : "")
                        + " very many features.",
                Plot.document(List.of(plot)),
                table(fits),
                command));
    }

    private static Optional<Exponent> fit(Series series) {
        return series.condition().frequencies() instanceof FeatureFrequencies.Power(double alpha)
                        && series.lossLaw().orElse(null) instanceof Fit.Fitted fit
                ? Optional.of(new Exponent(
                        alpha,
                        series.condition().decay(),
                        fit.law().parameter("exponent"),
                        fit.standardErrors().getOrDefault("exponent", Double.NaN),
                        fit.rSquared()))
                : Optional.empty();
    }

    private static double error(Exponent fit) {
        return Double.isFinite(fit.error()) ? fit.error() : 0;
    }

    /// The line `slope · (α − 1)` as far as it lies in the plot.
    private static void theory(
            List<Layer> layers,
            List<Entry> key,
            String name,
            List<Integer> dash,
            double slope,
            double least,
            double most,
            double top) {
        double from = Math.max(1, least);
        double to = Math.min(most, 1 + top / slope);
        if (from < to) {
            Style style = Style.of(Ink.GREY).with(dash);
            layers.add(new Layer.Line(
                    style, 1.4, List.of(new Point(from, slope * (from - 1), ""), new Point(to, slope * (to - 1), ""))));
            key.add(new Entry(name, style, Sample.LINE));
        }
    }

    private static Table table(List<Exponent> fits) {
        return new Table(
                List.of(
                        Column.real("alpha", ""),
                        Column.real("decay", ""),
                        Column.real("exponent", ""),
                        Column.real("standard_error", ""),
                        Column.real("r_squared", "")),
                fits.stream()
                        .map(fit -> Table.row(fit.alpha(), fit.decay(), fit.exponent(), fit.error(), fit.rSquared()))
                        .toList());
    }
}
