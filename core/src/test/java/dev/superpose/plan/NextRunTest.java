package dev.superpose.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Bootstrap;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Fitter;
import dev.superpose.scaling.Objective;
import dev.superpose.scaling.ScalingLaw;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextRunTest {
    private static final double NOISE = 0.005;
    private static final Seed SEED = new Seed(404);
    private static final ScalingLaw TRUTH =
            PublishedLaws.find("besiroglu-2024").orElseThrow().law();
    private static final Choice TARGET = new Choice(7e10, 1.4e12, TRUTH.at(Sizes.of(7e10, 1.4e12)));
    private static final List<Runs.Run> MEASURED = measured();
    private static final Fit.Fitted FIT = fit(MEASURED);

    @Test
    void agreesWithRefittingAfterEveryCandidate() {
        var next = next(Knowledge.of(FIT, Circumstances.FREE));
        for (var value : next.inAll(TARGET, 1e19, 1e21, 2)) {
            var more = new ArrayList<>(MEASURED);
            var sizes = Sizes.of(value.parameters(), value.tokens());
            more.add(new Runs.Run("candidate", sizes, FIT.law().at(sizes)));
            var refit = fit(more);
            double[] along = Knowledge.of(refit, Circumstances.FREE).features(TARGET.parameters(), TARGET.tokens());
            // The refit counts one more degree of freedom, though the candidate brought no deviation of its own.
            double freedom = Math.sqrt((double) refit.degreesOfFreedom() / FIT.degreesOfFreedom());
            assertThat(refit.covariance().standardErrorAlong(along) * freedom)
                    .as("a run of %.3g parameters on %.3g tokens, seed %s", value.parameters(), value.tokens(), SEED)
                    .isCloseTo(value.after(), withinPercentage(0.1));
        }
    }

    @Test
    void drawsTellNearlyTheSame() {
        var draws = new Bootstrap(Bootstrap.Method.RESIDUAL, 400, SEED).draws(FIT);
        var byDraws = next(Knowledge.of(draws, Circumstances.FREE));
        var byFit = next(Knowledge.of(FIT, Circumstances.FREE));
        var best = byFit.inAll(TARGET, 1e20, 1e21, 2).getFirst();
        var same = byDraws.value(TARGET, best.parameters(), best.tokens());
        assertThat(same.before()).isCloseTo(best.before(), withinPercentage(25));
        assertThat(same.removed()).isCloseTo(best.removed(), withinPercentage(25));
    }

    @Test
    void ranksByWhatIsAsked() {
        var next = next(Knowledge.of(FIT, Circumstances.FREE));
        var perFlop = next.perFlop(TARGET, 1e19, 1e22, 4);
        assertThat(perFlop)
                .hasSize(40)
                .isSortedAccordingTo(Comparator.comparingDouble(NextRun.Value::removedPerFlop)
                        .reversed())
                .allSatisfy(value -> {
                    assertThat(value.removed()).isBetween(0.0, 1.0);
                    assertThat(6 * value.parameters() * value.tokens())
                            .isCloseTo(value.compute(), withinPercentage(1e-6));
                });
        var inAll = next.inAll(TARGET, 1e19, 1e22, 4).getFirst();
        assertThat(inAll.removed()).isGreaterThanOrEqualTo(perFlop.getFirst().removed());
        // The dearest runs lie nearest the target and teach most.
        assertThat(inAll.compute()).isCloseTo(1e22, withinPercentage(1e-6));
    }

    @Test
    void aNoisierRunTeachesLess() {
        var knowledge = Knowledge.of(FIT, Circumstances.FREE);
        var clean = new NextRun(knowledge, NOISE / 2, new FlopModel.SixN()).value(TARGET, 1e10, 2e11);
        var noisy = new NextRun(knowledge, NOISE * 2, new FlopModel.SixN()).value(TARGET, 1e10, 2e11);
        assertThat(clean.after()).isLessThan(noisy.after());
        assertThat(noisy.after()).isLessThan(noisy.before());
    }

    @Test
    void refusesALawThatSaysNothingOfItsErrors() {
        assertThatThrownBy(() -> new NextRun(Knowledge.of(FIT, Circumstances.FREE), 0, new FlopModel.SixN()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deviation");
    }

    private static NextRun next(Knowledge knowledge) {
        return new NextRun(knowledge, FIT.residualStandardDeviation(), new FlopModel.SixN());
    }

    private static List<Runs.Run> measured() {
        var random = SEED.random();
        var runs = new ArrayList<Runs.Run>();
        for (double parameters = 2e7; parameters < 3e9; parameters *= 2.5) {
            for (double ratio = 4; ratio < 200; ratio *= 3) {
                var sizes = Sizes.of(parameters, parameters * ratio);
                double noise = NOISE * random.nextGaussian();
                runs.add(new Runs.Run("run " + runs.size(), sizes, TRUTH.at(sizes) * Math.exp(noise)));
            }
        }
        return List.copyOf(runs);
    }

    private static Fit.Fitted fit(List<Runs.Run> runs) {
        var fit = new Fitter(new Objective.LogLeastSquares(), 8, SEED).fit(TRUTH.form(), Runs.of(runs));
        assertThat(fit).isInstanceOf(Fit.Fitted.class);
        return (Fit.Fitted) fit;
    }
}
