package dev.superpose.toy;

import dev.superpose.numeric.Blas;
import java.util.Arrays;

/// Loss and gradient of one batch, in the cheaper of two exact forms.
///
/// With z = W Wᵀ x + b, y = z⁺ and the mean squared error over batch and features, D =
/// ∂loss/∂z = scale · (y
/// - x) where
/// z > 0 and 0 elsewhere, and ∂loss/∂W = Dᵀ H + Xᵀ (D W), H = X W. Derivation:
/// docs/derivations/toy-gradient.md.
final class LossGradient {
    /// Above this share of positive outputs the matrix products win; measured, see
    /// docs/performance.md.
    private static final double DENSE_FROM = 0.03;

    private final Parameters parameters;
    private final boolean plain;
    private final OutputLoss loss;
    private final GramForm gram;
    private final DirectForm direct;
    private final ToyKernels.Tally tally = new ToyKernels.Tally();
    private long outputs;

    /// ∂loss/∂W, (n, stride).
    final float[] dw;
    /// ∂loss/∂b, (padded).
    final float[] db;

    /// @param scale what y - x is multiplied by in the gradient: gradient scale · 2 / (B n)
    LossGradient(Parameters parameters, ToyTask task, double scale, Blas blas, ToyKernels kernels) {
        this.parameters = parameters;
        plain = task.plainLoss();
        loss = OutputLoss.of(task, parameters, (float) scale, kernels);
        gram = new GramForm(parameters, (float) scale, blas, kernels);
        direct = new DirectForm(parameters, loss, blas, kernels);
        dw = new float[parameters.w.length];
        db = new float[parameters.b.length];
    }

    /// The mean loss of the batch, weighted squared error summed over features; leaves
    /// the gradient in `dw` and `db`.
    ///
    /// @param expectedShare the share of positive outputs to be expected, such as that of
    /// the batch before
    double compute(SampleBatch batch, double expectedShare) {
        if (!byGram(batch)) {
            return direct(batch);
        }
        return byGram(batch, expectedShare > DENSE_FROM ? GramForm.Way.DENSE : GramForm.Way.SPARSE);
    }

    /// The mean loss of the batch alone.
    double loss(SampleBatch batch) {
        return byGram(batch) ? byGram(batch, GramForm.Way.LOSS_ONLY) : direct(batch);
    }

    private boolean byGram(SampleBatch batch) {
        return plain && gram.suits(batch);
    }

    double byGram(SampleBatch batch, GramForm.Way way) {
        clear();
        return mean(batch, gram.run(batch, way, dw, db, tally));
    }

    double direct(SampleBatch batch) {
        clear();
        return mean(batch, direct.run(batch, dw, db, tally));
    }

    private void clear() {
        Arrays.fill(db, 0);
        tally.clear();
    }

    private double mean(SampleBatch batch, double rest) {
        outputs = (long) (batch.samples - batch.emptySamples) * parameters.features;
        return (tally.squares + rest + loss.ofEmpty(batch.emptySamples, db)) / batch.samples;
    }

    /// The share of positive outputs among the non-empty samples of the last batch.
    double positiveFraction() {
        return outputs == 0 ? 0 : tally.positives / (double) outputs;
    }
}
