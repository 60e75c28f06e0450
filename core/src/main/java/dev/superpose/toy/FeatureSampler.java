package dev.superpose.toy;

import dev.superpose.numeric.SplitRandom;

/// Draws batches of sparse features: x_i = u_i v_i with u_i ~ Bernoulli(p_i) and v_i ~ U(0, 2).
sealed interface FeatureSampler permits SparseFeatures, GroupedFeatures {

    /// Fills `batch` with fresh samples.
    void draw(SplitRandom random, SampleBatch batch);

    /// The sampler of features with probabilities p_1 .. p_n that are active together as
    /// `correlation` says.
    static FeatureSampler of(double[] probabilities, Correlation correlation) {
        return switch (correlation) {
            case Correlation.Independent() -> new SparseFeatures(probabilities);
            case Correlation.Together together -> GroupedFeatures.together(probabilities, together);
            case Correlation.Exclusive exclusive -> GroupedFeatures.exclusive(probabilities, exclusive);
        };
    }
}
