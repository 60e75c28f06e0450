package dev.superpose.report;

import dev.superpose.study.JobResult;
import dev.superpose.study.JobResult.Trained;
import dev.superpose.study.Restarts;
import dev.superpose.study.StudyFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The figures of "Toy Models of Superposition" (Elhage et al. 2022): what shares of a
/// dimension features have,
/// what polytopes they form, and the phases of the smallest models.
public final class GeometryFigures {
    /// Larger matrices are not read for these figures.
    private static final long MOST_NUMBERS = 100_000;
    /// Models up to this many features are restarted, larger ones swept.
    private static final int SMALL = 8;

    private GeometryFigures() {}

    /// The trainings of `results` whose weights these figures can show, with their weights.
    public static List<Trained> trained(List<JobResult> results, StudyFolder folder) throws IOException {
        var trained = new ArrayList<Trained>();
        for (var result : results) {
            var config = result.config();
            if ((long) config.features() * config.width() <= MOST_NUMBERS && config.width() < config.features()) {
                trained.add(new Trained(result, StudyFolder.read(folder.weights(result.job()))));
            }
        }
        return List.copyOf(trained);
    }

    /// Every figure that `trained` has the data for.
    ///
    /// @param command what makes the figures again
    public static List<Figure> of(List<Trained> trained, String command) {
        var swept = trained.stream()
                .filter(one -> one.result().config().features() > SMALL)
                .toList();
        var restarts = Restarts.of(trained.stream()
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
