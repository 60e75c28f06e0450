package dev.superpose.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeakTheoryTest {
    /// Rows of the finite ideal computed independently for n = 1000 (theory values at m = 10, 25 and 100).
    @ParameterizedTest
    @CsvSource({"0, 1.31901, 1.29903, 1.19910", "0.125, 1.30933, 1.28030, 1.15551", "0.25, 1.29303, 1.25162, 1.09843"})
    void agreesWithTheFiniteIdeal(double alpha, double at10, double at25, double at100) {
        double[] p = new FeatureFrequencies.Power(alpha).probabilities(1000, 1);
        assertThat(WeakTheory.tailLoss(p, 10)).isCloseTo(at10, within(6e-6));
        assertThat(WeakTheory.tailLoss(p, 25)).isCloseTo(at25, within(6e-6));
        assertThat(WeakTheory.tailLoss(p, 100)).isCloseTo(at100, within(6e-6));
    }

    /// The trivial model W = 0, b = p measured by the engine loses what theory says: 4/3 E - Σ p².
    @Test
    void theTrivialModelLosesTheSumOfVariances() {
        int n = 100;
        double[] p = new FeatureFrequencies.Exponential(20).probabilities(n, 1.5);
        var model = new ToyModel(FloatMatrix.zeros(n, 4), new ToyModel.Bias(LossGradientTest.floats(p)));
        TestLoss measured = TestLoss.of(model, p, 4096, 60, new Seed(4));
        assertThat(measured.mean()).isCloseTo(WeakTheory.trivialLoss(p), within(4 * measured.standardError()));
    }
}
