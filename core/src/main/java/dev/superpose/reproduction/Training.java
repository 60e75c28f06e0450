package dev.superpose.reproduction;

import dev.superpose.published.ToySetting;
import dev.superpose.toy.ToyConfig;

/// How a training was done, as far as its level can be compared with a published one.
///
/// @param asPublished whether batch, steps, rates and schedule are those of the paper
/// @param label in words, such as `as published` or `4,000 steps of 512`; with n
///     where the paper has no such n
/// @param samples how many samples it saw: of two, the one with more is the better stand-in
public record Training(boolean asPublished, String label, long samples) {
    /// Of a value that needs none.
    public static final Training NONE = new Training(true, "computed", 0);

    /// Of the paper's trainings.
    public static final int STEPS = 20_000;

    /// Samples of each of their steps.
    public static final int BATCH = 2048;

    private static final double CLOSE = 1e-6;

    /// The training of `config`.
    public static Training of(ToyConfig config) {
        var optimiser = config.optimiser();
        boolean same = switch (config.features()) {
            case ToySetting.LARGE -> isLarge(config);
            case ToySetting.SMALL -> isSmall(optimiser);
            default -> false;
        };
        return new Training(same, same ? "as published" : label(config), optimiser.samples());
    }

    private static String label(ToyConfig config) {
        String length = "%,d steps of %,d"
                .formatted(config.optimiser().steps(), config.optimiser().batch());
        boolean ofThePaper = config.features() == ToySetting.SMALL || config.features() == ToySetting.LARGE;
        return ofThePaper ? length : "%s, n = %,d".formatted(length, config.features());
    }

    private static boolean isSmall(ToyConfig.Optimiser optimiser) {
        return optimiser.steps() == STEPS
                && optimiser.batch() == BATCH
                && optimiser.warmup() == STEPS / 10
                && near(optimiser.learningRate(), 0.01)
                && near(optimiser.biasLearningRate(), 0.01)
                && isPublishedSchedule(optimiser);
    }

    /// The paper gives 20,000 steps of 2048 samples, its code 40,000 of 8192, and it says that
    /// neither matters beyond the smaller.
    private static boolean isLarge(ToyConfig config) {
        var optimiser = config.optimiser();
        return optimiser.steps() >= STEPS
                && optimiser.batch() >= BATCH
                && near(optimiser.learningRate(), 0.02 * Math.pow(8.0 / config.width(), 0.25))
                && near(optimiser.biasLearningRate(), 2.0 / config.width())
                && isPublishedSchedule(optimiser);
    }

    private static boolean isPublishedSchedule(ToyConfig.Optimiser optimiser) {
        return optimiser.schedule() == ToyConfig.Schedule.COSINE && near(optimiser.finalRate(), 0.05);
    }

    private static boolean near(double value, double expected) {
        return Math.abs(value - expected) <= CLOSE * expected;
    }
}
