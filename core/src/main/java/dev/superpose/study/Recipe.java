package dev.superpose.study;

import dev.superpose.toy.ToyConfig;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How the models of a grid are trained and tested, whatever their width.
///
/// @param batch B, samples per step
/// @param steps how many steps in all
/// @param warmup steps of linear warm-up, counted in `steps`
/// @param learningRate the full rate of W
/// @param biasLearningRate the full rate of b
/// @param schedule how the rate goes on after the warm-up
/// @param finalRate the share of the full rate at the last step
/// @param gradientScale multiplies the gradient of the mean squared error
/// @param testBatches fresh batches the test loss is averaged over
public record Recipe(
        int batch,
        int steps,
        int warmup,
        RateRule learningRate,
        RateRule biasLearningRate,
        ToyConfig.Schedule schedule,
        double finalRate,
        double gradientScale,
        int testBatches) {

    /// The recipe of one training, its rates taken for those of every width.
    public static Recipe of(ToyConfig config) {
        var optimiser = config.optimiser();
        return new Recipe(
                optimiser.batch(),
                optimiser.steps(),
                optimiser.warmup(),
                RateRule.constant(optimiser.learningRate()),
                RateRule.constant(optimiser.biasLearningRate()),
                optimiser.schedule(),
                optimiser.finalRate(),
                optimiser.gradientScale(),
                config.testBatches());
    }

    /// What it is at width `m`.
    ///
    /// @throws IllegalArgumentException if there can be no such optimiser
    public ToyConfig.Optimiser at(int m) {
        return new ToyConfig.Optimiser(
                batch, steps, warmup, learningRate.at(m), biasLearningRate.at(m), schedule, finalRate, gradientScale);
    }

    /// Its parts for labels, by their names in a study file.
    Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("batch", "" + batch);
        settings.put("steps", "" + steps);
        settings.put("warmup", "" + warmup);
        settings.put("learning_rate", learningRate.label());
        settings.put("bias_learning_rate", biasLearningRate.label());
        settings.put("schedule", schedule.name().toLowerCase(Locale.ROOT));
        settings.put("final_rate", "" + finalRate);
        settings.put("gradient_scale", "" + gradientScale);
        settings.put("test_batches", "" + testBatches);
        return settings;
    }
}
