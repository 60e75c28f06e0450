package dev.superpose.toy;

import dev.superpose.numeric.Blas;
import java.util.Arrays;

/// Loss and gradient by way of the Gram rows of the features active in the batch.
///
/// With A those d features, G = W_A Wᵀ (d, n) holds all that samples need: z = b + Σ_{k active} x_k G_k. The way back
/// has two forms. Dense: dG = X_Aᵀ D (d, n), then ∂loss/∂W = dGᵀ W_A, plus dG W on the rows A, by two matrix products.
/// Sparse: every positive output is applied by itself, those of samples with the same single feature together.
final class GramForm {
    /// What a batch is run for.
    enum Way {
        /// The gradient by matrix products, for many positive outputs.
        DENSE,
        /// The gradient output by output, for few.
        SPARSE,
        /// No gradient.
        LOSS_ONLY
    }

    /// Up to this width the own Gram kernel is faster than the library's product; measured, see docs/performance.md.
    private static final int NARROW = 56;
    /// From so many samples of a feature on, it pays to find first where one of them alone can be positive at all.
    private static final int FREQUENT = 4;
    /// The most numbers G may have, 96 MiB; dG has as many.
    private static final long MOST_NUMBERS = 24L << 20;

    private final Parameters parameters;
    private final float scale;
    private final Blas blas;
    private final ToyKernels kernels;
    private final SampleOutputs outputs;
    private final float[] packed;
    /// (padded) dG of one slot.
    private final float[] row;
    /// (stride) each, of one sample.
    private final float[] h;
    private final float[] dh;
    /// (slots, padded) and (slots, stride), grown when needed.
    private float[] g = {};
    private float[] dg = {};
    private float[] active = {};
    private float[] product = {};

    GramForm(Parameters parameters, float scale, Blas blas, ToyKernels kernels) {
        this.parameters = parameters;
        this.scale = scale;
        this.blas = blas;
        this.kernels = kernels;
        outputs = new SampleOutputs(parameters, kernels);
        packed = new float[parameters.width <= NARROW ? parameters.padded * parameters.width : 0];
        row = new float[parameters.padded];
        h = new float[parameters.stride];
        dh = new float[parameters.stride];
    }

    /// Whether this form does the batch with fewer operations than [DirectForm], and in bounded memory.
    boolean suits(SampleBatch batch) {
        return (long) batch.slots * parameters.padded <= MOST_NUMBERS
                && batch.slots <= batch.samples - batch.emptySamples;
    }

    /// Adds the deltas of all non-empty samples to `db`, replaces `dw` by their gradient, tallies positive outputs.
    ///
    /// @return Σ (y - x)² - y² over the active features, what the tally lacks of the squared error
    double run(SampleBatch batch, Way way, float[] dw, float[] db, ToyKernels.Tally tally) {
        gramRows(batch);
        if (way == Way.SPARSE) {
            Arrays.fill(dw, 0);
        }
        double rest = 0;
        for (int slot = 0; slot < batch.slots; slot++) {
            rest += samplesFrom(slot, batch, way, dw, db, tally);
        }
        if (way == Way.DENSE) {
            products(batch, dw);
        }
        return rest;
    }

    /// Runs the samples whose first feature is that of `slot`: its Gram row is then in the nearest cache.
    private double samplesFrom(int slot, SampleBatch batch, Way way, float[] dw, float[] db, ToyKernels.Tally tally) {
        boolean frequent = batch.slotStart[slot + 1] - batch.slotStart[slot] >= FREQUENT;
        if (frequent) {
            outputs.prepare(slot, g);
        }
        double rest = 0;
        boolean pending = false;
        for (int e = batch.slotStart[slot]; e < batch.slotStart[slot + 1]; e++) {
            int sample = batch.sampleOfEntry[e];
            if (batch.slotInSample[batch.sampleStart[sample]] == slot) {
                if (frequent && batch.activeIn(sample) == 1) {
                    outputs.ofPrepared(slot, batch.valueOfEntry[e], g);
                } else {
                    outputs.ofGram(batch, sample, g);
                }
                rest += outputs.deltas(batch, sample, scale, db, tally);
                if (outputs.kept > 0) {
                    switch (way) {
                        case DENSE -> spread(batch, sample);
                        case SPARSE -> pending |= apply(batch, sample, dw);
                        case LOSS_ONLY -> {}
                    }
                }
            }
        }
        if (pending) {
            int at = batch.featureOfSlot[slot] * parameters.stride;
            float[] w = parameters.w;
            kernels.scatter(row, 0, parameters.padded, w, dw, 0, parameters.stride, w, at, dw, at);
        }
        return rest;
    }

    private void gramRows(SampleBatch batch) {
        int d = batch.slots;
        int stride = parameters.stride;
        int n = parameters.padded;
        if (g.length < d * n) {
            // A little more than needed: the next batch may have a few more active features.
            int room = Math.toIntExact(Math.min(parameters.features, d + d / 8 + 8L));
            g = new float[room * n];
            dg = new float[room * n];
            active = new float[room * stride];
            product = new float[room * stride];
        }
        for (int slot = 0; slot < d; slot++) {
            System.arraycopy(parameters.w, batch.featureOfSlot[slot] * stride, active, slot * stride, stride);
        }
        int m = parameters.width;
        float[] w = parameters.w;
        if (m <= NARROW) {
            kernels.gram(active, d, w, n, m, stride, packed, g);
        } else {
            blas.sgemm(false, true, d, parameters.features, m, 1, active, 0, stride, w, 0, stride, 0, g, 0, n);
        }
    }

    /// dG += x_k D for each active feature of the sample.
    private void spread(SampleBatch batch, int sample) {
        for (int k = batch.sampleStart[sample]; k < batch.sampleStart[sample + 1]; k++) {
            int at = batch.slotInSample[k] * parameters.padded;
            kernels.spread(outputs.z, outputs.blocks, outputs.kept, batch.valueInSample[k], dg, at);
        }
    }

    /// Adds Dᵀ h and xᵀ (D W) of one sample to `dw`; of a sample with one feature, only to the slot's row of dG.
    ///
    /// @return whether it is the row that has more to give
    private boolean apply(SampleBatch batch, int sample, float[] dw) {
        int from = batch.sampleStart[sample];
        int to = batch.sampleStart[sample + 1];
        if (to - from == 1) {
            kernels.spread(outputs.z, outputs.blocks, outputs.kept, batch.valueInSample[from], row, 0);
            return true;
        }
        int stride = parameters.stride;
        float[] w = parameters.w;
        Arrays.fill(h, 0);
        Arrays.fill(dh, 0);
        for (int k = from; k < to; k++) {
            kernels.add(active, batch.slotInSample[k] * stride, batch.valueInSample[k], h, 0, stride);
        }
        for (int i = 0; i < outputs.kept; i++) {
            int block = outputs.blocks[i];
            kernels.scatter(outputs.z, block, ToyKernels.LANES, w, dw, block * stride, stride, h, 0, dh, 0);
        }
        for (int k = from; k < to; k++) {
            int at = batch.featureOfSlot[batch.slotInSample[k]] * stride;
            kernels.add(dh, 0, batch.valueInSample[k], dw, at, stride);
        }
        return false;
    }

    /// Replaces `dw` by the gradient that dG stands for, and clears dG.
    private void products(SampleBatch batch, float[] dw) {
        int d = batch.slots;
        int n = parameters.padded;
        int features = parameters.features;
        int m = parameters.width;
        int stride = parameters.stride;
        blas.sgemm(true, false, features, m, d, 1, dg, 0, n, active, 0, stride, 0, dw, 0, stride);
        blas.sgemm(false, false, d, m, features, 1, dg, 0, n, parameters.w, 0, stride, 0, product, 0, stride);
        for (int slot = 0; slot < d; slot++) {
            kernels.add(product, slot * stride, 1, dw, batch.featureOfSlot[slot] * stride, stride);
        }
        Arrays.fill(dg, 0, d * n, 0);
    }
}
