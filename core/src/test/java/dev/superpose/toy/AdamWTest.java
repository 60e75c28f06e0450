package dev.superpose.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Blas;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Ten whole steps, gradient and optimiser, follow PyTorch's float32 run of the same small model.
class AdamWTest {
    @ParameterizedTest
    @MethodSource("dev.superpose.toy.DenseOracleTest#runs")
    void takesTheStepsOfPyTorch(Golden golden, Golden.Run run) {
        for (String kernels : new String[] {"scalar", "vector"}) {
            follow(golden, run, ToyKernelsChoice.choose(kernels));
        }
    }

    private static void follow(Golden golden, Golden.Run run, ToyKernels kernels) {
        int n = golden.features();
        int m = golden.width();
        Parameters parameters = Parameters.of(LossGradientTest.model(golden));
        double scale = run.gradientScale() * 2 / golden.batches().getFirst().length;
        var gradient = new LossGradient(parameters, ToyTask.PLAIN, scale, Blas.fastest(), kernels);
        var adam = new AdamW(run.decay(), parameters, kernels);
        for (int step = 1; step <= golden.batches().size(); step++) {
            double rate = golden.learningRates()[step - 1];
            double loss =
                    gradient.compute(LossGradientTest.batch(golden.batches().get(step - 1), n), step % 2) / n;
            assertThat(loss)
                    .as("loss before step %d", step)
                    .isCloseTo(run.float32().losses()[step - 1], within(2e-5));
            adam.step(step, rate, rate, parameters, gradient.dw, gradient.db);
            Golden.Weights expected = run.float32().after().get(step);
            if (expected != null) {
                assertThat(LossGradientTest.unpadded(parameters.w, n, m))
                        .as("W after step %d", step)
                        .containsExactly(expected.w(), within(2e-5));
                assertThat(LossGradientTest.unpadded(parameters.b, 1, n))
                        .as("b after step %d", step)
                        .containsExactly(expected.b(), within(2e-5));
            }
        }
    }
}
