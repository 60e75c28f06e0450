package dev.superpose.reproduction;

import dev.superpose.published.PublishedStatements;
import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.published.ToyValue;
import dev.superpose.study.ToyReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Figures 3, 16 and 17: how many features are represented, how many strongly, and the
/// overlaps of all.
final class PackingItems {
    private static final Rule SHARE = new Rule.Within(0.05);
    private static final double ASKED = 54.0 / 60;
    private static final List<Double> ALPHAS = List.of(0.0, 0.5, 1.0, 1.5, 2.0);

    private PackingItems() {}

    /// Figure 3.
    static List<Item> represented(Evidence evidence) {
        var items = new ItemList(PaperFigure.FIG3);
        String quantity = "share represented";
        points(items, quantity, PublishedToy.representedFractions(), evidence, ToyReading::representedFraction);
        items.target(
                "share represented within 0.05 at 54 of 60 points",
                item -> item.subject().quantity().equals(quantity),
                SHARE,
                ASKED);
        return items.items();
    }

    /// Figure 16.
    static List<Item> strong(Evidence evidence) {
        var items = new ItemList(PaperFigure.FIG16);
        points(
                items,
                "share strongly represented",
                PublishedToy.strongFractions(),
                evidence,
                ToyReading::strongFraction);
        claimedStrongFraction(items, evidence);
        return items.items();
    }

    private static void points(
            ItemList items,
            String quantity,
            List<ToyValue> published,
            Evidence evidence,
            ToDoubleFunction<ToyReading> reading) {
        for (var point : published) {
            items.point(
                    quantity, point, evidence.at(point.setting()).flatMap(sample -> sample.measured(reading)), SHARE);
        }
    }

    private static void claimedStrongFraction(ItemList items, Evidence evidence) {
        String statement = "phi_1 is around min(1, m²/2n)";
        String rule = "mean distance at most 0.05";
        var ratios = new ArrayList<Double>();
        var widest = new ArrayList<Double>();
        var distances = new ArrayList<Double>();
        for (var point : PublishedToy.strongFractions()) {
            int width = point.setting().width();
            double claimed = PublishedStatements.claimedStrongFraction(ToySetting.SMALL, width);
            published(evidence, point.setting(), ToyReading::strongFraction).ifPresent(ours -> {
                distances.add(Math.abs(ours.value() - claimed));
                if (claimed < 0.2) {
                    ratios.add(ours.value() / claimed);
                }
                if (claimed == 1) {
                    widest.add(ours.value());
                }
            });
        }
        if (distances.isEmpty()) {
            items.untested(statement, 0, rule);
            return;
        }
        double mean = distances.stream().mapToDouble(x -> x).average().orElseThrow();
        items.claim(
                statement,
                Optional.of(Measured.computed(mean, Double.NaN)),
                0,
                rule,
                mean <= 0.05 ? Verdict.REPRODUCED : Verdict.DIFFERS,
                strongWords(ratios, widest));
    }

    private static String strongWords(List<Double> ratios, List<Double> widest) {
        var parts = new ArrayList<String>();
        if (!ratios.isEmpty()) {
            parts.add("ours are %s times as many at m = 10 and 15"
                    .formatted(Sentences.range(ratios.stream().mapToDouble(x -> x))));
        }
        if (!widest.isEmpty()) {
            parts.add("%s of all where m²/2n has reached 1"
                    .formatted(Sentences.range(widest.stream().mapToDouble(x -> x))));
        }
        parts.add("the paper's own points do the same");
        String words = String.join("; ", parts) + ".";
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /// Figure 17: it has no numbers to read but the slope.
    static List<Item> allRows(Evidence evidence) {
        var items = new ItemList(PaperFigure.FIG17);
        var levels = new ArrayList<Double>();
        for (double alpha : ALPHAS) {
            var setting = ToySetting.small(alpha, 1, -1, ToySetting.WIDTHS.getLast());
            var curve = evidence.curve(setting, ToySetting.WIDTHS);
            items.fit(
                    "exponent of the mean squared overlap of all rows",
                    setting,
                    curve.map(all -> all.exponent(reading -> reading.overlap().meanSquare(), 0)),
                    Reference.claimed(1),
                    new Rule.TwoOwnErrors());
            curve.ifPresent(all -> all.means(reading -> reading.overlap().meanSquare())
                    .forEach((width, square) -> levels.add(width * square)));
        }
        String statement = "overlaps of all rows lie above 1/m";
        String rule = "every mean times m above 1";
        if (levels.isEmpty()) {
            items.untested(statement, 1, rule);
        } else {
            double least = levels.stream().mapToDouble(x -> x).min().orElseThrow();
            items.claim(
                    statement,
                    Optional.of(Measured.computed(least, Double.NaN)),
                    1,
                    rule,
                    least > 1 ? Verdict.REPRODUCED : Verdict.DIFFERS,
                    "Mean squared overlap times m is %s."
                            .formatted(Sentences.range(levels.stream().mapToDouble(x -> x))));
        }
        return items.items();
    }

    /// Ours at `setting` if it was trained as published.
    static Optional<Measured> published(Evidence evidence, ToySetting setting, ToDoubleFunction<ToyReading> reading) {
        return evidence.at(setting)
                .filter(sample -> sample.training().asPublished())
                .flatMap(sample -> sample.measured(reading));
    }
}
