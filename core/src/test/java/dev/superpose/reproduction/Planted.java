package dev.superpose.reproduction;

import dev.superpose.geometry.RowNorms;
import dev.superpose.published.FrequencyLaw;
import dev.superpose.published.ToySetting;
import dev.superpose.result.Provenance;
import dev.superpose.study.Job;
import dev.superpose.study.JobResult;
import dev.superpose.study.ToyReading;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;

/// Records with numbers of our choice.
final class Planted {
    private Planted() {}

    /// What a record says.
    record Numbers(
            double loss,
            double represented,
            double strong,
            double meanSquare,
            double meanSquareStrong,
            double variance) {
        static Numbers of(double loss) {
            return new Numbers(loss, 1, 0.9, 0.02, 0.01, 0.5);
        }
    }

    /// A training as the paper does it.
    static JobResult asPublished(ToySetting setting, long seed, Numbers numbers) {
        var optimiser = setting.features() == ToySetting.LARGE
                ? new ToyConfig.Optimiser(
                        2048,
                        20_000,
                        1000,
                        0.02 * Math.pow(8.0 / setting.width(), 0.25),
                        2.0 / setting.width(),
                        ToyConfig.Schedule.COSINE,
                        0.05,
                        100)
                : ToyConfig.Optimiser.small(20_000, 2000);
        return record(setting, optimiser, seed, numbers);
    }

    /// A training a tenth as long.
    static JobResult shorter(ToySetting setting, long seed, Numbers numbers) {
        return record(setting, ToyConfig.Optimiser.small(2000, 200), seed, numbers);
    }

    /// A training as the paper does it, of another task.
    static JobResult withTask(ToySetting setting, ToyTask task, Numbers numbers) {
        return record(config(setting, ToyConfig.Optimiser.small(20_000, 2000), 1, task), numbers);
    }

    private static JobResult record(ToySetting setting, ToyConfig.Optimiser optimiser, long seed, Numbers numbers) {
        return record(config(setting, optimiser, seed, ToyTask.PLAIN), numbers);
    }

    private static ToyConfig config(ToySetting setting, ToyConfig.Optimiser optimiser, long seed, ToyTask task) {
        return new ToyConfig(
                setting.features(),
                setting.width(),
                frequencies(setting),
                setting.density(),
                setting.decay(),
                optimiser,
                100,
                seed,
                task);
    }

    /// The record of `config`.
    static JobResult record(ToyConfig config, Numbers numbers) {
        var reading = new ToyReading(
                new ToyReading.Loss(numbers.loss, numbers.loss, 0.01, 0.001, 100),
                numbers.represented,
                numbers.strong,
                new ToyReading.Overlap(
                        numbers.meanSquare, numbers.meanSquareStrong, numbers.variance, 0.5, 0.5, 0.01, 0.01, 0.01),
                new RowNorms(1, 0.1, 0.5, 1.2, 1),
                new ToyReading.Spectrum(10, 10, 10),
                -0.1,
                0.01);
        return new JobResult(Job.of(config), reading, 1, Provenance.here());
    }

    private static FeatureFrequencies frequencies(ToySetting setting) {
        return switch (setting.law()) {
            case FrequencyLaw.POWER -> new FeatureFrequencies.Power(setting.alpha());
            case FrequencyLaw.EXPONENTIAL -> new FeatureFrequencies.Exponential(400);
            case FrequencyLaw.LINEAR -> new FeatureFrequencies.Linear();
        };
    }
}
