package dev.superpose.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Blas;
import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Both forms of the engine, with either kernels, give loss and gradient of the dense oracle
/// to 1e-5 relative.
class LossGradientTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_102);

    /// Density 0.3 leaves most samples empty, 6 gives most several active features; a bias of -3
    /// leaves next to no positive output and takes the sparse way back, 1 makes even empty samples
    /// positive and takes the dense.
    @ParameterizedTest
    @CsvSource({
        "5, 2, 0.3, 0",
        "5, 2, 2, -0.5",
        "70, 13, 1, 0",
        "70, 13, 6, 1",
        "200, 33, 1, -3",
        "200, 33, 6, -1",
        "64, 16, 1, -0.3",
        "129, 1, 2, 0",
        "40, 60, 3, -0.2"
    })
    void agreesWithTheDenseOracle(int n, int m, double density, float bias) {
        Seed seed = new Seed(SEED).child("%d/%d/%s/%s".formatted(n, m, density, bias));
        ToyModel model = model(n, m, bias, seed);
        var batch = new SampleBatch(n, 48);
        double[] p = new FeatureFrequencies.Power(0.5).probabilities(n, density);
        new SparseFeatures(p).draw(seed.child("batch").random(), batch);
        for (String kernels : new String[] {"scalar", "vector"}) {
            for (String form : new String[] {"DENSE", "SPARSE", "DIRECT"}) {
                compare(model, batch, ToyKernelsChoice.choose(kernels), form);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.superpose.toy.Golden#all")
    void agreesWithAutograd(Golden golden) {
        int n = golden.features();
        double[] x = golden.batches().getFirst();
        SampleBatch batch = batch(x, n);
        var gradient = new LossGradient(
                Parameters.of(model(golden)), ToyTask.PLAIN, 2.0 / x.length, Blas.fastest(), ToyKernels.fastest());
        assertThat(gradient.compute(batch, 0.5) / n).isCloseTo(golden.first().loss(), within(1e-6));
        assertClose(
                "dW", unpadded(gradient.dw, n, golden.width()), golden.first().dw());
        assertClose("db", unpadded(gradient.db, 1, n), golden.first().db());
    }

    private static void compare(ToyModel model, SampleBatch batch, ToyKernels kernels, String form) {
        int n = model.features();
        int m = model.width();
        double[] x = dense(batch, n);
        var oracle = oracle(model);
        DenseOracle.Gradient expected = oracle.gradient(x, 1);
        var gradient = new LossGradient(Parameters.of(model), ToyTask.PLAIN, 2.0 / x.length, Blas.fastest(), kernels);
        String what = "%s, %s; again with -Dsuperpose.seed=%d"
                .formatted(kernels.getClass().getSimpleName(), form, SEED);
        // Twice: the second pass shows that the first left nothing behind.
        for (int pass = 0; pass < 2; pass++) {
            double loss =
                    form.equals("DIRECT") ? gradient.direct(batch) : gradient.byGram(batch, GramForm.Way.valueOf(form));
            assertThat(loss).as(what).isCloseTo(expected.loss() * n, within(1e-5 * expected.loss() * n));
            assertClose("dW " + what, unpadded(gradient.dw, n, m), expected.w());
            assertClose("db " + what, unpadded(gradient.db, 1, n), expected.b());
        }
        assertThat(gradient.loss(batch)).isCloseTo(expected.loss() * n, within(1e-5 * expected.loss() * n));
        assertThat(gradient.positiveFraction()).as(what).isCloseTo(positiveShare(oracle, x, n), within(1e-9));
    }

    private static double positiveShare(DenseOracle oracle, double[] x, int n) {
        double[] y = oracle.output(x);
        int positive = 0;
        int outputs = 0;
        for (int sample = 0; sample < x.length / n; sample++) {
            boolean empty = true;
            int here = 0;
            for (int j = sample * n; j < (sample + 1) * n; j++) {
                empty &= x[j] == 0;
                here += y[j] > 0 ? 1 : 0;
            }
            positive += empty ? 0 : here;
            outputs += empty ? 0 : n;
        }
        return outputs == 0 ? 0 : positive / (double) outputs;
    }

    /// |difference| ≤ 1e-5 of the largest element: what float32 sums of these lengths allow.
    static void assertClose(String what, double[] actual, double[] expected) {
        double largest = 0;
        for (double e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        assertThat(actual).as(what).containsExactly(expected, within(1e-5 * largest + 1e-30));
    }

    static DenseOracle oracle(ToyModel model) {
        return new DenseOracle(
                model.features(),
                model.width(),
                doubles(model.weights().data()),
                doubles(model.bias().data()));
    }

    static ToyModel model(int n, int m, float bias, Seed seed) {
        SplitRandom random = seed.child("model").random();
        var w = new float[n * m];
        for (int i = 0; i < w.length; i++) {
            w[i] = (float) (random.nextGaussian() / Math.sqrt(m));
        }
        var b = new float[n];
        for (int i = 0; i < n; i++) {
            b[i] = (float) (bias + 0.3 * random.nextGaussian());
        }
        return ToyModel.of(n, m, w, b);
    }

    static ToyModel model(Golden golden) {
        return ToyModel.of(golden.features(), golden.width(), floats(golden.w()), floats(golden.b()));
    }

    /// The sparse form of dense samples x (B, n).
    static SampleBatch batch(double[] x, int n) {
        var batch = new SampleBatch(n, x.length / n);
        for (int feature = 0; feature < n; feature++) {
            for (int sample = 0; sample < batch.samples; sample++) {
                if (x[sample * n + feature] != 0) {
                    batch.add(feature, sample, (float) x[sample * n + feature]);
                }
            }
        }
        batch.finish();
        return batch;
    }

    static double[] dense(SampleBatch batch, int n) {
        var x = new double[batch.samples * n];
        for (int sample = 0; sample < batch.samples; sample++) {
            for (int k = batch.sampleStart[sample]; k < batch.sampleStart[sample + 1]; k++) {
                x[sample * n + batch.featureOfSlot[batch.slotInSample[k]]] = batch.valueInSample[k];
            }
        }
        return x;
    }

    /// The first `width` numbers of each of `rows` equal parts.
    static double[] unpadded(float[] padded, int rows, int width) {
        int stride = padded.length / rows;
        var result = new double[rows * width];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < width; k++) {
                result[i * width + k] = padded[i * stride + k];
            }
        }
        return result;
    }

    static double[] doubles(float[] numbers) {
        var result = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            result[i] = numbers[i];
        }
        return result;
    }

    static float[] floats(double[] numbers) {
        var result = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            result[i] = (float) numbers[i];
        }
        return result;
    }
}
