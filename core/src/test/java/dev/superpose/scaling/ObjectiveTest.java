package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectiveTest {
    private static final ScalingLaw UNIT =
            ScalingLaw.of(Forms.chinchilla(), Map.of("A", 1.0, "B", 1.0, "E", 1.0, "alpha", 0.5, "beta", 0.5));

    static Stream<Objective> objectives() {
        return Stream.of(
                new Objective.HuberLog(1e-3),
                new Objective.LogLeastSquares(),
                new Objective.LeastSquares(),
                new Objective.HuberDensity(1e-2));
    }

    /// Runs whose losses lie off UNIT by factors of e^`residuals`, with weights.
    private static Runs off(double[] residuals, double[] weights) {
        var runs = new ArrayList<Runs.Run>();
        for (int i = 0; i < residuals.length; i++) {
            var sizes = Sizes.of(1e6 * (i + 1), 1e8);
            runs.add(new Runs.Run("run " + i, sizes, UNIT.at(sizes) * Math.exp(-residuals[i]), weights[i], ""));
        }
        return Runs.of(runs);
    }

    /// Hoffmann et al. 2022, eq. 3: half a square within delta, delta (|r| - delta/2) beyond; a
    /// sum, no mean.
    @Test
    void publishedLawsAreScoredByTheFormulaOfTheObjective() {
        var runs = off(new double[] {0.0005, -0.01, 0.02}, new double[] {1, 2, 1});

        assertThat(new Objective.HuberLog(1e-3).of(UNIT, runs))
                .isCloseTo(0.5 * 0.0005 * 0.0005 + 2e-3 * (0.01 - 5e-4) + 1e-3 * (0.02 - 5e-4), within(1e-15));
        assertThat(new Objective.LogLeastSquares().of(UNIT, runs))
                .isCloseTo(0.0005 * 0.0005 + 2 * 1e-4 + 4e-4, within(1e-15));
        double squares = 0;
        for (int i = 0; i < 3; i++) {
            squares += runs.weight(i) * Math.pow(runs.loss(i) - UNIT.at(runs.sizes(i)), 2);
        }
        assertThat(new Objective.LeastSquares().of(UNIT, runs)).isCloseTo(squares, within(1e-15));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void theScoreOfAFittedLawIsTheValueOfItsFit(Objective objective) {
        var runs = Planted.runs(Planted.CHINCHILLA, Planted.grid(6, 5), 0.01, new Seed(3));

        var fit = (Fit.Fitted) new Fitter(objective, 8, new Seed(4)).fit(Forms.chinchilla(), runs);

        assertThat(objective.of(fit.law(), runs) / fit.value()).isCloseTo(1, within(1e-10));
        assertThat(objective.of(Planted.CHINCHILLA, runs)).isGreaterThan(fit.value());
    }

    /// Within delta the density is normal, so its scale is the root mean square.
    @Test
    void theScaleOfSmallDeviationsIsTheirRootMeanSquare() {
        var runs = off(new double[] {0.01, -0.03, 0.02}, new double[] {1, 1, 2});

        assertThat(new Objective.HuberDensity(10).scale(UNIT, runs))
                .isCloseTo(Math.sqrt((1e-4 + 9e-4 + 8e-4) / 4), within(1e-12));
    }

    /// Far beyond delta it is Laplace's, whose scale s / delta is the mean deviation.
    @Test
    void theScaleOfLargeDeviationsIsDeltaTimesTheirMean() {
        var runs = off(new double[] {0.1, -0.3, 0.2}, new double[] {1, 1, 1});

        assertThat(new Objective.HuberDensity(1e-6).scale(UNIT, runs) / (1e-6 * 0.2))
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void anExactLawHasNoScale() {
        var runs = off(new double[] {0}, new double[] {1});
        var density = new Objective.HuberDensity(1e-3);
        var exact = runs.withLosses(new double[] {UNIT.at(runs.sizes(0))});

        assertThatThrownBy(() -> density.scale(UNIT, exact)).hasMessageContaining("no scale");
    }

    @Test
    void aDeltaIsPositive() {
        for (double delta : List.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
            assertThatThrownBy(() -> new Objective.HuberLog(delta)).hasMessageContaining("delta must be positive");
        }
    }
}
