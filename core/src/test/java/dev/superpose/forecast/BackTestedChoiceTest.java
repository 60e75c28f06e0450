package dev.superpose.forecast;

import static dev.superpose.forecast.Planted.FLOOR;
import static dev.superpose.forecast.Planted.SEED;
import static dev.superpose.forecast.Planted.SQUARES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Form;
import dev.superpose.scaling.Forms;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackTestedChoiceTest {
    private static final Form POWER = Forms.power(Quantity.PARAMETERS);

    @Test
    void choosesTheLawThatForecasts() {
        var runs = Planted.ladder(20, Planted::floorLaw, SEED.child("choice").random());

        var choice = BackTestedChoice.of(List.of(POWER, FLOOR), SQUARES, runs);

        assertThat(choice.chosen()).isEqualTo(FLOOR);
        assertThat(choice.reason()).startsWith("power-floor forecasts best");
        assertThat(choice.rows()).extracting(BackTestedChoice.Row::form).containsExactly(FLOOR, POWER);
        assertThat(choice.rows().getFirst().excess()).isZero();
        assertThat(choice.rows().getLast().ties()).isFalse();
        // A power law without the floor promises too much.
        assertThat(choice.rows().getLast().bias()).isPositive();
        assertThat(choice.rows().getLast().coverage())
                .isLessThan(choice.rows().getFirst().coverage());
    }

    @Test
    void judgesAllLawsOnTheSamePredictions() {
        var runs = Planted.ladder(9, Planted::floorLaw, SEED.child("same").random());

        var choice = BackTestedChoice.of(List.of(POWER, FLOOR), SQUARES, runs);

        // With 4 runs below, power can be fitted and so can the floor; with fewer, neither is asked.
        assertThat(choice.rows()).extracting(BackTestedChoice.Row::predictions).containsOnly(15);
        assertThat(choice.rows())
                .allSatisfy(row -> assertThat(row.backTest().predictions()).hasSizeGreaterThanOrEqualTo(15));
    }

    @Test
    void takesTheSimplerLawWhereTheyTie() {
        var runs = Planted.ladder(
                20,
                sizes -> 30 * Math.pow(sizes.get(Quantity.PARAMETERS), -0.1),
                SEED.child("tie").random());

        var choice = BackTestedChoice.of(List.of(FLOOR, POWER), SQUARES, runs);

        assertThat(choice.chosen()).isEqualTo(POWER);
    }

    @Test
    void tellsWhichLawsCouldNotBeCompared() {
        var runs = Planted.ladder(20, Planted::floorLaw, SEED.child("refused").random());
        double[] tokens = runs.logs(Quantity.PARAMETERS);
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] += Math.log(20);
        }

        var choice = BackTestedChoice.of(
                List.of(FLOOR, Forms.chinchilla()), SQUARES, runs.withLogs(Quantity.TOKENS, tokens));

        assertThat(choice.chosen()).isEqualTo(FLOOR);
        assertThat(choice.refused())
                .singleElement()
                .asString()
                .startsWith("chinchilla made 0 of")
                .contains("go together");
    }

    @Test
    void choosesNothingWhereNothingCouldBeBackTested() {
        var runs = Runs.of(List.of(
                new Runs.Run("a", Sizes.of(Quantity.PARAMETERS, 1e6), 3),
                new Runs.Run("b", Sizes.of(Quantity.PARAMETERS, 1e7), 2)));

        var choice = BackTestedChoice.of(List.of(FLOOR), SQUARES, runs);

        assertThat(choice.chosen()).isNull();
        assertThat(choice.refused()).singleElement().asString().contains("too few runs");
    }
}
