package dev.superpose.study;

import dev.superpose.result.Sha256;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.util.List;

/// One training of a study, named by all that determines its numbers.
///
/// @param id 16 hexadecimal digits: the start of the SHA-256 of [#canonical]
/// @param config what is trained
public record Job(String id, ToyConfig config) {

    /// Raised whenever the same configuration would train to other numbers than before, so that old
    /// records are not taken for new ones.
    public static final int ENGINE_VERSION = 1;

    private static final int ID_LENGTH = 16;

    /// After so many steps nearly all of a model's outputs are 0.
    private static final int SETTLED_AFTER = 5000;

    /// The job that trains `config`.
    public static Job of(ToyConfig config) {
        return new Job(Sha256.of(canonical(config)).substring(0, ID_LENGTH), config);
    }

    /// Every number that determines the training, one a line, in a fixed order and with every bit.
    /// What a task has beyond the plain one comes last, so that plain trainings keep the name they
    /// had before.
    static String canonical(ToyConfig config) {
        var optimiser = config.optimiser();
        return """
                superpose toy engine %d
                features %d
                width %d
                frequencies %s
                density %s
                decay %s
                batch %d
                steps %d
                warmup %d
                learning rate %s
                bias learning rate %s
                schedule %s
                final rate %s
                gradient scale %s
                test batches %d
                seed %d
                """.formatted(
                                ENGINE_VERSION,
                                config.features(),
                                config.width(),
                                canonical(config.frequencies()),
                                bits(config.density()),
                                bits(config.decay()),
                                optimiser.batch(),
                                optimiser.steps(),
                                optimiser.warmup(),
                                bits(optimiser.learningRate()),
                                bits(optimiser.biasLearningRate()),
                                optimiser.schedule(),
                                bits(optimiser.finalRate()),
                                bits(optimiser.gradientScale()),
                                config.testBatches(),
                                config.seed())
                + canonical(config.task());
    }

    private static String canonical(FeatureFrequencies frequencies) {
        return switch (frequencies) {
            case FeatureFrequencies.Power(double alpha) -> "power " + bits(alpha);
            case FeatureFrequencies.Exponential(double scale) -> "exponential " + bits(scale);
            case FeatureFrequencies.Linear() -> "linear";
            case FeatureFrequencies.Given(var weights) -> given(weights);
        };
    }

    private static String canonical(ToyTask task) {
        var text = new StringBuilder();
        if (!task.importance().equals(Importance.EQUAL)) {
            text.append("importance ").append(canonical(task.importance())).append('\n');
        }
        if (task.output() != ToyTask.Output.RELU) {
            text.append("output ").append(task.output()).append('\n');
        }
        if (!task.correlation().equals(Correlation.INDEPENDENT)) {
            text.append("correlation ").append(canonical(task.correlation())).append('\n');
        }
        return text.toString();
    }

    private static String canonical(Importance importance) {
        return switch (importance) {
            case Importance.Geometric(double ratio) -> "geometric " + bits(ratio);
            case Importance.Given(var weights) -> given(weights);
        };
    }

    private static String canonical(Correlation correlation) {
        return switch (correlation) {
            case Correlation.Independent() -> "independent";
            case Correlation.Together(double strength, int size, var groups) ->
                "together %s %d %s".formatted(bits(strength), size, groups);
            case Correlation.Exclusive(int size, var groups) -> "exclusive %d %s".formatted(size, groups);
        };
    }

    private static String given(List<Double> weights) {
        var text = new StringBuilder("given");
        weights.forEach(weight -> text.append(' ').append(bits(weight)));
        return text.toString();
    }

    private static String bits(double value) {
        // 0.0 - 0.0 is 0.0: a decay of -0.0 trains to the same numbers as 0.0.
        return Double.toHexString(value + 0.0);
    }

    /// About how long the training takes with its measurement, in seconds on one of two busy cores
    /// of an AMD EPYC (Zen 3), within a factor of about 1.5: to start long jobs first, and to tell
    /// what a study will take. `docs/performance.md` has the measurements.
    ///
    /// Early on a few percent of the outputs are positive, and the gradient is two more matrix
    /// products; later hardly any are.
    public double estimatedSeconds() {
        int steps = config.optimiser().steps();
        int early = Math.min(steps, SETTLED_AFTER);
        double late = stepSeconds(1e-7, 2.5e-10, 3.2e-11, 4e-10);
        return early * stepSeconds(1.3e-7, 6.4e-10, 8e-11, 1.5e-9)
                + (steps - early) * late
                // A test batch is a step without its gradient.
                + config.testBatches() * late;
    }

    /// One step: drawing its samples, the outputs of all features for each, and for each feature
    /// that occurs its row of the Gram matrix and the gradient through it.
    private double stepSeconds(double perSample, double perOutput, double perProduct, double perRow) {
        double n = config.features();
        double batch = config.optimiser().batch();
        double distinct = 0;
        for (double p : config.probabilities()) {
            distinct += 1 - Math.pow(1 - p, batch);
        }
        // The direct form takes over where samples have many active features.
        double dense = Math.max(1, config.density() / 8);
        return perSample * batch
                + perOutput * batch * n * dense
                + distinct * n * (perProduct * config.width() + perRow);
    }
}
