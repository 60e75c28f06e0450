package dev.superpose.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.TestLoss;
import dev.superpose.toy.ToyModel;
import dev.superpose.toy.ToyTask;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Losses by integration against the closed forms of phases, the one-feature loss, and sampling.
class SmallModelLossTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_261_127);

    private static double loss(int width, float[] w, float[] b, double p, double... importances) {
        var probabilities = new double[b.length];
        Arrays.fill(probabilities, p);
        return SmallModelLoss.of(new FloatMatrix(b.length, width, w), b, probabilities, importances);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.5, 0.1", "0.3, 2", "0.01, 10"})
    void thePhasesOfTwoFeaturesHaveTheirClosedForms(double p, double r) {
        float mean = (float) p;
        assertThat(loss(1, new float[] {0, 1}, new float[] {mean, 0}, p, 1, r))
                .isCloseTo(SuperpositionPhase.IGNORE_FIRST.loss(p, r), within(1e-6 * p));
        assertThat(loss(1, new float[] {1, 0}, new float[] {0, mean}, p, 1, r))
                .isCloseTo(SuperpositionPhase.IGNORE_LAST.loss(p, r), within(1e-6 * p * r));
        assertThat(loss(1, new float[] {1, -1}, new float[2], p, 1, r))
                .isCloseTo(SuperpositionPhase.ANTIPODAL_LAST.loss(p, r), within(1e-5 * p * p * (1 + r)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.5, 0.1", "0.3, 2", "0.01, 10"})
    void thePhasesOfThreeFeaturesHaveTheirClosedForms(double p, double r) {
        float mean = (float) p;
        assertThat(loss(2, new float[] {0, 0, 1, 0, 0, 1}, new float[] {mean, 0, 0}, p, 1, 1, r))
                .isCloseTo(SuperpositionPhase.IGNORE_FIRST.loss(p, r), within(1e-6 * p));
        assertThat(loss(2, new float[] {1, 0, 0, 1, 0, 0}, new float[] {0, 0, mean}, p, 1, 1, r))
                .isCloseTo(SuperpositionPhase.IGNORE_LAST.loss(p, r), within(1e-6 * p * r));
        assertThat(loss(2, new float[] {1, 0, -1, 0, 0, 1}, new float[3], p, 1, 1, r))
                .isCloseTo(SuperpositionPhase.ANTIPODAL_FIRST.loss(p, r), within(1e-5 * p * p));
        assertThat(loss(2, new float[] {1, 0, 0, 1, 0, -1}, new float[3], p, 1, 1, r))
                .isCloseTo(SuperpositionPhase.ANTIPODAL_LAST.loss(p, r), within(1e-5 * p * p * (1 + r)));
    }

    /// r (4/3 - p) = 2/3 (1 + r) p: superposition from p = 4 r / (2 + 5 r) down; 4/7 for
    /// equal importances.
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1})
    void theClosedFormsMeetWhereTheySay(double r) {
        double boundary = 4 * r / (2 + 5 * r);
        assertThat(SuperpositionPhase.best(2, boundary * 0.999, r)).isEqualTo(SuperpositionPhase.ANTIPODAL_LAST);
        assertThat(SuperpositionPhase.best(2, boundary * 1.001, r).loss(boundary, r))
                .isCloseTo(SuperpositionPhase.IGNORE_LAST.loss(boundary, r), within(1e-12));
        assertThat(SuperpositionPhase.best(3, 0.01, 10)).isEqualTo(SuperpositionPhase.ANTIPODAL_FIRST);
        assertThat(SuperpositionPhase.best(3, 0.01, 0.1)).isEqualTo(SuperpositionPhase.ANTIPODAL_LAST);
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0.6", "3, 2, 0.4", "5, 2, 0.2"})
    void randomModelsLoseWhatSamplesLose(int n, int m, double p) {
        ToyModel model = model(n, m);
        double[] probabilities = new FeatureFrequencies.Power(0.3).probabilities(n, n * p);
        var task = new ToyTask(new Importance.Geometric(0.8), ToyTask.Output.RELU, Correlation.INDEPENDENT);
        double expected = SmallModelLoss.of(
                model.weights(),
                model.bias().data(),
                probabilities,
                task.importance().weights(n));
        var sampled = TestLoss.of(model, probabilities, task, 2048, 100, new Seed(SEED));
        assertThat(sampled.mean())
                .as("again with -Dsuperpose.seed=%d", SEED)
                .isCloseTo(expected, within(5 * sampled.standardError()));
    }

    @Test
    void oneActiveFeatureIsThatOfTheOneFeatureLoss() {
        ToyModel model = model(5, 2);
        double[] p = new double[5];
        Arrays.fill(p, 1e-5);
        var ones = new double[5];
        Arrays.fill(ones, 1);
        var expected = OneFeatureLoss.of(model.weights(), model.bias().data(), p);
        double loss = SmallModelLoss.of(model.weights(), model.bias().data(), p, ones);
        assertThat(loss - expected.none()).isCloseTo(expected.one(), within(1e-4 * expected.one()));
    }

    @Test
    void tooManyFeaturesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loss(1, new float[9], new float[9], 0.1, new double[9]))
                .withMessageContaining("too many sets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loss(1, new float[2], new float[2], 0.1, 1))
                .withMessageContaining("1 importances");
    }

    private static ToyModel model(int n, int m) {
        var random = new Seed(SEED).child(n + "/" + m).random();
        var w = new float[n * m];
        var b = new float[n];
        for (int i = 0; i < w.length; i++) {
            w[i] = (float) (random.nextGaussian() / Math.sqrt(m));
        }
        for (int i = 0; i < n; i++) {
            b[i] = (float) (0.3 * random.nextGaussian());
        }
        return ToyModel.of(n, m, w, b);
    }
}
