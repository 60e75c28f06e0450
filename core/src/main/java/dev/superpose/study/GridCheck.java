package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.study.YamlSection.Located;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/// Whether the trainings of a grid can be: varies one axis at a time, so that whatever makes one
/// impossible is told with its own line, and goes through as few probabilities as it may, since a
/// short file can ask for many.
///
/// @param source what to call the file in messages
/// @param recipe how the models are trained
record GridCheck(
        String source,
        List<Located<Integer>> features,
        Located<Widths> widths,
        List<Located<FeatureFrequencies>> frequencies,
        List<Located<Double>> densities,
        List<Located<Double>> decays,
        List<Located<ToyTask>> tasks,
        Recipe recipe) {

    /// @throws InputException if one cannot be
    void check() throws InputException {
        for (var n : features) {
            tryAt(n.line(), () -> fits(n.value(), recipe.batch()));
            for (var law : frequencies) {
                tryAt(law.line(), () -> {
                    // Given weights refuse any other number of features.
                    double _ = law.value().weight(0, n.value());
                });
                checkDensity(n.value(), law.value());
            }
        }
        int most = features.stream().mapToInt(Located::value).max().orElse(1);
        var seen = new HashSet<Integer>();
        for (var n : features) {
            for (int width : widths.value().of(n.value())) {
                if (seen.add(width)) {
                    checkWidth(most, width);
                }
            }
        }
    }

    /// What is possible at the largest density is so at all.
    private void checkDensity(int n, FeatureFrequencies law) throws InputException {
        var density = densities.stream()
                .max(Comparator.comparingDouble(Located::value))
                .orElseThrow();
        // No probability exceeds the density.
        if (density.value() > 1) {
            tryAt(density.line(), () -> {
                double[] _ = law.probabilities(n, density.value());
            });
        }
        for (var task : tasks) {
            if (!task.value().equals(ToyTask.PLAIN)) {
                tryAt(task.line(), () -> task.value().check(law.probabilities(n, density.value())));
            }
        }
    }

    private void checkWidth(int n, int width) throws InputException {
        tryAt(widths.line(), () -> {
            fits(n, width);
            var _ = recipe.at(width);
        });
        for (var decay : decays) {
            tryAt(decay.line(), () -> {
                var _ = new ToyConfig(
                        1,
                        width,
                        new FeatureFrequencies.Power(0),
                        1,
                        decay.value(),
                        recipe.at(width),
                        recipe.testBatches(),
                        0);
            });
        }
    }

    private static void fits(int rows, int columns) {
        int _ = Math.multiplyExact(rows, columns);
    }

    private void tryAt(int line, Runnable attempt) throws InputException {
        try {
            attempt.run();
        } catch (IllegalArgumentException impossible) {
            throw new InputException("%s: line %d: %s".formatted(source, line, impossible.getMessage()));
        } catch (ArithmeticException _) {
            throw new InputException(
                    source, "line " + line, "features times width and features times batch below 2^31", "more", "");
        }
    }
}
