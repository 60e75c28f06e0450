package dev.superpose.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class LineFitTest {
    /// NIST StRD, linear regression, Norris: calibration of ozone monitors, 36 points, difficulty "lower".
    /// https://www.itl.nist.gov/div898/strd/lls/data/Norris.shtml (public domain)
    private static final double[] NORRIS_X = {
        0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4,
        0.6, 775.5, 666.9, 338.0, 447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3,
        0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5
    };

    private static final double[] NORRIS_Y = {
        0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3,
        0.1, 778.1, 668.8, 339.3, 448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3,
        0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2
    };

    @Test
    void meetsTheCertifiedValuesOfNorris() {
        var fit = LineFit.of(NORRIS_X, NORRIS_Y);

        assertThat(fit.intercept()).isCloseTo(-0.262323073774029, withinPercentage(1e-10));
        assertThat(fit.slope()).isCloseTo(1.00211681802045, withinPercentage(1e-10));
        assertThat(fit.interceptStandardError()).isCloseTo(0.232818234301152, withinPercentage(1e-10));
        assertThat(fit.slopeStandardError()).isCloseTo(0.429796848199937e-03, withinPercentage(1e-10));
        assertThat(fit.residualStandardDeviation()).isCloseTo(0.884796396144373, withinPercentage(1e-10));
        assertThat(fit.rSquared()).isCloseTo(0.999993745883712, withinPercentage(1e-10));
        assertThat(fit.points()).isEqualTo(36);
    }

    /// x and y carry a common offset of a milliard times their spread; the truth is summed in exact decimals.
    @Test
    void keepsItsDigitsUnderALargeOffset() {
        int points = 101;
        double[] x = new double[points];
        double[] y = new double[points];
        var random = new SplitRandom(3);
        for (int i = 0; i < points; i++) {
            x[i] = 1e9 + i / 64.0;
            y[i] = 0x1p33 + 3 * i / 64.0 + (random.nextInt(1024) - 512) / 4096.0;
        }
        var digits = new MathContext(60);
        var n = new BigDecimal(points);
        var sx = BigDecimal.ZERO;
        var sy = BigDecimal.ZERO;
        var sxx = BigDecimal.ZERO;
        var sxy = BigDecimal.ZERO;
        for (int i = 0; i < points; i++) {
            var xi = new BigDecimal(x[i]);
            var yi = new BigDecimal(y[i]);
            sx = sx.add(xi);
            sy = sy.add(yi);
            sxx = sxx.add(xi.multiply(xi));
            sxy = sxy.add(xi.multiply(yi));
        }
        var slope =
                n.multiply(sxy).subtract(sx.multiply(sy)).divide(n.multiply(sxx).subtract(sx.multiply(sx)), digits);
        var intercept = sy.subtract(slope.multiply(sx)).divide(n, digits);

        var fit = LineFit.of(x, y);

        assertThat(fit.slope()).isCloseTo(slope.doubleValue(), withinPercentage(1e-10));
        assertThat(fit.intercept()).isCloseTo(intercept.doubleValue(), withinPercentage(1e-8));
    }

    @Test
    void aWeightOfTwoCountsLikeThePointTwice() {
        double[] x = {1, 2, 4, 7, 7};
        double[] y = {2, 3, 9, 11, 12};
        var weighted = LineFit.weighted(
                new double[] {1, 2, 4, 7, 100}, new double[] {2, 3, 9, 11.5, -5}, new double[] {1, 1, 1, 2, 0});
        var twice = LineFit.of(x, y);

        assertThat(weighted.slope()).isCloseTo(twice.slope(), within(1e-13));
        assertThat(weighted.intercept()).isCloseTo(twice.intercept(), within(1e-13));
        assertThat(weighted.points()).isEqualTo(4);
    }

    @Test
    void onlyTheRatiosOfTheWeightsMatter() {
        double[] x = {1, 2, 4, 7};
        double[] y = {2, 3, 9, 11};
        var small = LineFit.weighted(x, y, new double[] {1, 2, 3, 4});
        var large = LineFit.weighted(x, y, new double[] {1e6, 2e6, 3e6, 4e6});

        assertThat(large.slope()).isCloseTo(small.slope(), withinPercentage(1e-10));
        assertThat(large.slopeStandardError()).isCloseTo(small.slopeStandardError(), withinPercentage(1e-10));
        assertThat(large.interceptStandardError()).isCloseTo(small.interceptStandardError(), withinPercentage(1e-10));
    }

    @Test
    void twoPointsGiveALineWithoutErrors() {
        var fit = LineFit.of(new double[] {1, 3}, new double[] {5, 1});

        assertThat(fit.slope()).isEqualTo(-2);
        assertThat(fit.intercept()).isEqualTo(7);
        assertThat(fit.slopeStandardError()).isNaN();
        assertThat(fit.slopeInterval(0.95).low()).isNaN();
    }

    /// 4 points and thus 2 degrees of freedom, where the normal quantile 1.96 would cover only 81 %.
    @Test
    void theIntervalOfTheSlopeCoversAsOftenAsItSaysEvenForFourPoints() {
        int replicates = 4000;
        long seed = 11;
        var random = new Seed(seed).child("line").random();
        double[] x = {0, 1, 2, 3};
        double[] y = new double[4];
        int covered = 0;
        for (int r = 0; r < replicates; r++) {
            for (int i = 0; i < 4; i++) {
                y[i] = 1 - 0.7 * x[i] + 0.1 * random.nextGaussian();
            }
            if (LineFit.of(x, y).slopeInterval(0.95).contains(-0.7)) {
                covered++;
            }
        }
        // Binomial standard error 0.0034.
        assertThat(covered / (double) replicates).as("seed %d", seed).isBetween(0.937, 0.963);
    }

    @Test
    void studentsQuantilesAreThoseOfTheTables() {
        assertThat(Interval.halfWidthFactor(1, 0.95)).isCloseTo(12.706, within(5e-4));
        assertThat(Interval.halfWidthFactor(4, 0.95)).isCloseTo(2.776, within(5e-4));
        assertThat(Interval.halfWidthFactor(30, 0.99)).isCloseTo(2.750, within(5e-4));
        assertThat(Interval.halfWidthFactor(0, 0.95)).isNaN();
    }

    @Test
    void refusesWhatIsNoLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineFit.of(new double[] {1, 1, 1}, new double[] {1, 2, 3}))
                .withMessageContaining("two different x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineFit.of(new double[] {1, 2}, new double[] {1}))
                .withMessageContaining("2, 1 and 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineFit.of(new double[] {1, 2}, new double[] {1, Double.NaN}))
                .withMessageContaining("point 1");
        assertThatIllegalArgumentException().isThrownBy(() -> LineFit.of(new double[0], new double[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Interval.halfWidthFactor(3, 1));
    }
}
