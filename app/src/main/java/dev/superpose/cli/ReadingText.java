package dev.superpose.cli;

import dev.superpose.result.Table;
import dev.superpose.study.Series;
import dev.superpose.study.ToyReading;
import dev.superpose.toy.ToyTask;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What was measured on a toy model, as a person reads it on a terminal.
final class ReadingText {
    private ReadingText() {}

    /// @param features n
    /// @param width m
    /// @param probabilities p_1 .. p_n
    /// @param task what the loss counts
    static String of(ToyReading reading, int features, int width, double[] probabilities, ToyTask task) {
        return aligned(lines(reading, features, width, probabilities, task));
    }

    /// The lines by name, in order; more may be put after them.
    static Map<String, String> lines(
            ToyReading reading, int features, int width, double[] probabilities, ToyTask task) {
        var lines = new LinkedHashMap<String, String>();
        var loss = reading.loss();
        lines.put(
                "test loss",
                "%s ± %s  (sum over features, %d fresh batches)"
                        .formatted(brief(loss.test()), brief(loss.testStandardError()), loss.testBatches()));
        if (!Double.isNaN(loss.train())) {
            lines.put("training loss", brief(loss.train()) + "  (last 100 batches)");
        }
        int represented = reading.represented(features);
        lines.put(
                "represented",
                "%,d of %,d features (norm > 1/2), %s per dimension"
                        .formatted(represented, features, brief(represented / (double) width)));
        lines.put("strong", "%,d features (norm > 1)".formatted(Math.round(reading.strongFraction() * features)));
        var overlap = reading.overlap();
        lines.put(
                "overlap",
                "mean square × width: %s strong, %s all  (random: 1; Welch: %s strong, %s all)"
                        .formatted(
                                brief(overlap.meanSquareStrong() * width),
                                brief(overlap.meanSquare() * width),
                                brief(overlap.welchMeanSquareStrong() * width),
                                brief(overlap.welchMeanSquare() * width)));
        lines.put(
                "largest overlap",
                "%s strong, %s all".formatted(brief(overlap.maxAbsStrong()), brief(overlap.maxAbs())));
        var norm = reading.norm();
        lines.put(
                "norm",
                "%s ± %s, from %s to %s, median %s"
                        .formatted(
                                brief(norm.mean()),
                                brief(norm.std()),
                                brief(norm.min()),
                                brief(norm.max()),
                                brief(norm.median())));
        lines.put("participation", brief(reading.spectrum().participationRatio()) + " of " + width + " dimensions");
        lines.put("bias", brief(reading.biasMean()) + " on average");
        if (!Double.isNaN(reading.positiveFraction())) {
            lines.put("positive outputs", "%s of all, last steps".formatted(brief(reading.positiveFraction())));
        }
        lines.put(
                "ideal weak loss",
                "%s with as many features, %s with one per dimension"
                        .formatted(
                                brief(Series.tailLoss(probabilities, task.importance(), represented)),
                                brief(Series.tailLoss(probabilities, task.importance(), Math.min(width, features)))));
        return lines;
    }

    static String aligned(Map<String, String> lines) {
        int longest = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        var text = new StringBuilder();
        lines.forEach(
                (name, value) -> text.append(String.format(Locale.ROOT, "%-" + longest + "s  %s%n", name, value)));
        return text.toString();
    }

    private static String brief(double value) {
        return Table.brief(value);
    }
}
