package dev.superpose.toy;

/// AdamW with decay and growth rules, fused into one pass over the weights.
///
/// gamma ≥ 0: W ← W (1 - η gamma). gamma < 0: every row is pulled to unit length, W_i ← W_i (1 + η
/// |gamma| (1/r_i - 1)) with r_i = ‖W_i‖ + 1e-8. Both use the current rate η and come before the
/// Adam step; b is not decayed. Source: the authors' optimiser and Eq. 2 of arXiv 2505.10465.
final class AdamW {
    static final float BETA1 = 0.9f;
    static final float BETA2 = 0.999f;
    static final float EPSILON = 1e-8f;
    /// Smaller first moments move no weight; set to zero, they do not become slow subnormal numbers.
    static final float NEGLIGIBLE = 1e-30f;

    private final double decay;
    private final ToyKernels kernels;
    /// First and second moments of W (n, stride) and of b (padded).
    final float[] firstW;
    final float[] secondW;
    final float[] firstB;
    final float[] secondB;

    AdamW(double decay, Parameters parameters, ToyKernels kernels) {
        this.decay = decay;
        this.kernels = kernels;
        firstW = new float[parameters.w.length];
        secondW = new float[parameters.w.length];
        firstB = new float[parameters.b.length];
        secondB = new float[parameters.b.length];
    }

    /// Takes step number `step`, from 1, at learning rates `rate` for W and `biasRate` for b.
    ///
    /// @param dw ∂loss/∂W (n, stride), zero in the padding
    /// @param db ∂loss/∂b (padded), zero in the padding
    void step(int step, double rate, double biasRate, Parameters parameters, float[] dw, float[] db) {
        double correction = 1 - StrictMath.pow(BETA1, step);
        float root = (float) (1 / Math.sqrt(1 - StrictMath.pow(BETA2, step)));
        int stride = parameters.stride;
        for (int i = 0; i < parameters.features; i++) {
            int at = i * stride;
            float keep = keep(parameters.w, at, stride, rate);
            kernels.adam(parameters.w, dw, firstW, secondW, at, stride, keep, (float) (rate / correction), root);
        }
        // The padding of b has no gradient, so it stays below zero.
        kernels.adam(parameters.b, db, firstB, secondB, 0, parameters.padded, 1, (float) (biasRate / correction), root);
    }

    /// The factor by which decay or growth changes the row at `at`.
    private float keep(float[] w, int at, int stride, double rate) {
        if (decay >= 0) {
            return (float) (1 - rate * decay);
        }
        double norm = Math.sqrt(kernels.squares(w, at, stride)) + 1e-8;
        return (float) (1 + rate * decay * (1 - 1 / norm));
    }
}
