package dev.superpose.forecast;

import static dev.superpose.forecast.Planted.FLOOR;
import static dev.superpose.forecast.Planted.SEED;
import static dev.superpose.forecast.Planted.SQUARES;
import static dev.superpose.forecast.Planted.fitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Fitter;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;

/// All planted data come from [Planted#SEED], replicate k from its child "k"; the same numbers come
/// on every machine.
class ForecasterTest {
    private static final int REPLICATES = 200;
    private static final Sizes DECADE_OUT = Sizes.of(Quantity.PARAMETERS, 1e10);

    @Test
    void covers90To99PercentOneDecadeOutWhenTheLawHolds() {
        for (int runs : new int[] {10, 20}) {
            var coverage = Planted.coverage(
                    FLOOR,
                    SQUARES,
                    REPLICATES,
                    random -> Planted.ladder(runs, Planted::floorLaw, random),
                    Planted::floorLaw,
                    DECADE_OUT);

            assertThat(coverage.forecast())
                    .as("%d runs, %s: %s", runs, SEED, coverage)
                    .isBetween(0.90, 0.99);
        }
    }

    @Test
    void covers90To99PercentOneDecadeOutOfIsoFlopSetsWhenTheLawHolds() {
        double parameters = Math.sqrt(1e22 / 120);
        for (var objective : List.of(new Objective.LogLeastSquares(), new Objective.HuberLog(0.01))) {
            var coverage = Planted.coverage(
                    Forms.chinchilla(),
                    new Fitter(objective, 3, SEED),
                    REPLICATES,
                    random -> Planted.isoFlops(Planted::chinchilla, random),
                    Planted::chinchilla,
                    Sizes.of(parameters, 20 * parameters));

            assertThat(coverage.forecast())
                    .as("%s, %s: %s", objective.name(), SEED, coverage)
                    .isBetween(0.90, 0.99);
        }
    }

    @Test
    void isWiderThanTheCurveAndCoversFarBetterWhenTheLawDoesNotHold() {
        var power = Planted.coverage(
                Forms.power(Quantity.PARAMETERS),
                SQUARES,
                REPLICATES,
                random -> Planted.ladder(20, Planted::floorLaw, random),
                Planted::floorLaw,
                DECADE_OUT);
        var twoPowers = Planted.coverage(
                FLOOR,
                SQUARES,
                REPLICATES,
                random -> Planted.ladder(40, Planted::twoPowers, random),
                Planted::twoPowers,
                DECADE_OUT);
        var broken = Planted.coverage(
                FLOOR,
                SQUARES,
                REPLICATES,
                random -> Planted.ladder(20, Planted::broken, random),
                Planted::broken,
                DECADE_OUT);

        for (var coverage : List.of(power, twoPowers, broken)) {
            assertThat(coverage.width()).as("%s: %s", SEED, coverage).isGreaterThan(2 * coverage.curveWidth());
        }
        // A floor that is not fitted: the back-test meets it at every origin.
        assertThat(power.forecast()).isGreaterThan(0.95);
        assertThat(power.curve()).isLessThan(0.01);
        // A floor that is fitted and is really a slow power: the data hardly show it.
        assertThat(twoPowers.forecast()).isGreaterThan(0.80);
        assertThat(twoPowers.curve()).isLessThan(0.60);
        // A break whose consequence lies outside the data: no calibration can know it whole.
        assertThat(broken.forecast()).isGreaterThan(0.20);
        assertThat(broken.curve()).isLessThan(0.01);
    }

    @Test
    void marksWhatLiesBeyondTheBackTest() {
        var runs = Planted.ladder(12, Planted::floorLaw, SEED.child("mark").random());
        var forecaster = Forecaster.of(fitted(SQUARES.fit(FLOOR, runs)), BackTest.of(FLOOR, SQUARES, runs), 0.95);

        var within = forecaster.at(Sizes.of(Quantity.PARAMETERS, 1e8));
        var near = forecaster.at(Sizes.of(Quantity.PARAMETERS, 3e9));
        var far = forecaster.at(Sizes.of(Quantity.PARAMETERS, 1e13));

        assertThat(within.distance()).isZero();
        assertThat(within.notes()).isEmpty();
        assertThat(near.distance()).isCloseTo(Math.log10(3), within(1e-9));
        assertThat(near.beyondBackTest()).isFalse();
        assertThat(far.beyondBackTest()).isTrue();
        assertThat(far.notes()).singleElement().asString().contains(Forecast.BEYOND, "4 decades of N");
        assertThat(far.scale()).isGreaterThan(near.scale());
        assertThat(forecaster.notes().getFirst()).startsWith("forecast interval:");
        assertThat(forecaster.notes()).anyMatch(note -> note.contains("losses were on average"));
    }

    @Test
    void saysThatNothingWasTestedAndKeepsTheFitsOwnClaim() {
        var runs = Planted.ladder(5, Planted::floorLaw, SEED.child("few").random());
        var fit = fitted(SQUARES.fit(FLOOR, runs));

        var forecaster = Forecaster.of(fit, BackTest.of(FLOOR, SQUARES, runs), 0.95);
        var forecast = forecaster.at(DECADE_OUT);

        assertThat(forecaster.calibration().method()).isEqualTo(Calibration.Method.UNTESTED);
        assertThat(forecast.beyondBackTest()).isTrue();
        // Student's t with 2 degrees of freedom.
        assertThat(forecaster.calibration().factor()).isCloseTo(4.303, within(1e-3));
        assertThat(forecast.interval().low()).isLessThan(forecast.curve().low());
    }

    @Test
    void probabilityAgreesWithTheInterval() {
        var runs =
                Planted.ladder(20, Planted::floorLaw, SEED.child("probability").random());
        var forecaster = Forecaster.of(fitted(SQUARES.fit(FLOOR, runs)), BackTest.of(FLOOR, SQUARES, runs), 0.9);
        var forecast = forecaster.at(DECADE_OUT);

        assertThat(forecaster.probability(DECADE_OUT, forecast.loss())).isCloseTo(0.5, within(1e-9));
        assertThat(forecaster.probability(DECADE_OUT, forecast.interval().high()))
                .isCloseTo(0.95, within(1e-6));
        assertThat(forecaster.probability(DECADE_OUT, forecast.interval().low()))
                .isCloseTo(0.05, within(1e-6));
    }

    @Test
    void refusesABackTestOfAnotherLawAndAFitWithNothingToJudgeItBy() {
        var runs = Planted.ladder(12, Planted::floorLaw, SEED.child("other").random());
        var two = Runs.of(runs.list().subList(0, 2));
        var power = Forms.power(Quantity.PARAMETERS);

        assertThatThrownBy(
                        () -> Forecaster.of(fitted(SQUARES.fit(FLOOR, runs)), BackTest.of(power, SQUARES, runs), 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a back-test of power");
        assertThatThrownBy(() -> Forecaster.of(fitted(SQUARES.fit(power, two)), BackTest.of(power, SQUARES, two), 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more runs than parameters");
    }
}
