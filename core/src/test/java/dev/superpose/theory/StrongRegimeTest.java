package dev.superpose.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Bounds;
import dev.superpose.geometry.Frames;
import dev.superpose.geometry.WidthTrend;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import dev.superpose.stat.Moments;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrongRegimeTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_261_128);

    private static double loss(FloatMatrix directions, double squaredNorm, double bias) {
        int n = directions.rows();
        float[] data = directions.data().clone();
        for (int k = 0; k < data.length; k++) {
            data[k] *= (float) Math.sqrt(squaredNorm);
        }
        float[] b = new float[n];
        Arrays.fill(b, (float) bias);
        double[] p = new double[n];
        Arrays.fill(p, 1.0 / n);
        return OneFeatureLoss.of(new FloatMatrix(n, directions.columns(), data), b, p)
                .sparse();
    }

    /// 28 lines in seven dimensions, of whose 27 overlaps 12 are positive: the closed form is the
    /// loss of these weights, and no other norm or bias nearby has a lower one.
    @Test
    void theEquiangularFormIsTheLossOfSuchWeights() {
        var best = StrongRegime.equiangular(12, 1.0 / 3);
        FloatMatrix frame = Frames.twentyEight();

        double found = loss(frame, best.squaredNorm(), best.bias());

        assertThat(found).isCloseTo(best.loss(), within(1e-6));
        for (double[] step : new double[][] {{1.02, 1}, {0.98, 1}, {1, 1.05}, {1, 0.95}, {1.02, 1.05}}) {
            assertThat(loss(frame, best.squaredNorm() * step[0], best.bias() * step[1]))
                    .isGreaterThan(found);
        }
    }

    /// The derivation's limit: κ² + κ³/3 per active feature, b = -2κ|W|², and with it an
    /// exponent of 1.
    @Test
    void theEquiangularLossGoesToTheSquareOfTheOverlap() {
        double[] widths = {64, 256, 1024, 4096};
        double[] losses = new double[widths.length];
        for (int k = 0; k < widths.length; k++) {
            int m = (int) widths[k];
            int n = 1_000_000;
            var best = StrongRegime.equiangular(n, m);
            double overlap = Math.sqrt(Bounds.welchMeanSquare(n, m));
            losses[k] = best.loss();
            assertThat(best.loss() / (overlap * overlap)).isCloseTo(1 + overlap / 3, within(0.005));
            assertThat(best.bias() / (-2 * overlap * best.squaredNorm())).isCloseTo(1, within(0.01));
        }
        assertThat(WidthTrend.of(widths, losses).orElseThrow().exponent()).isCloseTo(-1, within(0.015));
    }

    /// Random directions with the best norm and bias lose as 1/m too, over the published widths.
    @Test
    void randomDirectionsHaveAnExponentOfAboutOne() {
        double[] widths = {10, 15, 25, 39, 63, 100};
        double[] losses = Arrays.stream(widths)
                .map(m -> StrongRegime.random(1000, (int) m).loss())
                .toArray();
        assertThat(WidthTrend.of(widths, losses).orElseThrow().exponent()).isCloseTo(-1.033, within(0.001));
    }

    @Test
    void whatHasADimensionOfItsOwnLosesNothing() {
        var best = StrongRegime.equiangular(10, 10);
        assertThat(best.loss()).isCloseTo(0, within(1e-15));
        assertThat(best.squaredNorm()).isCloseTo(1, within(1e-15));
        assertThat(best.bias()).isEqualTo(0);
    }

    /// Random directions drawn, with the norm and bias of theory: the mean loss is that of theory.
    @ParameterizedTest
    @CsvSource({"200, 10", "400, 30", "100, 2", "60, 1"})
    void theRandomFormIsTheMeanLossOfRandomDirections(int n, int m) {
        var best = StrongRegime.random(n, m);
        var losses = new Moments();
        var without = new Moments();
        for (int k = 0; k < 60; k++) {
            FloatMatrix directions = directions(n, m, k);
            losses.add(loss(directions, best.squaredNorm(), best.bias()));
            without.add(loss(directions, 1, 0));
        }
        assertThat(best.loss()).as("seed %d", SEED).isCloseTo(losses.mean(), within(4 * losses.standardError() + 1e-6));
        assertThat(StrongRegime.withoutBias(n, m))
                .as("seed %d", SEED)
                .isCloseTo(without.mean(), within(4 * without.standardError() + 1e-4));
    }

    /// What the bias is worth at the published size: 10.6 without, 0.12 with, 0.015 if the
    /// directions were equiangular.
    @Test
    void theBiasRemovesNearlyAllInterference() {
        assertThat(StrongRegime.withoutBias(1000, 63)).isCloseTo(10.57, within(0.01));
        assertThat(StrongRegime.random(1000, 63).loss()).isCloseTo(0.116, within(0.001));
        assertThat(StrongRegime.equiangular(1000, 63).loss()).isCloseTo(0.0149, within(0.0001));
    }

    @Test
    void refusesWhatIsNoModel() {
        assertThatIllegalArgumentException().isThrownBy(() -> StrongRegime.equiangular(0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> StrongRegime.random(3, 0));
    }

    private static FloatMatrix directions(int n, int m, int repeat) {
        var random = new Seed(SEED).child(n + "/" + m + "/" + repeat).random();
        float[] data = new float[n * m];
        for (int i = 0; i < n; i++) {
            double squares = 0;
            double[] row = new double[m];
            for (int k = 0; k < m; k++) {
                row[k] = random.nextGaussian();
                squares += row[k] * row[k];
            }
            for (int k = 0; k < m; k++) {
                data[i * m + k] = (float) (row[k] / Math.sqrt(squares));
            }
        }
        return new FloatMatrix(n, m, data);
    }
}
