package dev.superpose.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.WidthTrend;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import dev.superpose.stat.Moments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyExpansionTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_261_129);

    /// Rows of the same norm in random directions, (n, m).
    private static FloatMatrix head(int n, int m, double norm) {
        var random = new Seed(SEED).child(n + "/" + m).random();
        float[] data = new float[n * m];
        for (int i = 0; i < n; i++) {
            double squares = 0;
            double[] row = new double[m];
            for (int k = 0; k < m; k++) {
                row[k] = random.nextGaussian();
                squares += row[k] * row[k];
            }
            for (int k = 0; k < m; k++) {
                data[i * m + k] = (float) (norm * row[k] / Math.sqrt(squares));
            }
        }
        return new FloatMatrix(n, m, data);
    }

    /// The usual cross-entropy: minus the logarithm of the softmax of the logits W h at the target.
    @Test
    void theExactLossIsThatOfTheSoftmax() {
        FloatMatrix head = head(50, 6, 3);
        int target = 7;
        double norm = Math.sqrt(head.squaredNorm(target));
        double sum = 0;
        double own = 0;
        for (int j = 0; j < 50; j++) {
            double logit = 0;
            for (int k = 0; k < 6; k++) {
                logit += head.at(j, k) * (head.at(target, k) / norm);
            }
            sum += Math.exp(logit);
            own = j == target ? logit : own;
        }
        assertThat(CrossEntropyExpansion.of(head, target).exact())
                .as("seed %d", SEED)
                .isCloseTo(Math.log(sum) - own, within(1e-6));
    }

    /// Third order in the logits: at a tenth of them the rest is a thousandth. And the logarithm is
    /// its argument less half of its square.
    @Test
    void whatIsLeftOutIsOfTheOrderStated() {
        FloatMatrix head = head(40, 200, 4);
        var expansion = CrossEntropyExpansion.of(head, 0);
        double largest = 0;
        for (int j = 1; j < 40; j++) {
            double logit = 0;
            for (int k = 0; k < 200; k++) {
                logit += (double) head.at(j, k) * head.at(0, k) / 4;
            }
            largest = Math.max(largest, Math.abs(logit));
        }
        double third = 39 * Math.exp(largest - 4) * largest * largest * largest / 6;
        assertThat(expansion.ratio()).as("seed %d", SEED).isCloseTo(expansion.expanded(), within(third));
        assertThat(expansion.exact())
                .isBetween(expansion.ratio() - expansion.ratio() * expansion.ratio() / 2, expansion.ratio());
    }

    /// Random directions: the part of second order has the mean that theory says and falls as 1/m.
    @Test
    void theSecondOrderGoesAsTheInverseWidth() {
        double[] widths = {50, 100, 200, 400};
        double[] parts = new double[widths.length];
        for (int k = 0; k < widths.length; k++) {
            FloatMatrix head = head(400, (int) widths[k], 8);
            var second = new Moments();
            for (int i = 0; i < 400; i++) {
                second.add(CrossEntropyExpansion.of(head, i).secondOrder());
            }
            parts[k] = second.mean();
            assertThat(parts[k])
                    .as("seed %d", SEED)
                    .isCloseTo(
                            CrossEntropyExpansion.expectedSecondOrder(400, (int) widths[k], 8),
                            within(6 * second.standardError() + 1e-6 * parts[k]));
        }
        assertThat(WidthTrend.of(widths, parts).orElseThrow().exponent()).isCloseTo(-1, within(0.02));
    }

    /// Orthogonal rows have no part but the constant: ln(1 + (n - 1) exp(-w)).
    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 12})
    void orthogonalRowsLeaveTheConstant(double norm) {
        var head = FloatMatrix.zeros(4, 4);
        for (int i = 0; i < 4; i++) {
            head.set(i, i, (float) norm);
        }
        var expansion = CrossEntropyExpansion.of(head, 2);
        assertThat(expansion.firstOrder()).isZero();
        assertThat(expansion.secondOrder()).isZero();
        assertThat(expansion.exact()).isCloseTo(Math.log1p(3 * Math.exp(-norm)), within(1e-15));
        assertThat(expansion.constant()).isCloseTo(3 * Math.exp(-norm), within(1e-15));
    }

    @Test
    void refusesATargetWithoutDirection() {
        assertThatIllegalArgumentException().isThrownBy(() -> CrossEntropyExpansion.of(FloatMatrix.zeros(3, 2), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CrossEntropyExpansion.expectedSecondOrder(10, 2, 0));
    }
}
