package dev.superpose.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The sampler draws what the definition says: independent Bernoulli features with uniform values.
/// Each test statistic must lie within its 1e-6 tails; the seed is fixed, so a failure means a
/// change of the sampler.
class SparseFeaturesTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_103);
    private static final double TAIL = 1e-6;

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 1", "1, 5.8", "0, 25"})
    void countsPassAChiSquareTest(double alpha, double density) {
        int n = 200;
        int samples = 512;
        int batches = 400;
        double[] p = new FeatureFrequencies.Power(alpha).probabilities(n, density);
        var counts = new long[n];
        long firstSample = 0;
        long lastSample = 0;
        SplitRandom random =
                new Seed(SEED).child("counts/" + alpha + "/" + density).random();
        var features = new SparseFeatures(p);
        var batch = new SampleBatch(n, samples);
        for (int k = 0; k < batches; k++) {
            features.draw(random, batch);
            for (int slot = 0; slot < batch.slots; slot++) {
                counts[batch.featureOfSlot[slot]] += batch.slotStart[slot + 1] - batch.slotStart[slot];
            }
            firstSample += batch.activeIn(0);
            lastSample += batch.activeIn(samples - 1);
        }
        double chiSquare = 0;
        double draws = (double) samples * batches;
        for (int i = 0; i < n; i++) {
            double variance = draws * p[i] * (1 - p[i]);
            chiSquare += (counts[i] - draws * p[i]) * (counts[i] - draws * p[i]) / variance;
        }
        var law = new ChiSquaredDistribution(n);
        assertThat(chiSquare)
                .as("chi-square of %d counts; again with -Dsuperpose.seed=%d", n, SEED)
                .isBetween(law.inverseCumulativeProbability(TAIL), law.inverseCumulativeProbability(1 - TAIL));
        // No sample is favoured, at either end of a feature's cells.
        double mean = 0;
        double variance = 0;
        for (double each : p) {
            mean += batches * each;
            variance += batches * each * (1 - each);
        }
        assertThat((double) firstSample).isCloseTo(mean, within(5 * Math.sqrt(variance)));
        assertThat((double) lastSample).isCloseTo(mean, within(5 * Math.sqrt(variance)));
    }

    /// The number of active features of a sample and the pairs of active features are as for independent draws.
    @Test
    void featuresAreIndependent() {
        double[] p = {0.5, 0.25, 0.125, 0.0625};
        int samples = 20_000;
        var batch = new SampleBatch(4, samples);
        new SparseFeatures(p).draw(new Seed(SEED).child("independence").random(), batch);
        var observed = new long[16];
        for (int r = 0; r < samples; r++) {
            int pattern = 0;
            for (int k = batch.sampleStart[r]; k < batch.sampleStart[r + 1]; k++) {
                pattern |= 1 << batch.featureOfSlot[batch.slotInSample[k]];
            }
            observed[pattern]++;
        }
        double chiSquare = 0;
        for (int pattern = 0; pattern < 16; pattern++) {
            double expected = samples;
            for (int i = 0; i < 4; i++) {
                expected *= (pattern >> i & 1) == 1 ? p[i] : 1 - p[i];
            }
            chiSquare += (observed[pattern] - expected) * (observed[pattern] - expected) / expected;
        }
        assertThat(chiSquare)
                .as("again with -Dsuperpose.seed=%d", SEED)
                .isLessThan(new ChiSquaredDistribution(15).inverseCumulativeProbability(1 - TAIL));
        assertThat(batch.emptySamples).isEqualTo((int) observed[0]);
    }

    @Test
    void valuesAreUniformBetweenZeroAndTwo() {
        var batch = new SampleBatch(10, 100_000);
        new SparseFeatures(new FeatureFrequencies.Power(0).probabilities(10, 2))
                .draw(new Seed(SEED).child("values").random(), batch);
        var bins = new long[50];
        double squares = 0;
        for (int e = 0; e < batch.entries; e++) {
            bins[(int) (batch.valueOfEntry[e] * 25)]++;
            squares += (double) batch.valueOfEntry[e] * batch.valueOfEntry[e];
        }
        double expected = batch.entries / 50.0;
        double chiSquare = 0;
        for (long bin : bins) {
            chiSquare += (bin - expected) * (bin - expected) / expected;
        }
        assertThat(chiSquare)
                .as("again with -Dsuperpose.seed=%d", SEED)
                .isLessThan(new ChiSquaredDistribution(49).inverseCumulativeProbability(1 - TAIL));
        assertThat(squares / batch.entries).isCloseTo(4.0 / 3, within(0.02));
    }

    @Test
    void aFeatureOfProbabilityOneIsAlwaysActiveAndOneOfZeroNever() {
        var batch = new SampleBatch(3, 100);
        new SparseFeatures(new double[] {1, 0, 0.5}).draw(new Seed(SEED).random(), batch);
        assertThat(batch.featureOfSlot[0]).isZero();
        assertThat(batch.slotStart[1]).isEqualTo(100);
        assertThat(batch.featureOfSlot[1]).isEqualTo(2);
        assertThat(batch.slots).isEqualTo(2);
        assertThat(batch.emptySamples).isZero();
    }
}
