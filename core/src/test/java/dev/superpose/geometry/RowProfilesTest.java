package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Geometry.Options;
import dev.superpose.geometry.RowProfile.Near;
import dev.superpose.geometry.RowProfile.State;
import dev.superpose.geometry.UnderTraining.Reason;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The table of rows against explicit pairs in float64, and against rows that were planted.
class RowProfilesTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_108);
    // Cosines are of float32 unit rows.
    private static final double ROUNDING = 1e-6;

    @Test
    void findsTheNearestRowsThatEveryPairTells() throws IOException {
        int n = 1100;
        FloatMatrix w = gaussian(n, 9);
        // Rows without a direction, in both tiles.
        w.set(3, 1, Float.NaN);
        clear(w, 600);
        RowProfiles found = measure(w, Options.standard().withPaddingFrom(1095), 7);
        assertThat(found.rows()).isEqualTo(n);
        assertThat(found.used()).isEqualTo(1093);
        for (int i = 0; i < n; i++) {
            RowProfile profile = found.at(i);
            assertThat(profile.row()).isEqualTo(i);
            if (i == 3 || i == 600 || i >= 1095) {
                assertThat(profile.nearest()).isEmpty();
                assertThat(profile.largestOverlap()).isNaN();
                continue;
            }
            assertThat(profile.norm()).isEqualTo(Math.sqrt(w.squaredNorm(i)));
            agrees(w, i, profile);
        }
        assertThat(found.at(3).state()).isEqualTo(State.NONFINITE);
        assertThat(found.at(600).state()).isEqualTo(State.ZERO);
        assertThat(found.at(1095).state()).isEqualTo(State.PADDING);
    }

    private static void agrees(FloatMatrix w, int i, RowProfile profile) {
        List<Near> all = new ArrayList<>();
        for (int j = 0; j < 1095; j++) {
            if (j != i && j != 3 && j != 600) {
                all.add(new Near(j, cosine(w, i, j)));
            }
        }
        all.sort(Comparator.comparingDouble(Near::cosine).reversed());
        assertThat(profile.nearest()).hasSize(7).doesNotHaveDuplicates();
        for (int k = 0; k < 7; k++) {
            Near near = profile.nearest().get(k);
            // Rows whose cosines differ by rounding alone may change places.
            assertThat(near.cosine()).isCloseTo(all.get(k).cosine(), within(ROUNDING));
            assertThat(near.cosine()).isCloseTo(cosine(w, i, (int) near.row()), within(ROUNDING));
        }
        assertThat(profile.largestOverlap())
                .isCloseTo(Math.max(all.getFirst().cosine(), -all.getLast().cosine()), within(ROUNDING));
    }

    @Test
    void ofEqualsTheLowerRowComesFirst() throws IOException {
        FloatMatrix w = FloatMatrix.zeros(1300, 4);
        for (int i = 0; i < 1300; i++) {
            w.set(i, i % 4, 1);
        }
        RowProfiles found = measure(w, Options.standard(), 3);
        assertThat(found.at(0).nearest()).containsExactly(new Near(4, 1), new Near(8, 1), new Near(12, 1));
        assertThat(found.at(1298).nearest()).containsExactly(new Near(2, 1), new Near(6, 1), new Near(10, 1));
        assertThat(found.at(1298).sameAs()).hasValue(2);
        assertThat(found.at(2).sameAs()).isEmpty();
    }

    @Test
    void isTheSameForAnyNumberOfThreads() throws IOException {
        FloatMatrix w = gaussian(2600, 12);
        RowProfiles alone = measure(w, Options.standard().withThreads(1), 5);
        RowProfiles crowd = measure(w, Options.standard().withThreads(6), 5);
        for (int i = 0; i < w.rows(); i++) {
            assertThat(crowd.at(i)).isEqualTo(alone.at(i));
        }
    }

    @Test
    void tellsRowsThatRepeatAndRowsThatAreSmall() throws IOException {
        FloatMatrix w = gaussian(800, 20);
        copy(w, 5, 700);
        copy(w, 5, 790);
        scale(w, 33, 1e-3f);
        scale(w, 34, 1e-8f);
        clear(w, 35);
        RowProfiles found = measure(w, Options.standard(), 0);
        for (int i = 0; i < 800; i++) {
            switch (i) {
                case 5, 700, 790 -> assertThat(found.at(i).suspicions()).containsExactly(Reason.REPEATED);
                case 33 -> assertThat(found.at(i).suspicions()).containsExactly(Reason.SMALL);
                case 34 ->
                    assertThat(found.at(i).suspicions()).containsExactlyInAnyOrder(Reason.SMALL, Reason.NEGLIGIBLE);
                case 35 -> assertThat(found.at(i).suspicions()).containsExactly(Reason.ZERO);
                // A norm of 20 normal numbers is never so small by chance.
                default -> assertThat(found.at(i).suspicions()).as("row %d", i).isEmpty();
            }
        }
        assertThat(found.at(700).sameAs()).hasValue(5);
        assertThat(found.at(5).sameAs()).isEmpty();
        assertThat(found.at(5).nearest()).isEmpty();
        assertThat(found.at(5).largestOverlap()).isNaN();
    }

    @Test
    void tellsRowsThatLieWherePaddingLies() throws IOException {
        // All rows share a direction; padding has another one of its own, and so has row 42.
        FloatMatrix w = gaussian(520, 32);
        SplitRandom random = new Seed(SEED).child("padding").random();
        for (int i = 0; i < 520; i++) {
            boolean untrained = i == 42 || i >= 500;
            for (int j = 0; j < 32; j++) {
                double own = untrained ? 0.3 * random.nextGaussian() + (j % 2 == 0 ? 1 : -1) : w.at(i, j);
                w.set(i, j, (float) (own + 5));
            }
        }
        RowProfiles found = measure(w, Options.standard().withPaddingFrom(500), 0);
        for (int i = 0; i < 500; i++) {
            assertThat(found.at(i).suspicions().contains(Reason.NEAR_PADDING))
                    .as("row %d, seed %d", i, SEED)
                    .isEqualTo(i == 42);
        }
        assertThat(found.at(510).paddingCosine()).isGreaterThan(0.9);
        assertThat(found.at(510).suspicions()).isEmpty();
        assertThat(found.at(7).paddingCosine()).isBetween(-0.8, 0.8);
    }

    @Test
    void paddingThatIsRandomAccusesNobody() throws IOException {
        RowProfiles found = measure(gaussian(900, 8), Options.standard().withPaddingFrom(850), 0);
        for (int i = 0; i < 850; i++) {
            assertThat(found.at(i).suspicions()).doesNotContain(Reason.NEAR_PADDING);
        }
        // With fewer than four known rows there is no mean to compare with.
        RowProfiles few = measure(gaussian(900, 8), Options.standard().withPaddingFrom(897), 0);
        assertThat(few.at(10).paddingCosine()).isNaN();
    }

    @Test
    void theLeftOutCosineIsThatWithTheMeanOfTheOthers() throws IOException {
        FloatMatrix w = gaussian(60, 5);
        RowProfiles found = measure(w, Options.standard().withPaddingFrom(54), 0);
        var center = new double[5];
        for (int i = 0; i < 54; i++) {
            for (int j = 0; j < 5; j++) {
                center[j] += w.at(i, j) / 54.0;
            }
        }
        for (int i = 0; i < 60; i++) {
            double product = 0;
            double own = 0;
            double others = 0;
            for (int j = 0; j < 5; j++) {
                double mean = 0;
                for (int k = 54; k < 60; k++) {
                    mean += k == i ? 0 : w.at(k, j) - center[j];
                }
                double value = w.at(i, j) - center[j];
                product += value * mean;
                own += value * value;
                others += mean * mean;
            }
            assertThat(found.at(i).paddingCosine()).isCloseTo(product / Math.sqrt(own * others), within(1e-12));
        }
    }

    @Test
    void hasAnAnswerForSmallShapesAndRefusesOthers() throws IOException {
        FloatMatrix one = FloatMatrix.zeros(2, 3);
        one.set(1, 2, 4);
        RowProfile single = measure(one, Options.standard(), 2).at(1);
        assertThat(single.nearest()).isEmpty();
        assertThat(single.largestOverlap()).isNaN();
        assertThat(single.normDeviation()).isNaN();
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> measure(FloatMatrix.zeros(3, 3), Options.standard(), 0))
                .withMessageContaining("no row of 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure(one, Options.standard(), 101))
                .withMessageContaining("0 to 100");
    }

    private static RowProfiles measure(FloatMatrix w, Options options, int neighbours) throws IOException {
        return RowProfiles.measure(RowBlocks.of(w), options, neighbours);
    }

    private static FloatMatrix gaussian(int n, int m) {
        SplitRandom random = new Seed(SEED).child("rows").random();
        FloatMatrix w = FloatMatrix.zeros(n, m);
        for (int k = 0; k < w.data().length; k++) {
            w.data()[k] = (float) random.nextGaussian();
        }
        return w;
    }

    private static void copy(FloatMatrix w, int from, int to) {
        System.arraycopy(w.data(), from * w.columns(), w.data(), to * w.columns(), w.columns());
    }

    private static void scale(FloatMatrix w, int row, float factor) {
        for (int j = 0; j < w.columns(); j++) {
            w.set(row, j, w.at(row, j) * factor);
        }
    }

    private static void clear(FloatMatrix w, int row) {
        for (int j = 0; j < w.columns(); j++) {
            w.set(row, j, 0);
        }
    }

    private static double cosine(FloatMatrix w, int i, int k) {
        double sum = 0;
        for (int j = 0; j < w.columns(); j++) {
            sum += (double) w.at(i, j) * w.at(k, j);
        }
        return sum / Math.sqrt(w.squaredNorm(i) * w.squaredNorm(k));
    }
}
