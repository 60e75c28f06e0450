package dev.superpose.reproduction;

import dev.superpose.published.FrequencyLaw;
import dev.superpose.published.PublishedStatements;
import dev.superpose.published.PublishedStatements.LargeFit;
import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.published.ToyValue;
import dev.superpose.stat.LineFit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Figure 1, and of figure 9 how straight its lines are.
final class LargeItems {
    private static final Rule LOSS = new Rule.WithinShareOrScatter(0.1);
    private static final Rule EXPONENT = new Rule.TwoErrors();
    private static final Rule STRAIGHT = new Rule.Within(0.05);

    /// More features than dimensions by this factor are no longer "as many".
    private static final double NO_SUPERPOSITION = 1.2;

    /// With fewer features the curves are no longer those of figure 1 in small.
    private static final int FEWEST_FEATURES = 2000;

    private static final int LAST_OF_WEAK_POWER = 5;

    private LargeItems() {}

    static List<Item> of(Evidence evidence) {
        var items = new ItemList(PaperFigure.FIG1);
        for (var point : PublishedToy.largeLosses()) {
            var ours = evidence.at(point.setting())
                    .flatMap(sample -> sample.measured(reading -> reading.loss().test()));
            items.point("test loss", point, ours, LOSS);
        }
        for (var fit : PublishedStatements.largeFits()) {
            var published = line(fit);
            items.fit(
                    "exponent",
                    setting(fit),
                    curve(evidence, fit).map(curve -> curve.exponent(firstWidth(fit, curve))),
                    // Where the paper prints none, the line through its points as its others are fitted.
                    Double.isNaN(fit.exponent())
                            ? new Reference(-published.slope(), published.slopeStandardError(), 0)
                            : new Reference(fit.exponent(), fit.standardError(), 0.005),
                    EXPONENT);
        }
        noSuperposition(items, evidence);
        return items.items();
    }

    /// How straight the lines are: R² of ln loss on ln m.
    static void straightness(ItemList items, Evidence evidence) {
        for (var fit : PublishedStatements.largeFits()) {
            var ours = curve(evidence, fit)
                    .map(curve -> new Measured(
                            curve.line(reading -> reading.loss().test(), firstWidth(fit, curve))
                                    .rSquared(),
                            Double.NaN,
                            Double.NaN,
                            curve.seeds(),
                            curve.training()));
            items.fit("R² of the line", setting(fit), ours, new Reference(fit.rSquared(), Double.NaN, 0.003), STRAIGHT);
        }
    }

    private static void noSuperposition(ItemList items, Evidence evidence) {
        String statement = "gamma = 0.1 leaves no superposition: one feature per dimension";
        String rule = "at most %s features represented per dimension".formatted(NO_SUPERPOSITION);
        double[] perDimension = PublishedToy.largeLosses().stream()
                .map(ToyValue::setting)
                .filter(setting -> setting.decay() == PublishedToy.LARGE_WEAK_DECAY)
                .flatMap(setting -> evidence.at(setting).stream()
                        .filter(sample -> sample.training().asPublished())
                        .flatMap(sample -> sample
                                .measured(reading -> reading.representedFraction() * ToySetting.LARGE / setting.width())
                                .stream()))
                .mapToDouble(Measured::value)
                .toArray();
        if (perDimension.length == 0) {
            items.untested(statement, 1, rule);
            return;
        }
        double most = Arrays.stream(perDimension).max().orElseThrow();
        items.claim(
                statement,
                Optional.of(Measured.computed(most, Double.NaN)),
                1,
                rule,
                most <= NO_SUPERPOSITION ? Verdict.REPRODUCED : Verdict.DIFFERS,
                "Ours represent %s features per dimension at the widths and laws run."
                        .formatted(Sentences.range(Arrays.stream(perDimension))));
    }

    /// The trainings of one line: those with 10,240 features, else with fewer, whose
    /// slope can be compared.
    private static Optional<WidthCurve> curve(Evidence evidence, LargeFit fit) {
        return evidence.curve(
                        setting(fit),
                        points(fit).stream()
                                .map(point -> point.setting().width())
                                .toList())
                .or(() -> evidence.standIn(setting(fit), FEWEST_FEATURES, LAST_OF_WEAK_POWER));
    }

    /// Where the line starts: as published, or with the fifth width from the last where that is
    /// what the published fit takes.
    private static int firstWidth(LargeFit fit, WidthCurve curve) {
        List<Integer> widths = curve.widths();
        boolean lastFive = fit.decay() > 0 && fit.law() == FrequencyLaw.POWER;
        return lastFive ? widths.get(widths.size() - LAST_OF_WEAK_POWER) : fit.firstWidth();
    }

    private static LineFit line(LargeFit fit) {
        List<ToyValue> points = points(fit).stream()
                .filter(point -> point.setting().width() >= fit.firstWidth())
                .toList();
        return LineFit.of(
                points.stream()
                        .mapToDouble(point -> Math.log(point.setting().width()))
                        .toArray(),
                points.stream().mapToDouble(point -> Math.log(point.value())).toArray());
    }

    private static List<ToyValue> points(LargeFit fit) {
        return PublishedToy.largeLosses().stream()
                .filter(point -> point.setting().isNearAtAnyWidth(setting(fit)))
                .toList();
    }

    private static ToySetting setting(LargeFit fit) {
        double alpha = fit.law() == FrequencyLaw.POWER ? PublishedToy.LARGE_ALPHA : Double.NaN;
        return new ToySetting(ToySetting.LARGE, fit.law(), alpha, 1, fit.decay(), fit.firstWidth());
    }
}
