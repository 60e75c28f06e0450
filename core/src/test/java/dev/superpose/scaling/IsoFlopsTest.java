package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class IsoFlopsTest {
    private static final double ALPHA = 0.3473;
    private static final double BETA = 0.3672;
    private static final double SHARE = BETA / (ALPHA + BETA);
    private static final ScalingLaw CHINCHILLA = ScalingLaw.of(
            Forms.chinchilla(), Map.of("A", 477.8, "B", 2143.4, "E", 1.8172, "alpha", ALPHA, "beta", BETA));

    /// N* = ((alpha A / (beta B)) (C/6)^beta)^(1/(alpha + beta)). Hoffmann et al. 2022, eq. 4.
    private static double optimum(double compute) {
        return Math.pow(ALPHA * 477.8 / (BETA * 2143.4) * Math.pow(compute / 6, BETA), 1 / (ALPHA + BETA));
    }

    /// Seven sizes at each of five budgets, spread by factors of 1.5 about `centre` of the budget.
    private static Runs sweep(DoubleUnaryOperator centre, double from) {
        var runs = new ArrayList<Runs.Run>();
        for (int budget = 0; budget < 5; budget++) {
            double compute = from * Math.pow(10, budget);
            for (int k = -3; k <= 3; k++) {
                double parameters = centre.applyAsDouble(compute) * Math.pow(1.5, k);
                runs.add(run(parameters, compute / (6 * parameters)));
            }
        }
        return Runs.of(runs);
    }

    private static Runs.Run run(double parameters, double tokens) {
        var sizes = Sizes.of(parameters, tokens);
        return new Runs.Run("run", sizes, CHINCHILLA.at(sizes));
    }

    private static IsoFlops.Found found(Runs runs, Quantity axis) {
        return (IsoFlops.Found) IsoFlops.of(runs, IsoFlops.Options.along(axis));
    }

    /// About the optimum the loss depends on N/N*(C) alike at every budget, up to its scale: what a
    /// parabola misses is the same factor everywhere, so the exponent is exact.
    @Test
    void exponentsOfChinchillasLawAreExactWhereSweepsAreCentred() {
        var found = found(sweep(IsoFlopsTest::optimum, 1e18), Quantity.PARAMETERS);

        assertThat(found.budgets()).hasSize(5);
        assertThat(found.leftOut()).isEmpty();
        assertThat(found.optima().get(0).exponent()).isCloseTo(SHARE, within(1e-9));
        assertThat(found.optima().get(1).exponent()).isCloseTo(1 - SHARE, within(1e-9));
        assertThat(found.optima().get(0).at(1e20)).isCloseTo(optimum(1e20), within(0.02 * optimum(1e20)));
        assertThat(found.optima().get(0).line().rSquared()).isCloseTo(1, within(1e-12));
    }

    /// Centred by another exponent, 0.7 instead of 0.514, the skewness of the true curve enters.
    @Test
    void sweepsThatDriftOffTheOptimumBendTheExponentALittle() {
        var found = found(sweep(compute -> optimum(1e20) * Math.pow(compute / 1e20, 0.7), 1e18), Quantity.PARAMETERS);

        assertThat(found.optima().get(0).exponent() - SHARE).isBetween(0.003, 0.004);
    }

    @Test
    void theAxisDoesNotMatterWhereComputeIsSixNTimesD() {
        var runs = sweep(IsoFlopsTest::optimum, 1e18);
        var parameters = found(runs, Quantity.PARAMETERS).optima();
        var tokens = found(runs, Quantity.TOKENS).optima();

        assertThat(tokens.get(0).quantity()).isEqualTo(Quantity.TOKENS);
        assertThat(tokens.get(0).exponent()).isCloseTo(parameters.get(1).exponent(), within(1e-9));
        assertThat(tokens.get(1).coefficient() / parameters.get(0).coefficient())
                .isCloseTo(1, within(1e-7));
    }

    /// L*(C) = E + k C^(-alpha beta / (alpha + beta)); the parabola's depth is off by one factor of
    /// the falling part.
    @Test
    void minimaFollowTheLawOfCompute() {
        var minima =
                found(sweep(IsoFlopsTest::optimum, 1e18), Quantity.PARAMETERS).minima();

        var fit = (Fit.Fitted)
                Fitter.of(new Objective.LogLeastSquares()).fit(Forms.powerWithFloor(Quantity.COMPUTE), minima);

        assertThat(fit.law().parameter("exponent")).isCloseTo(ALPHA * BETA / (ALPHA + BETA), within(1e-6));
        assertThat(fit.law().parameter("floor")).isCloseTo(1.8172, within(1e-5));
    }

    @Test
    void budgetsThatShowNoMinimumAreLeftOutAndSayWhy() {
        var runs = new ArrayList<>(sweep(IsoFlopsTest::optimum, 1e18).list());
        for (int k = 0; k < 5; k++) {
            double beyond = optimum(1e23) * Math.pow(1.5, k + 1.5);
            runs.add(run(beyond, 1e23 / (6 * beyond)));
        }
        runs.add(run(1e9, 1e15));
        for (int k = 0; k < 4; k++) {
            var sizes = Sizes.of(1e9 * Math.exp(k), 1e26 / (6e9 * Math.exp(k)));
            runs.add(new Runs.Run("bent", sizes, 2 - 0.1 * (k - 1.5) * (k - 1.5)));
        }

        var found = found(Runs.of(runs), Quantity.PARAMETERS);

        assertThat(found.budgets()).hasSize(5);
        assertThat(found.leftOut())
                .extracting(IsoFlops.LeftOut::flaw)
                .containsExactly(
                        IsoFlops.Flaw.NO_MINIMUM_INSIDE, IsoFlops.Flaw.TOO_FEW_SIZES, IsoFlops.Flaw.NOT_CONVEX);
        assertThat(found.leftOut().get(0).runs()).containsExactlyInAnyOrder(35, 36, 37, 38, 39);
        assertThat(found.leftOut().get(0).parabola()).isPresent();
        assertThat(found.leftOut().get(1).parabola()).isEmpty();
        assertThat(found.leftOut().get(1).compute()).isCloseTo(6e24, within(1e15));
        assertThat(found.leftOut())
                .allSatisfy(budget -> assertThat(budget.flaw().remedy()).startsWith("train "));
    }

    @Test
    void sweepsBesideTheOptimumAreRefusedWithARemedy() {
        var outcome =
                IsoFlops.of(sweep(compute -> 40 * optimum(compute), 1e18), IsoFlops.Options.along(Quantity.PARAMETERS));

        assertThat(outcome).isInstanceOfSatisfying(IsoFlops.Refused.class, refused -> {
            assertThat(refused.reason())
                    .isEqualTo("0 budgets of compute have a minimum, 3 are needed "
                            + "(left out: 5 with no minimum within its sizes)");
            assertThat(refused.remedy())
                    .isEqualTo("train sizes beyond the best one at this compute; "
                            + "or fit a law of N and D, which needs no budgets (--law chinchilla)");
            assertThat(refused.leftOut()).hasSize(5);
        });
    }

    @Test
    void runsWithoutCommonBudgetsAreRefused() {
        var runs = PlantedLaw.of("chinchilla", 12, new Seed(5)).runs();

        var refused = (IsoFlops.Refused) IsoFlops.of(runs, IsoFlops.Options.along(Quantity.PARAMETERS));

        assertThat(refused.reason()).contains("too few sizes");
        assertThat(refused.remedy()).contains("--tolerance").contains("--law chinchilla");
    }

    @Test
    void resamplesAndWeightsAreTakenAsTheyAre() {
        var runs = sweep(IsoFlopsTest::optimum, 1e18);
        int[] twice = new int[70];
        for (int i = 0; i < 70; i++) {
            twice[i] = i / 2;
        }
        var weighted = Runs.of(runs.list().stream()
                .map(run -> new Runs.Run(run.label(), run.sizes(), run.loss(), 2, ""))
                .toList());
        var expected = found(runs, Quantity.PARAMETERS).optima().getFirst();

        for (var same : List.of(runs.select(twice), weighted)) {
            var optimum = found(same, Quantity.PARAMETERS).optima().getFirst();
            assertThat(optimum.exponent()).isCloseTo(expected.exponent(), within(1e-10));
            assertThat(optimum.coefficient() / expected.coefficient()).isCloseTo(1, within(1e-8));
        }
    }

    @Test
    void impossibleOptionsAndSizesAreRefused() {
        assertThatThrownBy(() -> IsoFlops.Options.along(Quantity.COMPUTE)).hasMessageContaining("hold constant");
        assertThatThrownBy(() -> new IsoFlops.Options(Quantity.TOKENS, -0.1, 4)).hasMessageContaining("is -0.1");
        assertThatThrownBy(() -> new IsoFlops.Options(Quantity.TOKENS, 0.1, 2)).hasMessageContaining("3 sizes, not 2");
        var runs = Runs.of(List.of(new Runs.Run("a", Sizes.of(Quantity.PARAMETERS, 1e8), 3)));
        assertThatThrownBy(() -> IsoFlops.of(runs, IsoFlops.Options.along(Quantity.PARAMETERS)))
                .hasMessageContaining("need compute (C), or N and D for 6 N D");
    }
}
