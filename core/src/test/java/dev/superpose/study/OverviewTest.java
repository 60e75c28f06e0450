package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.geometry.RowNorms;
import dev.superpose.result.Provenance;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverviewTest {
    private static final Provenance SOMEWHERE =
            new Provenance("0", "0", "25", "Linux", "some", 2, "none", null, Map.of());

    /// loss = m^-exponent; growth represents all, decay one feature a dimension.
    private static Series series(double alpha, double decay, double exponent) {
        var results = new ArrayList<JobResult>();
        for (int m : new int[] {10, 20, 40}) {
            var config = new ToyConfig(
                    100, m, new FeatureFrequencies.Power(alpha), 1, decay, ToyConfig.Optimiser.small(10, 1), 2, 1);
            // The middle width lies off the law, which leaves its exponent and gives it an error.
            double loss = Math.pow(m, -exponent) * (m == 20 ? 1.02 : 1);
            double share = decay < 0 ? 1 : m / 100.0;
            var reading = new ToyReading(
                    new ToyReading.Loss(loss, loss, 0.1, 0.01, 2),
                    share,
                    share,
                    new ToyReading.Overlap(1.5 / m, 0.9 / m, 1, 1, 1, 0, 0, 1.0 / m),
                    new RowNorms(1, 0, 1, 1, 1),
                    new ToyReading.Spectrum(1, 1, 1),
                    0,
                    0.1);
            results.add(new JobResult(Job.of(config), reading, 1, SOMEWHERE));
        }
        return new Series(Study.Condition.of(results.getFirst().config()), results);
    }

    @Test
    void manyConditionsAreToldOfInAFewSentences() {
        var all = new ArrayList<Series>();
        for (double alpha : new double[] {0, 1, 2}) {
            all.add(series(alpha, -1, 1 + alpha / 2));
            all.add(series(alpha, -0.5, 1 + alpha / 2));
            all.add(series(alpha, 0.5, alpha / 4 + 0.1));
            all.add(series(alpha, 1, alpha / 4 + 0.1));
        }
        List<String> sentences = Overview.of(all);
        assertThat(sentences).hasSizeLessThanOrEqualTo(7);
        assertThat(String.join("\n", sentences))
                .contains("Of 12 conditions 6 are in strong superposition", "6 in weak", "0 in between")
                .contains("At every gamma up to -0.50 all are strong, at every gamma from 0.50 on all are weak.")
                .contains("1.00 to 2.00 where superposition is strong, 0.10 to 0.60 where superposition is weak")
                .contains("in 12 of 12 conditions")
                .contains("At gamma -1 the exponent goes from 1.000 ± 0.016 at alpha 0 to 2.000 ± 0.016 at alpha 2.")
                .contains("strongly represented rows times width is 0.900, of all rows 1.50");
    }

    @Test
    void nothingIsSaidOfNothing() {
        assertThat(Overview.of(List.of())).isEmpty();
        assertThat(Overview.of(List.of(series(1, -1, 1)))).isNotEmpty();
    }
}
