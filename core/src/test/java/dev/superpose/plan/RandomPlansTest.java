package dev.superpose.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.ScalingLaw;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Plans of random laws, budgets and circumstances: every one ends in a plan that nothing beats, or
/// in a refusal.
class RandomPlansTest {
    private static final Seed SEED = new Seed(99);
    private static final int PLANS = 400;

    @Test
    void nothingAlongTheBudgetBeatsAPlan() {
        int planned = 0;
        for (int k = 0; k < PLANS; k++) {
            var random = SEED.child(Integer.toString(k)).random();
            var planner = planner(random);
            double compute = between(random, 1e10, 1e30);
            var outcome = planner.plan(compute);
            if (outcome instanceof Plan plan) {
                planned++;
                check(planner, plan, "plan %d of seed %s".formatted(k, SEED));
            } else {
                assertThat(((PlanOutcome.NoPlan) outcome).remedy()).isNotBlank();
            }
        }
        assertThat(planned).isGreaterThan(PLANS / 2);
    }

    private static void check(Planner planner, Plan plan, String which) {
        var best = plan.best();
        var circumstances = planner.circumstances();
        double spent =
                BudgetCurve.spent(planner.flops(), circumstances.servedTokens(), best.parameters(), best.tokens());
        assertThat(spent).as(which).isCloseTo(plan.compute(), withinPercentage(1e-6));
        assertThat(best.parameters()).as(which).isLessThanOrEqualTo(circumstances.largestParameters() * 1.000001);
        var curve = planner.curve(plan.compute());
        var surface = new LossSurface(planner.law(), circumstances);
        for (double factor = 0.01; factor < 100; factor *= 1.3) {
            double parameters = best.parameters() * factor;
            double tokens = curve.tokens(parameters);
            if (tokens >= 1 && parameters >= 1e3 && parameters <= circumstances.largestParameters()) {
                assertThat(surface.at(parameters, tokens)).as(which).isGreaterThanOrEqualTo(best.loss() * (1 - 1e-12));
            }
        }
        for (var basin : plan.basins()) {
            assertThat(best.parameters()).as(which).isBetween(basin.lowParameters(), basin.highParameters());
        }
        assertThat(planner.waste(best.parameters(), best.tokens()).share())
                .as(which)
                .isBetween(-1e-9, 1e-4);
    }

    private static Planner planner(SplitRandom random) {
        double alpha = 0.1 + 0.8 * random.nextDouble();
        double beta = 0.1 + 0.8 * random.nextDouble();
        var law = ScalingLaw.of(
                Forms.chinchilla(),
                Map.of(
                        "A", between(random, 1, 1e5),
                        "B", between(random, 1, 1e5),
                        "alpha", alpha,
                        "beta", beta,
                        "E", between(random, 0.01, 10)));
        var circumstances = Circumstances.FREE;
        if (random.nextDouble() < 0.4) {
            circumstances = circumstances.withUniqueTokens(between(random, 1e4, 1e14));
        }
        if (random.nextDouble() < 0.4) {
            circumstances = circumstances.withServedTokens(between(random, 1e4, 1e16));
        }
        if (random.nextDouble() < 0.3) {
            circumstances = circumstances.withLargestParameters(between(random, 1e5, 1e13));
        }
        var flops = List.of(
                        new FlopModel.SixN(),
                        new FlopModel.Shaped(ShapeFamily.llama(32000, 4096), ParameterCount.ALL, AttentionFlops.CAUSAL),
                        new FlopModel.Shaped(
                                ShapeFamily.gpt2(50304, 1024), ParameterCount.WITHOUT_EMBEDDINGS, AttentionFlops.FULL))
                .get((int) (3 * random.nextDouble()));
        return Planner.of(law).under(circumstances).withFlops(flops);
    }

    private static double between(SplitRandom random, double low, double high) {
        return low * Math.pow(high / low, random.nextDouble());
    }
}
