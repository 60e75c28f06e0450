package dev.superpose.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DensityScalingTest {
    /// E and loss of figure 14a of arXiv 2505.10465 at gamma = -0.556, alpha = 1, m = 63, n = 1000.
    private static final double[] DENSITIES = {1, 1.811, 2.621, 3.432, 4.243, 5.053, 5.864, 6.675, 7.485};

    private static final double[] LOSSES = {0.118, 0.240, 0.374, 0.550, 0.790, 0.970, 1.170, 1.341, 1.504};

    /// The published losses are not proportional to E but grow as E^1.3; the last steps are about
    /// proportional.
    @Test
    void thePublishedLossesGrowFasterThanTheDensity() {
        var line = DensityScaling.line(DENSITIES, LOSSES);
        assertThat(line.slope()).isCloseTo(1.30, within(0.01));
        assertThat(line.slopeInterval(0.95).low()).isGreaterThan(1);
        double[] slopes = DensityScaling.slopes(DENSITIES, LOSSES);
        assertThat(slopes).hasSize(8);
        assertThat(slopes[0]).isCloseTo(Math.log(0.240 / 0.118) / Math.log(1.811), within(1e-12));
        assertThat(slopes[7]).isCloseTo(1, within(0.05));
    }

    /// Eq. 8 is proportional to the density exactly.
    @Test
    void theLossOfOneFeatureIsProportional() {
        var random = new Seed(5).random();
        var w = FloatMatrix.zeros(20, 5);
        for (int k = 0; k < 100; k++) {
            w.data()[k] = (float) random.nextGaussian() / 3;
        }
        float[] b = new float[20];
        Arrays.fill(b, -0.2F);
        double[] losses = new double[3];
        double[] densities = {0.25, 0.5, 2};
        for (int k = 0; k < 3; k++) {
            double[] p = new double[20];
            Arrays.fill(p, densities[k] / 20);
            losses[k] = OneFeatureLoss.of(w, b, p).sparse();
        }
        assertThat(DensityScaling.slopes(densities, losses)).containsExactly(new double[] {1, 1}, within(1e-12));
    }

    /// The ideal weak loss falls short of proportionality by (f² - f) Σ p².
    @Test
    void theWeakLossFallsShortByTheSquares() {
        double[] p = {0.3, 0.2, 0.1};
        assertThat(DensityScaling.weakShortfall(p, 1, 2)).isCloseTo((4 - 2) * (0.04 + 0.01), within(1e-15));
        assertThat(DensityScaling.weakShortfall(p, 1, 1)).isZero();
    }

    @Test
    void refusesWhatHasNoSlope() {
        assertThatIllegalArgumentException().isThrownBy(() -> DensityScaling.slopes(new double[1], new double[1]));
        assertThatIllegalArgumentException().isThrownBy(() -> DensityScaling.slopes(new double[3], new double[2]));
    }
}
