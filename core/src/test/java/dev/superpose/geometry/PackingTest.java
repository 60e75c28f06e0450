package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The measures of a trained W against NumPy, the identities that hold for any W, and what
/// must not break it.
class PackingTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_101);

    @ParameterizedTest
    @CsvSource({"60, 7", "20, 33", "40, 40", "700, 130", "9, 1"})
    void agreesWithNumpy(int n, int m) {
        GeometryOracle oracle = GeometryOracle.read(n + "x" + m);
        Packing packing = Packing.measure(GeometryOracle.matrix(n, m));
        assertThat(packing.norm())
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) <= 1e-14 * Math.abs(b) ? 0 : 1, Double.class)
                .isEqualTo(oracle.norm());
        assertThat(packing.representedFraction()).isEqualTo(oracle.representedFraction());
        assertThat(packing.strongFraction()).isEqualTo(oracle.strongFraction());
        assertThat(packing.directions()).isEqualTo(n - oracle.zero());
        compare(packing.overlap(), oracle.overlap());
        if (oracle.strongOverlap() == null) {
            assertThat(packing.strongOverlap().pairs()).isZero();
            assertThat(packing.varianceRatioStrong()).isNaN();
        } else {
            compare(packing.strongOverlap(), oracle.strongOverlap());
        }
        assertThat(packing.spectrum().participationRatio()).isCloseTo(oracle.participationRatio(), within(1e-10));
        assertThat(packing.spectrum().effectiveRank()).isCloseTo(oracle.effectiveRank(), within(1e-10));
        assertThat(packing.spectrum().stableRank()).isCloseTo(oracle.stableRank(), within(1e-10));
        assertThat(packing.randomMeanSquare()).isEqualTo(1.0 / m);
    }

    private static void compare(PairOverlaps found, GeometryOracle.Pairs expected) {
        assertThat(found.pairs()).isEqualTo(expected.pairs());
        assertThat(found.mean()).isCloseTo(expected.mean(), within(1e-7));
        assertThat(found.meanSquare()).isCloseTo(expected.meanSquare(), within(1e-6 * expected.meanSquare()));
        assertThat(found.varianceOfSquare())
                .isCloseTo(expected.varianceOfSquare(), within(1e-6 * expected.varianceOfSquare() + 1e-15));
        assertThat(found.meanAbs()).isCloseTo(expected.meanAbs(), within(1e-6 * expected.meanAbs()));
        assertThat(found.maxAbs()).isCloseTo(expected.maxAbs(), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "5, 3", "300, 17", "257, 64", "40, 100"})
    void neverFallsBelowWelch(int n, int m) {
        Packing packing = Packing.measure(gaussian(n, m));
        assertThat(packing.overlap().meanSquare())
                .as("seed %d", SEED)
                .isGreaterThanOrEqualTo(packing.welchMeanSquare() * (1 - 1e-6));
        assertThat(packing.overlap().maxAbs())
                .as("seed %d", SEED)
                .isGreaterThanOrEqualTo(Bounds.largestOverlap(n, m) * (1 - 1e-6));
    }

    @Test
    void meetsWelchOnTightFrames() {
        // The simplex: 5 vectors in 4 dimensions at the same angle, -1/4. Rows of I - J/5 in an orthonormal basis of
        // the space they span (Helmert's).
        FloatMatrix simplex = FloatMatrix.zeros(5, 4);
        for (int k = 1; k < 5; k++) {
            for (int i = 0; i <= k; i++) {
                simplex.set(i, k - 1, (float) ((i < k ? 1 : -k) / Math.sqrt(k * (k + 1.0))));
            }
        }
        Packing packing = Packing.measure(simplex);
        assertThat(packing.overlap().meanSquare()).isCloseTo(1.0 / 16, within(1e-7));
        assertThat(packing.welchMeanSquare()).isCloseTo(1.0 / 16, within(1e-15));
        assertThat(packing.overlap().varianceOfSquare()).isCloseTo(0, within(1e-12));
        assertThat(packing.overlap().maxAbs()).isCloseTo(Bounds.largestOverlap(5, 4), within(1e-7));

        // Two orthonormal bases, one turned: a tight frame that is not equiangular.
        FloatMatrix bases = FloatMatrix.zeros(4, 2);
        bases.set(0, 0, 1);
        bases.set(1, 1, 1);
        bases.set(2, 0, 0.6f);
        bases.set(2, 1, 0.8f);
        bases.set(3, 0, -0.8f);
        bases.set(3, 1, 0.6f);
        assertThat(Packing.measure(bases).overlap().meanSquare()).isCloseTo(Bounds.welchMeanSquare(4, 2), within(1e-7));
        assertThat(Packing.measure(bases).spectrum().participationRatio()).isCloseTo(2, within(1e-6));

        FloatMatrix identity = FloatMatrix.zeros(6, 6);
        for (int i = 0; i < 6; i++) {
            identity.set(i, i, 3);
        }
        assertThat(Packing.measure(identity).overlap().meanSquare()).isZero();
        assertThat(Packing.measure(identity).spectrum().effectiveRank()).isCloseTo(6, within(1e-14));
    }

    @Test
    void randomDirectionsShowTheirExpectedOverlap() {
        int n = 600;
        int m = 24;
        PairOverlaps overlap = Packing.measure(gaussian(n, m)).overlap();
        // Overlaps of different pairs of random directions are uncorrelated, also where the pairs share a row.
        double error = Math.sqrt(Bounds.randomVarianceOfSquare(m) / overlap.pairs());
        assertThat(overlap.meanSquare())
                .as("4 standard errors; seed %d", SEED)
                .isCloseTo(Bounds.randomMeanSquare(m), within(4 * error));
        assertThat(overlap.meanAbs())
                .as("4 standard errors; seed %d", SEED)
                .isCloseTo(
                        Bounds.randomMeanAbsolute(m),
                        within(4 * Math.sqrt((1.0 / m - Math.pow(Bounds.randomMeanAbsolute(m), 2)) / overlap.pairs())));
        assertThat(overlap.varianceOfSquare() / Bounds.randomVarianceOfSquare(m))
                .isCloseTo(1, within(0.05));
    }

    @Test
    void aRotationLeavesEverythingAsItWas() {
        FloatMatrix w = gaussian(80, 6);
        FloatMatrix turned = w.copy();
        SplitRandom random = new Seed(SEED).child("angles").random();
        for (int a = 0; a < 6; a++) {
            for (int b = a + 1; b < 6; b++) {
                double angle = 2 * Math.PI * random.nextDouble();
                for (int i = 0; i < 80; i++) {
                    float x = turned.at(i, a);
                    float y = turned.at(i, b);
                    turned.set(i, a, (float) (x * Math.cos(angle) - y * Math.sin(angle)));
                    turned.set(i, b, (float) (x * Math.sin(angle) + y * Math.cos(angle)));
                }
            }
        }
        assertThat(Packing.measure(turned))
                .as("seed %d", SEED)
                .usingRecursiveComparison()
                .withComparatorForType((x, y) -> Math.abs(x - y) <= 2e-6 * (1 + Math.abs(y)) ? 0 : 1, Double.class)
                .isEqualTo(Packing.measure(w));
    }

    @Test
    void scaleMovesNormsAndNothingElse() {
        FloatMatrix w = gaussian(50, 8);
        FloatMatrix small = w.copy();
        for (int k = 0; k < small.data().length; k++) {
            small.data()[k] *= 0x1p-60f;
        }
        Packing before = Packing.measure(w);
        Packing after = Packing.measure(small);
        assertThat(after.overlap()).isEqualTo(before.overlap());
        assertThat(after.spectrum())
                .usingRecursiveComparison()
                .ignoringFields("eigenvalues")
                .isEqualTo(before.spectrum());
        assertThat(after.norm().mean()).isEqualTo(before.norm().mean() * 0x1p-60);
        assertThat(after.representedFraction()).isZero();
        assertThat(after.strongRows()).isZero();
        assertThat(after.strongOverlap().meanSquare()).isNaN();
    }

    @Test
    void measuresWhatIsLeftOfABrokenW() {
        FloatMatrix w = gaussian(10, 4);
        w.set(3, 2, Float.NaN);
        w.set(4, 0, Float.POSITIVE_INFINITY);
        Packing packing = Packing.measure(w);
        assertThat(packing.directions()).isEqualTo(8);
        assertThat(packing.overlap().pairs()).isEqualTo(28);
        assertThat(packing.overlap().meanSquare()).isBetween(0.0, 1.0);
        assertThat(packing.norm().mean()).isNaN();
        assertThat(packing.spectrum().stableRank()).isNaN();

        Packing zero = Packing.measure(FloatMatrix.zeros(5, 3));
        assertThat(zero.overlap().meanSquare()).isNaN();
        assertThat(zero.representedFraction()).isZero();
        assertThat(zero.spectrum().effectiveRank()).isNaN();

        assertThatIllegalArgumentException().isThrownBy(() -> Packing.measure(FloatMatrix.zeros(0, 3)));
    }

    /// Independent standard normal numbers.
    static FloatMatrix gaussian(int n, int m) {
        SplitRandom random = new Seed(SEED).child(n + "x" + m).random();
        FloatMatrix w = FloatMatrix.zeros(n, m);
        for (int k = 0; k < n * m; k++) {
            w.data()[k] = (float) random.nextGaussian();
        }
        return w;
    }
}
