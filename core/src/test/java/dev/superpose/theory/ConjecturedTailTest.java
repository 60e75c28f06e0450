package dev.superpose.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.toy.FeatureFrequencies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConjecturedTailTest {
    /// The smallest width that leaves nothing over, by trying: 45 for the published 1000 features,
    /// so that two of its six widths are beyond the conjecture.
    @ParameterizedTest
    @CsvSource({"1, 2", "8, 4", "1000, 45", "10240, 144"})
    void isEmptyFromTheRootOfTwiceTheFeatures(int features, int width) {
        assertThat(ConjecturedTail.isEmpty(features, width)).isTrue();
        assertThat(ConjecturedTail.isEmpty(features, width - 1)).isFalse();
        double[] p = new FeatureFrequencies.Power(1.5).probabilities(features, 1);
        assertThat(ConjecturedTail.loss(p, width)).isZero();
        assertThat(ConjecturedTail.loss(p, width - 1)).isPositive();
    }

    @Test
    void isTheSumBeyondTheHalfOfTheSquare() {
        double[] p = {0.4, 0.2, 0.1, 0.05, 0.01};
        double expected = 4.0 / 3 * (0.1 + 0.05 + 0.01) - 0.01 - 0.0025 - 0.0001;
        assertThat(ConjecturedTail.loss(p, 2)).isCloseTo(expected, within(1e-15));
    }

    /// With a million features the exponent over small widths is near its limit; with the
    /// published thousand it is about 1 above it, over the four widths that are left.
    @ParameterizedTest
    @CsvSource({"1.5, 1.0", "2, 2.0"})
    void theExponentIsTheLimitForManyFeaturesOnly(double alpha, double limit) {
        double[] many = new FeatureFrequencies.Power(alpha).probabilities(1_000_000, 1);
        double[] published = new FeatureFrequencies.Power(alpha).probabilities(1000, 1);

        var trend = ConjecturedTail.trend(published, 10, 15, 25, 39, 63, 100).orElseThrow();

        assertThat(ConjecturedTail.exponent(alpha)).isEqualTo(limit);
        assertThat(-ConjecturedTail.trend(many, 10, 15, 25, 39).orElseThrow().exponent())
                .isCloseTo(limit, within(0.04));
        assertThat(trend.models()).isEqualTo(4);
        assertThat(-trend.exponent() - limit).isBetween(0.9, 1.3);
    }

    @Test
    void saysNothingWhereTheSumOfAllFeaturesIsInfinite() {
        assertThatIllegalArgumentException().isThrownBy(() -> ConjecturedTail.exponent(1));
    }
}
