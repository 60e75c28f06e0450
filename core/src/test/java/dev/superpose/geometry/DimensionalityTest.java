package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Dimensionalities of exact polytopes, and of random matrices by the definition.
class DimensionalityTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_261_126);

    private static FloatMatrix matrix(int width, double... numbers) {
        var floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return new FloatMatrix(numbers.length / width, width, floats);
    }

    private static double[] polygon(int corners) {
        var numbers = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            numbers[2 * i] = Math.cos(2 * Math.PI * i / corners);
            numbers[2 * i + 1] = Math.sin(2 * Math.PI * i / corners);
        }
        return numbers;
    }

    private static FloatMatrix polytope(Plateau plateau) {
        return switch (plateau) {
            case NONE -> matrix(2, 0, 0);
            case DIGON -> matrix(1, 1, -1);
            case TRIANGLE -> matrix(2, polygon(3));
            case TETRAHEDRON -> matrix(3, 1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1);
            case PENTAGON -> matrix(2, polygon(5));
            case ANTIPRISM -> antiprism();
            case DEDICATED -> matrix(2, 1, 0, 0, 1);
        };
    }

    /// Two squares, one turned by 45°, at the height ±h at which Wᵀ W is a multiple of the
    /// identity: the radius r has 4 r² = 8 h² per axis.
    private static FloatMatrix antiprism() {
        var numbers = new double[24];
        for (int i = 0; i < 8; i++) {
            double angle = Math.PI / 2 * (i % 4) + (i < 4 ? 0 : Math.PI / 4);
            numbers[3 * i] = Math.cos(angle);
            numbers[3 * i + 1] = Math.sin(angle);
            numbers[3 * i + 2] = (i < 4 ? 1 : -1) * Math.sqrt(0.5);
        }
        return matrix(3, numbers);
    }

    @ParameterizedTest
    @EnumSource
    void everyVertexOfARegularPolytopeHasItsPlateau(Plateau plateau) {
        var measured = Dimensionality.measure(polytope(plateau));
        for (int i = 0; i < measured.features(); i++) {
            assertThat(measured.of(i)).isCloseTo(plateau.dimensionality(), within(1e-6));
            assertThat(Plateau.nearest(measured.of(i))).isEqualTo(plateau);
        }
        assertThat(Plateau.counts(measured, 1e-3)).containsEntry(plateau, measured.features());
    }

    /// It is the join of a triangle and a digon in orthogonal spaces, and so splits into
    /// their plateaus.
    @Test
    void aTriangularBipyramidSplitsIntoATriangleAndADigon() {
        double[] triangle = polygon(3);
        var numbers = new double[15];
        for (int i = 0; i < 3; i++) {
            numbers[3 * i] = triangle[2 * i];
            numbers[3 * i + 1] = triangle[2 * i + 1];
        }
        numbers[11] = 0.9;
        numbers[14] = -0.9;
        var measured = Dimensionality.measure(matrix(3, numbers));
        assertThat(measured.of(0)).isCloseTo(2 / 3.0, within(1e-6));
        assertThat(measured.of(2)).isCloseTo(2 / 3.0, within(1e-6));
        assertThat(measured.of(3)).isCloseTo(1 / 2.0, within(1e-6));
        assertThat(measured.sum()).isCloseTo(3, within(1e-6));
        assertThat(Plateau.counts(measured, 0.01))
                .containsEntry(Plateau.TRIANGLE, 3)
                .containsEntry(Plateau.DIGON, 2)
                .containsEntry(Plateau.PENTAGON, 0);
    }

    @Test
    void unitRowsGiveTheSameDimensionsPerFeature() {
        var measured = Dimensionality.measure(polytope(Plateau.PENTAGON));
        assertThat(measured.perFeature()).isCloseTo(2 / 5.0, within(1e-6));
        // Five unit rows in two dimensions: Σ_j cos² = 5/2, one of it the row's own.
        assertThat(measured.interference(3)).isCloseTo(1.5, within(1e-6));
        assertThat(measured.norm(3)).isCloseTo(1, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void randomMatricesAgreeWithTheDefinitionAndNeverExceedTheirRank(int m) {
        int n = 9;
        var random = new Seed(SEED).child("" + m).random();
        var w = new double[n * m];
        Arrays.setAll(w, _ -> random.nextGaussian());
        var rows = matrix(m, w);
        var measured = Dimensionality.measure(rows);
        for (int i = 0; i < n; i++) {
            double own = dot(rows, i, i);
            double all = 0;
            double others = 0;
            for (int j = 0; j < n; j++) {
                all += dot(rows, i, j) * dot(rows, i, j);
                others += j == i ? 0 : dot(rows, i, j) * dot(rows, i, j) / own;
            }
            assertThat(measured.of(i))
                    .as("again with -Dsuperpose.seed=%d", SEED)
                    .isCloseTo(own * own / all, within(1e-12));
            assertThat(measured.interference(i)).isCloseTo(others, within(1e-12 * all));
        }
        assertThat(measured.sum()).isLessThanOrEqualTo(m + 1e-9);
    }

    private static double dot(FloatMatrix w, int i, int j) {
        double sum = 0;
        for (int k = 0; k < w.columns(); k++) {
            sum += (double) w.data()[i * w.columns() + k] * w.data()[j * w.columns() + k];
        }
        return sum;
    }
}
