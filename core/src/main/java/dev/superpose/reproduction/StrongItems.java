package dev.superpose.reproduction;

import dev.superpose.published.PublishedStatements;
import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToyExponent;
import dev.superpose.published.ToySetting;
import dev.superpose.published.ToyValue;
import dev.superpose.stat.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Figure 5: overlaps of strongly represented rows, and exponents of the loss under strong
/// superposition.
final class StrongItems {
    private static final Rule EXPONENT = new Rule.TwoErrors();
    private static final Rule OVERLAP = new Rule.WithinShare(0.05);
    private static final Rule VARIANCE = new Rule.Within(0.15);
    private static final double ASKED = 8.0 / 9;

    /// Published variance ratios below this are those that look like perfect frames.
    private static final double ZERO = 0.02;

    private static final double FLAT = 0.5;

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
        for (var point : PublishedToy.strongOverlaps()) {
            var ours = evidence.at(point.setting())
                    .flatMap(sample ->
                            sample.measured(reading -> reading.overlap().meanSquareStrong()));
            items.point("mean squared overlap of strong rows", point, ours, OVERLAP);
        }
        variances(items, evidence);
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

    private static void variances(ItemList items, Evidence evidence) {
        String quantity = "variance of squared overlaps over random";
        var ofZeros = new ArrayList<Double>();
        int zeros = 0;
        for (ToyValue point : PublishedToy.varianceRatios()) {
            var ours = evidence.at(point.setting())
                    .flatMap(sample ->
                            sample.measured(reading -> reading.overlap().varianceRatioStrong()));
            if (point.value() >= ZERO) {
                items.point(quantity, point, ours, VARIANCE);
                continue;
            }
            zeros++;
            ours.filter(measured -> measured.training().asPublished())
                    .ifPresent(measured -> ofZeros.add(measured.value()));
            items.artefact(
                    quantity,
                    point,
                    ours,
                    VARIANCE,
                    "The published zero would be a perfect frame; an independent training at this setting found none."
                            .concat(ours.map(o -> String.format(Locale.ROOT, " Ours is %.3f.", o.value()))
                                    .orElse("")));
        }
        String statement = "squared overlaps have no variance at flat frequencies and m = 63, 100";
        String rule = "every ratio to random below %s".formatted(ZERO);
        if (ofZeros.isEmpty()) {
            items.untested(statement, 0, rule);
            return;
        }
        double least = ofZeros.stream().mapToDouble(x -> x).min().orElseThrow();
        double most = ofZeros.stream().mapToDouble(x -> x).max().orElseThrow();
        items.claim(
                statement,
                Optional.of(Measured.computed(least, Double.NaN)),
                0,
                rule,
                most < ZERO ? Verdict.REPRODUCED : Verdict.DIFFERS,
                "Of %d published zeros we ran %d: the ratio is %s there, as at other settings: no perfect frame was found."
                        .formatted(
                                zeros,
                                ofZeros.size(),
                                Sentences.range(ofZeros.stream().mapToDouble(x -> x))));
    }

    /// The paper's theory says 1; its own data say less.
    private static void flat(ItemList items, Evidence evidence) {
        String statement = "alpha_m is 1 at flat frequencies, alpha up to 0.5";
        var rule = new Rule.TwoOwnErrors();
        String own = "the paper's own are "
                + Sentences.range(PublishedToy.exponents().stream()
                        .filter(exponent -> exponent.setting().decay() < 0
                                && exponent.setting().alpha() <= FLAT)
                        .mapToDouble(ToyExponent::exponent));
        var exponents = new ArrayList<Measured>();
        for (var exponent : PublishedToy.exponents()) {
            if (exponent.setting().decay() < 0 && exponent.setting().alpha() <= FLAT) {
                ours(evidence, exponent.setting()).ifPresent(exponents::add);
            }
        }
        if (exponents.isEmpty()) {
            items.claim(statement, Optional.empty(), 1, rule.words(), Verdict.CANNOT_TELL, "Not run; " + own + ".");
            return;
        }
        var moments = Moments.of(exponents.stream().mapToDouble(Measured::value).toArray());
        // The lines of one width miss the law together: the mean is known no better than one of them.
        double error = exponents.stream()
                .mapToDouble(Measured::standardError)
                .average()
                .orElseThrow();
        var mean = new Measured(
                moments.mean(),
                error,
                Double.NaN,
                exponents.getFirst().seeds(),
                exponents.getFirst().training());
        items.claim(
                statement,
                Optional.of(mean),
                1,
                rule.words(),
                Math.abs(mean.value() - 1) <= 2 * error ? Verdict.REPRODUCED : Verdict.DIFFERS,
                "Ours are %s, each to about %.2f; %s."
                        .formatted(Sentences.range(exponents.stream().mapToDouble(Measured::value)), error, own));
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
