package dev.superpose.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.toy.Correlation.Exclusive;
import dev.superpose.toy.Correlation.Groups;
import dev.superpose.toy.Correlation.Together;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Features that co-occur keep every probability, and have the correlations that the
/// construction says.
class CorrelationTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_111);
    private static final int SAMPLES = 4096;
    private static final int BATCHES = 250;
    private static final double DRAWS = (double) SAMPLES * BATCHES;

    /// How often each feature, and each pair of features, is active in [#DRAWS] samples.
    private static double[][] counts(double[] p, Correlation law) {
        int n = p.length;
        var counts = new double[n + 1][n];
        var batch = new SampleBatch(n, SAMPLES);
        var sampler = FeatureSampler.of(p, law);
        for (int k = 0; k < BATCHES; k++) {
            sampler.draw(new Seed(SEED).child(law.label()).child("" + k).random(), batch);
            for (int sample = 0; sample < SAMPLES; sample++) {
                for (int a = batch.sampleStart[sample]; a < batch.sampleStart[sample + 1]; a++) {
                    int i = batch.featureOfSlot[batch.slotInSample[a]];
                    counts[n][i]++;
                    for (int b = a + 1; b < batch.sampleStart[sample + 1]; b++) {
                        counts[i][batch.featureOfSlot[batch.slotInSample[b]]]++;
                    }
                }
            }
        }
        return counts;
    }

    private static void isBinomial(double count, double p, String what) {
        assertThat(count)
                .as("%s; again with -Dsuperpose.seed=%d", what, SEED)
                .isCloseTo(DRAWS * p, within(5.5 * Math.sqrt(DRAWS * p * (1 - p)) + 1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 3, NEIGHBOURS",
        "0.5, 3, STRIDED",
        "0.9, 4, NEIGHBOURS",
        "1, 2, NEIGHBOURS",
        "1, 10, STRIDED",
        "0.3, 7, STRIDED"
    })
    void groupsKeepEveryProbabilityAndHaveTheStatedCorrelations(double strength, int size, Groups groups) {
        double[] p = new FeatureFrequencies.Power(1).probabilities(10, 1);
        var law = new Together(strength, size, groups);
        double[][] counts = counts(p, law);
        for (int i = 0; i < p.length; i++) {
            isBinomial(counts[p.length][i], p[i], "feature " + i);
            for (int j = i + 1; j < p.length; j++) {
                isBinomial(counts[i][j], together(p, i, j, law), "features %d and %d".formatted(i, j));
            }
        }
    }

    /// P(both active), from the correlation that the documentation of the law states.
    private static double together(double[] p, int i, int j, Together law) {
        double independent = p[i] * p[j];
        for (int[] group : law.groups().of(p.length, law.groupSize())) {
            if (Arrays.stream(group).anyMatch(k -> k == i)
                    && Arrays.stream(group).anyMatch(k -> k == j)) {
                double highest =
                        Arrays.stream(group).mapToDouble(k -> odds(p[k])).max().orElseThrow();
                double rho = law.strength() * Math.sqrt(odds(p[i]) * odds(p[j])) / highest;
                return independent + rho * Math.sqrt(p[i] * (1 - p[i]) * p[j] * (1 - p[j]));
            }
        }
        return independent;
    }

    private static double odds(double p) {
        return p / (1 - p);
    }

    @ParameterizedTest
    @CsvSource({"2, NEIGHBOURS", "5, STRIDED"})
    void exclusiveFeaturesKeepEveryProbabilityAndNeverMeet(int size, Groups groups) {
        double[] p = new FeatureFrequencies.Power(1).probabilities(10, 1);
        double[][] counts = counts(p, new Exclusive(size, groups));
        for (int i = 0; i < p.length; i++) {
            isBinomial(counts[p.length][i], p[i], "feature " + i);
        }
        for (int[] group : groups.of(p.length, size)) {
            for (int i : group) {
                for (int j : group) {
                    assertThat(counts[i][j]).isZero();
                }
            }
        }
        assertThat(Arrays.stream(counts, 0, 10).flatMapToDouble(Arrays::stream).sum())
                .as("features of different groups do meet")
                .isPositive();
    }

    @Test
    void valuesStayUniformBetweenZeroAndTwo() {
        var batch = new SampleBatch(10, 100_000);
        double[] p = new FeatureFrequencies.Power(0).probabilities(10, 2);
        FeatureSampler.of(p, new Together(0.5, 5, Groups.STRIDED))
                .draw(new Seed(SEED).child("values").random(), batch);
        double sum = 0;
        double squares = 0;
        for (int e = 0; e < batch.entries; e++) {
            assertThat(batch.valueOfEntry[e]).isBetween(0f, 2f);
            sum += batch.valueOfEntry[e];
            squares += (double) batch.valueOfEntry[e] * batch.valueOfEntry[e];
        }
        // Variances 1/3 and 16/45 of one value and its square.
        assertThat(sum / batch.entries).isCloseTo(1, within(5 * Math.sqrt(1 / 3.0 / batch.entries)));
        assertThat(squares / batch.entries).isCloseTo(4 / 3.0, within(5 * Math.sqrt(64 / 45.0 / batch.entries)));
    }

    @Test
    void groupsAreAPartition() {
        assertThat(Groups.NEIGHBOURS.of(7, 3)).isDeepEqualTo(new int[][] {{0, 1, 2}, {3, 4, 5}, {6}});
        assertThat(Groups.STRIDED.of(7, 3)).isDeepEqualTo(new int[][] {{0, 3, 6}, {1, 4}, {2, 5}});
        assertThat(Groups.STRIDED.of(2, 5)).isDeepEqualTo(new int[][] {{0, 1}});
        assertThat(Groups.NEIGHBOURS.index(7, 3)).containsExactly(0, 0, 0, 1, 1, 1, 2);
        assertThat(Groups.STRIDED.index(7, 3)).containsExactly(0, 1, 2, 0, 1, 2, 0);
    }

    @Test
    void sureAndImpossibleFeaturesStaySo() {
        var batch = new SampleBatch(4, 500);
        FeatureSampler.of(new double[] {1, 0.2, 0, 0}, new Together(0.7, 2, Groups.NEIGHBOURS))
                .draw(new Seed(SEED).random(), batch);
        assertThat(batch.slots).isEqualTo(2);
        assertThat(batch.slotStart[1]).isEqualTo(500);
    }

    @Test
    void impossibleLawsAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Together(1.1, 2, Groups.STRIDED))
                .withMessageContaining("strength");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Together(0.5, 1, Groups.STRIDED))
                .withMessageContaining("at least 2");
        var exclusive = new ToyTask(Importance.EQUAL, ToyTask.Output.RELU, new Exclusive(2, Groups.NEIGHBOURS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exclusive.check(new double[] {0.1, 0.1, 0.7, 0.5}))
                .withMessageContaining("feature 3")
                .withMessageContaining("1.2");
    }
}
