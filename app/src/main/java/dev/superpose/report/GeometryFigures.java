package dev.superpose.report;

import dev.superpose.result.InputException;
import dev.superpose.study.JobResult;
import dev.superpose.study.JobResult.Trained;
import dev.superpose.study.Restarts;
import dev.superpose.study.StudyFolder;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.ToyConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The figures of "Toy Models of Superposition" (Elhage et al. 2022): what shares of a dimension
/// features have, what polytopes they form, and the phases of the smallest models.
public final class GeometryFigures {
    /// Larger matrices are not read for these figures.
    private static final long MOST_NUMBERS = 100_000;
    /// Models up to this many features are restarted, larger ones swept.
    private static final int SMALL = 8;

    /// Panels and curves go from few features to many, from dense to sparse, from a last feature
    /// that is as frequent as the first to one that is rarer.
    private static final Comparator<ToyConfig> ORDER = Comparator.comparingInt(ToyConfig::features)
            .thenComparingInt(ToyConfig::width)
            .thenComparingDouble(GeometryFigures::rarity)
            .thenComparingInt(config -> switch (config.task().correlation()) {
                case Correlation.Independent() -> 0;
                case Correlation.Together _ -> 1;
                case Correlation.Exclusive _ -> 2;
            })
            .thenComparing(ToyConfig::density, Comparator.reverseOrder())
            .thenComparing(config -> config.task().label())
            .thenComparingLong(ToyConfig::seed);

    private GeometryFigures() {}

    private static double rarity(ToyConfig config) {
        double[] p = config.probabilities();
        return p[0] / p[p.length - 1];
    }

    /// The trainings of `results` whose weights these figures can show, with their weights.
    public static List<Trained> trained(List<JobResult> results, StudyFolder folder) throws IOException {
        var trained = new ArrayList<Trained>();
        for (var result : results) {
            if (showable(result.config())) {
                trained.add(new Trained(result, folder.model(result.job())));
            }
        }
        return List.copyOf(trained);
    }

    /// The same of trainings of several scales: of each setting the longest. Weights that cannot be
    /// read are left out.
    ///
    /// @param damaged is told of them in one line each
    public static List<Trained> longest(List<JobResult> results, StudyFolder folder, Consumer<String> damaged)
            throws IOException {
        var steps = new HashMap<List<Object>, Integer>();
        results.forEach(result -> steps.merge(
                setting(result.config()), result.config().optimiser().steps(), Math::max));
        var trained = new ArrayList<Trained>();
        for (var result : results) {
            var config = result.config();
            if (config.optimiser().steps() < steps.getOrDefault(setting(config), 0)) {
                continue;
            }
            try {
                trained.addAll(trained(List.of(result), folder));
            } catch (InputException unsound) {
                damaged.accept(unsound.getMessage() + "; it is not in the figures of few features");
            }
        }
        return List.copyOf(trained);
    }

    private static boolean showable(ToyConfig config) {
        return (long) config.features() * config.width() <= MOST_NUMBERS && config.width() < config.features();
    }

    /// What trainings share that differ in their length and seed alone.
    private static List<Object> setting(ToyConfig config) {
        return List.of(
                config.features(),
                config.width(),
                config.frequencies(),
                config.density(),
                config.decay(),
                config.task());
    }

    /// Every figure that `trained`, in any order, has the data for.
    ///
    /// @param command what makes the figures again
    public static List<Figure> of(List<Trained> trained, String command) {
        var sorted = trained.stream()
                .sorted(Comparator.comparing(one -> one.result().config(), ORDER))
                .toList();
        var swept = sorted.stream()
                .filter(one -> one.result().config().features() > SMALL)
                .toList();
        var restarts = Restarts.of(sorted.stream()
                .filter(one -> one.result().config().features() <= SMALL)
                .toList());
        return Stream.of(
                        DimensionFigures.uniform(swept, command),
                        DimensionFigures.importance(swept, command),
                        RowsFigures.sparserPoint(restarts, command),
                        PhaseFigures.of(restarts, command),
                        RowsFigures.pairs(restarts, command))
                .flatMap(Optional::stream)
                .toList();
    }
}
