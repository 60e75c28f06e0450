package dev.superpose.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SymmetricSystemTest {
    private static final double[][] MATRIX = {{4, 1, 0.5}, {1, 3, 0.2}, {0.5, 0.2, 1e-4 + 0.07}};

    @Test
    void solvesAndInverts() {
        var system = new SymmetricSystem(MATRIX);

        double[] solution = system.solve(new double[] {1, 2, 3});
        double[][] inverse = system.inverse();
        for (int i = 0; i < 3; i++) {
            double product = 0;
            for (int j = 0; j < 3; j++) {
                product += MATRIX[i][j] * solution[j];
                double entry = 0;
                for (int k = 0; k < 3; k++) {
                    entry += MATRIX[i][k] * inverse[k][j];
                }
                assertThat(entry).isCloseTo(i == j ? 1 : 0, within(1e-9));
            }
            assertThat(product).isCloseTo(i + 1, within(1e-9));
        }
        assertThat(system.condition()).isBetween(1.0, 1e5);
    }

    /// Rows in other units are the same system.
    @Test
    void unitsDoNotMatter() {
        double[][] other = new double[3][3];
        double[] unit = {1, 1e6, 1e-3};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                other[i][j] = MATRIX[i][j] * unit[i] * unit[j];
            }
        }
        assertThat(new SymmetricSystem(other).condition())
                .isCloseTo(new SymmetricSystem(MATRIX).condition(), within(1e-6));
    }

    @Test
    void whatIsNotFiniteFixesNothing() {
        var system = new SymmetricSystem(new double[][] {{1, Double.NaN}, {Double.NaN, 1}});

        assertThat(system.condition()).isInfinite();
        assertThat(system.solve(new double[] {1, 1})).containsOnly(0);
        assertThat(system.inverse()[0][0]).isNaN();
    }
}
