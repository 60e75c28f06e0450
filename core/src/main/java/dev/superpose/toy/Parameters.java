package dev.superpose.toy;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import java.util.Arrays;

/// W and b in the layout of the kernels: rows of W `stride` numbers apart, the surplus zero; b
/// padded with numbers below zero, so that a padding output is never positive.
final class Parameters {
    final int features;
    final int width;
    /// Numbers between two rows of W.
    final int stride;
    /// n rounded up.
    final int padded;
    /// (n, stride)
    final float[] w;
    /// (padded)
    final float[] b;

    Parameters(int features, int width) {
        this.features = features;
        this.width = width;
        stride = ToyKernels.padded(width);
        padded = ToyKernels.padded(features);
        w = new float[Math.multiplyExact(features, stride)];
        b = new float[padded];
        Arrays.fill(b, features, padded, -1);
    }

    /// W_ij ~ N(0, 1/m), so that rows have norm about 1; b_i ~ N(0, 1).
    static Parameters initial(int features, int width, Seed seed) {
        var initial = new Parameters(features, width);
        SplitRandom random = seed.child("W").random();
        double scale = 1 / Math.sqrt(width);
        for (int i = 0; i < features; i++) {
            for (int k = 0; k < width; k++) {
                initial.w[i * initial.stride + k] = (float) (scale * random.nextGaussian());
            }
        }
        SplitRandom biases = seed.child("b").random();
        for (int i = 0; i < features; i++) {
            initial.b[i] = (float) biases.nextGaussian();
        }
        return initial;
    }

    static Parameters of(ToyModel model) {
        var copy = new Parameters(model.features(), model.width());
        for (int i = 0; i < copy.features; i++) {
            System.arraycopy(model.weights().data(), i * copy.width, copy.w, i * copy.stride, copy.width);
        }
        System.arraycopy(model.bias().data(), 0, copy.b, 0, copy.features);
        return copy;
    }

    /// A copy without the padding.
    ToyModel model() {
        var rows = new float[features * width];
        for (int i = 0; i < features; i++) {
            System.arraycopy(w, i * stride, rows, i * width, width);
        }
        return ToyModel.of(features, width, rows, Arrays.copyOf(b, features));
    }
}
