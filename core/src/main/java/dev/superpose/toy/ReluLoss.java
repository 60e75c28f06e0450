package dev.superpose.toy;

import java.util.stream.IntStream;

/// Σ (y - x)² with y = z⁺, by the kernels.
final class ReluLoss implements OutputLoss {
    private final Parameters parameters;
    private final float scale;
    private final ToyKernels kernels;
    private final int[] everyBlock;

    ReluLoss(Parameters parameters, float scale, ToyKernels kernels) {
        this.parameters = parameters;
        this.scale = scale;
        this.kernels = kernels;
        everyBlock = IntStream.range(0, parameters.padded / ToyKernels.LANES)
                .map(block -> block * ToyKernels.LANES)
                .toArray();
    }

    @Override
    public double deltas(SampleBatch batch, int sample, float[] z, int at, float[] db, ToyKernels.Tally tally) {
        kernels.deltas(z, at, everyBlock, everyBlock.length, scale, db, tally);
        double rest = 0;
        for (int k = batch.sampleStart[sample]; k < batch.sampleStart[sample + 1]; k++) {
            int feature = batch.featureOfSlot[batch.slotInSample[k]];
            float value = batch.valueInSample[k];
            rest += (double) value * value + SampleOutputs.target(z, at + feature, feature, value, scale, db);
        }
        return rest;
    }

    @Override
    public double ofEmpty(int count, float[] db) {
        double squares = 0;
        float[] b = parameters.b;
        for (int j = 0; j < parameters.features; j++) {
            if (b[j] > 0) {
                squares += (double) b[j] * b[j];
                db[j] += count * scale * b[j];
            }
        }
        return count * squares;
    }
}
