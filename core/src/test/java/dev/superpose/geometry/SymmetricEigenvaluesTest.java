package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against Hipparchus, against a spectrum known in closed form, and independent of the number
/// of threads.
class SymmetricEigenvaluesTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_101);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 128, 129, 300})
    void agreesWithHipparchus(int order) {
        int rows = order + 2;
        double[] block = random(rows * order);
        double[] expected = new EigenDecompositionSymmetric(gram(block, rows, order)).getEigenvalues();
        Arrays.sort(expected);
        try (var workers = new Workers(3)) {
            double[] found = SymmetricEigenvalues.of(triangle(block, rows, order), workers);
            assertThat(found).as("seed %d", SEED).containsExactly(expected, within(1e-12 * expected[order - 1]));
            assertThat(found).isEqualTo(SymmetricEigenvalues.of(triangle(block, rows, order), Workers.NONE));
        }
    }

    @Test
    void knowsTheSpectrumOfARankOneMatrixAndOfZero() {
        var block = new double[200];
        Arrays.fill(block, 1e150);
        double[] found = SymmetricEigenvalues.of(triangle(block, 1, 200), Workers.NONE);
        assertThat(found[199]).isCloseTo(200e300, within(1e290));
        assertThat(found[198]).isCloseTo(0, within(1e290));
        assertThat(SymmetricEigenvalues.of(new LowerTriangle(5), Workers.NONE)).containsOnly(0);
    }

    @Test
    void keepsAMultipleEigenvalueOfZero() {
        double[] block = random(60 * 300);
        double[] found = SymmetricEigenvalues.of(triangle(block, 60, 300), Workers.NONE);
        double trace = gram(block, 60, 300).getTrace();
        for (int k = 0; k < 240; k++) {
            assertThat(found[k]).as("seed %d", SEED).isCloseTo(0, within(1e-12 * found[299]));
        }
        assertThat(found[240]).isPositive();
        assertThat(Arrays.stream(found).sum()).as("seed %d", SEED).isCloseTo(trace, within(1e-12 * trace));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 130, 300})
    void lapackAndTheOwnReductionFindTheSameWithAndWithoutACommonDirection(int order) {
        int rows = 3 * order;
        double[] block = random(rows * order);
        var common = new double[order];
        for (int k = 0; k < block.length; k++) {
            block[k] += k % order % 3;
            common[k % order] += block[k] / Math.sqrt(rows);
        }
        var centred = new double[rows * order];
        for (int k = 0; k < block.length; k++) {
            centred[k] = block[k] - common[k % order] / Math.sqrt(rows);
        }
        double[] whole = new EigenDecompositionSymmetric(gram(block, rows, order)).getEigenvalues();
        double[] reduced = new EigenDecompositionSymmetric(gram(centred, rows, order)).getEigenvalues();
        Arrays.sort(whole);
        Arrays.sort(reduced);
        for (boolean lapack : new boolean[] {false, true}) {
            var both = SymmetricEigenvalues.both(triangle(block, rows, order), common, Workers.NONE, lapack);
            double error = 1e-13 * order * whole[order - 1];
            assertThat(both.whole()).as("seed %d", SEED).containsExactly(whole, within(error));
            assertThat(both.reduced()).as("seed %d", SEED).containsExactly(reduced, within(error));
        }
    }

    @Test
    void sumsSquaresOverTheWholeMatrix() {
        double[] block = random(20 * 150);
        assertThat(triangle(block, 20, 150).sumOfSquares())
                .isCloseTo(Math.pow(gram(block, 20, 150).getFrobeniusNorm(), 2), within(1e-8));
    }

    private static LowerTriangle triangle(double[] block, int rows, int order) {
        var triangle = new LowerTriangle(order);
        triangle.addGram(block, rows);
        return triangle;
    }

    private static RealMatrix gram(double[] block, int rows, int order) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(rows, order);
        for (int k = 0; k < rows * order; k++) {
            matrix.setEntry(k / order, k % order, block[k]);
        }
        return matrix.transposeMultiply(matrix);
    }

    private static double[] random(int count) {
        SplitRandom random = new Seed(SEED).child("block" + count).random();
        var numbers = new double[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = random.nextGaussian();
        }
        return numbers;
    }
}
