package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.RowNorms;
import dev.superpose.result.Provenance;
import dev.superpose.scaling.Fit;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WidthLawTest {
    private static final int[] WIDTHS = {10, 15, 25, 39, 63, 100};

    /// Read off Fig. 14b of arXiv 2505.10465 at E = 1, gamma = -5/9, alpha = 1, to 2 %; its Fig. 5e
    /// gives 1.068 ± 0.08 for the same trainings.
    private static final double[] PUBLISHED = {0.6972, 0.5667, 0.3592, 0.2011, 0.1173, 0.063};

    private static JobResult result(int width, long seed, double loss) {
        var config = new ToyConfig(
                1000, width, new FeatureFrequencies.Power(1), 1, -1, ToyConfig.Optimiser.small(10, 1), 2, seed);
        var reading = new ToyReading(
                new ToyReading.Loss(loss, loss, 0.1, 0.01, 2),
                1,
                1,
                new ToyReading.Overlap(0.1, 0.1, 1, 1, 1, 0, 0, 1.0 / width),
                new RowNorms(1, 0, 1, 1, 1),
                new ToyReading.Spectrum(1, 1, 1),
                0,
                Double.NaN);
        return new JobResult(Job.of(config), reading, 2, Provenance.here().withSeed(seed));
    }

    private static List<JobResult> published() {
        var results = new ArrayList<JobResult>();
        for (int i = 0; i < WIDTHS.length; i++) {
            results.add(result(WIDTHS[i], 1, PUBLISHED[i]));
        }
        return results;
    }

    @Test
    void publishedLossesGiveThePublishedExponent() {
        var law = WidthLaw.ofLoss(published()).orElseThrow();
        assertThat(law.exponent()).isCloseTo(1.068, within(0.02));
        assertThat(law.standardError()).isCloseTo(0.08, within(0.02));
        assertThat(law.widths()).isEqualTo(6);
        assertThat(law.rSquared()).isBetween(0.95, 1.0);
    }

    @Test
    void theGeneralFitterFindsTheSameLawAndErrors() {
        var law = WidthLaw.ofLoss(published()).orElseThrow();
        var results = published();
        var series = new Series(Study.Condition.of(results.getFirst().config()), results);
        var fit = (Fit.Fitted) series.lossLaw().orElseThrow();
        assertThat(fit.law().parameter("exponent")).isCloseTo(law.exponent(), within(1e-9));
        assertThat(fit.standardErrors().get("exponent")).isCloseTo(law.standardError(), within(1e-7));
        assertThat(fit.rSquared()).isCloseTo(law.rSquared(), within(1e-9));
    }

    @Test
    void seedsCountByTheirGeometricMean() {
        var results = new ArrayList<JobResult>();
        for (int width : WIDTHS) {
            results.add(result(width, 1, 7.0 / width * 1.25));
            results.add(result(width, 2, 7.0 / width / 1.25));
        }
        var law = WidthLaw.ofLoss(results).orElseThrow();
        assertThat(law.exponent()).isCloseTo(1, within(1e-12));
        assertThat(law.at(20)).isCloseTo(0.35, within(1e-12));
    }

    @Test
    void whatHasNoLogarithmIsLeftOutAndOneWidthFixesNothing() {
        var results = List.of(result(10, 1, 0.5), result(15, 1, 0), result(25, 1, Double.NaN));
        assertThat(WidthLaw.ofLoss(results)).isEmpty();
        assertThat(WidthLaw.ofLoss(List.of())).isEmpty();
        var two = WidthLaw.ofLoss(List.of(result(10, 1, 0.4), result(20, 1, 0.2), result(30, 1, 0)));
        assertThat(two.orElseThrow().exponent()).isCloseTo(1, within(1e-12));
        assertThat(two.orElseThrow().standardError()).isNaN();
    }
}
