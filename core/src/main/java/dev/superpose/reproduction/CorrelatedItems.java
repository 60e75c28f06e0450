package dev.superpose.reproduction;

import static java.util.Objects.requireNonNull;

import dev.superpose.study.JobResult;
import dev.superpose.study.Study.Condition;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.ToyTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Features that occur together, each as often as without. A replication of the paper says that it
/// lowers the exponent, but its construction changes how often features are active.
final class CorrelatedItems {
    private static final int ENOUGH = 4;

    private CorrelatedItems() {}

    static List<Item> of(Evidence evidence) {
        var items = new ItemList(PaperFigure.CORRELATED);
        Map<Condition, WidthCurve> curves = curves(evidence);
        curves.forEach((condition, curve) -> {
            if (condition.task().correlation() instanceof Correlation.Together together) {
                independent(curves, condition).ifPresent(plain -> compare(items, condition, together, curve, plain));
            }
        });
        if (items.items().isEmpty()) {
            items.untested("correlated features have a lower exponent than independent ones", 0, rule());
        }
        return items.items();
    }

    private static String rule() {
        return "lower by more than two combined standard errors";
    }

    private static void compare(
            ItemList items, Condition condition, Correlation.Together together, WidthCurve curve, WidthCurve plain) {
        var ours = curve.exponent(0);
        var without = plain.exponent(0);
        double difference = ours.value() - without.value();
        double allowed = 2 * Math.hypot(ours.standardError(), without.standardError());
        double levels = ratio(curve, plain);
        items.claim(
                "correlated features have a lower exponent than independent ones: %s, %s, gamma %s"
                        .formatted(
                                together.label(), condition.frequencies().label(), Sentences.number(condition.decay())),
                Optional.of(ours),
                without.value(),
                rule(),
                difference < -allowed ? Verdict.REPRODUCED : Verdict.DIFFERS,
                "Exponent %s, independent %s; the losses are %.2f times as large in the mean."
                        .formatted(
                                Sentences.withError(ours.value(), ours.standardError()),
                                Sentences.withError(without.value(), without.standardError()),
                                levels));
    }

    /// The geometric mean over widths of the loss of `curve` over that of `plain`.
    private static double ratio(WidthCurve curve, WidthCurve plain) {
        var some = curve.means(reading -> Math.log(reading.loss().test()));
        var others = plain.means(reading -> Math.log(reading.loss().test()));
        return Math.exp(some.entrySet().stream()
                .filter(mean -> others.containsKey(mean.getKey()))
                .mapToDouble(mean -> mean.getValue() - requireNonNull(others.get(mean.getKey())))
                .average()
                .orElse(Double.NaN));
    }

    private static Optional<WidthCurve> independent(Map<Condition, WidthCurve> curves, Condition condition) {
        return Optional.ofNullable(curves.get(new Condition(
                condition.features(),
                condition.frequencies(),
                condition.density(),
                condition.decay(),
                ToyTask.PLAIN,
                condition.recipe())));
    }

    private static Map<Condition, WidthCurve> curves(Evidence evidence) {
        var byCondition = new LinkedHashMap<Condition, List<JobResult>>();
        for (var result : evidence.results()) {
            byCondition
                    .computeIfAbsent(Condition.of(result.config()), _ -> new ArrayList<>())
                    .add(result);
        }
        var curves = new LinkedHashMap<Condition, WidthCurve>();
        byCondition.forEach((condition, results) -> {
            var curve = new WidthCurve(Training.of(results.getFirst().config()), results);
            if (curve.widths().size() >= ENOUGH) {
                curves.put(condition, curve);
            }
        });
        return curves;
    }
}
