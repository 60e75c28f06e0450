package dev.superpose.toy;

import dev.superpose.numeric.FloatMatrix;

/// The weights of y = ReLU(W Wᵀ x + b).
///
/// @param weights W, (n, m): row i represents feature i
/// @param bias b, (n)
public record ToyModel(FloatMatrix weights, Bias bias) {

    public ToyModel {
        if (bias.size() != weights.rows()) {
            throw new IllegalArgumentException(
                    "W has %d rows but b has %d numbers".formatted(weights.rows(), bias.size()));
        }
    }

    /// A model over arrays in use: `w` (n, m) row-major, `b` (n); not copied.
    public static ToyModel of(int features, int width, float[] w, float[] b) {
        return new ToyModel(new FloatMatrix(features, width, w), new Bias(b));
    }

    /// n, the number of features.
    public int features() {
        return weights.rows();
    }

    /// m, the width.
    public int width() {
        return weights.columns();
    }

    /// b, (n), over an array in use.
    public static final class Bias {
        private final float[] data;

        /// A view of `data`; not copied.
        public Bias(float[] data) {
            this.data = data;
        }

        /// The number of features.
        public int size() {
            return data.length;
        }

        /// The numbers themselves; not a copy.
        public float[] data() {
            return data;
        }

        /// The mean over the features.
        public double mean() {
            double sum = 0;
            for (float b : data) {
                sum += b;
            }
            return sum / data.length;
        }
    }
}
