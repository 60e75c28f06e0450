package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InfluenceTest {
    private static final Seed SEED = new Seed(11);
    private static final Objective SQUARES = new Objective.LogLeastSquares();
    private static final Sizes TARGET = Sizes.of(Quantity.PARAMETERS, 1e11);

    @Test
    void isTheFitWithoutTheRun() {
        var runs = Planted.runs(Planted.ONE_SIZE, Planted.line(12), 0.01, SEED);
        var fit = Planted.fit(Planted.ONE_SIZE.form(), SQUARES, runs, 8);

        var without = Influence.of(fit, List.of(TARGET)).runs().get(3);

        var others = runs.select(IntStream.range(0, 12).filter(i -> i != 3).toArray());
        var expected = Planted.fit(Planted.ONE_SIZE.form(), SQUARES, others, 8).law();
        double error = fit.standardErrors().getOrDefault("floor", Double.NaN);
        double change = (expected.parameter("floor") - fit.law().parameter("floor")) / error;
        assertThat(without.label()).isEqualTo("run 3");
        assertThat(without.changes().getOrDefault("floor", Double.NaN)).isCloseTo(change, within(1e-3));
        assertThat(without.curve().getFirst())
                .isCloseTo(expected.at(TARGET) / fit.law().at(TARGET) - 1, within(1e-6));
    }

    /// In a linear law Cook's distance is r² h / (p s² (1 - h)²).
    @Test
    void isCooksDistanceWhereTheLawIsLinear() {
        var law = ScalingLaw.of(Forms.power(Quantity.PARAMETERS), Map.of("scale", 30.0, "exponent", 0.3));
        var fit = Planted.fit(law.form(), SQUARES, Planted.runs(law, Planted.line(9), 0.02, SEED), 4);

        var influence = Influence.of(fit, List.of());

        double[] leverage = Deviations.leverage(fit);
        for (int i = 0; i < 9; i++) {
            double studentised = fit.residual(i) / fit.residualStandardDeviation() / (1 - leverage[i]);
            double expected = studentised * studentised * leverage[i] / 2;
            assertThat(influence.runs().get(i).distance()).isCloseTo(expected, within(1e-6 + 1e-4 * expected));
        }
    }

    /// Of a large table only runs that can matter are left out, and the one that matters
    /// is among them.
    @Test
    void looksAtTheRunsThatMatterOfALargeTable() {
        int count = Influence.MOST_REFITTED + 100;
        var runs = Planted.runs(Planted.ONE_SIZE, Planted.line(count), 0.01, SEED);
        double[] losses = IntStream.range(0, count).mapToDouble(runs::loss).toArray();
        losses[count - 1] *= 1.5;
        var fit = Planted.fit(Planted.ONE_SIZE.form(), SQUARES, runs.withLosses(losses), 4);

        var influence = Influence.of(fit, List.of());

        assertThat(influence.runs()).hasSizeLessThanOrEqualTo(Influence.MOST_REFITTED);
        assertThat(influence.strongest().getFirst().run()).isEqualTo(count - 1);
    }

    @Test
    void namesARunOnWhichTheLawHangs() {
        var runs = Planted.runs(Planted.ONE_SIZE, Planted.line(12), 0.002, SEED);
        double[] losses = IntStream.range(0, 12).mapToDouble(runs::loss).toArray();
        losses[11] *= 1.05;
        var fit = Planted.fit(Planted.ONE_SIZE.form(), SQUARES, runs.withLosses(losses), 8);

        var influence = Influence.of(fit, List.of());

        assertThat(influence.strongest().getFirst().label()).isEqualTo("run 11");
        assertThat(influence.warnings()).first().asString().contains("the law hangs on run 11", "goes from");
    }

    @Test
    void aRunWithoutWhichNothingIsFixedHasNoBounds() {
        var runs = Planted.clustered(Planted.CHINCHILLA, Planted.grid(2, 8), 8, 0, 0.001, SEED)
                .select(IntStream.concat(IntStream.range(0, 8), IntStream.of(12))
                        .toArray());
        var form = Forms.chinchilla().holding("alpha", 0.35).holding("beta", 0.37);
        var fit = Planted.fit(form, SQUARES, runs, 8);

        var influence = Influence.of(fit, List.of());

        assertThat(influence.strongest().getFirst().distance()).isInfinite();
        assertThat(influence.warnings()).anyMatch(warning -> warning.startsWith("without run 12"));
    }
}
