package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComputeFrontierTest {
    private static final double ALPHA = 0.3473;
    private static final double BETA = 0.3672;
    private static final double SHARE = BETA / (ALPHA + BETA);
    private static final ScalingLaw CHINCHILLA = ScalingLaw.of(
            Forms.chinchilla(), Map.of("A", 477.8, "B", 2143.4, "E", 1.8172, "alpha", ALPHA, "beta", BETA));

    private static Runs.Run run(double parameters, double tokens) {
        var sizes = Sizes.of(parameters, tokens);
        return new Runs.Run("run", sizes, CHINCHILLA.at(sizes));
    }

    private static ComputeFrontier.Found found(List<Runs.Run> runs) {
        return (ComputeFrontier.Found) ComputeFrontier.of(Runs.of(runs), ComputeFrontier.USUAL_BINS);
    }

    /// The best of every budget among worse ones of the same compute.
    @Test
    void optimaAmongOtherRunsGiveChinchillasExponents() {
        var runs = new ArrayList<Runs.Run>();
        for (int budget = 0; budget < 9; budget++) {
            double compute = 1.1e18 * Math.pow(10, budget / 2.0);
            double optimum =
                    Math.pow(ALPHA * 477.8 / (BETA * 2143.4) * Math.pow(compute / 6, BETA), 1 / (ALPHA + BETA));
            for (double factor : new double[] {0.3, 1, 2.5}) {
                runs.add(run(factor * optimum, compute / (6 * factor * optimum)));
            }
        }

        var found = found(runs);

        assertThat(found.frontier().count()).isEqualTo(9);
        assertThat(found.optima().get(0).quantity()).isEqualTo(Quantity.PARAMETERS);
        assertThat(found.optima().get(0).exponent()).isCloseTo(SHARE, within(1e-10));
        assertThat(found.optima().get(1).exponent()).isCloseTo(1 - SHARE, within(1e-10));
        assertThat(found.loss(Fitter.of(new Objective.LogLeastSquares())))
                .isInstanceOfSatisfying(Fit.Fitted.class, fit -> {
                    assertThat(fit.law().parameter("exponent")).isCloseTo(ALPHA * BETA / (ALPHA + BETA), within(1e-6));
                    assertThat(fit.law().parameter("floor")).isCloseTo(1.8172, within(1e-5));
                });
    }

    /// Checkpoints of 24 sizes: the best of a bin is as near to the optimum as sizes are to each
    /// other.
    @Test
    void trainingCurvesGiveThemToTheirResolution() {
        var runs = new ArrayList<Runs.Run>();
        for (int size = 0; size < 24; size++) {
            double parameters = 2e7 * Math.pow(1.4, size);
            for (int checkpoint = 0; checkpoint < 60; checkpoint++) {
                runs.add(run(parameters, 1e8 * Math.pow(1.2, checkpoint)));
            }
        }
        var inner = runs.stream()
                .filter(run -> {
                    double compute = 6
                            * run.sizes().get(Quantity.PARAMETERS)
                            * run.sizes().get(Quantity.TOKENS);
                    return compute > 1e18 && compute < 1e22;
                })
                .toList();

        var found = found(inner);

        assertThat(found.optima().get(0).exponent()).isCloseTo(SHARE, within(0.02));
    }

    @Test
    void measuredComputeIsPreferredToSixNTimesD() {
        var runs = new ArrayList<Runs.Run>();
        for (int k = 0; k < 5; k++) {
            double compute = Math.pow(10, 18 + k);
            runs.add(new Runs.Run(
                    "run", Sizes.of(Math.sqrt(compute), 1e9).with(Quantity.COMPUTE, compute), 4 - 0.5 * k));
        }

        assertThat(found(runs).optima().get(0).exponent()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void lossesThatDoNotFallWithComputeAreRefused() {
        var runs = new ArrayList<Runs.Run>();
        for (int k = 0; k < 5; k++) {
            runs.add(new Runs.Run("run", Sizes.of(1e8, 1e9 * Math.pow(10, k)), 3 + k));
        }

        assertThat(ComputeFrontier.of(Runs.of(runs), 4))
                .isInstanceOfSatisfying(ComputeFrontier.Refused.class, refused -> {
                    assertThat(refused.reason())
                            .isEqualTo("only 1 of 5 bins of compute lower the loss further, 3 are needed");
                    assertThat(refused.remedy()).contains("--bins").contains("fit a law of N and D");
                });
        assertThatThrownBy(() -> ComputeFrontier.of(Runs.of(runs), 0)).hasMessageContaining("not 0");
    }
}
