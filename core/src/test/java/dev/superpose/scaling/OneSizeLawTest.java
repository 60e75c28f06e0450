package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Power laws of one size, with and without a floor, by least squares of ln loss.
class OneSizeLawTest {
    private static final double[] WIDTHS = {8, 16, 32, 64, 128, 256, 512, 1024};
    private static final Form POWER = Forms.power(Quantity.WIDTH);
    private static final Form FLOOR = Forms.powerWithFloor(Quantity.WIDTH);

    /// Slopes and R² as published; fitted from the third point but for the exponential frequencies. The losses
    /// are read off a figure to about 0.1 %, which moves a slope by up to 0.0002.
    @ParameterizedTest
    @CsvSource({"exponential(400), 0, 1.00545, 0.984", "power(1.2), 2, 0.98402, 0.963", "linear, 2, 0.88639, 0.987"})
    void reproducesThePublishedExponentsOfTheLargeToyModels(
            String frequencies, int from, double exponent, double rSquared) throws IOException {
        var rows = lines("fig1-large-toy-losses.csv").stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[0].equals("strong") && cells[1].equals(frequencies))
                .skip(from)
                .toList();

        var fit = fitted(
                POWER,
                runs(
                        rows.stream()
                                .mapToDouble(cells -> Double.parseDouble(cells[2]))
                                .toArray(),
                        rows.stream()
                                .mapToDouble(cells -> Double.parseDouble(cells[3]))
                                .toArray()));

        assertThat(exponent(fit)).isCloseTo(exponent, within(2.5e-4));
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

        var fit = fitted(FLOOR, runs(rows.get(0), rows.get(1)));

        var names = List.of("scale", "exponent", "floor");
        for (int i = 0; i < 3; i++) {
            assertThat(fit.law().parameter(names.get(i))).isCloseTo(expected[i], withinPercentage(1e-4));
            assertThat(fit.standardErrors().get(names.get(i))).isCloseTo(expected[3 + i], withinPercentage(1e-4));
        }
        assertThat(fit.value()).isCloseTo(expected[6], withinPercentage(1e-8));
        assertThat(fit.certificate().converged()).isTrue();
        assertThat(fit.certificate().gradientNorm()).isLessThan(1e-8);
        assertThat(fit.certificate().agreeing()).isGreaterThan(20);
    }

    @Test
    void findsAPlantedLawExactly() {
        for (double exponent : new double[] {0.05, 0.34, 1, 2.2}) {
            for (double floor : new double[] {0.01, 0.1, 1.69}) {
                double scale = 3 * Math.pow(64, exponent);
                var law = ScalingLaw.of(FLOOR, Map.of("scale", scale, "exponent", exponent, "floor", floor));

                var found = fitted(FLOOR, exactly(law, WIDTHS)).law();

                assertThat(found.parameter("exponent")).as("%s", law).isCloseTo(exponent, withinPercentage(1e-5));
                assertThat(found.parameter("scale")).as("%s", law).isCloseTo(scale, withinPercentage(1e-4));
                assertThat(found.parameter("floor")).as("%s", law).isCloseTo(floor, withinPercentage(1e-3));
            }
        }
    }

    /// Powers of ten in the size or the loss change scale and floor as they must, and nothing else.
    @Test
    void unitsDoNotMatter() {
        double[] losses = noisy(m -> 40 * Math.pow(m, -0.8) + 0.3, WIDTHS, 0.02, new SplitRandom(5));
        var small = fitted(FLOOR, runs(WIDTHS, losses));
        var large = fitted(
                FLOOR,
                runs(
                        Arrays.stream(WIDTHS).map(m -> m * 1e9).toArray(),
                        Arrays.stream(losses).map(l -> l * 1e-3).toArray()));

        assertThat(exponent(large)).isCloseTo(exponent(small), withinPercentage(1e-6));
        assertThat(large.standardErrors().get("exponent"))
                .isCloseTo(small.standardErrors().get("exponent"), withinPercentage(1e-5));
        assertThat(large.law().parameter("floor"))
                .isCloseTo(small.law().parameter("floor") * 1e-3, withinPercentage(1e-5));
        assertThat(large.logStandardErrorAt(width(4096e9)))
                .isCloseTo(small.logStandardErrorAt(width(4096)), withinPercentage(1e-4));
    }

    @Test
    void intervalsOfThePowerLawCoverAsOftenAsTheySay() {
        long seed = 21;
        var random = new Seed(seed).child("power").random();
        DoubleUnaryOperator law = m -> 6 * Math.pow(m, -0.95);
        double[] sizes = {10, 15, 25, 39, 63, 100};
        int replicates = 2000;
        int exponents = 0;
        int curves = 0;
        for (int r = 0; r < replicates; r++) {
            var fit = fitted(POWER, runs(sizes, noisy(law, sizes, 0.1, random)));
            exponents += fit.interval("exponent", 0.95).contains(0.95) ? 1 : 0;
            curves += fit.curveAt(width(200), 0.95).contains(law.applyAsDouble(200)) ? 1 : 0;
        }
        // Binomial standard error 0.005.
        assertThat(exponents / (double) replicates).as("seed %d", seed).isBetween(0.935, 0.965);
        assertThat(curves / (double) replicates).as("seed %d", seed).isBetween(0.935, 0.965);
    }

    @Test
    void theFloorStaysAtZeroWhereTheLossesBendDown() {
        var runs = runs(WIDTHS, new double[] {1, 0.6, 0.35, 0.2, 0.1, 0.04, 0.015, 0.004});
        var power = fitted(POWER, runs);
        var floor = fitted(FLOOR, runs);

        assertThat(floor.law().parameter("floor")).isZero();
        assertThat(floor.certificate().atBound()).containsExactly("floor");
        assertThat(exponent(floor)).isCloseTo(exponent(power), within(1e-9));
        assertThat(floor.standardErrors().get("exponent"))
                .isCloseTo(power.standardErrors().get("exponent"), withinPercentage(1e-6));
        assertThat(floor.standardErrors().get("floor")).isNaN();
        assertThat(floor.interval("floor", 0.95).low()).isNaN();
        assertThat(floor.logStandardErrorAt(width(100)))
                .isCloseTo(power.logStandardErrorAt(width(100)), withinPercentage(1e-6));
        assertThat(floor.warnings()).anyMatch(warning -> warning.contains("bound 0"));
        assertThat(FloorChoice.of(Fitter.of(new Objective.LogLeastSquares()), Quantity.WIDTH, runs)
                        .reason())
                .contains("no floor");
    }

    @Test
    void aStraightLineShowsNoFloor() {
        double[] losses = Arrays.stream(WIDTHS).map(m -> 7 * Math.pow(m, -1.3)).toArray();
        var fit = fitted(FLOOR, runs(WIDTHS, losses));

        assertThat(fit.law().parameter("floor")).isLessThan(1e-9);
        assertThat(exponent(fit)).isCloseTo(1.3, within(1e-7));
    }

    @Test
    void theFloorTestIsRightAsOftenAsItSays() {
        long seed = 23;
        var random = new Seed(seed).child("test").random();
        var fitter = new Fitter(new Objective.LogLeastSquares(), 12, new Seed(seed));
        int replicates = 200;
        int falselyShown = 0;
        for (int r = 0; r < replicates; r++) {
            var runs = runs(WIDTHS, noisy(m -> 6 * Math.pow(m, -0.5), WIDTHS, 0.05, random));
            falselyShown += FloorChoice.of(fitter, Quantity.WIDTH, runs)
                            .fit()
                            .form()
                            .word()
                            .equals("power-floor")
                    ? 1
                    : 0;
        }
        // Binomial standard error 0.015.
        assertThat(falselyShown / (double) replicates).as("seed %d", seed).isBetween(0.02, 0.085);

        var floored = runs(WIDTHS, noisy(m -> 60 * Math.pow(m, -0.9) + 1, WIDTHS, 0.05, random));
        assertThat(FloorChoice.of(fitter, Quantity.WIDTH, floored).fit().form().word())
                .isEqualTo("power-floor");
    }

    @Test
    void saysWhatTheDataDoNotFix() {
        assertNotIdentified(runs(new double[] {8, 16, 32}, new double[] {3, 2, 1.5}), "3 runs");
        assertNotIdentified(
                runs(new double[] {8, 8, 8, 16, 16, 16}, new double[] {3, 3.1, 3.2, 2, 2.1, 2.2}), "do not fix");
        assertNotIdentified(runs(new double[] {8, 16, 32, 64}, new double[] {2, 2, 2, 2}), "do not fix");
    }

    /// Only the smallest size lies above the floor: any steep enough exponent will do, and the search runs off.
    @Test
    void refusesAnExponentWithoutEnd() {
        var outcome = Fitter.of(new Objective.LogLeastSquares())
                .fit(FLOOR, runs(new double[] {8, 16, 32, 64, 128}, new double[] {3, 1, 1.01, 1, 0.99}));

        assertThat(outcome).isNotInstanceOf(Fit.Fitted.class);
    }

    @Test
    void lossesThatGrowAreToldLoudly() {
        var fit = fitted(FLOOR, runs(new double[] {8, 16, 32, 64}, new double[] {1, 1.2, 1.5, 2}));

        assertThat(fit.warnings()).anyMatch(warning -> warning.contains("the loss grows with that size"));
    }

    @Test
    void twoPointsGiveALineWithoutErrors() {
        var fit = fitted(POWER, runs(new double[] {10, 100}, new double[] {2, 0.2}));

        assertThat(exponent(fit)).isCloseTo(1, within(1e-9));
        assertThat(fit.standardErrors().get("exponent")).isNaN();
        assertThat(fit.logStandardErrorAt(width(50))).isNaN();
    }

    /// With equally many seeds at each width the law through the means is that through all points.
    @Test
    void meansOfSeedsGiveTheSameLine() {
        var points = new ArrayList<Runs.Run>();
        var random = new SplitRandom(8);
        for (int seed = 0; seed < 3; seed++) {
            points.addAll(runs(WIDTHS, noisy(m -> 5 * Math.pow(m, -0.7), WIDTHS, 0.1, random))
                    .list());
        }
        var all = Runs.of(points);

        var means = fitted(POWER, all.geometricMeans());

        assertThat(means.runs().count()).isEqualTo(WIDTHS.length);
        assertThat(exponent(means)).isCloseTo(exponent(fitted(POWER, all)), within(1e-9));
    }

    private static void assertNotIdentified(Runs runs, String reason) {
        assertThat(Fitter.of(new Objective.LogLeastSquares()).fit(FLOOR, runs))
                .isInstanceOfSatisfying(Fit.NotIdentified.class, outcome -> {
                    assertThat(outcome.reason()).contains(reason);
                    assertThat(outcome.remedy()).isNotEmpty();
                });
    }

    private static Fit.Fitted fitted(Form form, Runs runs) {
        var outcome = Fitter.of(new Objective.LogLeastSquares()).fit(form, runs);
        assertThat(outcome).isInstanceOf(Fit.Fitted.class);
        return (Fit.Fitted) outcome;
    }

    private static double exponent(Fit.Fitted fit) {
        return fit.law().parameter("exponent");
    }

    private static Sizes width(double m) {
        return Sizes.of(Quantity.WIDTH, m);
    }

    private static Runs exactly(ScalingLaw law, double[] sizes) {
        return runs(sizes, Arrays.stream(sizes).map(m -> law.at(width(m))).toArray());
    }

    private static Runs runs(double[] sizes, double[] losses) {
        var runs = new ArrayList<Runs.Run>();
        for (int i = 0; i < sizes.length; i++) {
            runs.add(new Runs.Run("run " + i, width(sizes[i]), losses[i]));
        }
        return Runs.of(runs);
    }

    private static double[] noisy(DoubleUnaryOperator law, double[] sizes, double deviation, SplitRandom random) {
        return Arrays.stream(sizes)
                .map(size -> law.applyAsDouble(size) * Math.exp(deviation * random.nextGaussian()))
                .toArray();
    }

    private static List<String> lines(String resource) throws IOException {
        try (var in = OneSizeLawTest.class.getResourceAsStream(resource)) {
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
