package dev.superpose.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    /// scipy 1.17: scipy.stats.spearmanr([1, 2, 3, 4, 5, 6, 7], [5, 6, 7, 8, 7, 1, 7]).
    @Test
    void agreesWithScipyAlsoWithTies() {
        var correlation = RankCorrelation.of(new double[] {1, 2, 3, 4, 5, 6, 7}, new double[] {5, 6, 7, 8, 7, 1, 7});

        assertThat(correlation.rho()).isCloseTo(0.18531232916527532, within(1e-12));
        assertThat(correlation.p()).isCloseTo(0.6907777961916856, within(1e-12));
    }

    @Test
    void isNothingWhereAColumnIsConstant() {
        assertThat(RankCorrelation.of(new double[] {1, 2, 3, 4}, new double[] {2, 2, 2, 2})
                        .rho())
                .isNaN();
    }

    @Test
    void isOneForAnyRisingCurve() {
        var correlation = RankCorrelation.of(new double[] {1, 2, 3, 4, 5}, new double[] {1, 10, 100, 1e6, 1e9});

        assertThat(correlation.rho()).isEqualTo(1);
        assertThat(correlation.p()).isLessThan(1e-6);
    }
}
