package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupOverlapsTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_101);

    /// Rows in a plane, at these angles in degrees and of these norms.
    private static FloatMatrix plane(double[] degrees, double... norms) {
        var w = FloatMatrix.zeros(degrees.length, 2);
        for (int i = 0; i < degrees.length; i++) {
            double norm = norms.length == 0 ? 1 : norms[i];
            w.set(i, 0, (float) (norm * Math.cos(Math.toRadians(degrees[i]))));
            w.set(i, 1, (float) (norm * Math.sin(Math.toRadians(degrees[i]))));
        }
        return w;
    }

    @Test
    void plantedAnglesAreFoundWithTheirSigns() {
        // Two groups of two: 120 degrees apart, and 60; across them 90, 150, 30 and 30.
        var overlaps = GroupOverlaps.measure(plane(new double[] {0, 90, 120, 150}), new int[] {7, 3, 7, 3}, 0.5);
        assertThat(overlaps.rows()).isEqualTo(4);
        assertThat(overlaps.within().pairs()).isEqualTo(2);
        assertThat(overlaps.within().mean()).isCloseTo(0, within(1e-7));
        assertThat(overlaps.within().meanSquare()).isCloseTo(0.25, within(1e-7));
        assertThat(overlaps.across().pairs()).isEqualTo(4);
        assertThat(overlaps.across().mean()).isCloseTo(Math.sqrt(0.75) / 4, within(1e-7));
        assertThat(overlaps.across().meanSquare()).isCloseTo(0.75 * 3 / 4, within(1e-7));
        assertThat(overlaps.across().maxAbs()).isCloseTo(Math.sqrt(0.75), within(1e-6));
    }

    @Test
    void groupsThatAreSimplicesHaveTheLeastMeanOverlapThereIs() {
        double[] degrees = {0, 120, 240, 10, 130, 250};
        var overlaps = GroupOverlaps.measure(plane(degrees), new int[] {0, 0, 0, 1, 1, 1}, 0.5);
        assertThat(overlaps.within().mean()).isCloseTo(-0.5, within(1e-6));
        assertThat(overlaps.across().mean()).isCloseTo(0, within(1e-6));
    }

    @Test
    void shortRowsAreInNoPair() {
        double nan = Double.NaN;
        var w = plane(new double[] {0, 0, 0, 0, 0, 0}, 1, 0.5, 0, nan, Double.POSITIVE_INFINITY, 0.51);
        var overlaps = GroupOverlaps.measure(w, new int[6], 0.5);
        assertThat(overlaps.rows()).isEqualTo(2);
        assertThat(overlaps.within().pairs()).isOne();
        assertThat(overlaps.within().mean()).isCloseTo(1, within(1e-7));
        assertThat(overlaps.across().pairs()).isZero();
        assertThat(overlaps.across().meanSquare()).isNaN();
    }

    @Test
    void noRowAndNoPairAreNoFailure() {
        var none = GroupOverlaps.measure(FloatMatrix.zeros(3, 2), new int[] {1, 0, 1}, 0);
        assertThat(none.rows()).isZero();
        assertThat(none.within().mean()).isNaN();
        assertThat(none.across().pairs()).isZero();
    }

    /// Against a plain loop over pairs; the groups are smaller and larger than a tile.
    @ParameterizedTest
    @CsvSource({"40, 5, 7", "300, 17, 3", "700, 9, 2", "600, 8, 600", "300, 4, 1"})
    void agreesWithAPlainLoop(int n, int m, int groups) {
        var random = new Seed(SEED).child("groups/" + n).random();
        FloatMatrix w = PackingTest.gaussian(n, m);
        var group = new int[n];
        Arrays.setAll(group, i -> (int) (random.nextDouble() * groups) - 1);
        // Some of the rows are shorter.
        double above = 0.8 * Math.sqrt(m);
        var overlaps = GroupOverlaps.measure(w, group, above);
        assertThat(overlaps.rows()).isBetween(2, n - 1);
        assertThat(overlaps.within().pairs() + overlaps.across().pairs())
                .isEqualTo(overlaps.rows() * (overlaps.rows() - 1L) / 2);
        compare(overlaps.within(), w, above, (i, j) -> group[i] == group[j]);
        compare(overlaps.across(), w, above, (i, j) -> group[i] != group[j]);
    }

    private interface Pairs {
        boolean test(int i, int j);
    }

    private static void compare(PairOverlaps found, FloatMatrix w, double above, Pairs wanted) {
        var cosines = DoubleStream.builder();
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < i; j++) {
                double norms = Math.sqrt(w.squaredNorm(i)) * Math.sqrt(w.squaredNorm(j));
                if (Math.min(w.squaredNorm(i), w.squaredNorm(j)) > above * above && wanted.test(i, j)) {
                    double product = 0;
                    for (int d = 0; d < w.columns(); d++) {
                        product += (double) w.at(i, d) * w.at(j, d);
                    }
                    cosines.add(product / norms);
                }
            }
        }
        double[] all = cosines.build().toArray();
        assertThat(found.pairs()).as("seed %d", SEED).isEqualTo(all.length);
        if (all.length > 0) {
            assertThat(found.mean())
                    .as("seed %d", SEED)
                    .isCloseTo(Arrays.stream(all).average().orElseThrow(), within(1e-6));
            assertThat(found.meanSquare())
                    .as("seed %d", SEED)
                    .isCloseTo(Arrays.stream(all).map(c -> c * c).average().orElseThrow(), within(1e-6));
        }
    }

    @Test
    void randomRowsOverlapAlikeWithinAndAcross() {
        int m = 20;
        var group = new int[500];
        Arrays.setAll(group, i -> i / 10);
        var overlaps = GroupOverlaps.measure(PackingTest.gaussian(500, m), group, 0);
        // 2,250 and 122,500 pairs; the standard deviation of m cos² is below √2, that of √m cos is 1.
        assertThat(overlaps.within().pairs()).isEqualTo(2250);
        assertThat(overlaps.across().pairs()).isEqualTo(122_500);
        assertThat(overlaps.within().meanSquare() * m).as("seed %d", SEED).isCloseTo(1, within(0.15));
        assertThat(overlaps.across().meanSquare() * m).as("seed %d", SEED).isCloseTo(1, within(0.03));
        assertThat(overlaps.within().mean() * Math.sqrt(m)).as("seed %d", SEED).isCloseTo(0, within(0.11));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var w = FloatMatrix.zeros(3, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupOverlaps.measure(w, new int[2], 0.5))
                .withMessage("3 rows need as many groups, not 2");
        assertThatIllegalArgumentException().isThrownBy(() -> GroupOverlaps.measure(w, new int[3], -1));
        assertThatIllegalArgumentException().isThrownBy(() -> GroupOverlaps.measure(w, new int[3], Double.NaN));
    }
}
