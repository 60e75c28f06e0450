package dev.superpose.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the certified values of NIST's univariate reference data sets, and merging in any split.
class MomentsTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_101);

    @ParameterizedTest
    @CsvSource({
        "Lew, -177.435, 277.332168044316, 14",
        "Lottery, 518.958715596330, 291.699727470969, 14",
        // These are written with few decimals about a large mean: 12 digits are left to the spread.
        "Mavro, 2.001856, 0.000429123454003053, 12",
        "Michelso, 299.8524, 0.0790105478190518, 12"
    })
    void meetsCertifiedDigitsOfMeasuredData(String name, double mean, double deviation, int digits) throws IOException {
        checkCertified(Moments.of(certified(name)), mean, deviation, digits);
    }

    /// A first number, then two others in turn. What the last two lose is lost in writing 0.1 beside 10^6 and 10^7 in
    /// double precision, before any sum.
    @ParameterizedTest
    @CsvSource({
        "10000002, 10000001, 10000003, 3, 1, 15",
        "1.2, 1.1, 1.3, 1001, 0.1, 14",
        "1000000.2, 1000000.1, 1000000.3, 1001, 0.1, 9",
        "10000000.2, 10000000.1, 10000000.3, 1001, 0.1, 8"
    })
    void meetsCertifiedDigitsBesideALargeMean(
            double first, double odd, double even, int count, double deviation, int digits) {
        var moments = new Moments();
        moments.add(first);
        for (int i = 1; i < count; i++) {
            moments.add(i % 2 == 1 ? odd : even);
        }
        checkCertified(moments, first, deviation, digits);
    }

    private static void checkCertified(Moments moments, double mean, double deviation, int digits) {
        assertThat(moments.mean()).isCloseTo(mean, within(1e-14 * Math.abs(mean)));
        assertThat(moments.standardDeviation()).isCloseTo(deviation, within(Math.pow(10, -digits) * deviation));
    }

    @Test
    void mergesPartsAsIfSeenAtOnce() {
        SplitRandom random = new Seed(SEED).child("merge").random();
        double[] values = DoubleStream.generate(random::nextGaussian)
                .map(x -> 1e6 + x)
                .limit(1000)
                .toArray();
        Moments whole = Moments.of(values);
        for (int parts : new int[] {1, 2, 7, 1000}) {
            var merged = new Moments();
            for (int p = 0; p < parts; p++) {
                var part = new Moments();
                for (int i = p; i < values.length; i += parts) {
                    part.add(values[i]);
                }
                merged.merge(part);
            }
            merged.merge(new Moments());
            assertThat(merged.count()).isEqualTo(1000);
            assertThat(merged.min()).isEqualTo(whole.min());
            assertThat(merged.max()).isEqualTo(whole.max());
            assertThat(merged.mean()).as("seed %d", SEED).isCloseTo(whole.mean(), within(1e-8));
            assertThat(merged.variance()).as("seed %d", SEED).isCloseTo(whole.variance(), within(1e-9));
        }
    }

    @Test
    void saysNaNWhereThereIsNothingToSay() {
        assertThat(new Moments().mean()).isNaN();
        assertThat(new Moments().max()).isNaN();
        assertThat(Moments.of(3).variance()).isNaN();
        assertThat(Moments.of(3).populationVariance()).isZero();
        assertThat(Moments.of(1, Double.NaN, 2).mean()).isNaN();
        assertThat(Moments.of(1, Double.NaN, 2).min()).isNaN();
    }

    @Test
    void interpolatesQuantilesBetweenNeighbours() {
        Quantiles quantiles = Quantiles.of(4, 1, 3, 2);
        assertThat(quantiles.median()).isEqualTo(2.5);
        assertThat(quantiles.at(0)).isEqualTo(1);
        assertThat(quantiles.at(0.1)).isCloseTo(1.3, within(1e-15));
        assertThat(quantiles.at(1)).isEqualTo(4);
        assertThat(Quantiles.of(7).at(0.3)).isEqualTo(7);
        assertThat(Quantiles.of().median()).isNaN();
        assertThat(Quantiles.of(1, Double.NaN).at(0)).isNaN();
    }

    private static double[] certified(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(MomentsTest.class.getResourceAsStream("nist/" + name + ".txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMapToDouble(line -> Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble))
                    .toArray();
        }
    }
}
