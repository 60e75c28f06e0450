package dev.superpose.models;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.models.HeadOverlaps.Times;
import dev.superpose.published.PublishedModels;
import dev.superpose.published.PublishedModels.Family;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The published overlaps, against NumPy (core/src/test/python/language_model_oracle.py).
class HeadOverlapsTest {
    private static final HeadOverlaps HEADS = HeadOverlaps.of(PublishedModels.overlaps());

    /// 1/m lies within two errors of the slope, and 5 to 99 times below the values.
    @Test
    void overlapsFallAsAPowerOfTheWidthButLieFarAboveRandomOnes() {
        assertThat(HEADS.all().exponent()).isCloseTo(-1.255428, within(1e-6));
        assertThat(HEADS.all().standardError()).isCloseTo(0.193570, within(1e-6));
        assertThat(HEADS.all().rSquared()).isCloseTo(0.646500, within(1e-6));
        var statistics = HEADS.times().stream().mapToDouble(Times::value).summaryStatistics();
        assertThat(statistics.getCount()).isEqualTo(25);
        assertThat(statistics.getMin()).isCloseTo(5.07, within(0.01));
        assertThat(statistics.getMax()).isCloseTo(99.09, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({
        "OPT, -1.310640, 0.238848, -1.280452, 0.274572",
        "QWEN, -0.939157, 0.410413, -1.372620, 0.231318",
        "GPT2, -3.480507, 1.486558, -1.196262, 0.210118",
        "PYTHIA, -1.495091, 0.369287, -1.211661, 0.196358"
    })
    void familiesDiffer(Family family, double own, double ownError, double without, double withoutError) {
        var alone = requireNonNull(HEADS.of().get(family));
        var others = requireNonNull(HEADS.without().get(family));
        assertThat(alone.exponent()).isCloseTo(own, within(1e-5));
        assertThat(alone.standardError()).isCloseTo(ownError, within(1e-5));
        assertThat(others.exponent()).isCloseTo(without, within(1e-5));
        assertThat(others.standardError()).isCloseTo(withoutError, within(1e-5));
    }

    @Test
    void refusesHeadsOfOneWidth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeadOverlaps.of(PublishedModels.overlaps().subList(0, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> HeadOverlaps.of(List.of()));
    }
}
