package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Arithmetic.Precision;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Products in float32 against float64, and that the random vectors see what is wrong with them.
class GramPassTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_101);
    private static final int ROWS = 6000;
    private static final int WIDTH = 150;

    enum Kind {
        GAUSSIAN,
        /// Squares of few bits: roundings of a plain float32 sum would all go one way.
        FEW_BITS,
        COMMON_DIRECTION,
        ALL_EQUAL
    }

    @ParameterizedTest
    @EnumSource
    void float32StaysWithinTheErrorThatItTells(Kind kind) throws IOException {
        FloatMatrix w = matrix(kind);
        GramPass single = pass(w, Precision.FLOAT32, 2);
        LowerTriangle exact = pass(w, Precision.FLOAT64, 1).gram(0);
        double squares = exact.sumOfSquares();
        double told = single.relativeError(0, 0);
        assertThat(told).as("seed %d", SEED).isPositive().isLessThan(1e-5);
        assertThat(single.gram(0).sumOfSquares()).as("seed %d", SEED).isCloseTo(squares, within(told * squares));
        double largest = SymmetricEigenvalues.of(exact, Workers.NONE)[WIDTH - 1];
        assertThat(SymmetricEigenvalues.of(single.gram(0), Workers.NONE)[WIDTH - 1])
                .as("seed %d", SEED)
                .isCloseTo(largest, within(told * largest));
    }

    @ParameterizedTest
    @EnumSource(names = {"GAUSSIAN", "FEW_BITS", "COMMON_DIRECTION"})
    void float32IsGoodToOneInAMillionWhereRowsDiffer(Kind kind) throws IOException {
        FloatMatrix w = matrix(kind);
        double exact = pass(w, Precision.FLOAT64, 1).gram(0).sumOfSquares();
        assertThat(pass(w, Precision.FLOAT32, 1).gram(0).sumOfSquares())
                .as("seed %d", SEED)
                .isCloseTo(exact, within(2.5e-7 * exact));
    }

    @Test
    void tellsWhatFloat32CannotHold() throws IOException {
        for (float scale : new float[] {0x1p-80f, 0x1p90f}) {
            FloatMatrix w = matrix(Kind.GAUSSIAN);
            for (int k = 0; k < w.data().length; k++) {
                w.data()[k] *= scale;
            }
            // NaN is told too, so that only "at most" may be asked.
            assertThat(pass(w, Precision.FLOAT32, 1).relativeError(0, 0) <= 0.1).isFalse();
            assertThat(pass(w, Precision.FLOAT64, 1).relativeError(0, 0)).isLessThan(1e-13);
        }
    }

    @Test
    void largeMatricesAreMultipliedInFloat32() throws IOException {
        int n = 20_000;
        int m = 720;
        FloatMatrix w = PackingTest.gaussian(n, m);
        GeometryReport report = GeometryTest.measure(w, sampled());
        assertThat(report.arithmetic().products()).isEqualTo(Precision.FLOAT32);
        assertThat(report.arithmetic().relativeError()).isBetween(1e-9, 2.5e-7);
        double exact = pass(unit(w), Precision.FLOAT64, 1).gram(0).sumOfSquares();
        double meanSquare = (exact - n) / ((double) n * (n - 1));
        // Rows rounded to float32 are what both see.
        assertThat(report.overlap().meanSquare()).isCloseTo(meanSquare, within(1e-7 * meanSquare));
    }

    private static Geometry.Options sampled() {
        return Geometry.Options.standard().withPairs(Geometry.Pairs.SAMPLE, new Seed(1));
    }

    private static FloatMatrix unit(FloatMatrix w) {
        FloatMatrix unit = w.copy();
        for (int i = 0; i < w.rows(); i++) {
            double norm = Math.sqrt(w.squaredNorm(i));
            for (int j = 0; j < w.columns(); j++) {
                unit.set(i, j, (float) (w.at(i, j) / norm));
            }
        }
        return unit;
    }

    private static FloatMatrix matrix(Kind kind) {
        SplitRandom random = new Seed(SEED).child("gram " + kind).random();
        FloatMatrix w = FloatMatrix.zeros(ROWS, WIDTH);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < WIDTH; j++) {
                w.set(
                        i,
                        j,
                        switch (kind) {
                            case GAUSSIAN -> (float) random.nextGaussian();
                            case FEW_BITS ->
                                Float.intBitsToFloat(Float.floatToRawIntBits(2 * random.nextFloat() - 1) & 0xffff0000);
                            case COMMON_DIRECTION -> (float) (random.nextGaussian() + 3 * (j % 4));
                            case ALL_EQUAL -> 0.1f * (j + 1);
                        });
            }
        }
        return w;
    }

    private static GramPass pass(FloatMatrix w, Precision precision, int threads) throws IOException {
        GramPass.Transform transform = (_, values, from, targets, to) -> {
            for (int j = 0; j < w.columns(); j++) {
                targets[0][to + j] = values[from + j];
            }
        };
        try (var workers = new Workers(threads)) {
            return GramPass.over(RowBlocks.of(w), workers, 1, precision, transform, _ -> {});
        }
    }
}
