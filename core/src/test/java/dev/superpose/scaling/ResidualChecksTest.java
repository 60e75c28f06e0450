package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResidualChecksTest {
    private static final Seed SEED = new Seed(21);
    private static final Objective SQUARES = new Objective.LogLeastSquares();

    @Test
    void alarmsSeldomWhereTheLawIsRight() {
        int alarms = 0;
        int outliers = 0;
        for (int k = 0; k < 300; k++) {
            var runs = Planted.runs(Planted.CHINCHILLA, Planted.grid(6, 5), 0.01, SEED.child("right" + k));
            var checks = ResidualChecks.of(Planted.fit(Forms.chinchilla(), SQUARES, runs, 2));
            alarms += checks.checks().stream().anyMatch(ResidualChecks.Check::alarm) ? 1 : 0;
            outliers += checks.outliers().isEmpty() ? 0 : 1;
        }

        assertThat(alarms).as("alarms of 300, seed %s", SEED).isBetween(3, 27);
        assertThat(outliers).as("outliers in 300, seed %s", SEED).isLessThan(45);
    }

    @Test
    void namesARunThatLiesOff() {
        var runs = Planted.runs(Planted.CHINCHILLA, Planted.grid(6, 5), 0.01, SEED);
        double[] losses = IntStream.range(0, 30).mapToDouble(runs::loss).toArray();
        losses[17] *= 1.2;

        var checks = check(Forms.chinchilla(), new Objective.HuberLog(1e-3), runs.withLosses(losses));

        assertThat(checks.outliers()).extracting(ResidualChecks.Outlier::label).containsExactly("run 17");
        assertThat(checks.warnings()).first().asString().contains("run 17 lies", "above the law");
    }

    @Test
    void seesALawWithTheWrongCurvature() {
        var form = Forms.power(Quantity.PARAMETERS);
        var runs = Planted.runs(Planted.ONE_SIZE, Planted.line(30), 0.01, SEED);

        assertThat(alarms(check(form, SQUARES, runs))).contains("curvature along N");
    }

    @Test
    void seesDeviationsThatDifferInSize() {
        var runs = Planted.runs(
                Planted.ONE_SIZE, Planted.line(60), sizes -> sizes.get(Quantity.PARAMETERS) > 1e8 ? 0.03 : 0.003, SEED);

        assertThat(alarms(check(Planted.ONE_SIZE.form(), SQUARES, runs))).contains("spread along N");
    }

    @Test
    void comparesLackOfFitWithRepeats() {
        var twice = new ArrayList<Sizes>(Planted.line(12));
        twice.addAll(Planted.line(12));
        var runs = Planted.runs(Planted.ONE_SIZE, twice, 0.005, SEED);

        assertThat(alarms(check(Planted.ONE_SIZE.form(), SQUARES, runs))).isEmpty();
        assertThat(alarms(check(Forms.power(Quantity.PARAMETERS), SQUARES, runs)))
                .contains("lack of fit against repeated runs");
    }

    @Test
    void seesRunsOfOneClusterDeviateTogether() {
        var sizes = Planted.grid(12, 8);
        Runs together = Planted.clustered(Planted.CHINCHILLA, sizes, 8, 0.01, 0.003, SEED);
        Runs apart = Planted.clustered(Planted.CHINCHILLA, sizes, 8, 0, 0.01, SEED);

        assertThat(alarms(check(Forms.chinchilla(), SQUARES, together))).contains("likeness within clusters");
        assertThat(alarms(check(Forms.chinchilla(), SQUARES, apart))).doesNotContain("likeness within clusters");
    }

    private static ResidualChecks check(Form form, Objective objective, Runs runs) {
        return ResidualChecks.of(Planted.fit(form, objective, runs, 8));
    }

    private static List<String> alarms(ResidualChecks checks) {
        return checks.checks().stream()
                .filter(ResidualChecks.Check::alarm)
                .map(ResidualChecks.Check::name)
                .toList();
    }
}
