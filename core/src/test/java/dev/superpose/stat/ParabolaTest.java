package dev.superpose.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ParabolaTest {
    private static final double[] X = {17, 18.5, 19, 20.5, 22, 22.25};
    private static final double[] ONES = {1, 1, 1, 1, 1, 1};

    @Test
    void aParabolaIsFoundAgain() {
        double[] y =
                Arrays.stream(X).map(x -> 2.5 + 0.03 * (x - 19.7) * (x - 19.7)).toArray();

        var parabola = Parabola.weighted(X, y, ONES);

        assertThat(parabola.vertex()).isCloseTo(19.7, within(1e-11));
        assertThat(parabola.value()).isCloseTo(2.5, within(1e-13));
        assertThat(parabola.curvature()).isCloseTo(0.03, within(1e-13));
        assertThat(parabola.at(21)).isCloseTo(2.5 + 0.03 * 1.69, within(1e-12));
        assertThat(parabola.points()).isEqualTo(6);
    }

    @Test
    void leastSquaresLeaveResidualsThatNoParabolaExplains() {
        double[] y = {3, 2.2, 2.4, 2.1, 2.2, 2.5};

        var parabola = Parabola.weighted(X, y, ONES);

        for (int power = 0; power <= 2; power++) {
            double product = 0;
            for (int i = 0; i < X.length; i++) {
                product += (y[i] - parabola.at(X[i])) * Math.pow(X[i] - 20, power);
            }
            assertThat(product).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void aWeightOfTwoIsAPointTwice() {
        var once = Parabola.weighted(new double[] {1, 2, 3, 4}, new double[] {3, 1, 1.5, 4}, new double[] {1, 2, 1, 1});
        var twice = Parabola.weighted(
                new double[] {1, 2, 2, 3, 4}, new double[] {3, 1, 1, 1.5, 4}, new double[] {1, 1, 1, 1, 1});

        assertThat(once.vertex()).isCloseTo(twice.vertex(), within(1e-12));
        assertThat(once.value()).isCloseTo(twice.value(), within(1e-12));
        assertThat(once.curvature()).isCloseTo(twice.curvature(), within(1e-12));
    }

    @Test
    void twoDifferentPlacesAreNotEnough() {
        assertThatThrownBy(
                        () -> Parabola.weighted(new double[] {1, 1, 2}, new double[] {1, 2, 3}, new double[] {1, 1, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a parabola needs three different x, has 2");
    }

    @Test
    void whatIsNotFiniteIsRefused() {
        assertThatThrownBy(() -> Parabola.weighted(
                        new double[] {1, Double.NaN, 2}, new double[] {1, 2, 3}, new double[] {1, 1, 1}))
                .hasMessageContaining("point 1 is (NaN, 2.0) of weight 1.0");
        assertThatThrownBy(() -> Parabola.weighted(new double[] {1, 2, 3}, new double[] {1, 2}, new double[] {1, 1, 1}))
                .hasMessageContaining("has 3, 2 and 3");
    }
}
