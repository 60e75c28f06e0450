package dev.superpose.toy;

import java.util.Arrays;

/// The outputs of one sample at a time, as the blocks in which any is positive, and their deltas.
final class SampleOutputs {
    private final Parameters parameters;
    private final ToyKernels kernels;
    private int[] at = new int[8];
    private float[] values = new float[8];

    /// (padded) pre-activations, then deltas, in the kept blocks; anything elsewhere.
    final float[] z;
    /// Where the kept blocks start.
    final int[] blocks;
    int kept;

    private final int[] candidates;
    private int candidateCount;

    SampleOutputs(Parameters parameters, ToyKernels kernels) {
        this.parameters = parameters;
        this.kernels = kernels;
        z = new float[parameters.padded];
        // One more: the kernels write ahead of their count.
        blocks = new int[parameters.padded / ToyKernels.LANES + 1];
        candidates = new int[blocks.length];
    }

    /// Prepares for several samples that have the feature of slot `slot` alone.
    void prepare(int slot, float[] g) {
        candidateCount = kernels.reachable(g, slot * parameters.padded, parameters.b, parameters.padded, candidates);
    }

    /// Pre-activations of a sample that has the prepared slot's feature alone.
    void ofPrepared(int slot, float value, float[] g) {
        kept = kernels.outputsWithin(
                g, slot * parameters.padded, value, parameters.b, candidates, candidateCount, z, blocks);
    }

    /// Pre-activations by Gram rows: `g` (slots, padded).
    void ofGram(SampleBatch batch, int sample, float[] g) {
        int from = batch.sampleStart[sample];
        int count = batch.sampleStart[sample + 1] - from;
        if (count > at.length) {
            at = new int[2 * count];
            values = new float[2 * count];
        }
        for (int k = 0; k < count; k++) {
            at[k] = batch.slotInSample[from + k] * parameters.padded;
            values[k] = batch.valueInSample[from + k];
        }
        kept = kernels.outputs(g, at, values, count, parameters.b, parameters.padded, z, blocks);
    }

    /// Turns the kept pre-activations into deltas with the targets of the sample's active features.
    ///
    /// @return Σ (y - x)² - y² over the active features
    double deltas(SampleBatch batch, int sample, float scale, float[] db, ToyKernels.Tally tally) {
        kernels.deltas(z, 0, blocks, kept, scale, db, tally);
        double rest = 0;
        for (int k = batch.sampleStart[sample]; k < batch.sampleStart[sample + 1]; k++) {
            int feature = batch.featureOfSlot[batch.slotInSample[k]];
            float value = batch.valueInSample[k];
            rest += (double) value * value;
            if (keeps(feature)) {
                rest += target(z, feature, feature, value, scale, db);
            }
        }
        return rest;
    }

    /// Gives the active feature, whose delta is at `index` of `z`, its target: `value` instead of 0.
    ///
    /// @return -2 x y
    static double target(float[] z, int index, int feature, float value, float scale, float[] db) {
        float delta = z[index];
        if (delta > 0) {
            z[index] = delta - scale * value;
            db[feature] -= scale * value;
        }
        return -2.0 * value * (delta / scale);
    }

    private boolean keeps(int feature) {
        int block = feature - feature % ToyKernels.LANES;
        return Arrays.binarySearch(blocks, 0, kept, block) >= 0;
    }
}
