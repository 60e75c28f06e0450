package dev.superpose.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.theory.WeakRegime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToyConfigTest {
    @Test
    void frequenciesHaveTheirShapeAndSum() {
        double[] power = new FeatureFrequencies.Power(1.2).probabilities(1000, 1);
        assertThat(Arrays.stream(power).sum()).isCloseTo(1, within(1e-12));
        assertThat(power[9] / power[0]).isCloseTo(Math.pow(10, -1.2), within(1e-12));
        double[] exponential = new FeatureFrequencies.Exponential(400).probabilities(10_240, 1);
        assertThat(exponential[400] / exponential[0]).isCloseTo(Math.exp(-1), within(1e-12));
        double[] linear = new FeatureFrequencies.Linear().probabilities(10_240, 2);
        assertThat(linear[5120] / linear[0]).isCloseTo(0.5, within(1e-12));
        assertThat(Arrays.stream(linear).sum()).isCloseTo(2, within(1e-9));
        double[] given = new FeatureFrequencies.Given(List.of(3.0, 1.0)).probabilities(2, 0.5);
        assertThat(given).containsExactly(new double[] {0.375, 0.125}, within(1e-15));
    }

    /// Trivial losses 4/3 E - Σ p² of the published large study: 1.3321 (exponential),
    /// 1.2734 (power), 1.3332 (linear).
    @Test
    void frequenciesGiveThePublishedTrivialLosses() {
        assertThat(WeakRegime.trivialLoss(new FeatureFrequencies.Exponential(400).probabilities(10_240, 1)))
                .isCloseTo(1.3321, within(5e-5));
        assertThat(WeakRegime.trivialLoss(new FeatureFrequencies.Power(1.2).probabilities(10_240, 1)))
                .isCloseTo(1.2734, within(5e-5));
        assertThat(WeakRegime.trivialLoss(new FeatureFrequencies.Linear().probabilities(10_240, 1)))
                .isCloseTo(1.3332, within(5e-5));
    }

    /// At alpha = 1 and n = 1000 the highest density is Z = 7.4855: the first feature is
    /// then always active.
    @Test
    void aDensityThatNeedsAProbabilityAboveOneIsRefused() {
        var power = new FeatureFrequencies.Power(1);
        assertThat(power.probabilities(1000, 7.485470)[0]).isCloseTo(1, within(1e-6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> power.probabilities(1000, 7.6))
                .withMessageContaining("too high")
                .withMessageContaining("7.485");
    }

    @Test
    void theRateWarmsUpAndEndsAtItsShare() {
        var optimiser = ToyConfig.Optimiser.small(20_000, 2000);
        assertThat(optimiser.rateAt(1)).isEqualTo(1 / 2000.0);
        assertThat(optimiser.rateAt(1000)).isEqualTo(0.5);
        assertThat(optimiser.rateAt(2000)).isEqualTo(1);
        assertThat(optimiser.rateAt(11_000)).isCloseTo(0.525, within(1e-12));
        assertThat(optimiser.rateAt(20_000)).isCloseTo(0.05, within(1e-12));
        var linear = new ToyConfig.Optimiser(1, 10, 0, 1, 1, ToyConfig.Schedule.LINEAR, 0.2, 1);
        assertThat(linear.rateAt(5)).isCloseTo(0.6, within(1e-12));
        assertThat(linear.rateAt(10)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void impossibleConfigurationsAreRefusedByName() {
        var optimiser = ToyConfig.Optimiser.small(100, 10);
        var power = new FeatureFrequencies.Power(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ToyConfig(10, 0, power, 1, -1, optimiser, 1, 0))
                .withMessageContaining("width");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ToyConfig(10, 2, power, 1, Double.NaN, optimiser, 1, 0))
                .withMessageContaining("decay");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureFrequencies.Power(Double.NaN))
                .withMessageContaining("alpha");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToyConfig.Optimiser.small(100, 101))
                .withMessageContaining("warmup");
    }
}
