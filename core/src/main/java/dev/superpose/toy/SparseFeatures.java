package dev.superpose.toy;

import dev.superpose.numeric.SplitRandom;

/// Independent features. Only what is active is drawn, E · B numbers instead of 2 · B · n, by a
/// [CellWalk] over all (feature, sample) cells.
final class SparseFeatures implements FeatureSampler {
    private final CellWalk active;

    /// @param probabilities p_1 .. p_n, each in 0 .. 1
    SparseFeatures(double[] probabilities) {
        active = new CellWalk(probabilities);
    }

    @Override
    public void draw(SplitRandom random, SampleBatch batch) {
        batch.clear();
        active.run(batch.samples, random, (feature, sample) -> batch.add(feature, sample, 2 * random.nextFloat()));
        batch.finish();
    }
}
