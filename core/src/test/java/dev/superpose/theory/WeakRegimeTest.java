package dev.superpose.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.TestLoss;
import dev.superpose.toy.ToyModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeakRegimeTest {
    private static final int FEATURES = 1000;
    private static final int[] WIDTHS = {10, 15, 25, 39, 63, 100};

    private static double[] power(double alpha) {
        return new FeatureFrequencies.Power(alpha).probabilities(FEATURES, 1);
    }

    /// Every digit of the table, computed elsewhere: six losses, the exponent of the line through
    /// them, its standard error and R².
    @ParameterizedTest
    @CsvFileSource(resources = "/dev/superpose/published/theory_weak_ideal_n1000.csv", numLinesToSkip = 1)
    void agreesWithTheTableInEveryDigit(
            double alpha,
            double at10,
            double at15,
            double at25,
            double at39,
            double at63,
            double at100,
            double exponent,
            double standardError,
            double rSquared) {
        double[] p = power(alpha);
        double[] expected = {at10, at15, at25, at39, at63, at100};
        for (int k = 0; k < WIDTHS.length; k++) {
            assertThat(WeakRegime.tailLoss(p, WIDTHS[k])).isCloseTo(expected[k], within(0.5001e-5));
        }
        var trend = WeakRegime.trend(p, WIDTHS).orElseThrow();
        assertThat(-trend.exponent()).isCloseTo(exponent, within(0.5001e-4));
        assertThat(trend.standardError()).isCloseTo(standardError, within(0.5001e-4));
        assertThat(trend.rSquared()).isCloseTo(rSquared, within(0.5001e-4));
    }

    /// Against the sums in 50 decimal digits, for exponents whose powers are exact there.
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 999", "1, 0", "1, 63", "1, 999", "2, 10", "2, 100", "2, 1000"})
    void agreesWithTheSumInFiftyDigits(int alpha, int represented) {
        var digits = new MathContext(50);
        BigDecimal all = BigDecimal.ZERO;
        for (int i = 1; i <= FEATURES; i++) {
            all = all.add(BigDecimal.ONE.divide(BigDecimal.valueOf(i).pow(alpha), digits), digits);
        }
        BigDecimal loss = BigDecimal.ZERO;
        BigDecimal tail = BigDecimal.ZERO;
        var meanSquare = BigDecimal.valueOf(4).divide(BigDecimal.valueOf(3), digits);
        for (int i = represented + 1; i <= FEATURES; i++) {
            var p = BigDecimal.ONE
                    .divide(BigDecimal.valueOf(i).pow(alpha), digits)
                    .divide(all, digits);
            tail = tail.add(p, digits);
            loss = loss.add(meanSquare.multiply(p, digits).subtract(p.multiply(p, digits), digits), digits);
        }

        double[] p = power(alpha);

        assertThat(WeakRegime.tailLoss(p, represented)).isCloseTo(loss.doubleValue(), within(1e-14));
        assertThat(WeakRegime.tailProbability(p, represented)).isCloseTo(tail.doubleValue(), within(1e-14));
    }

    @Test
    void theOrderOfTheFeaturesDoesNotMatter() {
        assertThat(WeakRegime.tailLoss(new double[] {0.1, 0.5, 0.2}, 1))
                .isCloseTo(4.0 / 3 * 0.3 - 0.01 - 0.04, within(1e-15));
    }

    @Test
    void refusesToRepresentMoreThanThereIs() {
        assertThatIllegalArgumentException().isThrownBy(() -> WeakRegime.tailLoss(new double[3], 4));
        assertThatIllegalArgumentException().isThrownBy(() -> WeakRegime.tailProbability(new double[3], -1));
    }

    /// alpha - 1 is the limit for n ≫ m ≫ 1: the finite exponent comes down to it from above, but
    /// for 1/(2m) of itself by which the sum differs from an integral.
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2})
    void theExponentGoesToTheLimitForManyFeatures(double alpha) {
        double[] errors = Arrays.stream(new int[] {1000, 30_000, 1_000_000})
                .mapToDouble(n -> {
                    double[] p = new FeatureFrequencies.Power(alpha).probabilities(n, 1);
                    return -WeakRegime.trend(p, 50, 70, 100).orElseThrow().exponent() - (alpha - 1);
                })
                .toArray();
        assertThat(errors[0]).isGreaterThan(3 * Math.abs(errors[1]));
        assertThat(errors[2]).isCloseTo(0, within(0.02));
    }

    @Test
    void widthsThatHoldEverythingAreLeftOut() {
        assertThat(WeakRegime.trend(new double[] {0.5, 0.3, 0.2}, 1, 2, 3, 9))
                .hasValueSatisfying(trend -> assertThat(trend.models()).isEqualTo(2));
        assertThat(WeakRegime.trend(new double[] {0.5, 0.3, 0.2}, 2, 3)).isEmpty();
    }

    /// The trivial model W = 0, b = p measured by the engine loses what theory says: 4/3 E - Σ p².
    @Test
    void theTrivialModelLosesTheSumOfVariances() {
        int n = 100;
        double[] p = new FeatureFrequencies.Exponential(20).probabilities(n, 1.5);
        float[] bias = new float[n];
        for (int i = 0; i < n; i++) {
            bias[i] = (float) p[i];
        }
        var model = new ToyModel(FloatMatrix.zeros(n, 4), new ToyModel.Bias(bias));
        TestLoss measured = TestLoss.of(model, p, 4096, 60, new Seed(4));
        assertThat(measured.mean()).isCloseTo(WeakRegime.trivialLoss(p), within(4 * measured.standardError()));
    }
}
