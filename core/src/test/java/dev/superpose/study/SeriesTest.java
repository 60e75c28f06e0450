package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.RowNorms;
import dev.superpose.result.Provenance;
import dev.superpose.scaling.Fit;
import dev.superpose.theory.WeakRegime;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final FeatureFrequencies LAW = new FeatureFrequencies.Power(1.5);
    private static final int FEATURES = 1000;
    private static final List<Integer> WIDTHS = List.of(10, 15, 25, 39, 63, 100);

    private static JobResult result(int width, long seed, double loss, double represented, double overlap) {
        var config = new ToyConfig(FEATURES, width, LAW, 1, -1, ToyConfig.Optimiser.small(10, 1), 2, seed);
        var reading = new ToyReading(
                new ToyReading.Loss(loss, loss, 0.1, 0.01, 2),
                represented,
                represented,
                new ToyReading.Overlap(overlap, overlap, 1, 1, 1, 0, 0, 1.0 / width),
                new RowNorms(1, 0, 1, 1, 1),
                new ToyReading.Spectrum(1, 1, 1),
                0,
                Double.NaN);
        return new JobResult(Job.of(config), reading, 2, Provenance.here().withSeed(seed));
    }

    private static Series strong() {
        var results = new ArrayList<JobResult>();
        for (int width : WIDTHS) {
            // Geometric means on 7 / width, exactly.
            results.add(result(width, 1, 7.0 / width * 1.25, 0.98, 1.0 / width));
            results.add(result(width, 2, 7.0 / width / 1.25, 1, 1.0 / width));
        }
        return new Series(Study.Condition.of(results.getFirst().config()), results);
    }

    @Test
    void aKnownLawIsFoundThroughTheSeeds() {
        var fit = (Fit.Fitted) strong().lossLaw().orElseThrow();
        assertThat(fit.law().parameter("exponent")).isCloseTo(1, within(1e-9));
        assertThat(fit.runs().count()).isEqualTo(6);
        var overlap = (Fit.Fitted) strong().overlapLaw(true).orElseThrow();
        assertThat(overlap.law().parameter("exponent")).isCloseTo(1, within(1e-9));
    }

    @Test
    void seedsGiveEachWidthAMeanAndItsError() {
        var point = strong().points().getFirst();
        assertThat(point.width()).isEqualTo(10);
        assertThat(point.seeds()).isEqualTo(2);
        assertThat(point.loss()).isCloseTo(0.7 * (1.25 + 0.8) / 2, within(1e-15));
        // Two values: the standard error of their mean is half their distance.
        assertThat(point.lossStandardError()).isCloseTo(0.7 * (1.25 - 0.8) / 2, within(1e-15));
        assertThat(point.represented()).isEqualTo(990);
        assertThat(point.tailAtWidth()).isEqualTo(WeakRegime.tailLoss(LAW.probabilities(FEATURES, 1), 10));
    }

    @Test
    void theRegimeIsReadFromWhatIsRepresented() {
        assertThat(strong().regime()).isEqualTo(Series.Regime.STRONG);
        var weak = WIDTHS.stream()
                .map(width -> result(width, 1, 0.5, 1.5 * width / FEATURES, 0.1))
                .toList();
        assertThat(new Series(strong().condition(), weak).regime()).isEqualTo(Series.Regime.WEAK);
        var mixed = List.of(result(10, 1, 0.5, 0.9, 0.1), result(100, 1, 0.5, 0.4, 0.1));
        assertThat(new Series(strong().condition(), mixed).regime()).isEqualTo(Series.Regime.BETWEEN);
    }

    @Test
    void aLabelTellsWhatTheConditionAloneDoesNot() {
        assertThat(strong().distinction()).isEmpty();
        var labelled = new Series(strong().condition(), strong().label() + ", features 1000", strong().results());
        assertThat(labelled.distinction()).isEqualTo(", features 1000");
    }

    @Test
    void theIdealWeakExponentIsThatOfTheFiniteSum() {
        // The published table for n = 1000 and these widths, alpha = 1.5: 0.606.
        var fit = (Fit.Fitted) strong().idealWeakLaw().orElseThrow();
        assertThat(fit.law().parameter("exponent")).isCloseTo(0.606, within(5e-4));
    }

    @Test
    void conclusionsNameRegimeExponentAndError() {
        var about = Conclusions.of(strong());
        assertThat(about.condition()).isEqualTo("power(1.5), decay -1.0");
        assertThat(about.sentences().get(0)).contains("Strong").contains("1,000 features");
        assertThat(about.sentences().get(1)).contains("width^-1").contains("6 widths, 2 seeds");
        assertThat(Conclusions.plusMinus(0.98123, 0.0512)).isEqualTo("0.981 ± 0.051");
        assertThat(Conclusions.plusMinus(12.3, 1.5)).isEqualTo("12.3 ± 1.5");
        assertThat(Conclusions.plusMinus(123, 15)).isEqualTo("123 ± 15");
        assertThat(Conclusions.plusMinus(0.98123, Double.NaN)).isEqualTo("0.9812");
        var single = new Series(strong().condition(), List.of(strong().results().getFirst()));
        assertThat(Conclusions.of(single).sentences())
                .allSatisfy(sentence -> assertThat(sentence).doesNotContain("NaN"));
    }

    @Test
    void aRecordIsReadBackAsItWasWritten() {
        for (var law : List.of(
                LAW,
                new FeatureFrequencies.Exponential(400),
                new FeatureFrequencies.Linear(),
                new FeatureFrequencies.Given(List.of(3.0, 2.0, 1.5)))) {
            var config = new ToyConfig(
                    law instanceof FeatureFrequencies.Given ? 3 : 50,
                    2,
                    law,
                    0.3,
                    0.1,
                    ToyConfig.Optimiser.small(9, 3),
                    2,
                    Long.MIN_VALUE);
            var result =
                    new JobResult(Job.of(config), strong().results().getFirst().reading(), 1.5, Provenance.here());
            assertThat(JobResult.fromJson(result.toJson())).isEqualTo(result);
        }
    }
}
