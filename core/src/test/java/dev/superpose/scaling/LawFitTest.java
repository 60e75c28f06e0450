package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LawFitTest {
    private static final double[] WIDTHS = {8, 16, 32, 64, 128, 256, 512, 1024};

    /// Slopes and R² as published; fitted from the third point but for the exponential frequencies. The losses
    /// are read off a figure to about 0.1 %, which moves a slope by up to 0.0002.
    @ParameterizedTest
    @CsvSource({"exponential(400), 0, 1.00545, 0.984", "power(1.2), 2, 0.98402, 0.963", "linear, 2, 0.88639, 0.987"})
    void reproducesThePublishedExponentsOfTheLargeToyModels(
            String frequencies, int from, double exponent, double rSquared) throws IOException {
        var points = lines("fig1-large-toy-losses.csv").stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[0].equals("strong") && cells[1].equals(frequencies))
                .skip(from)
                .map(cells -> new Observation(Double.parseDouble(cells[2]), Double.parseDouble(cells[3])))
                .toList();

        var fit = fitted(LawForm.POWER, new Observations(points));

        assertThat(fit.law().exponent()).isCloseTo(exponent, within(2.5e-4));
        assertThat(fit.rSquared()).isCloseTo(rSquared, within(6e-4));
    }

    static List<String> oracleSets() throws IOException {
        return lines("floor-fit-oracle.csv").stream()
                .map(line -> line.substring(0, line.indexOf(',')))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("oracleSets")
    void agreesWithScipyToSixDigits(String set) throws IOException {
        var rows = lines("floor-fit-oracle.csv").stream()
                .filter(line -> line.startsWith(set + ","))
                .map(line -> Arrays.stream(line.split(",", -1))
                        .skip(1)
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
        double[] expected = rows.get(2);

        var fit = fitted(LawForm.POWER_WITH_FLOOR, Observations.of(rows.get(0), rows.get(1)));

        var estimates = fit.estimates();
        for (int i = 0; i < 3; i++) {
            assertThat(estimates.get(i).value()).isCloseTo(expected[i], withinPercentage(1e-4));
            assertThat(estimates.get(i).standardError()).isCloseTo(expected[3 + i], withinPercentage(1e-4));
        }
        double deviation = fit.residualStandardDeviation();
        assertThat(deviation * deviation * fit.degreesOfFreedom()).isCloseTo(expected[6], withinPercentage(1e-8));
        assertThat(fit.certificate().converged()).isTrue();
        assertThat(fit.certificate().gradientNorm()).isLessThan(1e-8);
        assertThat(fit.certificate().agreeing()).isGreaterThan(20);
    }

    @Test
    void findsAPlantedLawExactly() {
        for (double exponent : new double[] {0.05, 0.34, 1, 2.2}) {
            for (double floor : new double[] {1e-4, 0.02, 1.69}) {
                double scale = 3 * Math.pow(64, exponent);
                var law = new Law.PowerWithFloor(scale, exponent, floor);

                var fit = fitted(LawForm.POWER_WITH_FLOOR, exactly(law, WIDTHS));

                assertThat(fit.law().exponent()).as("%s", law).isCloseTo(exponent, withinPercentage(1e-5));
                var found = (Law.PowerWithFloor) fit.law();
                assertThat(found.scale()).as("%s", law).isCloseTo(scale, withinPercentage(1e-4));
                assertThat(found.floor()).as("%s", law).isCloseTo(floor, withinPercentage(1e-3));
            }
        }
    }

    /// Powers of ten in the size or the loss change scale and floor as they must, and nothing else.
    @Test
    void unitsDoNotMatter() {
        var losses = noisy(new Law.PowerWithFloor(40, 0.8, 0.3), WIDTHS, 0.02, new SplitRandom(5));
        var small = fitted(LawForm.POWER_WITH_FLOOR, losses);
        var large = fitted(
                LawForm.POWER_WITH_FLOOR,
                new Observations(losses.points().stream()
                        .map(p -> new Observation(p.size() * 1e9, p.loss() * 1e-3))
                        .toList()));

        assertThat(large.law().exponent()).isCloseTo(small.law().exponent(), withinPercentage(1e-6));
        assertThat(large.exponentStandardError()).isCloseTo(small.exponentStandardError(), withinPercentage(1e-5));
        assertThat(((Law.PowerWithFloor) large.law()).floor())
                .isCloseTo(((Law.PowerWithFloor) small.law()).floor() * 1e-3, withinPercentage(1e-5));
        assertThat(large.logStandardErrorAt(4096e9)).isCloseTo(small.logStandardErrorAt(4096), withinPercentage(1e-4));
    }

    @Test
    void intervalsOfThePowerLawCoverAsOftenAsTheySay() {
        long seed = 21;
        var random = new Seed(seed).child("power").random();
        var law = new Law.Power(6, 0.95);
        int replicates = 2000;
        int exponents = 0;
        int curves = 0;
        for (int r = 0; r < replicates; r++) {
            var fit = fitted(LawForm.POWER, noisy(law, new double[] {10, 15, 25, 39, 63, 100}, 0.1, random));
            exponents += fit.exponentInterval(0.95).contains(0.95) ? 1 : 0;
            curves += fit.curveAt(200, 0.95).contains(law.at(200)) ? 1 : 0;
        }
        // Binomial standard error 0.005.
        assertThat(exponents / (double) replicates).as("seed %d", seed).isBetween(0.935, 0.965);
        assertThat(curves / (double) replicates).as("seed %d", seed).isBetween(0.935, 0.965);
    }

    @Test
    void intervalsOfTheLawWithAFloorCoverAboutAsOftenAsTheySay() {
        long seed = 22;
        var random = new Seed(seed).child("floor").random();
        var law = new Law.PowerWithFloor(476, 0.91, 1.8);
        double[] sizes = {512, 768, 1024, 1536, 2048, 3072, 4096, 5120, 8192};
        int replicates = 200;
        int exponents = 0;
        int curves = 0;
        for (int r = 0; r < replicates; r++) {
            var fit = fitted(LawForm.POWER_WITH_FLOOR, noisy(law, sizes, 0.005, random));
            exponents += fit.exponentInterval(0.95).contains(0.91) ? 1 : 0;
            curves += fit.curveAt(3000, 0.95).contains(law.at(3000)) ? 1 : 0;
        }
        // Binomial standard error 0.015; the linear approximation costs something as well.
        assertThat(exponents / (double) replicates).as("seed %d", seed).isBetween(0.91, 0.98);
        assertThat(curves / (double) replicates).as("seed %d", seed).isBetween(0.91, 0.98);
    }

    @Test
    void theFloorStaysAtZeroWhereTheLossesBendDown() {
        double[] losses = {1, 0.6, 0.35, 0.2, 0.1, 0.04, 0.015, 0.004};
        var observations = Observations.of(WIDTHS, losses);
        var power = fitted(LawForm.POWER, observations);
        var floor = fitted(LawForm.POWER_WITH_FLOOR, observations);

        assertThat(((Law.PowerWithFloor) floor.law()).floor()).isZero();
        assertThat(floor.certificate().atBound()).containsExactly("floor");
        assertThat(floor.law().exponent()).isEqualTo(power.law().exponent());
        assertThat(floor.exponentStandardError()).isEqualTo(power.exponentStandardError());
        assertThat(floor.estimates().get(2).standardError()).isNaN();
        assertThat(floor.logStandardErrorAt(100)).isCloseTo(power.logStandardErrorAt(100), withinPercentage(1e-9));
        assertThat(floor.warnings()).anyMatch(warning -> warning.contains("bound 0"));
        assertThat(FloorTest.between(power, floor).floorShown()).isFalse();
    }

    @Test
    void aStraightLineShowsNoFloor() {
        var fit = fitted(LawForm.POWER_WITH_FLOOR, exactly(new Law.Power(7, 1.3), WIDTHS));

        assertThat(((Law.PowerWithFloor) fit.law()).floor()).isZero();
        assertThat(fit.law().exponent()).isCloseTo(1.3, within(1e-12));
        assertThat(fit.certificate().gradientNorm()).isZero();
    }

    @Test
    void theFloorTestIsRightAsOftenAsItSays() {
        long seed = 23;
        var random = new Seed(seed).child("test").random();
        int replicates = 200;
        int falselyShown = 0;
        for (int r = 0; r < replicates; r++) {
            var observations = noisy(new Law.Power(6, 0.5), WIDTHS, 0.05, random);
            var test = FloorTest.between(
                    fitted(LawForm.POWER, observations), fitted(LawForm.POWER_WITH_FLOOR, observations));
            falselyShown += test.floorShown() ? 1 : 0;
        }
        // Binomial standard error 0.015.
        assertThat(falselyShown / (double) replicates).as("seed %d", seed).isBetween(0.02, 0.085);

        var floored = noisy(new Law.PowerWithFloor(60, 0.9, 1), WIDTHS, 0.05, random);
        assertThat(FloorTest.between(fitted(LawForm.POWER, floored), fitted(LawForm.POWER_WITH_FLOOR, floored))
                        .floorShown())
                .isTrue();
    }

    @Test
    void saysWhatTheDataDoNotFix() {
        assertNotIdentified(Observations.of(new double[] {8, 16, 32}, new double[] {3, 2, 1.5}), "3 loss(es)");
        assertNotIdentified(
                Observations.of(new double[] {8, 8, 8, 16, 16, 16}, new double[] {3, 3.1, 3.2, 2, 2.1, 2.2}),
                "6 loss(es) at 2 size(s)");
        assertNotIdentified(
                Observations.of(new double[] {8, 16, 32, 64}, new double[] {1, 1.2, 1.5, 2}), "do not fall");
        assertNotIdentified(Observations.of(new double[] {8, 16, 32, 64}, new double[] {2, 2, 2, 2}), "do not fall");
        // Only the smallest size lies above the floor: any steep enough exponent will do.
        assertNotIdentified(
                Observations.of(new double[] {8, 16, 32, 64, 128}, new double[] {3, 1, 1.01, 1, 0.99}), "do not fix");
    }

    @Test
    void twoPointsGiveALineWithoutErrors() {
        var fit = fitted(LawForm.POWER, Observations.of(new double[] {10, 100}, new double[] {2, 0.2}));

        assertThat(fit.law().exponent()).isCloseTo(1, within(1e-12));
        assertThat(fit.exponentStandardError()).isNaN();
        assertThat(fit.logStandardErrorAt(50)).isNaN();
        assertThat(fit.warnings()).anyMatch(warning -> warning.contains("two points"));
    }

    /// With equally many seeds at each width the law through the means is that through all points.
    @Test
    void meansOfSeedsGiveTheSameLine() {
        var points = new ArrayList<Observation>();
        var random = new SplitRandom(8);
        for (int seed = 0; seed < 3; seed++) {
            points.addAll(noisy(new Law.Power(5, 0.7), WIDTHS, 0.1, random).points());
        }
        var all = new Observations(points);

        var fit = fitted(LawForm.POWER, all);
        var means = fitted(LawForm.POWER, all.geometricMeans());

        assertThat(all.geometricMeans().count()).isEqualTo(WIDTHS.length);
        assertThat(means.law().exponent()).isCloseTo(fit.law().exponent(), within(1e-12));
        assertThat(means.points()).isEqualTo(8);
    }

    private static void assertNotIdentified(Observations observations, String reason) {
        assertThat(LawFit.of(LawForm.POWER_WITH_FLOOR, observations))
                .isInstanceOfSatisfying(LawFit.NotIdentified.class, outcome -> {
                    assertThat(outcome.reason()).contains(reason);
                    assertThat(outcome.remedy()).isNotEmpty();
                });
    }

    private static LawFit.Fitted fitted(LawForm form, Observations observations) {
        var outcome = LawFit.of(form, observations);
        assertThat(outcome).isInstanceOf(LawFit.Fitted.class);
        return (LawFit.Fitted) outcome;
    }

    private static Observations exactly(Law law, double[] sizes) {
        return Observations.of(sizes, Arrays.stream(sizes).map(law::at).toArray());
    }

    private static Observations noisy(Law law, double[] sizes, double deviation, SplitRandom random) {
        return Observations.of(
                sizes,
                Arrays.stream(sizes)
                        .map(size -> law.at(size) * Math.exp(deviation * random.nextGaussian()))
                        .toArray());
    }

    private static List<String> lines(String resource) throws IOException {
        try (var in = LawFitTest.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("missing " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
