package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Geometry.Options;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The interference of every row, and its mean by frequencies, against sums over explicit pairs.
class RowInterferenceTest {
    @ParameterizedTest
    @CsvSource({"60, 7", "20, 33", "700, 130", "9, 1"})
    void agreesWithSumsOverPairs(int n, int m) throws IOException {
        FloatMatrix w = GeometryOracle.matrix(n, m);
        Options options = Options.standard().withFrequencies(row -> row % 5 == 3 ? 0 : 1000.0 / (1 + row));
        RowInterference found = RowInterference.measure(RowBlocks.of(w), options);
        double total = 0;
        for (int i = 0; i < n; i++) {
            total += w.squaredNorm(i) > 0 ? options.frequency(i) : 0;
        }
        for (int i = 0; i < n; i++) {
            if (w.squaredNorm(i) == 0) {
                assertThat(found.plain(i)).isNaN();
                assertThat(found.weighted(i)).isNaN();
                continue;
            }
            double plain = 0;
            double weighted = 0;
            for (int j = 0; j < n; j++) {
                if (j != i && w.squaredNorm(j) > 0) {
                    double squared = Math.pow(product(w, i, j), 2) / product(w, i, i) / product(w, j, j);
                    plain += squared;
                    weighted += options.frequency(j) / total * squared;
                }
            }
            assertThat(found.plain(i)).as("row %d", i).isCloseTo(plain, within(1e-12 * n));
            assertThat(found.weighted(i)).as("row %d", i).isCloseTo(weighted, within(1e-14));
        }
    }

    private static double product(FloatMatrix w, int i, int j) {
        double sum = 0;
        for (int k = 0; k < w.columns(); k++) {
            sum += (double) w.at(i, k) * w.at(j, k);
        }
        return sum;
    }

    @Test
    void averagesToTheMeasuresOfTheWholeMatrix() throws IOException {
        FloatMatrix w = PackingTest.gaussian(3000, 140);
        Options options = Options.standard().withFrequencies(row -> 1.0 / (1 + row));
        RowInterference rows = RowInterference.measure(RowBlocks.of(w), options);
        GeometryReport report = GeometryTest.measure(w, options);
        double total = 0;
        double plain = 0;
        double weighted = 0;
        for (int i = 0; i < rows.rows(); i++) {
            total += options.frequency(i);
            plain += rows.plain(i);
            weighted += options.frequency(i) * rows.weighted(i);
        }
        assertThat(plain / 3000 / 2999).isCloseTo(report.overlap().meanSquare(), within(1e-14));
        assertThat(weighted / total).isCloseTo(report.weighted().orElseThrow().interference(), within(1e-14));
    }

    @Test
    void isTheSameForAnyNumberOfThreads() throws IOException {
        FloatMatrix w = PackingTest.gaussian(5000, 200);
        RowInterference alone =
                RowInterference.measure(RowBlocks.of(w), Options.standard().withThreads(1));
        RowInterference shared =
                RowInterference.measure(RowBlocks.of(w), Options.standard().withThreads(3));
        for (int i = 0; i < 5000; i++) {
            assertThat(shared.plain(i)).isEqualTo(alone.plain(i));
            assertThat(shared.weighted(i)).isNaN();
        }
    }

    @Test
    void refusesAFrequencyThatIsNone() {
        FloatMatrix w = PackingTest.gaussian(10, 3);
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            Options options = Options.standard().withFrequencies(row -> row == 7 ? wrong : 1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RowInterference.measure(RowBlocks.of(w), options))
                    .withMessageContaining("row 7 has " + wrong);
        }
    }
}
