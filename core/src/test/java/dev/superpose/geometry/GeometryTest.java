package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Geometry.Options;
import dev.superpose.geometry.Geometry.Pairs;
import dev.superpose.geometry.GeometryReport.Excluded;
import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The streamed measures against NumPy over explicit pairs, against the pairs in memory, and on what real files hold.
class GeometryTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_101);

    @ParameterizedTest
    @CsvSource({"60, 7", "20, 33", "40, 40", "700, 130", "9, 1"})
    void agreesWithNumpy(int n, int m) throws IOException {
        GeometryOracle oracle = GeometryOracle.read(n + "x" + m);
        GeometryReport report = measure(GeometryOracle.matrix(n, m), Options.standard());
        assertThat(report.rows()).isEqualTo(n);
        assertThat(report.used()).isEqualTo(n - oracle.zero());
        assertThat(report.excluded()).isEqualTo(new Excluded(0, 0, oracle.zero(), oracle.duplicate()));
        compare(report, oracle, 1e-12);
    }

    /// `tolerance` of what is computed in float64; pairs are of float32 unit rows.
    static void compare(GeometryReport report, GeometryOracle oracle, double tolerance) {
        assertThat(report.norm())
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) <= tolerance * Math.abs(b) ? 0 : 1, Double.class)
                .isEqualTo(oracle.usedNorm());
        assertThat(report.represented().absolute()).isEqualTo(oracle.usedAbsolute());
        assertThat(report.represented().relative()).isEqualTo(oracle.usedRelative());
        assertThat(report.represented().byMeanSquare()).isEqualTo(oracle.usedRootMeanSquare());
        assertThat(report.overlap().mean()).isCloseTo(oracle.overlap().mean(), within(tolerance));
        assertThat(report.overlap().meanSquare())
                .isCloseTo(
                        oracle.overlap().meanSquare(),
                        within(tolerance * oracle.overlap().meanSquare()));
        assertThat(report.overlap().meanAbs().method()).isEqualTo(Method.EXACT);
        assertThat(report.overlap().meanAbs().value())
                .isCloseTo(oracle.overlap().meanAbs(), within(1e-7));
        assertThat(report.overlap().maxAbs().value()).isCloseTo(oracle.overlap().maxAbs(), within(1e-6));
        assertThat(report.centered().mean()).isCloseTo(oracle.centered().mean(), within(tolerance));
        assertThat(report.centered().meanSquare()).isCloseTo(oracle.centered().meanSquare(), within(tolerance));
        assertThat(report.spectrum().participationRatio())
                .isCloseTo(oracle.participationRatio(), within(tolerance * oracle.participationRatio()));
        assertThat(report.spectrum().effectiveRank())
                .isCloseTo(oracle.effectiveRank(), within(tolerance * oracle.effectiveRank()));
        assertThat(report.spectrum().stableRank())
                .isCloseTo(oracle.stableRank(), within(tolerance * oracle.stableRank()));
    }

    @Test
    void isTheSameForAnyNumberOfThreadsAndAnyRun() throws IOException {
        FloatMatrix w = PackingTest.gaussian(3000, 150);
        for (Pairs pairs : Pairs.values()) {
            Options options = Options.standard().withPairs(pairs, new Seed(5));
            GeometryReport alone = measure(w, options.withThreads(1));
            assertThat(measure(w, options.withThreads(5))).isEqualTo(alone);
            assertThat(measure(w, options.withThreads(2))).isEqualTo(alone);
        }
    }

    @Test
    void theGramAndThePairsInMemoryTellTheSame() throws IOException {
        FloatMatrix w = PackingTest.gaussian(1500, 20);
        GeometryReport report = measure(w, Options.standard());
        Packing packing = Packing.measure(w);
        assertThat(report.overlap().mean()).isCloseTo(packing.overlap().mean(), within(1e-9));
        assertThat(report.overlap().meanSquare()).isCloseTo(packing.overlap().meanSquare(), within(1e-8));
        assertThat(report.overlap().meanAbs().value())
                .isCloseTo(packing.overlap().meanAbs(), within(1e-9));
        assertThat(report.overlap().maxAbs().value())
                .isCloseTo(packing.overlap().maxAbs(), within(1e-6));
        assertThat(report.represented().absolute()).isEqualTo(packing.representedFraction());
    }

    @Test
    void aSampleOfPairsCoversTheTruthWithinItsStandardError() throws IOException {
        // Rows of very different company: half of them huddle around one direction.
        FloatMatrix w = PackingTest.gaussian(4000, 8);
        for (int i = 0; i < 2000; i++) {
            w.set(i, 0, w.at(i, 0) + 4);
        }
        var truth = measure(w, Options.standard().withPairs(Pairs.EXACT, new Seed(0)))
                .overlap();
        int within2 = 0;
        for (int repeat = 0; repeat < 20; repeat++) {
            Seed seed = new Seed(SEED).child("sample" + repeat);
            var sampled =
                    measure(w, Options.standard().withPairs(Pairs.SAMPLE, seed)).overlap();
            assertThat(sampled.meanAbs().method()).isEqualTo(Method.SAMPLED);
            assertThat(sampled.maxAbs().method()).isEqualTo(Method.LOWER_BOUND);
            assertThat(sampled.maxAbs().value())
                    .isLessThanOrEqualTo(truth.maxAbs().value() + 1e-7);
            assertThat(sampled.meanSquare()).isEqualTo(truth.meanSquare());
            double off = Math.abs(sampled.meanAbs().value() - truth.meanAbs().value());
            assertThat(off).as("seed %s", seed).isLessThan(5 * sampled.meanAbs().standardError());
            within2 += off < 2 * sampled.meanAbs().standardError() ? 1 : 0;
        }
        // 19 of 20 are expected; fewer than 14 would happen once in ten thousand times.
        assertThat(within2).as("seed %d", SEED).isGreaterThanOrEqualTo(14);
    }

    @Test
    void leavesOutAndCountsRowsWithoutADirection() throws IOException {
        FloatMatrix w = PackingTest.gaussian(40, 6);
        FloatMatrix dirty = FloatMatrix.zeros(50, 6);
        System.arraycopy(w.data(), 0, dirty.data(), 0, 40 * 6);
        // After the real rows: a zero row, NaN, infinity, a repetition of row 3, then padding full of noise.
        dirty.set(41, 2, Float.NaN);
        dirty.set(42, 5, Float.NEGATIVE_INFINITY);
        System.arraycopy(w.data(), 3 * 6, dirty.data(), 43 * 6, 6);
        for (int i = 44; i < 50; i++) {
            dirty.set(i, 0, 100);
        }
        GeometryReport report = measure(dirty, Options.standard().withPaddingFrom(44));
        assertThat(report.excluded()).isEqualTo(new Excluded(6, 2, 1, 1));
        assertThat(report.used()).isEqualTo(41);
        FloatMatrix clean = FloatMatrix.zeros(41, 6);
        System.arraycopy(w.data(), 0, clean.data(), 0, 40 * 6);
        System.arraycopy(w.data(), 3 * 6, clean.data(), 40 * 6, 6);
        GeometryReport expected = measure(clean, Options.standard());
        assertThat(report.norm()).isEqualTo(expected.norm());
        assertThat(report.overlap().meanSquare()).isCloseTo(expected.overlap().meanSquare(), within(1e-14));
        assertThat(report.centered().meanSquare()).isCloseTo(expected.centered().meanSquare(), within(1e-14));
        assertThat(report.spectrum().effectiveRank())
                .isCloseTo(expected.spectrum().effectiveRank(), within(1e-12));
        assertThat(report.overlap().maxAbs().value()).isCloseTo(1, within(1e-6));
    }

    @Test
    void hasASensibleAnswerForEveryShape() throws IOException {
        FloatMatrix one = FloatMatrix.zeros(1, 3);
        one.set(0, 1, 2);
        GeometryReport single = measure(one, Options.standard());
        assertThat(single.overlap().meanSquare()).isNaN();
        assertThat(single.overlap().maxAbs().value()).isNaN();
        assertThat(single.spectrum().stableRank()).isEqualTo(1);
        assertThat(single.regime()).isEqualTo(Regime.NONE);

        // All rows equal: nothing is left when their mean is taken away.
        FloatMatrix equal = FloatMatrix.zeros(30, 3);
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 3; j++) {
                equal.set(i, j, 0.1f * (j + 1));
            }
        }
        GeometryReport same = measure(equal, Options.standard());
        assertThat(same.overlap().mean()).isCloseTo(1, within(1e-12));
        assertThat(same.overlap().meanSquare()).isCloseTo(1, within(1e-12));
        assertThat(same.overlap().maxAbs().value()).isCloseTo(1, within(1e-6));
        assertThat(same.centered().meanSquare()).isNaN();
        assertThat(same.excluded().duplicate()).isEqualTo(29);
        assertThat(same.spectrum().effectiveRank()).isCloseTo(1, within(1e-10));

        // An orthonormal basis: no overlap at all, and the bound says that none is needed.
        FloatMatrix basis = FloatMatrix.zeros(200, 200);
        for (int i = 0; i < 200; i++) {
            basis.set(i, (i * 7) % 200, -1);
        }
        GeometryReport orthonormal = measure(basis, Options.standard());
        assertThat(orthonormal.overlap().meanSquare()).isZero();
        assertThat(orthonormal.overlap().welchMeanSquare()).isZero();
        assertThat(orthonormal.spectrum().participationRatio()).isCloseTo(200, within(1e-9));
        assertThat(orthonormal.regime()).isEqualTo(Regime.NONE);
    }

    @Test
    void tinyAndHugeNumbersKeepTheirDirections() throws IOException {
        FloatMatrix w = PackingTest.gaussian(100, 5);
        GeometryReport plain = measure(w, Options.standard());
        FloatMatrix huge = w.copy();
        FloatMatrix tiny = w.copy();
        for (int k = 0; k < w.data().length; k++) {
            huge.data()[k] *= 0x1p120f;
            tiny.data()[k] *= 0x1p-125f;
        }
        for (FloatMatrix scaled : List.of(huge, tiny)) {
            GeometryReport report = measure(scaled, Options.standard());
            assertThat(report.overlap().meanSquare()).isCloseTo(plain.overlap().meanSquare(), within(1e-6));
            assertThat(report.spectrum().effectiveRank())
                    .isCloseTo(plain.spectrum().effectiveRank(), within(1e-5));
            assertThat(report.regime()).isEqualTo(Regime.STRONG);
        }
        FloatMatrix denormal = FloatMatrix.zeros(3, 2);
        denormal.set(0, 0, Float.MIN_VALUE);
        denormal.set(1, 1, -Float.MIN_VALUE);
        denormal.set(2, 0, Float.MIN_VALUE);
        assertThat(measure(denormal, Options.standard()).overlap().meanSquare()).isCloseTo(1.0 / 3, within(1e-15));
    }

    @Test
    void saysWhenNothingIsLeft() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() ->
                        measure(FloatMatrix.zeros(4, 3), Options.standard().withPaddingFrom(3)))
                .withMessage("nothing left to measure: of 4 rows 1 are padding, 3 zero, 0 not finite");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> measure(FloatMatrix.zeros(0, 3), Options.standard()))
                .withMessageContaining("shape (0, 3)");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Geometry.measure(computed(10, 1_000_000), Options.standard()))
                .withMessageContaining("allow more with -Xmx");
    }

    @Test
    void judgesTheRegimeByNormsFreeOfScale() throws IOException {
        int n = 400;
        int m = 10;
        assertThat(measure(withNorms(n, m, n), Options.standard()).regime()).isEqualTo(Regime.STRONG);
        assertThat(measure(withNorms(n, m, 100), Options.standard()).regime()).isEqualTo(Regime.MIXED);
        assertThat(measure(withNorms(n, m, 12), Options.standard()).regime()).isEqualTo(Regime.WEAK);
        assertThat(measure(PackingTest.gaussian(10, 10), Options.standard()).regime())
                .isEqualTo(Regime.NONE);
    }

    /// Random rows of which the first `large` have norm near 0.001, the others a hundredth of it.
    private static FloatMatrix withNorms(int n, int m, int large) {
        FloatMatrix w = PackingTest.gaussian(n, m);
        for (int i = 0; i < n; i++) {
            double norm = Math.sqrt(w.squaredNorm(i));
            for (int j = 0; j < m; j++) {
                w.set(i, j, (float) (w.at(i, j) / norm * (i < large ? 1e-3 : 1e-5)));
            }
        }
        return w;
    }

    @Test
    void streamsAMatrixThatIsNeverInMemory() throws IOException {
        int m = 64;
        int n = 150_000;
        List<Double> told = Collections.synchronizedList(new ArrayList<>());
        GeometryReport report =
                Geometry.measure(computed(n, m), Options.standard().withProgress(told::add));
        assertThat(report.used()).isEqualTo(n);
        assertThat(report.excluded().duplicate()).isZero();
        assertThat(report.overlap().meanAbs().method()).isEqualTo(Method.SAMPLED);
        // Independent uniform numbers: directions are nearly, not quite, those of a sphere.
        assertThat(report.overlap().meanSquareTimesWidth()).isCloseTo(1, within(0.01));
        assertThat(report.overlap().meanAbs().value()).isCloseTo(Bounds.randomMeanAbsolute(m), within(0.002));
        assertThat(told).isSorted().last().isEqualTo(1.0);
    }

    /// Uniform numbers made on the fly from the place in the matrix. More than a small block at a time is refused.
    private static RowBlocks computed(long n, int m) {
        return new RowBlocks() {
            @Override
            public long rows() {
                return n;
            }

            @Override
            public int width() {
                return m;
            }

            @Override
            public void read(long first, int count, float[] target) {
                assertThat((long) count * m).isLessThanOrEqualTo(1 << 20);
                for (int k = 0; k < count * m; k++) {
                    long z = (first * m + k + 1) * 0x9e3779b97f4a7c15L;
                    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
                    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
                    target[k] = ((z ^ (z >>> 31)) >> 40) * 0x1p-23f;
                }
            }
        };
    }

    @Test
    void hidesNoFailureToRead() {
        RowBlocks broken = new RowBlocks() {
            @Override
            public long rows() {
                return 100_000;
            }

            @Override
            public int width() {
                return 8;
            }

            @Override
            public void read(long first, int count, float[] target) throws IOException {
                if (first > 50_000) {
                    throw new InputException("the disk is gone");
                }
                Arrays.fill(target, 1);
            }
        };
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Geometry.measure(broken, Options.standard()))
                .withMessage("the disk is gone");
    }

    static GeometryReport measure(FloatMatrix w, Options options) throws IOException {
        return Geometry.measure(RowBlocks.of(w), options);
    }
}
