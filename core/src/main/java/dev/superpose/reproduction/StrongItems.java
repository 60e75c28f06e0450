package dev.superpose.reproduction;

import dev.superpose.published.PublishedStatements;
import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToyExponent;
import dev.superpose.published.ToySetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Figure 5: overlaps of strongly represented rows, and exponents of the loss under strong
/// superposition.
final class StrongItems {
    private static final Rule EXPONENT = new Rule.TwoErrors();
    private static final double ASKED = 8.0 / 9;

    private static final double FLAT = 0.5;

    /// A curve whose exponent changes by more from narrow to wide widths is no power law.
    private static final double BEND = 0.3;

    private StrongItems() {}

    static List<Item> of(Evidence evidence) {
        var items = new ItemList(PaperFigure.FIG5);
        List<ToyExponent> published = PublishedToy.exponents().stream()
                .filter(exponent -> exponent.setting().decay() < 0)
                .toList();
        for (var exponent : published) {
            items.fit(
                    "exponent",
                    exponent.setting(),
                    ours(evidence, exponent.setting()),
                    new Reference(exponent.exponent(), exponent.standardError(), exponent.readingError()),
                    EXPONENT);
        }
        StrongOverlapItems.add(items, evidence);
        items.target(
                "exponent within two combined errors at 8 of 9 alphas, gamma -0.556",
                item -> item.subject().quantity().equals("exponent")
                        && isTarget(item.subject().setting()),
                EXPONENT,
                ASKED);
        flat(items, evidence);
        skewed(items, evidence, published);
        return items.items();
    }

    /// The nine alphas from 0 to 2 in steps of a quarter, at gamma = -5/9.
    private static boolean isTarget(String setting) {
        return IntStream.rangeClosed(0, 8)
                .mapToObj(i -> ToySetting.small(i / 4.0, 1, PublishedToy.STRONG_DECAY, 100)
                        .labelAtAnyWidth())
                .anyMatch(setting::equals);
    }

    private static Optional<Measured> ours(Evidence evidence, ToySetting setting) {
        return evidence.curve(setting, ToySetting.WIDTHS).map(curve -> curve.exponent(0));
    }

    /// The paper's theory says 1; its own data say less.
    private static void flat(ItemList items, Evidence evidence) {
        String statement = "alpha_m is 1 at flat frequencies, alpha up to 0.5";
        String rule =
                "within two standard errors of ours, narrow and wide widths within %s of each other".formatted(BEND);
        String own = "the paper's own are "
                + Sentences.range(PublishedToy.exponents().stream()
                        .filter(exponent -> exponent.setting().decay() < 0
                                && exponent.setting().alpha() <= FLAT)
                        .mapToDouble(ToyExponent::exponent));
        var curves = new ArrayList<WidthCurve>();
        for (var exponent : PublishedToy.exponents()) {
            if (exponent.setting().decay() < 0 && exponent.setting().alpha() <= FLAT) {
                evidence.curve(exponent.setting(), ToySetting.WIDTHS).ifPresent(curves::add);
            }
        }
        List<Measured> exponents =
                curves.stream().map(curve -> curve.exponent(0)).toList();
        if (exponents.isEmpty()) {
            items.claim(
                    statement,
                    Optional.empty(),
                    1,
                    rule,
                    Verdict.CANNOT_TELL,
                    "%s Of exponents %s.".formatted(Item.NO_TELLING, own));
            return;
        }
        // The lines of one width miss the law together: the mean is known no better than one of them.
        double error = mean(exponents, Measured::standardError);
        var mean = new Measured(
                mean(exponents, Measured::value),
                error,
                Double.NaN,
                exponents.getFirst().seeds(),
                exponents.getFirst().training());
        double narrow = mean(curves, curve -> curve.exponentBetween(10, 25));
        double wide = mean(curves, curve -> curve.exponentBetween(39, 100));
        boolean straight = Math.abs(wide - narrow) <= BEND;
        items.claim(
                statement,
                Optional.of(mean),
                1,
                rule,
                straight && Math.abs(mean.value() - 1) <= 2 * error ? Verdict.REPRODUCED : Verdict.DIFFERS,
                "Ours are %s, each to about %.2f; %s. %s: from m = 10 to 25 the exponent is %.2f, from 39 to 100 %.2f."
                        .formatted(
                                Sentences.range(exponents.stream().mapToDouble(Measured::value)),
                                error,
                                own,
                                straight ? "The lines are straight" : "But the curves bend, and no one exponent holds",
                                narrow,
                                wide));
    }

    private static <T> double mean(List<T> some, ToDoubleFunction<T> quantity) {
        return some.stream().mapToDouble(quantity).average().orElseThrow();
    }

    /// The conjecture max(1, 2 (alpha - 1)), which the paper calls a worst case.
    private static void skewed(ItemList items, Evidence evidence, List<ToyExponent> published) {
        String statement = "alpha_m is 2 (alpha - 1) at skewed frequencies, alpha from 1.5";
        String rule = "within two standard errors of ours at every alpha";
        var told = new ArrayList<String>();
        double worst = 0;
        Optional<Measured> furthest = Optional.empty();
        double claimed = Double.NaN;
        for (var exponent : published) {
            double alpha = exponent.setting().alpha();
            var ours = alpha < 1.5 || exponent.setting().decay() != PublishedToy.STRONG_DECAY
                    ? Optional.<Measured>empty()
                    : ours(evidence, exponent.setting());
            if (ours.isPresent()) {
                double conjecture = PublishedStatements.claimedStrongExponent(alpha);
                double distance =
                        Math.abs(ours.get().value() - conjecture) / ours.get().standardError();
                told.add(String.format(
                        Locale.ROOT,
                        "%.2f ± %.2f at alpha %s (conjecture %s, the paper's own %.2f)",
                        ours.get().value(),
                        ours.get().standardError(),
                        alpha,
                        conjecture,
                        exponent.exponent()));
                if (distance >= worst) {
                    worst = distance;
                    furthest = ours;
                    claimed = conjecture;
                }
            }
        }
        if (told.isEmpty()) {
            items.untested(statement, 2, rule);
            return;
        }
        items.claim(
                statement,
                furthest,
                claimed,
                rule,
                worst <= 2 ? Verdict.REPRODUCED : Verdict.DIFFERS,
                "Ours at gamma -0.556: %s.".formatted(String.join(", ", told)));
    }
}
