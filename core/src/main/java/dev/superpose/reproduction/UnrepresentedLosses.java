package dev.superpose.reproduction;

import dev.superpose.geometry.Packing;
import dev.superpose.published.ToySetting;
import dev.superpose.result.InputException;
import dev.superpose.study.JobResult;
import dev.superpose.study.StudyFolder;
import dev.superpose.theory.WeakRegime;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// What weak superposition loses by theory if one knows not only how many features a model
/// represents, but which: the sum of the variances of the others. Weights tell that, records
/// do not.
public final class UnrepresentedLosses {
    /// Of no training.
    static final UnrepresentedLosses NONE = new UnrepresentedLosses(Map.of());

    private final Map<String, Double> byJob;

    private UnrepresentedLosses(Map<String, Double> byJob) {
        this.byJob = Map.copyOf(byJob);
    }

    /// Those of the trainings among `results` with weight decay and n = 1000, by their weights in
    /// `folder`.
    ///
    /// @param damaged is told of weights that cannot be read, in one line; they are left out
    public static UnrepresentedLosses read(Collection<JobResult> results, StudyFolder folder, Consumer<String> damaged)
            throws IOException {
        var losses = new HashMap<String, Double>();
        for (var result : results) {
            var config = result.config();
            if (config.decay() <= 0
                    || config.features() != ToySetting.SMALL
                    || Evidence.setting(config).isEmpty()) {
                continue;
            }
            try {
                double[] norms = folder.model(result.job()).weights().norms();
                losses.put(
                        result.job().id(),
                        WeakRegime.lossBeyond(config.probabilities(), i -> Packing.represents(norms[i])));
            } catch (InputException unsound) {
                damaged.accept(unsound.getMessage() + "; its features are not told apart");
            }
        }
        return new UnrepresentedLosses(losses);
    }

    /// That of one training; empty if it is not known.
    public OptionalDouble of(JobResult result) {
        Double loss = byJob.get(result.job().id());
        return loss == null ? OptionalDouble.empty() : OptionalDouble.of(loss);
    }
}
