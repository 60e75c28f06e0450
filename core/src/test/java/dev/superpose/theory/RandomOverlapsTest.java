package dev.superpose.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Bounds;
import dev.superpose.geometry.Packing;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import dev.superpose.stat.Moments;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomOverlapsTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_261_127);

    /// The moments of the Beta distribution, from another library.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 1000})
    void momentsAreThoseOfBeta(int m) {
        var beta = new BetaDistribution(0.5, (m - 1) / 2.0);
        double mean = RandomOverlaps.evenMoment(m, 1);
        assertThat(mean).isCloseTo(beta.getNumericalMean(), within(1e-15)).isEqualTo(Bounds.randomMeanSquare(m));
        assertThat(RandomOverlaps.evenMoment(m, 2) - mean * mean)
                .isCloseTo(beta.getNumericalVariance(), within(1e-15))
                .isCloseTo(Bounds.randomVarianceOfSquare(m), within(1e-15));
    }

    /// In three dimensions the overlap is uniform (Archimedes): ⟨t^2k⟩ = 1/(2k + 1).
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 8})
    void inThreeDimensionsTheOverlapIsUniform(int order) {
        assertThat(RandomOverlaps.evenMoment(3, order)).isCloseTo(1 / (2.0 * order + 1), within(1e-15));
    }

    /// One pair: the mean |overlap| itself, which has a closed form.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 63, 4096})
    void theLargestOfOnePairIsItsMean(int m) {
        assertThat(RandomOverlaps.expectedLargest(2, m)).isCloseTo(Bounds.randomMeanAbsolute(m), within(1e-9));
    }

    /// Three pairs in three dimensions if they were independent: the largest of three uniform
    /// numbers is 3/4 on average.
    @Test
    void theLargestOfThreeUniformNumbersIsKnown() {
        assertThat(RandomOverlaps.expectedLargest(3, 3)).isCloseTo(0.75, within(1e-9));
    }

    /// All pairs of real random vectors, which are not independent altogether.
    @ParameterizedTest
    @CsvSource({"10, 4, 4000", "40, 8, 1500", "200, 20, 200", "300, 100, 100"})
    void agreesWithRandomVectors(int n, int m, int repeats) {
        var largest = new Moments();
        for (int k = 0; k < repeats; k++) {
            largest.add(Packing.measure(gaussian(n, m, k)).overlap().maxAbs());
        }
        double expected = RandomOverlaps.expectedLargest(n, m);
        assertThat(expected)
                .as("seed %d", SEED)
                .isCloseTo(largest.mean(), within(0.01 * expected + 4 * largest.standardError()));
    }

    /// A vocabulary's worth of vectors: the digits beyond 1 - 1e-14 are not lost.
    @Test
    void veryManyVectorsAreNoTrouble() {
        double few = RandomOverlaps.expectedLargest(50_000, 768);
        double many = RandomOverlaps.expectedLargest(3_000_000_000L, 768);
        // Gaussian tails: the square grows as 4 ln(n) / m, less a little.
        assertThat(many).isGreaterThan(1.3 * few).isLessThan(Math.sqrt(4 * Math.log(3e9) / 768));
    }

    @Test
    void refusesWhatHasNoPairs() {
        assertThatIllegalArgumentException().isThrownBy(() -> RandomOverlaps.expectedLargest(1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> RandomOverlaps.evenMoment(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> RandomOverlaps.evenMoment(3, -1));
    }

    private static FloatMatrix gaussian(int n, int m, int repeat) {
        var random = new Seed(SEED).child("rows/" + n + "/" + repeat).random();
        float[] data = new float[n * m];
        for (int k = 0; k < data.length; k++) {
            data[k] = (float) random.nextGaussian();
        }
        return new FloatMatrix(n, m, data);
    }
}
