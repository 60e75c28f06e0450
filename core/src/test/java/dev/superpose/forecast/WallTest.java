package dev.superpose.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.ScalingLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WallTest {
    /// The joint fit of Liu, Liu and Gore 2025 (L = 476 m^-0.91 + B), with a B from the middle of
    /// theirs.
    private static final ScalingLaw PAPER = ScalingLaw.of(
            Forms.powerWithFloor(Quantity.WIDTH), Map.of("scale", 476.0763, "exponent", 0.9098, "floor", 2.0));

    private static final ScalingLaw CHINCHILLA = ScalingLaw.of(
            Forms.chinchilla(), Map.of("A", 482.01, "B", 2085.43, "E", 1.8172, "alpha", 0.3478, "beta", 0.3658));

    private static final SizePath WIDTHS = SizePath.along(Quantity.WIDTH, new Sizes(Map.of(), ""));

    @Test
    void tellsWhatStillComesFromWidthAndWhatDoublingBuys() {
        var wall = Wall.of(PAPER, Sizes.of(Quantity.WIDTH, 4096));
        double term = 476.0763 * Math.pow(4096, -0.9098);

        var doubling = wall.doublings().getFirst();

        assertThat(wall.loss()).isCloseTo(term + 2, within(1e-9));
        assertThat(wall.shares().get("scale")).isCloseTo(term / (term + 2), within(1e-9));
        assertThat(doubling.share()).isEqualTo(wall.shares().get("scale"));
        assertThat(doubling.nats()).isCloseTo(term * (1 - Math.pow(2, -0.9098)), within(1e-9));
        assertThat(doubling.percent()).isCloseTo(100 * doubling.nats() / wall.loss(), within(1e-9));
        assertThat(doubling.dollars()).isEmpty();
        assertThat(wall.statements()).allMatch(statement -> statement.basis() == Basis.LAW);
    }

    @Test
    void pricesANat() {
        var at = Sizes.of(7e10, 1.4e12);
        double perFlop = 2e-18;

        var wall = Wall.of(
                CHINCHILLA, at, sizes -> 6 * sizes.get(Quantity.PARAMETERS) * sizes.get(Quantity.TOKENS) * perFlop);

        assertThat(wall.doublings()).hasSize(2).allSatisfy(doubling -> {
            assertThat(doubling.dollars()).hasValueCloseTo(6 * 7e10 * 1.4e12 * perFlop, withinPercentage(1e-9));
            assertThat(doubling.dollarsPerNat())
                    .hasValueCloseTo(6 * 7e10 * 1.4e12 * perFlop / doubling.nats(), withinPercentage(1e-9));
        });
        assertThat(wall.shares().values().stream().mapToDouble(share -> share).sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void findsTheWidthAtWhichDoublingGainsTooLittle() {
        double width = Wall.whereDoublingGainsLess(PAPER, WIDTHS, 64, 0.01, Wall.Gain.NATS);

        // 476.0763 m^-a (1 - 2^-a) = 0.01
        double expected = Math.pow(476.0763 * (1 - Math.pow(2, -0.9098)) / 0.01, 1 / 0.9098);
        assertThat(width).isCloseTo(expected, withinPercentage(1e-6));
        assertThat(Wall.gainFalls(PAPER, Quantity.WIDTH, WIDTHS, 64, 0.01, Wall.Gain.NATS)
                        .sentence())
                .startsWith("doubling width gains less than 0.01000 nats from");
        double percent = Wall.whereDoublingGainsLess(PAPER, WIDTHS, 64, 1, Wall.Gain.PERCENT);
        var there = Wall.of(PAPER, Sizes.of(Quantity.WIDTH, percent));
        assertThat(there.doublings().getFirst().percent()).isCloseTo(1, within(1e-6));
    }

    @Test
    void theoryEndsWhereVectorsCanBeOrthogonal() {
        var limit = new WidthLimit(1000, "features");

        // docs/derivations/forecast.md: kappa² = (n - m) / (m (n - 1)).
        assertThat(limit.overlap(100)).isCloseTo(900.0 / (100 * 999), within(1e-15));
        assertThat(limit.overlap(1000)).isZero();
        assertThat(limit.left(500)).isCloseTo(0.5, within(1e-3));
        assertThat(limit.localExponent(500)).isEqualTo(2);
        assertThat(limit.localExponent(1)).isCloseTo(1, within(2e-3));
        assertThat(limit.departure(1)).isEqualTo(500);
        double step = 1e-6;
        double slope = -Math.log(limit.overlap(300 * (1 + step)) / limit.overlap(300)) / Math.log1p(step);
        assertThat(slope).isCloseTo(limit.localExponent(300), within(1e-4));
        assertThat(limit.statements(100)).hasSize(3).allMatch(statement -> statement.basis() == Basis.THEORY);
        assertThat(limit.statements(2000))
                .last()
                .extracting(Statement::sentence)
                .asString()
                .contains("right angles");
    }

    @Test
    void agreesWithThePublishedOverlapNearTheLimit() {
        // Mean squared overlap times m at n = 1000, m = 100, flat frequencies: 0.892 in Liu et al.'s Fig. 5d, the bound
        // for the 900 or so strongly represented of the features.
        assertThat(new WidthLimit(900, "features").left(100)).isCloseTo(0.892, within(0.003));
    }

    @Test
    void measuresWhereTheLawIsLeft() {
        var study = WallStudy.of(trainings(true)).orElseThrow();

        assertThat(study.exponent()).isCloseTo(1.05, within(0.05));
        var departure = study.departure().orElseThrow();
        assertThat(departure.ratio(1000)).isBetween(0.1, 0.4);
        assertThat(departure.exponent()).isGreaterThan(1.25 * study.exponent());
        assertThat(study.statement().basis()).isEqualTo(Basis.MEASURED);
        assertThat(study.statement().sentence()).contains("leaves it between m =");
    }

    @Test
    void seesNoDepartureWhereThereIsNone() {
        var study = WallStudy.of(trainings(false)).orElseThrow();

        assertThat(study.departure()).isEmpty();
        assertThat(study.statement().sentence()).contains("keeps it");
    }

    @Test
    void asksForWidthsOnBothSides() {
        assertThat(WallStudy.of(trainings(true).subList(0, 10))).isEmpty();
        assertThat(WallStudy.of(List.of())).isEmpty();
        assertThatThrownBy(() ->
                        WallStudy.of(List.of(new WallStudy.Training(1000, 10, 1), new WallStudy.Training(2000, 10, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Two seeds each, 2 % apart, of interference that follows Welch's bound, or 1/m.
    private static List<WallStudy.Training> trainings(boolean bounded) {
        var limit = new WidthLimit(1000, "features");
        var trainings = new ArrayList<WallStudy.Training>();
        for (double width : new double[] {10, 20, 40, 80, 160, 320, 640, 900}) {
            double loss = bounded ? limit.overlap(width) : 1 / width;
            trainings.add(new WallStudy.Training(1000, width, 0.99 * loss));
            trainings.add(new WallStudy.Training(1000, width, 1.01 * loss));
        }
        return trainings;
    }

    @Test
    void saysWhatRepeatedTokensAreWorth() {
        assertThat(OtherLimits.effectiveTokens(5e9, 1e10)).isEqualTo(5e9);
        assertThat(OtherLimits.effectiveTokens(1e10, 1e10)).isEqualTo(1e10);
        // Four epochs: 3 repetitions are worth 15.39 (1 - e^(-3 / 15.39)) = 2.726.
        assertThat(OtherLimits.effectiveTokens(4e10, 1e10)).isCloseTo(3.726e10, withinPercentage(0.02));
        assertThat(OtherLimits.effectiveTokens(1e14, 1e10)).isCloseTo(16.387756e10, withinPercentage(1e-6));
        assertThat(OtherLimits.data(Sizes.of(1e9, 4e10).with(Quantity.UNIQUE_TOKENS, 1e10)))
                .hasSize(2)
                .allMatch(statement -> statement.basis() == Basis.LAW);
        assertThat(OtherLimits.data(Sizes.of(1e9, 4e10)))
                .singleElement()
                .extracting(Statement::basis)
                .isEqualTo(Basis.THEORY);
    }
}
