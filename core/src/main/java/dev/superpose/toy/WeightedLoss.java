package dev.superpose.toy;

import java.util.Arrays;

/// Σ I_i (y_i - x_i)² with y = z⁺ or y = z, output by output: D_i = scale · I_i (y_i - x_i) where
/// the output passes it on, which a linear one always does.
///
/// Plain loops: models with importances or linear outputs are small. What the tally calls positive
/// are the outputs that pass a delta on.
final class WeightedLoss implements OutputLoss {
    private final Parameters parameters;
    private final float scale;
    private final boolean linear;
    /// (n) I.
    private final float[] importance;
    /// (n) x of one sample; zero between samples.
    private final float[] x;

    WeightedLoss(Parameters parameters, float scale, ToyTask task) {
        this.parameters = parameters;
        this.scale = scale;
        linear = task.output() == ToyTask.Output.LINEAR;
        double[] weights = task.importance().weights(parameters.features);
        importance = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            importance[i] = (float) weights[i];
        }
        x = new float[parameters.features];
    }

    @Override
    public double deltas(SampleBatch batch, int sample, float[] z, int at, float[] db, ToyKernels.Tally tally) {
        for (int k = batch.sampleStart[sample]; k < batch.sampleStart[sample + 1]; k++) {
            x[batch.featureOfSlot[batch.slotInSample[k]]] = batch.valueInSample[k];
        }
        double squares = 0;
        int passing = 0;
        for (int j = 0; j < x.length; j++) {
            float output = z[at + j];
            boolean passes = linear || output > 0;
            float error = (passes ? output : 0) - x[j];
            squares += (double) importance[j] * error * error;
            passing += passes ? 1 : 0;
            float delta = passes ? scale * importance[j] * error : 0;
            z[at + j] = delta;
            db[j] += delta;
        }
        // The surplus of the padded row is no output: the way back must find nothing there.
        Arrays.fill(z, at + x.length, at + parameters.padded, 0);
        for (int k = batch.sampleStart[sample]; k < batch.sampleStart[sample + 1]; k++) {
            x[batch.featureOfSlot[batch.slotInSample[k]]] = 0;
        }
        tally.squares += squares;
        tally.positives += passing;
        return 0;
    }

    @Override
    public double ofEmpty(int count, float[] db) {
        double squares = 0;
        float[] b = parameters.b;
        for (int j = 0; j < x.length; j++) {
            if (linear || b[j] > 0) {
                squares += (double) importance[j] * b[j] * b[j];
                db[j] += count * scale * importance[j] * b[j];
            }
        }
        return count * squares;
    }
}
