package dev.superpose.toy;

import dev.superpose.numeric.Blas;
import java.util.Arrays;

/// Loss and gradient sample by sample, for batches in which more features are active than there
/// are samples, or whose Gram rows would not fit: Z = H Wᵀ + b for a block of samples, then
/// ∂loss/∂W += Dᵀ H and D W on the active rows.
final class DirectForm {
    /// Above this share of positive outputs the matrix products win; measured, see
    /// docs/performance.md.
    static final double DENSE_FROM = 0.05;

    private static final int BLOCK = 64;

    private final Parameters parameters;
    private final Blas blas;
    private final ToyKernels kernels;
    private final OutputLoss loss;
    private final int[] sampleOfRow = new int[BLOCK];
    /// (BLOCK, stride)
    private final float[] h;
    private final float[] dh;
    /// (BLOCK, padded); made when first needed.
    private float[] z = {};

    DirectForm(Parameters parameters, OutputLoss loss, Blas blas, ToyKernels kernels) {
        this.parameters = parameters;
        this.loss = loss;
        this.blas = blas;
        this.kernels = kernels;
        h = new float[BLOCK * parameters.stride];
        dh = new float[BLOCK * parameters.stride];
    }

    /// Adds the deltas of all non-empty samples to `db`, replaces `dw` by their gradient, tallies
    /// positive outputs.
    ///
    /// @return what the tally's squares lack of the squared error
    double run(SampleBatch batch, float[] dw, float[] db, ToyKernels.Tally tally) {
        if (z.length == 0) {
            z = new float[Math.multiplyExact(BLOCK, parameters.padded)];
        }
        Arrays.fill(dw, 0);
        double rest = 0;
        int rows = 0;
        for (int sample = 0; sample < batch.samples; sample++) {
            if (batch.activeIn(sample) > 0) {
                sampleOfRow[rows++] = sample;
            }
            if (rows == BLOCK || (rows > 0 && sample == batch.samples - 1)) {
                rest += block(batch, rows, dw, db, tally);
                rows = 0;
            }
        }
        return rest;
    }

    private double block(SampleBatch batch, int rows, float[] dw, float[] db, ToyKernels.Tally tally) {
        int n = parameters.padded;
        int stride = parameters.stride;
        Arrays.fill(h, 0);
        for (int row = 0; row < rows; row++) {
            int sample = sampleOfRow[row];
            for (int k = batch.sampleStart[sample]; k < batch.sampleStart[sample + 1]; k++) {
                int feature = batch.featureOfSlot[batch.slotInSample[k]];
                kernels.add(parameters.w, feature * stride, batch.valueInSample[k], h, row * stride, stride);
            }
            System.arraycopy(parameters.b, 0, z, row * n, n);
        }
        blas.sgemm(
                false,
                true,
                rows,
                parameters.features,
                parameters.width,
                1,
                h,
                0,
                stride,
                parameters.w,
                0,
                stride,
                1,
                z,
                0,
                n);
        long before = tally.positives;
        double rest = 0;
        for (int row = 0; row < rows; row++) {
            rest += loss.deltas(batch, sampleOfRow[row], z, row * n, db, tally);
        }
        backward(rows, tally.positives - before, dw);
        for (int row = 0; row < rows; row++) {
            int sample = sampleOfRow[row];
            for (int k = batch.sampleStart[sample]; k < batch.sampleStart[sample + 1]; k++) {
                int feature = batch.featureOfSlot[batch.slotInSample[k]];
                kernels.add(dh, row * stride, batch.valueInSample[k], dw, feature * stride, stride);
            }
        }
        return rest;
    }

    /// Adds Dᵀ H to `dw`, and leaves D W in `dh`.
    private void backward(int rows, long positives, float[] dw) {
        int n = parameters.padded;
        int m = parameters.width;
        int stride = parameters.stride;
        float[] w = parameters.w;
        if (positives > DENSE_FROM * rows * parameters.features) {
            blas.sgemm(true, false, parameters.features, m, rows, 1, z, 0, n, h, 0, stride, 1, dw, 0, stride);
            blas.sgemm(false, false, rows, m, parameters.features, 1, z, 0, n, w, 0, stride, 0, dh, 0, stride);
        } else {
            Arrays.fill(dh, 0);
            for (int row = 0; row < rows; row++) {
                kernels.scatter(z, row * n, n, w, dw, 0, stride, h, row * stride, dh, row * stride);
            }
        }
    }
}
