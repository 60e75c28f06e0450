package dev.superpose.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.Repetition;
import dev.superpose.scaling.ScalingLaw;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Repeated tokens, served tokens, real operations, laws of width and depth.
class CircumstancesTest {
    private static final ScalingLaw LAW =
            PublishedLaws.find("muennighoff-2023").orElseThrow().law();

    private static final Planner PLANNER = Planner.of(LAW);
    private static final double COMPUTE = 1e22;

    /// Muennighoff et al. 2023: up to 4 epochs are almost as good as fresh tokens; no number of
    /// epochs is worth more than 1 + R* times the tokens.
    @Test
    void fewEpochsAreNearlyFreshAndManyAreWorthLittle() {
        var repetition = Repetition.PUBLISHED;
        assertThat(repetition.effectiveTokens(1e9, 1e9)).isEqualTo(1e9);
        assertThat(repetition.effectiveTokens(4e9, 1e9) / 4e9).isBetween(0.93, 0.94);
        assertThat(repetition.effectiveTokens(1e13, 1e9)).isCloseTo(16.387756e9, withinPercentage(1e-6));
        double step = repetition.effectiveTokens(1e9 * (1 + 15.387756), 1e9) - 1e9;
        assertThat(step / 15.387756e9).isCloseTo(1 - Math.exp(-1), within(1e-9));
    }

    @Test
    void plentyOfTokensChangesNothing() {
        var free = plan(PLANNER);
        var plenty = plan(PLANNER.under(Circumstances.FREE.withUniqueTokens(1e15)));
        assertThat(plenty.best().parameters()).isCloseTo(free.best().parameters(), withinPercentage(1e-4));
        assertThat(plenty.best().loss()).isCloseTo(free.best().loss(), withinPercentage(1e-9));
        assertThat(plenty.repeats()).isEmpty();
    }

    @Test
    void scarceTokensCostLossAndFavourEpochsOverParameters() {
        var free = plan(PLANNER);
        double before = free.best().loss();
        for (double scarcity : new double[] {3, 10, 30}) {
            double unique = free.best().tokens() / scarcity;
            var scarce = plan(PLANNER.under(Circumstances.FREE.withUniqueTokens(unique)));
            assertThat(scarce.best().loss()).isGreaterThan(before);
            // Excess parameters decay faster than repeated tokens, so the ratio of tokens to parameters grows.
            assertThat(scarce.best().ratio()).isGreaterThan(free.best().ratio());
            var repeats = scarce.repeats().orElseThrow();
            assertThat(repeats.epochs()).isCloseTo(scarce.best().tokens() / unique, withinPercentage(1e-9));
            assertThat(repeats.effectiveTokens())
                    .isBetween(unique, scarce.best().tokens());
            assertThat(repeats.freshLoss()).isLessThan(scarce.best().loss());
            assertThat(repeats.source()).contains("not fitted to your data");
            before = scarce.best().loss();
        }
    }

    @Test
    void usefulParametersAreTheOptimumForTheDifferentTokens() {
        // At D = U, growing N beyond the optimum for U must lose by N' what plain N would gain.
        double unique = 1e11;
        double useful = 0.051 * unique;
        var surface = new LossSurface(LAW, Circumstances.FREE.withUniqueTokens(unique));
        assertThat(surface.at(useful * 0.9, unique)).isCloseTo(surface.fresh(useful * 0.9, unique), within(1e-12));
        assertThat(surface.at(useful * 4, unique)).isGreaterThan(surface.fresh(useful * 4, unique));
        // With one exponent for both sizes the optimum is (A / B)^(1 / alpha) U.
        double optimum = unique * Math.pow(LAW.parameter("A") / LAW.parameter("B"), 1 / LAW.parameter("alpha"));
        double expected = Repetition.PUBLISHED.effectiveParameters(useful * 4, optimum);
        assertThat(surface.at(useful * 4, unique)).isCloseTo(LAW.at(Sizes.of(expected, unique)), within(1e-9));
    }

    @Test
    void agreesWithTheLawThatKnowsRepetitionItself() {
        var own = ScalingLaw.of(
                Forms.repeated(),
                Map.of(
                        "A", LAW.parameter("A"),
                        "B", LAW.parameter("B"),
                        "E", LAW.parameter("E"),
                        "alpha", LAW.parameter("alpha"),
                        "R_D", Repetition.PUBLISHED.tokens(),
                        "R_N", Repetition.PUBLISHED.parameters()));
        var scarce = Circumstances.FREE.withUniqueTokens(2e10);
        var ours = plan(PLANNER.under(scarce));
        var theirs = plan(Planner.of(own).under(scarce));
        assertThat(theirs.best().loss()).isCloseTo(ours.best().loss(), withinPercentage(1e-8));
        assertThat(theirs.best().parameters()).isCloseTo(ours.best().parameters(), withinPercentage(1e-3));
        assertThat(theirs.repeats().orElseThrow().source()).doesNotContain("not fitted");
    }

    /// Sardana et al. 2023, Beyond Chinchilla-Optimal, eq. 3: least 6 N D + 2 N D_inf for a given
    /// loss, here by brute force over N.
    @Test
    void servingTokensAgreesWithTheLeastTotalComputeForALoss() {
        double served = 2e12;
        double loss = 2.2;
        var planner = PLANNER.under(Circumstances.FREE.withServedTokens(served));
        var reached = (TargetOutcome.Reached) planner.target(loss);
        double least = Double.POSITIVE_INFINITY;
        double at = Double.NaN;
        for (double log = Math.log(1e8); log < Math.log(1e12); log += 1e-4) {
            double parameters = Math.exp(log);
            double left =
                    loss - LAW.parameter("E") - LAW.parameter("A") * Math.pow(parameters, -LAW.parameter("alpha"));
            if (left > 0) {
                double tokens = Math.pow(left / LAW.parameter("B"), -1 / LAW.parameter("alpha"));
                double total = 6 * parameters * tokens + 2 * parameters * served;
                if (total < least) {
                    least = total;
                    at = parameters;
                }
            }
        }
        assertThat(reached.plan().compute()).isCloseTo(least, withinPercentage(1e-6));
        assertThat(reached.plan().best().parameters()).isCloseTo(at, withinPercentage(0.05));
    }

    @Test
    void servedTokensMakeModelsSmallerAndTrainThemLonger() {
        var free = plan(PLANNER).best();
        var reached = (TargetOutcome.Reached)
                PLANNER.under(Circumstances.FREE.withServedTokens(1e12)).target(free.loss());
        assertThat(reached.plan().best().parameters()).isLessThan(free.parameters());
        assertThat(reached.plan().best().tokens()).isGreaterThan(free.tokens());
        assertThat(PLANNER.under(Circumstances.FREE.withServedTokens(1e25)).plan(1e20))
                .isInstanceOfSatisfying(
                        PlanOutcome.NoPlan.class,
                        none -> assertThat(none.remedy()).contains("serve fewer"));
    }

    @Test
    void realOperationsBuyFewerTokens() {
        var shaped = new FlopModel.Shaped(ShapeFamily.llama(32000, 4096), ParameterCount.ALL, AttentionFlops.FULL);
        var real = plan(PLANNER.withFlops(shaped)).best();
        var sixN = plan(PLANNER).best();
        assertThat(real.loss()).isGreaterThan(sixN.loss());
        assertThat(shaped.trainingPerToken(real.parameters()) * real.tokens())
                .isCloseTo(COMPUTE, withinPercentage(1e-7));
        assertThat(shaped.trainingPerToken(1e9)).isGreaterThan(6e9);
        assertThat(shaped.forwardPerToken(1e9) * 3).isEqualTo(shaped.trainingPerToken(1e9));
    }

    @Test
    void realOperationsReachTargetsToo() {
        var shaped = new FlopModel.Shaped(ShapeFamily.llama(32000, 4096), ParameterCount.ALL, AttentionFlops.CAUSAL);
        assertThat(PLANNER.withFlops(shaped).target(2.2))
                .isInstanceOfSatisfying(
                        TargetOutcome.Reached.class,
                        reached -> assertThat(reached.plan().best().loss()).isCloseTo(2.2, withinPercentage(1e-6)));
    }

    @Test
    void lawsOfWidthAndDepthNeedAFamily() {
        var law = ScalingLaw.of(
                Forms.widthDepthData(),
                Map.of("c_m", 333.0, "a_m", 0.98, "c_l", 12.0, "a_l", 1.2, "c_D", 530.0, "a_D", 0.3, "E", 1.75));
        assertThatThrownBy(() -> Planner.of(law))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("family");
        var family = ShapeFamily.gpt2(50304, 1024);
        var planner = new Planner(
                law,
                Optional.empty(),
                0.95,
                new FlopModel.SixN(),
                Circumstances.FREE.withFamily(family, ParameterCount.ALL));
        var best = plan(planner).best();
        double width = family.width(best.parameters(), ParameterCount.ALL);
        var sizes =
                Sizes.of(Quantity.WIDTH, width).with(Quantity.DEPTH, width / 64).with(Quantity.TOKENS, best.tokens());
        assertThat(best.loss()).isCloseTo(law.at(sizes), withinPercentage(1e-9));
    }

    @Test
    void aLawWithoutEmbeddingsTakesThemOffTheNOfAFamily() {
        var kaplan = PublishedLaws.find("kaplan-2020").orElseThrow();
        var family = ShapeFamily.gpt2(50257, 1024);
        var shape = family.at(family.width(1e9, kaplan.counting()));
        assertThat(shape.parameters(ParameterCount.WITHOUT_EMBEDDINGS)).isCloseTo(1e9, withinPercentage(1e-6));
        assertThat(shape.parameters(ParameterCount.ALL)).isGreaterThan(1.05e9);
        var power = ScalingLaw.of(
                Forms.vocabulary(),
                Map.of(
                        "A_1", 400.0, "alpha_1", 0.34, "A_2", 20.0, "alpha_2", 0.3, "B", 1500.0, "beta", 0.35, "E",
                        1.6));
        var surface = new LossSurface(power, Circumstances.FREE.withFamily(family, ParameterCount.ALL));
        double width = family.width(1e9, ParameterCount.ALL);
        var parts = family.at(width);
        var sizes = Sizes.of(Quantity.NON_VOCABULARY_PARAMETERS, parts.parameters(ParameterCount.WITHOUT_EMBEDDINGS))
                .with(Quantity.VOCABULARY_PARAMETERS, parts.embeddings())
                .with(Quantity.TOKENS, 2e10);
        assertThat(surface.at(1e9, 2e10)).isCloseTo(power.at(sizes), withinPercentage(1e-9));
    }

    private static Plan plan(Planner planner) {
        assertThat(planner.plan(COMPUTE)).isInstanceOf(Plan.class);
        return (Plan) planner.plan(COMPUTE);
    }
}
