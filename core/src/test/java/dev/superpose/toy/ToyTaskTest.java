package dev.superpose.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Blas;
import dev.superpose.numeric.Seed;
import dev.superpose.theory.WeakRegime;
import dev.superpose.toy.ToyTask.Output;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Importances and linear outputs: loss and gradient against the dense oracle, and what
/// linear models learn.
class ToyTaskTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_112);

    private static ToyTask task(Importance importance, Output output) {
        return new ToyTask(importance, output, Correlation.INDEPENDENT);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 2, 0.3, 0, 0.7, RELU",
        "5, 2, 2, -0.5, 0.7, LINEAR",
        "70, 13, 3, 0, 0.9, RELU",
        "70, 13, 3, 0, 1, LINEAR",
        "200, 33, 6, -1, 0.97, RELU",
        "16, 3, 1, 1, 0.5, LINEAR"
    })
    void lossAndGradientAgreeWithTheDenseOracle(int n, int m, double density, float bias, double ratio, Output output) {
        Seed seed = new Seed(SEED).child("%d/%d/%s/%s/%s".formatted(n, m, density, ratio, output));
        ToyModel model = LossGradientTest.model(n, m, bias, seed);
        var batch = new SampleBatch(n, 48);
        double[] p = new FeatureFrequencies.Power(0.5).probabilities(n, density);
        new SparseFeatures(p).draw(seed.child("batch").random(), batch);
        double[] x = LossGradientTest.dense(batch, n);
        var task = task(new Importance.Geometric(ratio), output);
        var oracle = LossGradientTest.oracle(model).of(task);
        DenseOracle.Gradient expected = oracle.gradient(x, 1);
        for (String kernels : new String[] {"scalar", "vector"}) {
            var gradient = new LossGradient(
                    Parameters.of(model), task, 2.0 / x.length, Blas.fastest(), ToyKernelsChoice.choose(kernels));
            String what = kernels + "; again with -Dsuperpose.seed=" + SEED;
            // Twice: the second pass shows that the first left nothing behind.
            for (int pass = 0; pass < 2; pass++) {
                double loss = gradient.compute(batch, 0.5);
                assertThat(loss).as(what).isCloseTo(expected.loss() * n, within(1e-5 * expected.loss() * n));
                LossGradientTest.assertClose("dW " + what, LossGradientTest.unpadded(gradient.dw, n, m), expected.w());
                LossGradientTest.assertClose("db " + what, LossGradientTest.unpadded(gradient.db, 1, n), expected.b());
            }
            assertThat(gradient.loss(batch))
                    .as(what)
                    .isCloseTo(expected.loss() * n, within(1e-5 * expected.loss() * n));
        }
    }

    /// The best linear model keeps the m features of largest I_i Var x_i whole and answers the
    /// others by their mean: principal components, no superposition (Elhage et al. 2022).
    @Test
    void aLinearModelLearnsTheTopFeaturesAlone() {
        var task = task(new Importance.Geometric(0.7), Output.LINEAR);
        var optimiser = new ToyConfig.Optimiser(512, 2500, 100, 0.01, 0.01, ToyConfig.Schedule.COSINE, 0, 1);
        var config = new ToyConfig(8, 3, new FeatureFrequencies.Power(0), 2, 0, optimiser, 20, SEED, task);
        var training = ToyTraining.start(config);
        training.advance(2500);
        var w = training.model().weights();
        for (int i = 0; i < 8; i++) {
            double square = 0;
            for (int k = 0; k < 3; k++) {
                square += (double) w.data()[i * 3 + k] * w.data()[i * 3 + k];
            }
            assertThat(square)
                    .as("|W_%d|²; again with -Dsuperpose.seed=%d", i + 1, SEED)
                    .isCloseTo(i < 3 ? 1 : 0, within(0.02));
        }
        double[] p = config.probabilities();
        double expected = WeakRegime.tailLoss(p, task.importance().weights(8), 3);
        var test = TestLoss.of(training.model(), p, task, 512, 200, new Seed(SEED));
        assertThat(test.mean()).isCloseTo(expected, within(5 * test.standardError() + 0.01 * expected));
    }

    @Test
    void settingsThatMeanTheSameAreEqual() {
        assertThat(task(new Importance.Given(List.of(1.0, 1.0)), Output.RELU)).isEqualTo(ToyTask.PLAIN);
        assertThat(task(new Importance.Geometric(1), Output.RELU)).isEqualTo(ToyTask.PLAIN);
        assertThat(new ToyTask(
                        Importance.EQUAL, Output.RELU, new Correlation.Together(0, 5, Correlation.Groups.STRIDED)))
                .isEqualTo(ToyTask.PLAIN);
        assertThat(ToyTask.PLAIN.label()).isEmpty();
        assertThat(task(new Importance.Geometric(0.7), Output.LINEAR).label())
                .isEqualTo("importance geometric(0.7), linear");
    }

    @Test
    void importancesThatCannotBeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Importance.Geometric(0))
                .withMessageContaining("ratio");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Importance.Given(List.of(1.0, -1.0)))
                .withMessageContaining("at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Importance.Given(List.of(0.0)))
                .withMessageContaining("above 0");
        var task = task(new Importance.Given(List.of(1.0, 2.0)), Output.RELU);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task.check(new double[3]))
                .withMessageContaining("2 importances");
    }
}
