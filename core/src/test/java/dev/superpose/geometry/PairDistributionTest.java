package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Geometry.Options;
import dev.superpose.geometry.Geometry.Pairs;
import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.geometry.PairDistribution.Pair;
import dev.superpose.geometry.PairDistribution.Quantile;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The spread of overlaps against explicit pairs in float64, planted pairs, random directions,
/// and the truth behind samples.
class PairDistributionTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_107);
    // Overlaps are of float32 unit rows.
    private static final double ROUNDING = 1e-6;

    @ParameterizedTest
    @CsvSource({"700, 13", "1100, 60", "5, 3", "2, 1"})
    void agreesWithEveryPairTakenInFloat64(int n, int m) throws IOException {
        FloatMatrix w = huddled(n, m);
        double[] overlaps = overlaps(w, n);
        PairDistribution found = measure(w, Options.standard());
        assertThat(found.method()).isEqualTo(Method.EXACT);
        assertThat(found.rowsDrawn()).isEqualTo(n);
        assertThat(found.overlaps())
                .isEqualTo(n * (n - 1L) / 2)
                .isEqualTo(found.histogram().total());
        sameHistogram(found.histogram(), overlaps);
        double[] sizes = Arrays.stream(overlaps).map(Math::abs).sorted().toArray();
        for (Quantile quantile : found.quantiles()) {
            int rank = Math.max((int) Math.ceil(quantile.share() * sizes.length), 1);
            assertThat(quantile.value())
                    .as("%s", quantile)
                    .isCloseTo(sizes[rank - 1], within(quantile.resolution() + ROUNDING));
            assertThat(quantile.standardError()).isZero();
        }
        double mean = Arrays.stream(sizes).map(x -> x * x).average().orElseThrow();
        double variance = Arrays.stream(sizes)
                .map(x -> Math.pow(x * x - mean, 2))
                .average()
                .orElseThrow();
        assertThat(found.varianceOfSquare().value()).isCloseTo(variance, within(ROUNDING));
        if (m > 1) {
            assertThat(found.varianceRatio())
                    .isCloseTo(found.varianceOfSquare().value() / Bounds.randomVarianceOfSquare(m), within(1e-12));
        } else {
            assertThat(found.varianceRatio()).isNaN();
        }
        assertThat(Math.abs(found.largest().orElseThrow().cosine()))
                .isCloseTo(sizes[sizes.length - 1], within(ROUNDING));
    }

    /// An overlap may lie on the other side of an edge by its rounding.
    private static void sameHistogram(OverlapHistogram histogram, double[] overlaps) {
        double[] sorted = overlaps.clone();
        Arrays.sort(sorted);
        long below = 0;
        for (int bin = 0; bin < OverlapHistogram.BINS - 1; bin++) {
            below += histogram.counts().get(bin);
            double edge = OverlapHistogram.edge(bin + 1);
            assertThat(below)
                    .as("overlaps below %s", edge)
                    .isBetween(countBelow(sorted, edge - ROUNDING), countBelow(sorted, edge + ROUNDING));
        }
    }

    private static long countBelow(double[] sorted, double edge) {
        int place = Arrays.binarySearch(sorted, edge);
        return place < 0 ? -place - 1 : place;
    }

    @Test
    void rowsThatAreLeftOutAreInNoCount() throws IOException {
        FloatMatrix clean = huddled(600, 10);
        // Three rows without a direction and two of padding, spread over both tiles.
        FloatMatrix dirty = FloatMatrix.zeros(605, 10);
        System.arraycopy(clean.data(), 0, dirty.data(), 20, 6000);
        dirty.set(0, 3, Float.NaN);
        dirty.set(602, 1, Float.POSITIVE_INFINITY);
        Arrays.fill(dirty.data(), 6030, 6050, 1f);
        Options options = Options.standard().withPaddingFrom(603);
        PairDistribution expected = measure(clean, Options.standard());
        PairDistribution found = measure(dirty, options);
        assertThat(found.histogram()).isEqualTo(expected.histogram());
        assertThat(found.quantiles()).isEqualTo(expected.quantiles());
        Pair pair = expected.largest().orElseThrow();
        assertThat(found.largest()).contains(new Pair(pair.row() + 2, pair.other() + 2, pair.cosine()));
    }

    @Test
    void namesThePairThatIsClosest() throws IOException {
        FloatMatrix w = PackingTest.gaussian(1500, 30);
        for (int j = 0; j < 30; j++) {
            // Row 1490 points away from row 37.
            w.set(1490, j, -3 * w.at(37, j) + (j == 0 ? 1e-3f : 0));
        }
        for (Pairs pairs : new Pairs[] {Pairs.EXACT, Pairs.SAMPLE}) {
            Pair pair = measure(w, Options.standard().withPairs(pairs, new Seed(SEED)))
                    .largest()
                    .orElseThrow();
            if (pairs == Pairs.EXACT) {
                assertThat(pair.row()).isEqualTo(37);
                assertThat(pair.other()).isEqualTo(1490);
                assertThat(pair.cosine()).isBetween(-1.0, -0.999999);
            }
            assertThat(pair.cosine()).isCloseTo(cosine(w, (int) pair.row(), (int) pair.other()), within(1e-14));
        }
    }

    @Test
    void rowsWithoutAnyOverlapHaveAPairToo() throws IOException {
        FloatMatrix w = FloatMatrix.zeros(8, 8);
        for (int i = 2; i < 8; i++) {
            w.set(i, i, i % 2 == 0 ? -2 : 3);
        }
        PairDistribution found = measure(w, Options.standard());
        assertThat(found.largest()).contains(new Pair(2, 3, 0));
        assertThat(found.histogram().counts().get(OverlapHistogram.BINS / 2)).isEqualTo(15);
        assertThat(found.quantile(0.999).value())
                .isLessThan(found.quantile(0.999).resolution());
    }

    @Test
    void oneRowHasNoPair() throws IOException {
        FloatMatrix w = FloatMatrix.zeros(1, 4);
        w.set(0, 0, 1);
        PairDistribution found = measure(w, Options.standard());
        assertThat(found.largest()).isEmpty();
        assertThat(found.overlaps()).isZero();
        assertThat(found.histogram().total()).isZero();
        assertThat(found.quantile(0.5).value()).isNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> found.quantile(0.123));
    }

    @Test
    void aSampleOfAllRowsIsEveryPairTwice() throws IOException {
        FloatMatrix w = huddled(250, 12);
        PairDistribution exact = measure(w, Options.standard());
        try (var workers = new Workers(2)) {
            RowBlocks rows = RowBlocks.of(w);
            PairScan.Result sampled = PairScan.sampled(rows, survey(w), 250, new Seed(SEED), workers, _ -> {});
            PairDistribution found = sampled.distribution();
            assertThat(found.overlaps()).isEqualTo(2 * exact.overlaps());
            for (int bin = 0; bin < OverlapHistogram.BINS; bin++) {
                assertThat(found.histogram().counts().get(bin))
                        .isCloseTo(2 * exact.histogram().counts().get(bin), within(4L));
            }
            assertThat(found.histogram().total())
                    .isEqualTo(2 * exact.histogram().total());
            for (Quantile quantile : found.quantiles()) {
                assertThat(quantile.value())
                        .isCloseTo(exact.quantile(quantile.share()).value(), within(1e-6));
                assertThat(quantile.standardError()).isZero();
            }
            assertThat(found.largest()).isEqualTo(exact.largest());
            assertThat(found.varianceOfSquare().value())
                    .isCloseTo(exact.varianceOfSquare().value(), within(1e-9));
        }
    }

    @Test
    void sampledValuesCoverTheTruthAsOftenAsTheirErrorsSay() throws IOException {
        FloatMatrix w = huddled(5000, 16);
        PairDistribution truth = measure(w, Options.standard().withPairs(Pairs.EXACT, new Seed(0)));
        int within = 0;
        int all = 0;
        for (int repeat = 0; repeat < 25; repeat++) {
            Seed seed = new Seed(SEED).child("coverage" + repeat);
            PairDistribution found = measure(w, Options.standard().withPairs(Pairs.SAMPLE, seed));
            assertThat(found.rowsDrawn()).isLessThan(2000);
            for (Quantile quantile : found.quantiles()) {
                double off = Math.abs(
                        quantile.value() - truth.quantile(quantile.share()).value());
                // Student's t at 95 % for 31 degrees of freedom.
                within += off <= 2.04 * quantile.standardError() + quantile.resolution() ? 1 : 0;
                all++;
                assertThat(off).as("%s, seed %s", quantile, seed).isLessThan(6 * quantile.standardError() + 1e-4);
            }
            double off = Math.abs(
                    found.varianceOfSquare().value() - truth.varianceOfSquare().value());
            assertThat(off)
                    .as("seed %s", seed)
                    .isLessThan(5 * found.varianceOfSquare().standardError());
        }
        // 190 of 200 are expected. The eight of one sample hang together, so the bound is loose.
        assertThat(within)
                .as("of %d, again with -Dsuperpose.seed=%d", all, SEED)
                .isBetween(170, 200);
    }

    @Test
    void randomRowsSpreadAsRandomDirectionsDo() throws IOException {
        PairDistribution found = measure(PackingTest.gaussian(2500, 24), Options.standard());
        for (Quantile quantile : found.quantiles()) {
            double expected = Bounds.randomQuantile(24, quantile.share());
            assertThat(quantile.value()).isCloseTo(expected, within(0.01 * expected + quantile.resolution()));
        }
        assertThat(found.varianceRatio()).isCloseTo(1, within(0.02));
        for (int bin = 512; bin < 1536; bin++) {
            double expected = OverlapHistogram.randomShare(24, bin) * found.overlaps();
            assertThat((double) found.histogram().counts().get(bin))
                    .as("bin %d", bin)
                    .isCloseTo(expected, within(10 + 8 * Math.sqrt(expected)));
        }
    }

    private static PairDistribution measure(FloatMatrix w, Options options) throws IOException {
        return Geometry.measure(RowBlocks.of(w), options).pairs();
    }

    /// Rows of which a third huddles around one direction.
    private static FloatMatrix huddled(int n, int m) {
        FloatMatrix w = PackingTest.gaussian(n, m);
        for (int i = 0; i < n / 3; i++) {
            w.set(i, 0, w.at(i, 0) + 3);
        }
        return w;
    }

    private static RowSurvey survey(FloatMatrix w) {
        var survey = new RowSurvey(w.rows(), _ -> false);
        for (int i = 0; i < w.rows(); i++) {
            survey.add(i, w.data(), i * w.columns(), w.columns());
        }
        return survey;
    }

    private static double[] overlaps(FloatMatrix w, int n) {
        var overlaps = new double[n * (n - 1) / 2];
        int next = 0;
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < i; j++) {
                overlaps[next++] = cosine(w, i, j);
            }
        }
        return overlaps;
    }

    private static double cosine(FloatMatrix w, int i, int k) {
        double sum = 0;
        for (int j = 0; j < w.columns(); j++) {
            sum += (double) w.at(i, j) * w.at(k, j);
        }
        return sum / Math.sqrt(w.squaredNorm(i) * w.squaredNorm(k));
    }
}
