package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Values known in closed form.
class BoundsTest {
    @Test
    void welchOfKnownFrames() {
        assertThat(Bounds.welchMeanSquare(3, 2)).isEqualTo(0.25);
        assertThat(Bounds.welchMeanSquare(4, 4)).isZero();
        assertThat(Bounds.welchMeanSquare(3, 8)).isZero();
        assertThat(Bounds.welchMeanSquare(0, 8)).isZero();
        assertThat(Bounds.welchMeanSquare(3_000_000_000L, 1)).isEqualTo(1);
        // 28 lines in 7 dimensions at |cos| = 1/3; one more, and the orthoplex bound holds.
        assertThat(Bounds.largestOverlap(28, 7)).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(Bounds.largestOverlap(29, 7)).isCloseTo(1 / Math.sqrt(7), within(1e-15));
    }

    @Test
    void momentsOfRandomOverlaps() {
        assertThat(Bounds.randomMeanAbsolute(1)).isCloseTo(1, within(1e-14));
        assertThat(Bounds.randomMeanAbsolute(2)).isCloseTo(2 / Math.PI, within(1e-14));
        assertThat(Bounds.randomMeanAbsolute(3)).isCloseTo(0.5, within(1e-14));
        assertThat(Bounds.randomMeanAbsolute(4)).isCloseTo(4 / (3 * Math.PI), within(1e-14));
        assertThat(Bounds.randomMeanAbsolute(8192)).isCloseTo(Math.sqrt(2 / (Math.PI * 8192)), within(1e-6));
        // cos² of a random angle: mean 1/2, variance 1/8.
        assertThat(Bounds.randomMeanSquare(2)).isEqualTo(0.5);
        assertThat(Bounds.randomVarianceOfSquare(2)).isEqualTo(0.125);
        assertThat(Bounds.randomVarianceOfSquare(1)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> Bounds.randomMeanSquare(0));
    }

    @Test
    void spreadOfRandomOverlaps() {
        for (double x : new double[] {0, 1e-9, 0.1, 0.5, 0.999, 1}) {
            // In three dimensions the overlap is uniform, in two it is the cosine of a uniform angle.
            assertThat(Bounds.randomShareWithin(3, x)).isCloseTo(x, within(1e-14));
            assertThat(Bounds.randomShareWithin(2, x)).isCloseTo(2 / Math.PI * Math.asin(x), within(1e-13));
            assertThat(Bounds.randomShareWithin(1, x)).isEqualTo(x < 1 ? 0 : 1);
            assertThat(Bounds.randomQuantile(3, x)).isCloseTo(x, within(1e-14));
        }
        // For many dimensions normal with variance 1/m: the quartiles are 0.674490 deviations away.
        assertThat(Bounds.randomQuantile(1_000_000, 0.5) * 1000).isCloseTo(0.674490, within(1e-5));
        assertThat(Bounds.randomQuantile(1, 0.3)).isEqualTo(1);
        for (int m : new int[] {1, 2, 5, 768, 16_384}) {
            double all = 0;
            for (int bin = 0; bin < OverlapHistogram.BINS; bin++) {
                double share = OverlapHistogram.randomShare(m, bin);
                assertThat(share).isNotNegative();
                all += share;
            }
            assertThat(all).isCloseTo(1, within(1e-12));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Bounds.randomShareBetween(3, 0.5, 1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> Bounds.randomQuantile(3, -0.1));
    }
}
