package dev.superpose.study;

import dev.superpose.study.Series.Regime;
import dev.superpose.study.Series.WidthPoint;
import dev.superpose.toy.FeatureFrequencies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// What a study of many conditions says as a whole, in a few sentences with their numbers, where
/// [Conclusions] would say as much of each.
public final class Overview {
    private static final double GOOD = 0.9;
    private static final int FEWEST_ALPHAS = 3;

    private final List<Series> all;

    private Overview(List<Series> all) {
        this.all = all;
    }

    /// The sentences about `all`; none of no conditions.
    public static List<String> of(List<Series> all) {
        if (all.isEmpty()) {
            return List.of();
        }
        var overview = new Overview(all);
        var sentences = new ArrayList<String>();
        sentences.add(overview.packing());
        overview.growth().ifPresent(sentences::add);
        overview.exponents().ifPresent(sentences::add);
        overview.skew(true).ifPresent(sentences::add);
        overview.skew(false).ifPresent(sentences::add);
        overview.overlaps().ifPresent(sentences::add);
        overview.tails().ifPresent(sentences::add);
        return List.copyOf(sentences);
    }

    private List<Series> in(Regime regime) {
        return all.stream().filter(series -> series.regime() == regime).toList();
    }

    private String packing() {
        return ("Of %d conditions %d are in strong superposition (at least 80 %% of the features represented at every width),"
                        + " %d in weak (at most three features a dimension), %d in between.")
                .formatted(
                        all.size(),
                        in(Regime.STRONG).size(),
                        in(Regime.WEAK).size(),
                        in(Regime.BETWEEN).size());
    }

    /// Up to which gamma all conditions are strong, and from which on all are weak.
    private Optional<String> growth() {
        var byDecay = new TreeMap<Double, List<Series>>(all.stream()
                .collect(Collectors.groupingBy(series -> series.condition().decay() + 0.0)));
        if (byDecay.size() < 2) {
            return Optional.empty();
        }
        var strong = lastOfRun(byDecay, Regime.STRONG);
        var weak = lastOfRun(byDecay.descendingMap(), Regime.WEAK);
        var parts = new ArrayList<String>();
        strong.ifPresent(decay -> parts.add("at every gamma up to %s all are strong".formatted(number(decay))));
        weak.ifPresent(decay -> parts.add("at every gamma from %s on all are weak".formatted(number(decay))));
        return parts.isEmpty() ? Optional.empty() : Optional.of(sentence(String.join(", ", parts)));
    }

    private static Optional<Double> lastOfRun(Map<Double, List<Series>> byDecay, Regime regime) {
        Optional<Double> last = Optional.empty();
        for (var entry : byDecay.entrySet()) {
            if (entry.getValue().stream().anyMatch(series -> series.regime() != regime)) {
                return last;
            }
            last = Optional.of(entry.getKey());
        }
        return last;
    }

    private Optional<String> exponents() {
        var parts = new ArrayList<String>();
        for (Regime regime : List.of(Regime.STRONG, Regime.BETWEEN, Regime.WEAK)) {
            String range = range(exponentsOf(in(regime)), "%.2f");
            if (!range.isEmpty()) {
                parts.add("%s where superposition is %s"
                        .formatted(
                                range,
                                switch (regime) {
                                    case STRONG -> "strong";
                                    case WEAK -> "weak";
                                    case BETWEEN -> "neither strong nor weak";
                                }));
            }
        }
        var laws = all.stream()
                .flatMap(series -> WidthLaw.ofLoss(series.results()).stream())
                .filter(law -> law.widths() > 2)
                .toList();
        if (parts.isEmpty() || laws.isEmpty()) {
            return Optional.empty();
        }
        long good = laws.stream().filter(law -> law.rSquared() >= GOOD).count();
        return Optional.of(
                ("The loss falls as width^-a with a %s; a power law explains at least %.0f %% of the variance of"
                                + " ln loss in %d of %d conditions.")
                        .formatted(String.join(", ", parts), 100 * GOOD, good, laws.size()));
    }

    private static DoubleStream exponentsOf(List<Series> some) {
        return some.stream()
                .flatMap(series -> WidthLaw.ofLoss(series.results()).stream())
                .mapToDouble(WidthLaw::exponent);
    }

    /// How the exponent goes with that of the frequencies, at the lowest gamma if it grows rows or
    /// at the highest if it shrinks them; empty unless there the conditions differ in alpha alone,
    /// and in three at least.
    private Optional<String> skew(boolean growth) {
        var decays = all.stream()
                .mapToDouble(series -> series.condition().decay())
                .filter(decay -> growth ? decay < 0 : decay > 0);
        var decay = growth ? decays.min() : decays.max();
        if (decay.isEmpty()) {
            return Optional.empty();
        }
        var those = all.stream()
                .filter(series -> series.condition().decay() == decay.getAsDouble()
                        && alpha(series).isPresent()
                        && WidthLaw.ofLoss(series.results()).isPresent())
                .sorted(Comparator.comparingDouble(series -> alpha(series).orElseThrow()))
                .toList();
        long alphas = those.stream().map(Overview::alpha).distinct().count();
        if (alphas < FEWEST_ALPHAS || alphas < those.size()) {
            return Optional.empty();
        }
        return Optional.of("At gamma %s the exponent goes from %s at alpha %s to %s at alpha %s."
                .formatted(
                        number(decay.getAsDouble()),
                        exponent(those.getFirst()),
                        number(alpha(those.getFirst()).orElseThrow()),
                        exponent(those.getLast()),
                        number(alpha(those.getLast()).orElseThrow())));
    }

    private static Optional<Double> alpha(Series series) {
        return series.condition().frequencies() instanceof FeatureFrequencies.Power(double alpha)
                ? Optional.of(alpha)
                : Optional.empty();
    }

    private static String exponent(Series series) {
        return WidthLaw.ofLoss(series.results())
                .map(law -> Conclusions.plusMinus(law.exponent(), law.standardError()))
                .orElse("–");
    }

    private Optional<String> overlaps() {
        String strong = over(in(Regime.STRONG), point -> point.width() * point.meanSquareStrong(), "%.3g");
        String every = over(in(Regime.STRONG), point -> point.width() * point.meanSquare(), "%.3g");
        return strong.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ("In strong superposition the mean squared overlap of strongly represented rows times width is"
                                        + " %s, of all rows %s (random directions: 1).")
                                .formatted(strong, every));
    }

    private Optional<String> tails() {
        String ratio = over(in(Regime.WEAK), point -> point.loss() / point.tailAtRepresented(), "%.3g");
        return ratio.isEmpty()
                ? Optional.empty()
                : Optional.of("In weak superposition the loss is %s times the tail sum beyond the features represented."
                        .formatted(ratio));
    }

    private static String over(List<Series> some, ToDoubleFunction<WidthPoint> quantity, String form) {
        return range(some.stream().flatMap(series -> series.points().stream()).mapToDouble(quantity), form);
    }

    /// The least and the most of the finite ones; empty of none.
    private static String range(DoubleStream values, String form) {
        double[] sorted = values.filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return "";
        }
        String least = String.format(Locale.ROOT, form, sorted[0]);
        String most = String.format(Locale.ROOT, form, sorted[sorted.length - 1]);
        return least.equals(most) ? least : least + " to " + most;
    }

    private static String number(double value) {
        String two = String.format(Locale.ROOT, "%.2f", value);
        return two.endsWith(".00") ? two.substring(0, two.length() - 3) : two;
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
