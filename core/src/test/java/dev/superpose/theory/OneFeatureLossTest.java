package dev.superpose.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.stat.Moments;
import dev.superpose.toy.TestLoss;
import dev.superpose.toy.ToyModel;
import java.util.Arrays;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneFeatureLossTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_261_126);

    /// Weights of the toy's kind, with positive and negative biases and one feature left out.
    private static ToyModel model(int n, int m, double meanBias) {
        var random = new Seed(SEED).child("model").random();
        var w = FloatMatrix.zeros(n, m);
        var b = new float[n];
        for (int i = 0; i < n; i++) {
            b[i] = (float) (meanBias + 0.2 * random.nextGaussian());
            for (int k = 0; k < m; k++) {
                w.set(i, k, i == 0 ? 0 : (float) (random.nextGaussian() / Math.sqrt(m)));
            }
        }
        return new ToyModel(w, new ToyModel.Bias(b));
    }

    private static double[] probabilities(int n, double density) {
        double[] p = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            p[i] = 1 / (i + 1.0);
            sum += p[i];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= density / sum;
        }
        return p;
    }

    private static OneFeatureLoss exact(ToyModel model, double[] p) {
        return OneFeatureLoss.of(model.weights(), model.bias().data(), p);
    }

    /// Eq. 8 by its definition: the whole output for one active feature, integrated by Gauss and
    /// Legendre over v between all kinks.
    @ParameterizedTest
    @CsvSource({"12, 4, -0.2", "12, 4, 0.1", "30, 7, -0.5", "7, 9, 0", "1, 1, -0.1"})
    void agreesWithQuadrature(int n, int m, double meanBias) {
        ToyModel model = model(n, m, meanBias);
        double[] p = probabilities(n, 0.8);
        double expected = 0;
        for (int i = 0; i < n; i++) {
            expected += p[i] * quadrature(model, i);
        }

        assertThat(exact(model, p).sparse()).as("seed %d", SEED).isCloseTo(expected, within(1e-12 * (1 + expected)));
    }

    private static double quadrature(ToyModel model, int i) {
        int n = model.features();
        double[] kinks = new double[n + 2];
        kinks[n + 1] = 2;
        for (int j = 0; j < n; j++) {
            double root = -model.bias().data()[j] / product(model.weights(), i, j);
            kinks[j + 1] = root > 0 && root < 2 ? root : 0;
        }
        Arrays.sort(kinks);
        double mean = 0;
        for (int k = 0; k + 1 < kinks.length; k++) {
            if (kinks[k + 1] > kinks[k]) {
                mean += new GaussIntegratorFactory()
                                .legendre(3, kinks[k], kinks[k + 1])
                                .integrate(v -> squaredError(model, i, v))
                        / 2;
            }
        }
        return mean;
    }

    private static double squaredError(ToyModel model, int i, double v) {
        double sum = 0;
        for (int j = 0; j < model.features(); j++) {
            double y = Math.max(
                    0, product(model.weights(), i, j) * v + model.bias().data()[j]);
            double error = y - (j == i ? v : 0);
            sum += error * error;
        }
        return sum;
    }

    private static double product(FloatMatrix w, int i, int j) {
        double sum = 0;
        for (int k = 0; k < w.columns(); k++) {
            sum += (double) w.at(i, k) * w.at(j, k);
        }
        return sum;
    }

    /// Samples drawn by the definition of the data, sorted by how many features are active: the
    /// parts from none and one are met, and so is the sum of all probabilities.
    @Test
    void agreesWithMonteCarlo() {
        int n = 9;
        ToyModel model = model(n, 4, -0.1);
        double[] p = probabilities(n, 1.2);
        var random = new Seed(SEED).child("monte carlo").random();
        int samples = 400_000;
        var none = new Moments();
        var one = new Moments();
        int more = 0;
        for (int s = 0; s < samples; s++) {
            double[] x = sample(p, random);
            int active = (int) Arrays.stream(x).filter(v -> v > 0).count();
            double loss = active < 2 ? loss(model, x) : 0;
            none.add(active == 0 ? loss : 0);
            one.add(active == 1 ? loss : 0);
            more += active > 1 ? 1 : 0;
        }

        OneFeatureLoss exact = exact(model, p);

        double error = 5 / Math.sqrt(samples);
        assertThat(exact.none()).as("seed %d", SEED).isCloseTo(none.mean(), within(error * none.standardDeviation()));
        assertThat(exact.one()).as("seed %d", SEED).isCloseTo(one.mean(), within(error * one.standardDeviation()));
        assertThat(exact.counts().more()).as("seed %d", SEED).isCloseTo((double) more / samples, within(error / 2));
    }

    private static double[] sample(double[] p, SplitRandom random) {
        double[] x = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            x[i] = random.nextDouble() < p[i] ? 2 * (1 - random.nextDouble()) : 0;
        }
        return x;
    }

    private static double loss(ToyModel model, double[] x) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            double y = model.bias().data()[j];
            for (int i = 0; i < x.length; i++) {
                y += x[i] == 0 ? 0 : product(model.weights(), i, j) * x[i];
            }
            double error = Math.max(0, y) - x[j];
            sum += error * error;
        }
        return sum;
    }

    /// The engine's test loss on ever sparser data over E goes to Eq. 8 over E, and what is not
    /// explained is the part of two features and more, of the order E².
    @Test
    void theEngineAgreesOnSparseData() {
        int n = 40;
        ToyModel model = model(n, 8, -0.3);
        double[] p = probabilities(n, 0.02);
        TestLoss measured = TestLoss.of(model, p, 8192, 100, new Seed(SEED));
        OneFeatureLoss exact = exact(model, p);

        double explained = exact.none() + exact.one();

        assertThat(exact.shareOf(measured.mean())).isEqualTo(explained / measured.mean());
        assertThat(measured.mean())
                .as("seed %d", SEED)
                .isCloseTo(
                        explained,
                        within(5 * measured.standardError()
                                + 20 * exact.counts().more()));
        assertThat(exact.counts().more()).isLessThan(2.1e-4);
    }

    /// A loss that can be worked out on paper: two antipodal features of norm 1 without bias are
    /// answered without error; with a bias of -1, v - 1 is answered above 1, an error of ½ (∫₀¹ v²
    /// + ∫₁² 1) = 2/3.
    @Test
    void antipodalFeaturesAreSeparatedByTheRectifier() {
        var w = new FloatMatrix(2, 1, new float[] {1, -1});
        double[] p = {0.5, 0.25};

        assertThat(OneFeatureLoss.of(w, new float[2], p).sparse()).isZero();

        OneFeatureLoss biased = OneFeatureLoss.of(w, new float[] {-1, -1}, p);
        assertThat(biased.ownError()).isCloseTo(0.75 * 2 / 3, within(1e-15));
        assertThat(biased.interference()).isZero();
        assertThat(biased.one()).isCloseTo((0.5 * 0.75 + 0.25 * 0.5) * 2 / 3, within(1e-15));
        assertThat(biased.none()).isZero();
    }

    /// A feature that is always active leaves no sample to the others alone, and none without it.
    @Test
    void certainFeaturesAreCountedRight() {
        var w = new FloatMatrix(2, 1, new float[] {0, 0});

        OneFeatureLoss loss = OneFeatureLoss.of(w, new float[] {1, 0}, new double[] {1, 0.25});

        assertThat(loss.counts()).isEqualTo(new ActiveCounts(0, 0.75, 0.25));
        assertThat(loss.none()).isZero();
        // Only the first is active alone: answered by 1, ⟨(1 - v)²⟩ = 1/3.
        assertThat(loss.one()).isCloseTo(0.75 / 3, within(1e-15));
    }

    /// More rows than one block of the Gram matrix holds.
    @Test
    void blocksDoNotMatter() {
        int n = 3000;
        ToyModel model = model(n, 3, -1);
        double[] p = new double[n];
        p[17] = 0.5;
        p[2900] = 0.25;
        double expected = 0.5 * quadrature(model, 17) + 0.25 * quadrature(model, 2900);
        assertThat(exact(model, p).sparse()).isCloseTo(expected, within(1e-10 * expected));
    }

    @Test
    void refusesWhatDoesNotFit() {
        var w = FloatMatrix.zeros(3, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> OneFeatureLoss.of(w, new float[2], new double[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> OneFeatureLoss.of(w, new float[3], new double[4]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OneFeatureLoss.of(w, new float[3], new double[] {0, 1.5, 0}));
    }
}
