package dev.superpose.forecast;

import static dev.superpose.forecast.Planted.FLOOR;
import static dev.superpose.forecast.Planted.SEED;
import static dev.superpose.forecast.Planted.SQUARES;
import static dev.superpose.forecast.Planted.fitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.ScalingLaw;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetLossTest {
    private static final SizePath ALONG = SizePath.along(Quantity.PARAMETERS, new Sizes(Map.of(), ""));
    private static final Fit.Fitted FIT = fitted(SQUARES.fit(
            FLOOR, Planted.ladder(20, Planted::floorLaw, SEED.child("target").random())));
    private static final BackTest BACK_TEST = BackTest.of(FLOOR, SQUARES, FIT.runs());
    private static final Forecaster FORECASTER = Forecaster.of(FIT, BACK_TEST, 0.9);

    @Test
    void invertsTheLaw() {
        double target = FIT.law().at(ALONG.at(5e9));

        var reached = (TargetLoss.Reached) TargetLoss.of(FORECASTER, ALONG, 1e6, target);

        assertThat(reached.size()).isCloseTo(5e9, withinPercentage(1e-6));
        assertThat(reached.curve().low()).isLessThan(5e9);
        assertThat(reached.curve().high()).isGreaterThan(5e9);
        assertThat(reached.forecast().low()).isLessThan(reached.curve().low());
        assertThat(reached.forecast().high()).isGreaterThan(reached.curve().high());
        assertThat(FORECASTER.probability(ALONG.at(reached.forecast().low()), target))
                .isCloseTo(0.05, within(1e-4));
    }

    @Test
    void refusesATargetBelowTheFloorAndSaysHowFar() {
        double floor = FIT.law().parameter("floor");
        var draws = draws(floor - 0.02, floor + 0.02);

        var refusal = (TargetLoss.OutOfReach)
                TargetLoss.of(Forecaster.of(FIT, BACK_TEST, draws, 0.9), ALONG, 1e6, floor - 0.01);

        assertThat(refusal.floor()).isCloseTo(floor, within(1e-9));
        assertThat(refusal.shareOfDraws()).isCloseTo(0.25, within(0.011));
        assertThat(refusal.reason()).contains("0.01000 nats").contains("% of the draws reach it");
        assertThat(refusal.remedy()).contains("above");
    }

    @Test
    void drawsThatNeverReachItMakeTheUpperEndInfinite() {
        double floor = FIT.law().parameter("floor");
        var forecaster = Forecaster.of(FIT, BACK_TEST, draws(floor - 0.02, floor + 0.02), 0.9);

        var reached = (TargetLoss.Reached) TargetLoss.of(forecaster, ALONG, 1e6, floor + 0.01);

        assertThat(reached.curve().high()).isInfinite();
        assertThat(reached.curve().low()).isFinite();
        assertThat(reached.shareOfDraws()).isCloseTo(0.75, within(0.011));
    }

    /// 100 laws that differ in their floor only.
    private static Draws draws(double least, double most) {
        var laws = IntStream.range(0, 100)
                .mapToObj(k -> ScalingLaw.of(
                        FLOOR,
                        Map.of(
                                "scale",
                                FIT.law().parameter("scale"),
                                "exponent",
                                FIT.law().parameter("exponent"),
                                "floor",
                                least + (most - least) * k / 99)))
                .toList();
        return new Draws("planted", laws, 0);
    }

    @Test
    void followsTiedSizes() {
        var runs = Planted.isoFlops(Planted::chinchilla, SEED.child("tied").random());
        var form = Forms.chinchilla();
        var fit = fitted(SQUARES.fit(form, runs));
        var forecaster = Forecaster.of(fit, BackTest.of(form, SQUARES, runs), 0.95);
        double target = fit.law().at(Sizes.of(7e10, 1.4e12));

        var reached = (TargetLoss.Reached) TargetLoss.of(forecaster, SizePath.tokensPerParameter(20), 1e7, target);

        assertThat(reached.size()).isCloseTo(7e10, withinPercentage(1e-6));
        assertThat(reached.at().get(Quantity.TOKENS)).isCloseTo(1.4e12, withinPercentage(1e-6));
    }

    @Test
    void refusesALossThatGrowsWithTheSize() {
        var runs = Planted.ladder(
                10,
                sizes -> Math.pow(sizes.get(Quantity.PARAMETERS), 0.1),
                SEED.child("grows").random());
        var form = Forms.power(Quantity.PARAMETERS);
        var forecaster = Forecaster.of(fitted(SQUARES.fit(form, runs)), BackTest.of(form, SQUARES, runs), 0.95);

        var refusal = (TargetLoss.OutOfReach) TargetLoss.of(forecaster, ALONG, 1e6, 1.5);

        assertThat(refusal.reason()).contains("does not fall");
        assertThat(List.of(refusal.remedy())).noneMatch(String::isEmpty);
    }
}
