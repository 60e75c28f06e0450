package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WidthTrendTest {
    @Test
    void findsAPlantedPower() {
        double[] widths = {64, 128, 256, 1024};
        double[] values =
                java.util.Arrays.stream(widths).map(m -> 3 * Math.pow(m, -0.7)).toArray();
        WidthTrend trend = WidthTrend.of(widths, values).orElseThrow();
        assertThat(trend.exponent()).isCloseTo(-0.7, within(1e-12));
        assertThat(trend.standardError()).isLessThan(1e-12);
        assertThat(trend.rSquared()).isCloseTo(1, within(1e-12));
        assertThat(trend.at(512)).isCloseTo(3 * Math.pow(512, -0.7), within(1e-12));
        assertThat(trend.models()).isEqualTo(4);
        assertThat(trend.widths()).isEqualTo(4);
    }

    @Test
    void twoModelsLeaveNoError() {
        WidthTrend trend =
                WidthTrend.of(new double[] {10, 20}, new double[] {1, 0.5}).orElseThrow();
        assertThat(trend.exponent()).isCloseTo(-1, within(1e-12));
        assertThat(trend.standardError()).isNaN();
    }

    @Test
    void isNoneOfOneWidthOrOfAValueWithoutLogarithm() {
        assertThat(WidthTrend.of(new double[] {10, 10, 10}, new double[] {1, 2, 3}))
                .isEmpty();
        assertThat(WidthTrend.of(new double[] {10, 20, 30}, new double[] {1, 0, 3}))
                .isEmpty();
        assertThat(WidthTrend.of(new double[] {10, 20, 30}, new double[] {1, Double.NaN, 3}))
                .isEmpty();
    }
}
