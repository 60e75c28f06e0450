package dev.superpose.toy;

import dev.superpose.numeric.Blas;
import java.util.Arrays;

/// Loss and gradient by way of the Gram rows of the features active in the batch.
///
/// With A those d features, G = W_A Wᵀ (d, n) holds all that samples need: z = b + Σ_{k active} x_k G_k. All
/// that comes
/// back is dG = X_Aᵀ D (d, n), from which ∂loss/∂W = dGᵀ W_A, plus dG W on the rows A. dG is mostly zero
/// once the model
/// is trained; then its entries are applied one by one, otherwise by two matrix products.
final class GramForm {
    /// Above this share of non-zeros in dG the matrix products win; measured, see docs/performance.md.
    static final double DENSE_FROM = 0.08;
    /// The most numbers G may have, 96 MiB; dG has as many.
    private static final long MOST_NUMBERS = 24L << 20;

    private final Parameters parameters;
    private final float scale;
    private final Blas blas;
    private final ToyKernels kernels;
    private final float[] z;
    private float[] g = {};
    private float[] dg = {};
    private float[] active = {};
    private float[] product = {};

    GramForm(Parameters parameters, float scale, Blas blas, ToyKernels kernels) {
        this.parameters = parameters;
        this.scale = scale;
        this.blas = blas;
        this.kernels = kernels;
        z = new float[parameters.padded];
    }

    /// Whether this form does the batch with fewer operations than [DirectForm], and in bounded memory.
    boolean suits(SampleBatch batch) {
        return (long) batch.slots * parameters.padded <= MOST_NUMBERS
                && batch.slots <= batch.samples - batch.emptySamples;
    }

    /// Adds the deltas of all non-empty samples to `db`, tallies their positive outputs, and keeps dG.
    ///
    /// @return Σ (y - x)² - y² over the active features, what the tally lacks of the squared error
    double forward(SampleBatch batch, float[] db, ToyKernels.Tally tally) {
        gramRows(batch);
        double rest = 0;
        int n = parameters.padded;
        for (int slot = 0; slot < batch.slots; slot++) {
            for (int e = batch.slotStart[slot]; e < batch.slotStart[slot + 1]; e++) {
                int sample = batch.sampleOfEntry[e];
                if (batch.activeIn(sample) == 1) {
                    float value = batch.valueOfEntry[e];
                    kernels.single(g, slot * n, value, parameters.b, scale, n, dg, db, tally);
                    rest += correctSingle(slot, batch.featureOfSlot[slot], value, db);
                } else if (batch.slotInSample[batch.sampleStart[sample]] == slot) {
                    // Done at its first feature, so that this Gram row is still in the nearest cache.
                    rest += several(batch, sample, db, tally);
                }
            }
        }
        return rest;
    }

    private void gramRows(SampleBatch batch) {
        int d = batch.slots;
        int stride = parameters.stride;
        int n = parameters.padded;
        if (g.length < d * n) {
            // A little more than needed: the next batch may have a few more active features.
            int room = Math.toIntExact(Math.min((long) parameters.features, d + d / 8 + 8L));
            g = new float[room * n];
            dg = new float[room * n];
            active = new float[room * stride];
            product = new float[room * stride];
        }
        for (int slot = 0; slot < d; slot++) {
            System.arraycopy(parameters.w, batch.featureOfSlot[slot] * stride, active, slot * stride, stride);
        }
        blas.sgemm(
                false,
                true,
                d,
                parameters.features,
                parameters.width,
                1,
                active,
                0,
                stride,
                parameters.w,
                0,
                stride,
                0,
                g,
                0,
                n);
    }

    /// The active feature of a sample with one: its target is `value`, not 0.
    private double correctSingle(int slot, int feature, float value, float[] db) {
        int at = slot * parameters.padded + feature;
        float y = Math.max(Math.fma(value, g[at], parameters.b[feature]), 0);
        if (y > 0) {
            float delta = -scale * value;
            dg[at] = Math.fma(value, delta, dg[at]);
            db[feature] += delta;
        }
        return (double) value * value - 2.0 * value * y;
    }

    private double several(SampleBatch batch, int sample, float[] db, ToyKernels.Tally tally) {
        int n = parameters.padded;
        System.arraycopy(parameters.b, 0, z, 0, n);
        int from = batch.sampleStart[sample];
        int to = batch.sampleStart[sample + 1];
        for (int k = from; k < to; k++) {
            kernels.add(g, batch.slotInSample[k] * n, batch.valueInSample[k], z, 0, n);
        }
        double rest = correct(batch, sample, z, 0, scale, db, tally, kernels, n);
        for (int k = from; k < to; k++) {
            kernels.spread(z, batch.valueInSample[k], dg, batch.slotInSample[k] * n, n);
        }
        return rest;
    }

    /// Turns the pre-activations of a sample, from `at` on, into deltas, with the targets of its active
    /// features.
    static double correct(
            SampleBatch batch,
            int sample,
            float[] z,
            int at,
            float scale,
            float[] db,
            ToyKernels.Tally tally,
            ToyKernels kernels,
            int n) {
        kernels.deltas(z, at, scale, n, db, tally);
        double rest = 0;
        for (int k = batch.sampleStart[sample]; k < batch.sampleStart[sample + 1]; k++) {
            int feature = batch.featureOfSlot[batch.slotInSample[k]];
            float value = batch.valueInSample[k];
            float delta = z[at + feature];
            if (delta > 0) {
                z[at + feature] = delta - scale * value;
                db[feature] -= scale * value;
            }
            rest += (double) value * value - 2.0 * value * (delta / scale);
        }
        return rest;
    }

    /// Replaces `dw` by the gradient that dG stands for, and clears dG.
    void backward(SampleBatch batch, float[] dw) {
        int d = batch.slots;
        int n = parameters.padded;
        long nonZeros = 0;
        for (int slot = 0; slot < d; slot++) {
            nonZeros += kernels.nonZeros(dg, slot * n, n);
        }
        if (nonZeros > DENSE_FROM * d * parameters.features) {
            byProducts(batch, dw);
        } else {
            byEntries(batch, dw);
        }
    }

    private void byProducts(SampleBatch batch, float[] dw) {
        int d = batch.slots;
        int n = parameters.padded;
        int m = parameters.width;
        int stride = parameters.stride;
        blas.sgemm(true, false, parameters.features, m, d, 1, dg, 0, n, active, 0, stride, 0, dw, 0, stride);
        blas.sgemm(
                false, false, d, m, parameters.features, 1, dg, 0, n, parameters.w, 0, stride, 0, product, 0, stride);
        for (int slot = 0; slot < d; slot++) {
            kernels.add(product, slot * stride, 1, dw, batch.featureOfSlot[slot] * stride, stride);
        }
        forget(batch);
    }

    private void byEntries(SampleBatch batch, float[] dw) {
        int n = parameters.padded;
        int stride = parameters.stride;
        float[] w = parameters.w;
        Arrays.fill(dw, 0);
        for (int slot = 0; slot < batch.slots; slot++) {
            int row = batch.featureOfSlot[slot] * stride;
            kernels.scatter(dg, slot * n, n, w, dw, stride, w, row, dw, row);
        }
    }

    /// Clears dG.
    void forget(SampleBatch batch) {
        Arrays.fill(dg, 0, batch.slots * parameters.padded, 0);
    }
}
