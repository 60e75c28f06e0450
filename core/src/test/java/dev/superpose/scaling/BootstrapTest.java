package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BootstrapTest {
    private static final Seed SEED = new Seed(42);
    private static final Objective SQUARES = new Objective.LogLeastSquares();
    private static final Objective HUBER = new Objective.HuberLog(1e-3);

    @ParameterizedTest
    @EnumSource
    void drawsTheSameBitsOnAnyNumberOfThreads(Bootstrap.Method method) throws Exception {
        var runs = Planted.clustered(Planted.CHINCHILLA, Planted.grid(8, 5), 5, 0.002, 0.005, SEED);
        var objective = method == Bootstrap.Method.WILD ? SQUARES : HUBER;
        var fit = Planted.fit(Forms.chinchilla(), objective, runs, 8);
        var bootstrap = new Bootstrap(method, 40, SEED);

        Draws alone;
        Draws together;
        try (var one = new ForkJoinPool(1);
                var four = new ForkJoinPool(4)) {
            alone = one.submit(() -> bootstrap.draws(fit)).get();
            together = four.submit(() -> bootstrap.draws(fit)).get();
        }

        assertThat(alone).isEqualTo(together);
        assertThat(alone.method()).isEqualTo(method.word() + " bootstrap");
        assertThat(alone.failed()).isZero();
        // Few clusters can be drawn alike twice.
        assertThat(alone.laws().stream().distinct().count()).isGreaterThan(35);
    }

    /// To first order the standard error of a linear fit is exact, and large samples make any law
    /// linear.
    @ParameterizedTest
    @EnumSource
    void agreesWithTheLinearStandardErrorForManyRunsOfLittleNoise(Bootstrap.Method method) {
        var runs = Planted.runs(Planted.CHINCHILLA, Planted.grid(20, 12), 0.002, SEED);
        var fit = Planted.fit(Forms.chinchilla(), SQUARES, runs, 4);

        var draws = new Bootstrap(method, 400, SEED).draws(fit);

        fit.standardErrors().forEach((name, error) -> {
            double centre = fit.law().parameter(name);
            var interval = draws.parameter(name, 0.6827);
            double half = (interval.high() - interval.low()) / 2;
            assertThat(half / error).as("%s, %s", method, name).isBetween(0.8, 1.2);
            assertThat((interval.low() + interval.high()) / 2).isCloseTo(centre, within(0.3 * error));
        });
    }

    @Test
    void pairsSpreadWithTheRunsThatDeviateMore() {
        // Noise grows with N: pairs sees it, shuffled residuals do not.
        var runs = Planted.runs(
                Planted.ONE_SIZE,
                Planted.line(120),
                sizes -> sizes.get(Quantity.PARAMETERS) > 1e9 ? 0.03 : 0.001,
                SEED);
        var fit = Planted.fit(Planted.ONE_SIZE.form(), SQUARES, runs, 4);

        double pairs = width(new Bootstrap(Bootstrap.Method.PAIRS, 399, SEED).draws(fit), "floor");
        double wild = width(new Bootstrap(Bootstrap.Method.WILD, 399, SEED).draws(fit), "floor");
        double residual = width(new Bootstrap(Bootstrap.Method.RESIDUAL, 399, SEED).draws(fit), "floor");

        assertThat(pairs).isGreaterThan(1.3 * residual);
        assertThat(wild).isGreaterThan(1.3 * residual);
    }

    private static double width(Draws draws, String parameter) {
        var interval = draws.parameter(parameter, 0.95);
        return interval.high() - interval.low();
    }

    @Test
    void countsResamplesThatCannotFixTheLaw() {
        // One run alone has another N: of 12 runs it is missed by (11/12)^12 = 35 % of the resamples.
        var runs = new ArrayList<Runs.Run>();
        for (int i = 0; i < 12; i++) {
            var sizes = Sizes.of(i == 0 ? 1e9 : 1e8, 1e9 * Math.pow(2, i));
            double loss = Planted.CHINCHILLA.at(sizes) * (1 + 0.001 * Math.sin(9 * i));
            runs.add(new Runs.Run("run " + i, sizes, loss));
        }
        var form = Forms.chinchilla().holding("E", 1.8).holding("beta", 0.37);
        var fit = Planted.fit(form, SQUARES, Runs.of(runs), 8);

        var draws = new Bootstrap(Bootstrap.Method.PAIRS, 400, SEED).draws(fit);

        assertThat(draws.failed()).isBetween(100, 180);
        assertThat(draws.laws()).hasSize(400 - draws.failed());
        assertThat(draws.warnings()).singleElement().asString().contains("did not fix the law", "too narrow");
    }

    @Test
    void aFloorAtItsBoundComesBackInReplicates() {
        var truth = ScalingLaw.of(
                Forms.powerWithFloor(Quantity.PARAMETERS), Map.of("scale", 50.0, "exponent", 0.2, "floor", 1e-9));
        for (int k = 0; k < 20; k++) {
            var runs = Planted.runs(truth, Planted.line(20), 0.01, new Seed(k));
            var fit = Planted.fit(truth.form(), SQUARES, runs, 8);
            if (fit.certificate().atBound().contains("floor")) {
                var interval = new Bootstrap(Bootstrap.Method.RESIDUAL, 100, SEED)
                        .draws(fit)
                        .parameter("floor", 0.95);
                assertThat(interval.low()).isCloseTo(0, within(1e-2));
                assertThat(interval.high()).isGreaterThan(0.02);
                return;
            }
        }
        throw new AssertionError("no sample of 20 put the floor at its bound");
    }

    @Test
    void tooFewDrawsThatFixTheLawGiveNoInterval() {
        var draws = new Draws("pairs bootstrap", List.of(Planted.CHINCHILLA), 99);

        assertThat(draws.parameter("E", 0.95).low()).isNaN();
        assertThat(draws.warnings()).singleElement().asString().contains("only 1 of 100", "--intervals residual");
    }

    @Test
    void refusesTooFewDraws() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bootstrap(Bootstrap.Method.PAIRS, 19, SEED))
                .withMessageContaining("at least 20");
    }

    @Test
    void choosesTheMethodThatCovers() {
        var alone = Planted.runs(Planted.CHINCHILLA, Planted.grid(12, 5), 0.005, SEED);
        var clustered = Planted.clustered(Planted.CHINCHILLA, Planted.grid(12, 5), 5, 0.002, 0.005, SEED);
        var few = Planted.clustered(Planted.CHINCHILLA, Planted.grid(6, 10), 10, 0.002, 0.005, SEED);

        assertThat(usual(SQUARES, alone)).isEqualTo(Bootstrap.Method.WILD);
        assertThat(usual(HUBER, alone)).isEqualTo(Bootstrap.Method.PAIRS);
        assertThat(usual(HUBER, clustered)).isEqualTo(Bootstrap.Method.CLUSTER);
        assertThat(usual(SQUARES, few)).isEqualTo(Bootstrap.Method.WILD);
    }

    private static Bootstrap.Method usual(Objective objective, Runs runs) {
        return Bootstrap.usual(Planted.fit(Forms.chinchilla(), objective, runs, 4))
                .method();
    }

    @Test
    void refusesToTurnSignsUnderHubersFunction() {
        var runs = Planted.runs(Planted.CHINCHILLA, Planted.grid(6, 5), 0.005, SEED);
        var fit = Planted.fit(Forms.chinchilla(), HUBER, runs, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.of(Bootstrap.Method.WILD).draws(fit))
                .withMessageContaining("use pairs");
    }
}
