package dev.superpose.toy;

/// The toy model and its optimiser written down as plainly as the definition, dense and in double
/// precision: what the fast engine is held against. Slow on purpose; itself held against PyTorch's
/// autograd and central differences.
///
/// Shapes, all row-major: x, y, z (B, n); W (n, m); h (B, m); b (n). Not thread-safe.
final class DenseOracle {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    final int features;
    final int width;
    final double[] w;
    final double[] b;

    private final double[] meanW;
    private final double[] squareW;
    private final double[] meanB;
    private final double[] squareB;
    private int steps;
    private ToyTask task = ToyTask.PLAIN;

    /// An oracle that starts from copies of `w` (n, m) and `b` (n), with empty Adam moments.
    DenseOracle(int features, int width, double[] w, double[] b) {
        if (w.length != features * width || b.length != features) {
            throw new IllegalArgumentException("W (%d, %d) and b (%d) do not fit %d and %d numbers"
                    .formatted(features, width, features, w.length, b.length));
        }
        this.features = features;
        this.width = width;
        this.w = w.clone();
        this.b = b.clone();
        meanW = new double[w.length];
        squareW = new double[w.length];
        meanB = new double[b.length];
        squareB = new double[b.length];
    }

    /// This oracle with the loss and output of `task`.
    DenseOracle of(ToyTask task) {
        this.task = task;
        return this;
    }

    /// The gradient of the scaled loss.
    ///
    /// @param loss the mean squared error over batch and features, not scaled
    /// @param w dW, (n, m)
    /// @param b db, (n)
    @SuppressWarnings("ArrayRecordComponent") // a bundle of results for a test, never compared
    record Gradient(double loss, double[] w, double[] b) {}

    /// z = W Wᵀ x + b, (B, n).
    double[] preActivation(double[] x) {
        double[] h = hidden(x);
        var z = new double[x.length];
        for (int s = 0; s < samples(x); s++) {
            for (int i = 0; i < features; i++) {
                double sum = b[i];
                for (int k = 0; k < width; k++) {
                    sum += w[i * width + k] * h[s * width + k];
                }
                z[s * features + i] = sum;
            }
        }
        return z;
    }

    /// y = ReLU(W Wᵀ x + b), or without the ReLU, (B, n).
    double[] output(double[] x) {
        double[] y = preActivation(x);
        for (int i = 0; i < y.length; i++) {
            y[i] = passes(y[i]) ? y[i] : 0;
        }
        return y;
    }

    private boolean passes(double z) {
        return z > 0 || task.output() == ToyTask.Output.LINEAR;
    }

    /// The mean of I (y - x)² over batch and features.
    double loss(double[] x) {
        double[] y = output(x);
        double[] importance = task.importance().weights(features);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += importance[i % features] * (y[i] - x[i]) * (y[i] - x[i]);
        }
        return sum / x.length;
    }

    /// The gradient of `scale` times the loss. With d = dL/dz, W is used twice, so dW =
    /// dᵀ h + xᵀ (d W).
    Gradient gradient(double[] x, double scale) {
        double[] z = preActivation(x);
        double[] h = hidden(x);
        double[] importance = task.importance().weights(features);
        var d = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            d[i] = passes(z[i]) ? scale * importance[i % features] * 2 * (z[i] - x[i]) / x.length : 0;
        }
        double[] dh = hidden(d);
        var dw = new double[w.length];
        var db = new double[b.length];
        for (int s = 0; s < samples(x); s++) {
            for (int i = 0; i < features; i++) {
                double di = d[s * features + i];
                double xi = x[s * features + i];
                db[i] += di;
                for (int k = 0; k < width; k++) {
                    dw[i * width + k] += di * h[s * width + k] + xi * dh[s * width + k];
                }
            }
        }
        return new Gradient(loss(x), dw, db);
    }

    /// One step of AdamW on `x`: the gradient at the present weights, then the decay of
    /// W, then Adam on W and b.
    ///
    /// @return the loss before the step
    double step(double[] x, double gradientScale, double decay, double rateW, double rateB) {
        Gradient gradient = gradient(x, gradientScale);
        steps++;
        decay(decay, rateW);
        adam(w, gradient.w(), meanW, squareW, rateW);
        adam(b, gradient.b(), meanB, squareB, rateB);
        return gradient.loss();
    }

    private void decay(double decay, double rate) {
        for (int i = 0; i < features; i++) {
            double factor = decay >= 0 ? 1 - rate * decay : 1 + rate * decay * (1 - 1 / (norm(i) + 1e-8));
            for (int k = 0; k < width; k++) {
                w[i * width + k] *= factor;
            }
        }
    }

    private void adam(double[] p, double[] gradient, double[] mean, double[] square, double rate) {
        for (int i = 0; i < p.length; i++) {
            mean[i] = BETA1 * mean[i] + (1 - BETA1) * gradient[i];
            square[i] = BETA2 * square[i] + (1 - BETA2) * gradient[i] * gradient[i];
            double unbiasedMean = mean[i] / (1 - Math.pow(BETA1, steps));
            double unbiasedSquare = square[i] / (1 - Math.pow(BETA2, steps));
            p[i] -= rate * unbiasedMean / (Math.sqrt(unbiasedSquare) + EPSILON);
        }
    }

    private double norm(int i) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += w[i * width + k] * w[i * width + k];
        }
        return Math.sqrt(sum);
    }

    /// rows · W, (B, m), for rows (B, n).
    private double[] hidden(double[] rows) {
        var h = new double[samples(rows) * width];
        for (int s = 0; s < samples(rows); s++) {
            for (int i = 0; i < features; i++) {
                for (int k = 0; k < width; k++) {
                    h[s * width + k] += rows[s * features + i] * w[i * width + k];
                }
            }
        }
        return h;
    }

    private int samples(double[] x) {
        if (x.length == 0 || x.length % features != 0) {
            throw new IllegalArgumentException(
                    "%d numbers are not a batch of %d features".formatted(x.length, features));
        }
        return x.length / features;
    }
}
