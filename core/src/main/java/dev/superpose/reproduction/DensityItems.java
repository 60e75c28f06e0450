package dev.superpose.reproduction;

import dev.superpose.published.PublishedStatements;
import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.published.ToyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Figure 14: losses at more active features, and whether they are proportional to their number.
final class DensityItems {
    private static final Rule LOSS = new Rule.WithinShareOrScatter(0.1);

    /// Losses per active feature that differ by less over the whole range are proportional.
    private static final double PROPORTIONAL = 1.1;

    private DensityItems() {}

    static List<Item> of(Evidence evidence) {
        var items = new ItemList(PaperFigure.FIG14);
        for (var point : PublishedToy.densityLosses()) {
            items.point("test loss over E, m = 63", point, loss(evidence, point.setting()), LOSS);
        }
        for (var point : PublishedToy.densityWidthLosses()) {
            items.point("test loss over m", point, loss(evidence, point.setting()), LOSS);
        }
        for (var exponent : PublishedStatements.densityExponents()) {
            items.fit(
                    "exponent",
                    exponent.setting(),
                    evidence.curve(exponent.setting(), ToySetting.WIDTHS).map(curve -> curve.exponent(0)),
                    new Reference(exponent.exponent(), exponent.standardError(), exponent.readingError()),
                    new Rule.TwoErrors());
        }
        proportional(items, evidence);
        return items.items();
    }

    private static Optional<Measured> loss(Evidence evidence, ToySetting setting) {
        return evidence.at(setting)
                .flatMap(sample -> sample.measured(reading -> reading.loss().test()));
    }

    private static void proportional(ItemList items, Evidence evidence) {
        String statement = "loss is proportional to the number of active features";
        String rule = "loss over E grows by at most %.0f %% from E = 1 to 7.49".formatted(100 * (PROPORTIONAL - 1));
        var theirs = growth(point -> Optional.of(point.value()));
        var ours = growth(point -> loss(evidence, point.setting())
                .filter(measured -> measured.training().asPublished())
                .map(Measured::value));
        String own = "In the paper's own data it grows by a factor of "
                + Sentences.range(theirs.stream().mapToDouble(x -> x));
        if (ours.isEmpty()) {
            items.claim(statement, Optional.empty(), 1, rule, Verdict.CANNOT_TELL, Item.NO_TELLING + " " + own + ".");
            return;
        }
        double most = ours.stream().mapToDouble(x -> x).max().orElseThrow();
        items.claim(
                statement,
                Optional.of(Measured.computed(most, Double.NaN)),
                1,
                rule,
                most <= PROPORTIONAL ? Verdict.REPRODUCED : Verdict.DIFFERS,
                String.format(
                        Locale.ROOT,
                        "Loss over E at m = 63 grows by a factor of %s over the gammas below 0. %s.",
                        Sentences.range(ours.stream().mapToDouble(x -> x)),
                        own));
    }

    /// Loss over E at the highest density over that at the lowest, for each gamma below 0.
    private static List<Double> growth(Function<ToyValue, Optional<Double>> loss) {
        var growth = new ArrayList<Double>();
        List<ToyValue> all = PublishedToy.densityLosses().stream()
                .filter(point -> point.setting().decay() < 0)
                .toList();
        double most = all.stream()
                .mapToDouble(point -> point.setting().density())
                .max()
                .orElseThrow();
        for (var first : all) {
            if (first.setting().density() != 1) {
                continue;
            }
            var last = all.stream()
                    .filter(point -> point.setting().decay() == first.setting().decay()
                            && point.setting().density() == most)
                    .findFirst()
                    .orElseThrow();
            var low = loss.apply(first);
            var high = loss.apply(last);
            if (low.isPresent() && high.isPresent()) {
                growth.add(high.get() / most / low.get());
            }
        }
        return growth;
    }
}
