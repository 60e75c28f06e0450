package dev.superpose.bench;

import dev.superpose.numeric.Seed;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.TestLoss;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyModel;
import dev.superpose.toy.ToyTraining;

/// One point of the published small study (arXiv 2505.10465): n = 1000, B = 2048, growth with gamma = -1.
///
/// @param alpha the exponent of the feature frequencies
/// @param width m
record Setting(double alpha, int width) {
    static final int FEATURES = 1000;
    static final int BATCH = 2048;
    static final double DECAY = -1;
    private static final int TEST_BATCHES = 100;

    /// A training of `steps` steps, a tenth of them warm-up.
    ToyConfig config(int steps, long seed) {
        return new ToyConfig(
                FEATURES,
                width,
                new FeatureFrequencies.Power(alpha),
                1,
                DECAY,
                ToyConfig.Optimiser.small(steps, steps / 10),
                TEST_BATCHES,
                seed);
    }

    /// The weights that a training with `seed` starts from.
    ToyModel initial(long seed) {
        return ToyTraining.start(config(10, seed)).model();
    }

    /// The weights after a whole training, on the calling thread.
    ToyModel train(int steps, long seed) {
        ToyTraining training = ToyTraining.start(config(steps, seed));
        training.advance(steps);
        return training.model();
    }

    /// The loss of `model` on fresh samples.
    double test(ToyModel model, long seed) {
        double[] p = config(10, seed).probabilities();
        return TestLoss.of(model, p, BATCH, TEST_BATCHES, new Seed(seed).child("test"))
                .mean();
    }

    @Override
    public String toString() {
        return "alpha %s, m = %d".formatted(alpha, width);
    }
}
