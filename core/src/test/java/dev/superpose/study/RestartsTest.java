package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.RowNorms;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.result.Provenance;
import dev.superpose.study.JobResult.Trained;
import dev.superpose.theory.SuperpositionPhase;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.Correlation.Groups;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyModel;
import dev.superpose.toy.ToyTask;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartsTest {
    private static Trained trained(double ratio, Correlation correlation, long seed, double test, float... w) {
        int n = 2;
        var task = new ToyTask(new Importance.Geometric(ratio), ToyTask.Output.RELU, correlation);
        var optimiser = ToyConfig.Optimiser.small(10, 1);
        var config = new ToyConfig(n, 1, new FeatureFrequencies.Power(0), 0.2, 0, optimiser, 2, seed, task);
        var reading = new ToyReading(
                new ToyReading.Loss(test, test, 0, 0, 2),
                1,
                1,
                new ToyReading.Overlap(1, 1, 1, 1, 1, 1, 1, 1),
                new RowNorms(1, 0, 1, 1, 1),
                new ToyReading.Spectrum(1, 1, 1),
                0,
                Double.NaN);
        var result = new JobResult(Job.of(config), reading, 1, Provenance.here().withSeed(seed));
        return new Trained(result, ToyModel.of(n, 1, w, new float[n]));
    }

    @Test
    void theBestOfEveryConfigurationIsFoundByItsExactLoss() {
        var independent = Correlation.INDEPENDENT;
        // The sampled test losses say otherwise: they must not decide.
        var restarts = Restarts.of(List.of(
                trained(1, independent, 1, 0.1, 1, 0),
                trained(0.5, independent, 1, 0.2, 1, 0),
                trained(1, independent, 2, 0.3, 1, -1),
                trained(1, independent, 3, 0.2, 1, 1)));
        assertThat(restarts).hasSize(2);
        var equal = restarts.getFirst();
        assertThat(equal.trained()).hasSize(3);
        assertThat(equal.config().seed()).isEqualTo(2);
        assertThat(equal.leastLoss()).isCloseTo(SuperpositionPhase.ANTIPODAL_LAST.loss(0.1, 1), within(1e-6));
        assertThat(equal.within(1.01)).isEqualTo(1);
        assertThat(equal.phase()).contains(SuperpositionPhase.ANTIPODAL_LAST);
        assertThat(equal.shape()).isEqualTo("2 digon");
        assertThat(restarts.getLast().phase()).contains(SuperpositionPhase.IGNORE_LAST);
        assertThat(restarts.getLast().shape()).isEqualTo("1 not represented, 1 own dimension");
    }

    @Test
    void correlatedFeaturesAreComparedByTheTestLoss() {
        var pairs = new Correlation.Together(1, 2, Groups.NEIGHBOURS);
        var restarts = Restarts.of(List.of(trained(1, pairs, 1, 0.2, 1, -1), trained(1, pairs, 2, 0.1, 1, 1)));
        assertThat(restarts.getFirst().config().seed()).isEqualTo(2);
        assertThat(restarts.getFirst().losses()).containsExactly(0.1, 0.2);
        assertThat(restarts.getFirst().shape()).isEqualTo("2 digon");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1, 0.1, 0, IGNORE_LAST",
        "0.2, 0, 0, 1, 1, 0, IGNORE_FIRST",
        "1, 0, -0.9, 0.1, 0, 1, ANTIPODAL_FIRST",
        "1, 0, 0, 1, 0.1, -1, ANTIPODAL_LAST",
        "1, 0, 0, 1, 0.7, 0.7, ",
        "0.1, 0, 0, 1, 0.1, 0, "
    })
    void thePhaseOfThreeFeaturesIsSeenInTheirWeights(
            float a, float b, float c, float d, float e, float f, SuperpositionPhase phase) {
        var w = new FloatMatrix(3, 2, new float[] {a, b, c, d, e, f});
        assertThat(SuperpositionPhase.of(w).orElse(null)).isEqualTo(phase);
    }
}
