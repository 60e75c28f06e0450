package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationsTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatHasNoLogarithm(double bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Observation(bad, 1))
                .withMessageContaining("size must be positive and finite, is " + bad);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Observation(1, bad))
                .withMessageContaining("loss must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Observation(1, 1, bad))
                .withMessageContaining("weight must be");
    }

    @Test
    void refusesASingleSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Observations.of(new double[] {8, 8}, new double[] {1, 2}))
                .withMessageContaining("2 loss(es) at 1 size(s); measure more sizes");
        assertThatIllegalArgumentException().isThrownBy(() -> new Observations(List.of()));
    }

    @Test
    void meansAreGeometricAndCarryTheWeights() {
        var means = new Observations(
                        List.of(new Observation(16, 3), new Observation(8, 1, 1), new Observation(8, 8, 2)))
                .geometricMeans();

        assertThat(means.points()).hasSize(2);
        assertThat(means.points().getFirst().size()).isEqualTo(8);
        assertThat(means.points().getFirst().loss()).isCloseTo(4, within(1e-12));
        assertThat(means.points().getFirst().weight()).isEqualTo(3);
        assertThat(means.smallest()).isEqualTo(8);
        assertThat(means.largest()).isEqualTo(16);
    }
}
