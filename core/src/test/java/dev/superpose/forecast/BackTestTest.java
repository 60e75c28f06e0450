package dev.superpose.forecast;

import static dev.superpose.forecast.Planted.FLOOR;
import static dev.superpose.forecast.Planted.SEED;
import static dev.superpose.forecast.Planted.SQUARES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Forms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackTestTest {

    @Test
    void neverCutsALevelOfEffort() {
        var runs = Planted.isoFlops(Planted::chinchilla, SEED.random());

        var splits = Split.rolling(runs, Effort.of(Forms.chinchilla()), 9, 12);

        assertThat(splits).hasSize(5);
        for (var split : splits) {
            assertThat(split.below().size() % 5).isZero();
            assertThat(split.below().size() + split.above().size()).isEqualTo(35);
            assertThat(split.below()).allMatch(i -> split.above().stream().allMatch(j -> j > i));
        }
    }

    @Test
    void takesNoMoreOriginsThanAskedForAndKeepsTheOuterOnes() {
        var runs = Planted.ladder(50, Planted::floorLaw, SEED.random());

        var splits = Split.rolling(runs, Effort.of(Quantity.PARAMETERS), 10, 6);

        assertThat(splits).hasSize(6);
        assertThat(splits.getFirst().below()).hasSize(10);
        assertThat(splits.getLast().below()).hasSize(49);
    }

    @Test
    void predictsNoLaterCheckpointOfATrainingThatWasFitted() {
        var list = new ArrayList<Runs.Run>();
        for (int training = 0; training < 4; training++) {
            for (int checkpoint = 0; checkpoint < 5; checkpoint++) {
                var sizes = Sizes.of(1e8 * Math.pow(3, training), 1e9 * Math.pow(2, checkpoint + training));
                list.add(new Runs.Run("run", sizes, Planted.chinchilla(sizes), 1, "training " + training));
            }
        }
        var runs = Runs.of(list);

        for (var split : Split.rolling(runs, Effort.of(Forms.chinchilla()), 6, 12)) {
            var fitted = new HashSet<Integer>();
            split.below().forEach(i -> fitted.add(runs.cluster(i)));
            assertThat(split.above()).noneMatch(i -> fitted.contains(runs.cluster(i)));
        }
    }

    @Test
    void measuresErrorsAsLogRatiosAndDistancesInDecades() {
        var clean = new ArrayList<Runs.Run>();
        for (int i = 0; i < 10; i++) {
            var sizes = Sizes.of(Quantity.PARAMETERS, 1e6 * Math.pow(2, i));
            // The last one misses the law by 2 %.
            clean.add(new Runs.Run("run " + i, sizes, Planted.floorLaw(sizes) * (i == 9 ? 1.02 : 1)));
        }

        var backTest = BackTest.of(FLOOR, SQUARES, Runs.of(clean));

        var last = backTest.predictions().stream().filter(p -> p.run() == 9).toList();
        assertThat(last).hasSize(5);
        assertThat(last).allSatisfy(p -> assertThat(p.error()).isCloseTo(Math.log(1.02), within(1e-5)));
        assertThat(last.getFirst().distance()).isCloseTo(5 * Math.log10(2), within(1e-9));
        assertThat(backTest.testedDistance()).isCloseTo(5 * Math.log10(2), within(1e-9));
        assertThat(backTest.predictedRuns()).isEqualTo(5);
        // 5 of the 15 predictions are of the last run.
        assertThat(backTest.meanError()).isCloseTo(Math.log(1.02) / 3, within(1e-5));
        assertThat(backTest.medianError()).isCloseTo(0, within(1e-5));
        assertThat(backTest.rootMeanSquare()).isCloseTo(Math.log(1.02) / Math.sqrt(3), within(1e-5));
    }

    @Test
    void claimsWhatReplicatesShow() {
        double sum = 0;
        double claimed = 0;
        for (int k = 0; k < 100; k++) {
            var runs = Planted.ladder(
                    20, Planted::floorLaw, SEED.child("claim " + k).random());
            var splits = Split.rolling(runs, Effort.of(FLOOR), 16, 1);
            var prediction = BackTest.of(FLOOR, SQUARES, runs, Effort.of(FLOOR), splits)
                    .predictions()
                    .getLast();
            sum += prediction.error() * prediction.error();
            claimed += prediction.claimed() * prediction.claimed();
        }

        // The standard error of a variance out of 100 is 14 %.
        assertThat(Math.sqrt(sum / claimed)).as("%s", SEED).isBetween(0.8, 1.2);
    }

    @Test
    void recordsWhyALawRefusedAtAnOrigin() {
        // Below 1e20 N and D go together; only the last sets have several ratios.
        var list = new ArrayList<Runs.Run>();
        for (int i = 0; i < 8; i++) {
            list.add(run(1e7 * Math.pow(2, i), 20));
        }
        for (int i = 0; i < 4; i++) {
            list.add(run(1e10 * Math.pow(1.5, i), 20 * Math.pow(3, i - 1.5)));
        }

        var backTest = BackTest.of(Forms.chinchilla(), SQUARES, Runs.of(list));

        assertThat(backTest.origins().getFirst().fit()).isInstanceOf(Fit.NotIdentified.class);
        assertThat(backTest.origins().getFirst().refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("go together"));
        assertThat(backTest.predictions()).noneMatch(prediction -> prediction.origin() == 0);
    }

    private static Runs.Run run(double parameters, double ratio) {
        var sizes = Sizes.of(parameters, ratio * parameters);
        return new Runs.Run("run", sizes, Planted.chinchilla(sizes) * (1 + 1e-3 * Math.sin(parameters)));
    }

    @Test
    void leavesOutGroupsOfWhichNothingWasFitted() {
        var form = Forms.widthOverGroups(Quantity.WIDTH);
        var list = new ArrayList<Runs.Run>();
        for (int i = 0; i < 10; i++) {
            double width = 64 * Math.pow(2, i / 2.0);
            var sizes = Sizes.of(Quantity.WIDTH, width).in(i < 8 ? "small" : "large");
            list.add(new Runs.Run("run", sizes, 400 / width + (i < 8 ? 2 : 3) + 1e-3 * (i % 3)));
        }

        var backTest = BackTest.of(form, SQUARES, Runs.of(list));

        assertThat(backTest.predictions()).isNotEmpty();
        assertThat(backTest.predictions().stream().filter(p -> p.origin() == 0)).allMatch(p -> p.run() < 8);
    }

    @Test
    void effortComesFromTheSizesThatTheLawsNeed() {
        var shape = Sizes.of(2e9, 4e10).with(Quantity.WIDTH, 2048).with(Quantity.DEPTH, 24);

        assertThat(Effort.of(Forms.chinchilla()).log(shape)).isCloseTo(Math.log(6 * 2e9 * 4e10), within(1e-9));
        assertThat(Effort.of(Forms.power(Quantity.TOKENS)).log(shape)).isCloseTo(Math.log(4e10), within(1e-9));
        assertThat(Effort.of(Forms.widthDepthData()).log(shape))
                .isCloseTo(Math.log(72.0 * 2048 * 2048 * 24 * 4e10), within(1e-9));
        assertThat(Effort.of(List.of(Forms.chinchilla(), Forms.power(Quantity.WIDTH)))
                        .powers())
                .isEqualTo(Map.of(Quantity.PARAMETERS, 1.0, Quantity.TOKENS, 1.0));
    }
}
