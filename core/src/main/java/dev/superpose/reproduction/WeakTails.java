package dev.superpose.reproduction;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.study.JobResult;
import dev.superpose.theory.WeakRegime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Whether weak models lose what theory says: by how many features they represent, and by which.
final class WeakTails {
    /// Losses as near to a sum as this match it "closely".
    private static final double CLOSE = 1.1;

    private static final double MOST = 0.8;

    private WeakTails() {}

    static void claims(ItemList items, Evidence evidence) {
        List<JobResult> weak = PublishedToy.weakPoints().stream()
                .flatMap(point -> evidence.at(point.loss().setting()).stream())
                .filter(sample -> sample.training().asPublished())
                .flatMap(sample -> sample.results().stream())
                .toList();
        claim(
                items,
                "weak losses closely match the tail sum beyond the features represented",
                ratios(weak, WeakTails::tailLoss),
                Verdict.DIFFERS,
                "the features represented are not just the most frequent ones.");
        claim(
                items,
                "weak losses are the variances of the very features that are not represented",
                ratios(weak, result -> evidence.unrepresented().of(result).orElse(Double.NaN)),
                Verdict.REPRODUCED,
                "represented features cost next to nothing, and which ones are represented sets the loss. That is luck, so that single trainings of one setting need not agree.");
    }

    private static double tailLoss(JobResult result) {
        return WeakRegime.tailLoss(
                result.config().probabilities(), result.reading().represented(ToySetting.SMALL));
    }

    private static double[] ratios(List<JobResult> results, ToDoubleFunction<JobResult> theory) {
        return results.stream()
                .mapToDouble(result -> result.reading().loss().test() / theory.applyAsDouble(result))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    /// @param ratios of loss over theory, ascending
    /// @param meaning what it means where the verdict is `telling`
    private static void claim(ItemList items, String statement, double[] ratios, Verdict telling, String meaning) {
        String rule = "within %.0f %% at %.0f %% of the trainings".formatted(100 * (CLOSE - 1), 100 * MOST);
        if (ratios.length == 0) {
            items.untested(statement, 1, rule);
            return;
        }
        int near = 0;
        for (double ratio : ratios) {
            near += ratio <= CLOSE && ratio >= 1 / CLOSE ? 1 : 0;
        }
        double median = ratios[ratios.length / 2];
        var verdict = near >= MOST * ratios.length ? Verdict.REPRODUCED : Verdict.DIFFERS;
        items.claim(
                statement,
                Optional.of(Measured.computed(median, Double.NaN)),
                1,
                rule,
                verdict,
                String.format(
                        Locale.ROOT,
                        "Loss over that sum is %.2f to %.2f, in the middle %.2f; %d of %d trainings are within %.0f %%%s",
                        ratios[0],
                        ratios[ratios.length - 1],
                        median,
                        near,
                        ratios.length,
                        100 * (CLOSE - 1),
                        verdict == telling ? ": " + meaning : "."));
    }
}
