package dev.superpose.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ActiveCountsTest {
    /// Against the sum over all 2^8 patterns of active features.
    @Test
    void agreesWithEveryPattern() {
        double[] p = {0.9, 0.5, 0.31, 0, 0.25, 1e-3, 0.125, 0.77};
        double[] byCount = new double[p.length + 1];
        double[] alone = new double[p.length];
        for (int pattern = 0; pattern < 1 << p.length; pattern++) {
            double probability = 1;
            for (int i = 0; i < p.length; i++) {
                probability *= (pattern >> i & 1) == 1 ? p[i] : 1 - p[i];
            }
            byCount[Integer.bitCount(pattern)] += probability;
            if (Integer.bitCount(pattern) == 1) {
                alone[Integer.numberOfTrailingZeros(pattern)] = probability;
            }
        }

        var counts = ActiveCounts.of(p);

        assertThat(counts.none()).isCloseTo(byCount[0], within(1e-15));
        assertThat(counts.one()).isCloseTo(byCount[1], within(1e-15));
        assertThat(counts.more()).isCloseTo(Arrays.stream(byCount).skip(2).sum(), within(1e-14));
        assertThat(ActiveCounts.alone(p)).containsExactly(alone, within(1e-15));
    }

    /// Many rare features: Poisson, here with E = 1.
    @Test
    void manyRareFeaturesAreCountedByPoisson() {
        double[] p = new double[1_000_000];
        Arrays.fill(p, 1e-6);

        var counts = ActiveCounts.of(p);

        assertThat(counts.none()).isCloseTo(Math.exp(-1), within(1e-6));
        assertThat(counts.one()).isCloseTo(Math.exp(-1), within(1e-6));
        assertThat(counts.more()).isCloseTo(1 - 2 * Math.exp(-1), within(1e-6));
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatIllegalArgumentException().isThrownBy(() -> ActiveCounts.of(new double[] {0.5, Double.NaN}));
    }
}
