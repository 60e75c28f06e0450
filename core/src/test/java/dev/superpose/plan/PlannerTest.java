package dev.superpose.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Quantity;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.ScalingLaw;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
    /// The optimum of the sum of Huber's function (delta 0.001) over the 240 runs of Besiroglu et
    /// al. 2024.
    private static final ScalingLaw CHINCHILLA =
            PublishedLaws.find("chinchilla-refit").orElseThrow().law();

    private static final Planner PLANNER = Planner.of(CHINCHILLA);
    private static final double COMPUTE = 5.76e23;

    @Test
    void reproducesThePlansOfTheChinchillaRefit() {
        var chinchilla = plan(PLANNER, COMPUTE).best();
        assertThat(chinchilla.parameters()).isCloseTo(73.19e9, within(0.005e9));
        assertThat(chinchilla.tokens()).isCloseTo(1.312e12, within(0.0005e12));
        assertThat(chinchilla.ratio()).isCloseTo(17.9, within(0.05));
        var llama = plan(PLANNER, 3.8e25).best();
        assertThat(llama.parameters()).isCloseTo(630e9, within(0.5e9));
        assertThat(llama.ratio()).isCloseTo(16.0, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e18, 1e20, 5.76e23, 3.8e25, 1e28})
    void agreesWithTheClosedForm(double compute) {
        double a = CHINCHILLA.parameter("A");
        double b = CHINCHILLA.parameter("B");
        double alpha = CHINCHILLA.parameter("alpha");
        double beta = CHINCHILLA.parameter("beta");
        double balance = Math.pow(alpha * a / (beta * b), 1 / (alpha + beta));
        var best = plan(PLANNER, compute).best();
        assertThat(best.parameters())
                .isCloseTo(balance * Math.pow(compute / 6, beta / (alpha + beta)), withinPercentage(1e-4));
        assertThat(best.tokens())
                .isCloseTo(Math.pow(compute / 6, alpha / (alpha + beta)) / balance, withinPercentage(1e-4));
        assertThat(6 * best.parameters() * best.tokens()).isCloseTo(compute, withinPercentage(1e-9));
    }

    @Test
    void growsSizeByTheShareOfTheTokensExponent() {
        double exponent = Math.log(plan(PLANNER, 1e24).best().parameters()
                        / plan(PLANNER, 1e22).best().parameters())
                / Math.log(100);
        assertThat(exponent).isCloseTo(0.5139, within(5e-5));
    }

    @Test
    void endsBasinsWhereTheLossHasRisenByTheTolerance() {
        var plan = plan(PLANNER, COMPUTE);
        assertThat(plan.basins()).hasSameSizeAs(Planner.TOLERANCES);
        for (var basin : plan.basins()) {
            double limit = plan.best().loss() * (1 + basin.tolerance());
            assertThat(loss(basin.lowParameters(), basin.highTokens())).isCloseTo(limit, withinPercentage(1e-7));
            assertThat(loss(basin.highParameters(), basin.lowTokens())).isCloseTo(limit, withinPercentage(1e-7));
            assertThat(basin.lowParameters()).isLessThan(plan.best().parameters());
            assertThat(basin.highParameters()).isGreaterThan(plan.best().parameters());
            assertThat(basin.lowOpen() || basin.highOpen()).isFalse();
        }
        assertThat(plan.basins().get(1).lowParameters())
                .isLessThan(plan.basins().get(0).lowParameters());
    }

    @Test
    void saysWhichEndOfABasinIsOpen() {
        var plan = plan(PLANNER.under(Circumstances.FREE.withLargestParameters(9e10)), COMPUTE);
        assertThat(plan.basins().get(2).highOpen()).isTrue();
        assertThat(plan.basins().get(2).highParameters()).isCloseTo(9e10, withinPercentage(1e-6));
        assertThat(plan.basins().get(2).lowOpen()).isFalse();
        assertThat(plan.bounds()).isEmpty();
    }

    @Test
    void wastesNothingAtTheOptimumAndSomethingElsewhere() {
        var best = plan(PLANNER, COMPUTE).best();
        var none = PLANNER.waste(best.parameters(), best.tokens());
        assertThat(none.share()).isCloseTo(0, within(1e-6));
        assertThat(none.excess()).isCloseTo(0, within(1e-12));
        double before = 0;
        for (double factor : new double[] {1.5, 3, 10, 100}) {
            var waste = PLANNER.waste(best.parameters() * factor, best.tokens() / factor);
            assertThat(waste.share()).isBetween(before, 1.0);
            assertThat(waste.excess()).isPositive();
            var same = plan(PLANNER, waste.equivalentCompute()).best();
            assertThat(same.loss()).isCloseTo(waste.proposal().loss(), withinPercentage(1e-8));
            before = waste.share();
        }
    }

    @Test
    void promisesLessLossForMoreCompute() {
        double before = Double.POSITIVE_INFINITY;
        for (double compute = 1e18; compute < 1e27; compute *= 7) {
            double loss = plan(PLANNER, compute).best().loss();
            assertThat(loss).isLessThan(before).isGreaterThan(CHINCHILLA.parameter("E"));
            before = loss;
        }
    }

    @Test
    void findsTheBudgetOfATargetLoss() {
        double loss = plan(PLANNER, COMPUTE).best().loss();
        assertThat(PLANNER.target(loss))
                .isInstanceOfSatisfying(
                        TargetOutcome.Reached.class,
                        reached -> assertThat(reached.plan().compute()).isCloseTo(COMPUTE, withinPercentage(1e-7)));
        assertThat(PLANNER.target(1.8))
                .isInstanceOfSatisfying(
                        TargetOutcome.OutOfReach.class,
                        none -> assertThat(none.remedy()).contains("floor"));
    }

    @Test
    void keepsToWhatIsSettled() {
        var parameters =
                plan(PLANNER, COMPUTE, new Restriction.FixedParameters(7e9)).best();
        assertThat(parameters.parameters()).isCloseTo(7e9, withinPercentage(1e-9));
        assertThat(parameters.tokens()).isCloseTo(COMPUTE / 6 / 7e9, withinPercentage(1e-9));
        var tokens = plan(PLANNER, COMPUTE, new Restriction.FixedTokens(2e12)).best();
        assertThat(tokens.tokens()).isCloseTo(2e12, withinPercentage(1e-9));
        assertThat(tokens.parameters()).isCloseTo(COMPUTE / 6 / 2e12, withinPercentage(1e-9));
        var ratio = plan(PLANNER, COMPUTE, new Restriction.FixedRatio(20)).best();
        assertThat(ratio.ratio()).isCloseTo(20, withinPercentage(1e-9));
        assertThat(ratio.parameters()).isCloseTo(Math.sqrt(COMPUTE / 120), withinPercentage(1e-9));
        assertThat(plan(PLANNER, COMPUTE, new Restriction.FixedRatio(20)).basins())
                .isEmpty();
    }

    @Test
    void refusesWithARemedyWhatCannotBe() {
        assertThat(PLANNER.plan(1e3)).isInstanceOf(PlanOutcome.NoPlan.class);
        assertThat(PLANNER.plan(1e20, new Restriction.FixedParameters(1e30)))
                .isInstanceOfSatisfying(
                        PlanOutcome.NoPlan.class,
                        none -> assertThat(none.remedy()).contains("larger budget"));
        var small = PLANNER.under(Circumstances.FREE.withLargestParameters(1e9));
        assertThat(small.plan(1e20, new Restriction.FixedParameters(2e9))).isInstanceOf(PlanOutcome.NoPlan.class);
        var noTokens = ScalingLaw.of(Forms.power(Quantity.PARAMETERS), Map.of("scale", 3.0, "exponent", 0.1));
        assertThatThrownBy(() -> Planner.of(noTokens))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chinchilla");
        var idleTokens =
                ScalingLaw.of(Forms.chinchilla(), Map.of("A", 400.0, "B", 400.0, "alpha", 0.3, "beta", -0.1, "E", 1.0));
        assertThat(Planner.of(idleTokens).plan(1e20)).isInstanceOf(PlanOutcome.NoPlan.class);
    }

    @Test
    void saysThatMemoryHoldsThePlanBack() {
        var plan = plan(PLANNER.under(Circumstances.FREE.withLargestParameters(1e10)), COMPUTE);
        assertThat(plan.best().parameters()).isCloseTo(1e10, withinPercentage(1e-3));
        assertThat(plan.bounds()).singleElement().asString().contains("held back");
    }

    @Test
    void putsRulesBesideThePlan() {
        var beside = PLANNER.beside(3.8e25, PublishedLaws.rules());
        assertThat(beside).extracting(Beside::name).startsWith("20:1", "llama3-approach2");
        assertThat(beside.get(1).choice().tokens()).isCloseTo(16.10e12, within(0.03e12));
        assertThat(beside).allSatisfy(rule -> assertThat(rule.waste().share()).isBetween(0.0, 1.0));
    }

    @Test
    void takesIntervalsFromTheOptimumUnderEachDraw() {
        var draws = draws(200);
        var planner = PLANNER.withDraws(draws, 0.95);
        var plan = plan(planner, COMPUTE);
        var spread = plan.spread().orElseThrow();
        var expected =
                draws.of(law -> ((Plan) Planner.of(law).plan(COMPUTE)).best().parameters(), 0.95);
        assertThat(spread.parameters()).isEqualTo(expected);
        assertThat(spread.parameters().contains(plan.best().parameters())).isTrue();
        assertThat(spread.loss().contains(plan.best().loss())).isTrue();
        assertThat(spread.regret().low()).isGreaterThanOrEqualTo(0);
        assertThat(planner.probability(plan.best(), spread.loss().low()).orElseThrow())
                .isCloseTo(0.025, within(0.01));
        assertThat(PLANNER.probability(plan.best(), 2)).isEmpty();
        double size = plan.best().parameters() * 10;
        assertThat(planner.wasteInterval(size, COMPUTE / 6 / size).orElseThrow())
                .isEqualTo(draws.of(
                        law -> Planner.of(law).waste(size, COMPUTE / 6 / size).share(), 0.95));
        assertThat(PLANNER.wasteInterval(size, 1e12)).isEmpty();
        assertThat(planner.target(plan.best().loss()))
                .isInstanceOfSatisfying(
                        TargetOutcome.Reached.class,
                        reached -> assertThat(reached.compute().orElseThrow().contains(COMPUTE))
                                .isTrue());
    }

    /// Laws around the refit with half a percent of jitter in every parameter.
    private static Draws draws(int count) {
        var seed = new Seed(11);
        var laws = IntStream.range(0, count)
                .mapToObj(k -> {
                    var random = seed.child(Integer.toString(k)).random();
                    double[] vector = CHINCHILLA.vector();
                    for (int p = 0; p < vector.length; p++) {
                        vector[p] *= 1 + 0.01 * (random.nextDouble() - 0.5);
                    }
                    return new ScalingLaw(CHINCHILLA.form(), List.of(""), vector);
                })
                .toList();
        return new Draws("jitter", laws, 0);
    }

    private static double loss(double parameters, double tokens) {
        return new LossSurface(CHINCHILLA, Circumstances.FREE).at(parameters, tokens);
    }

    private static Plan plan(Planner planner, double compute) {
        return plan(planner, compute, new Restriction.None());
    }

    private static Plan plan(Planner planner, double compute, Restriction restriction) {
        assertThat(planner.plan(compute, restriction)).isInstanceOf(Plan.class);
        return (Plan) planner.plan(compute, restriction);
    }
}
