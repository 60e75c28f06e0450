package dev.superpose.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.reproduction.Evidence;
import dev.superpose.study.JobResult;
import dev.superpose.theory.WeakRegime;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class PaperFiguresTest {
    private static final String COMMAND = "superpose study exponents";
    private static final double STRONG = -5 / 9.0;

    private static final List<BiFunction<List<JobResult>, String, Optional<Figure>>> ALL = List.of(
            LargeFigure::of,
            RepresentedFigures::againstDecay,
            RepresentedFigures::map,
            RepresentedFigures::strong,
            ExponentFigure::of,
            ExponentMap::of,
            WeakFigures::loss,
            WeakFigures::exponents,
            RowOverlapFigures::ofStrongRows,
            RowOverlapFigures::ofAllRows,
            DensityFigures::againstDensity,
            DensityFigures::againstWidth,
            WidthLimitFigure::of,
            CorrelationFigures::loss);

    /// Three alphas under growth and decay, with loss = 2 · m^-(1 + alpha).
    private static List<JobResult> exponents() {
        var runs = new ArrayList<JobResult>();
        for (double decay : new double[] {STRONG, 1 / 9.0, 1 / 3.0}) {
            for (double alpha : new double[] {0, 1, 2}) {
                runs.addAll(PlantedRuns.condition(alpha, decay, config -> 2 * Math.pow(config.width(), -1 - alpha)));
            }
        }
        return runs;
    }

    @Test
    void nothingIsDrawnOfNothing() {
        assertThat(ALL)
                .allSatisfy(
                        builder -> assertThat(builder.apply(List.of(), COMMAND)).isEmpty());
    }

    @Test
    void oneTrainingMakesNoFigureFailAndSaysThatItIsOne() {
        List<JobResult> one = List.of(PlantedRuns.run(PlantedRuns.small(1, STRONG, 25, 1), 0.3, 1, 0.5));
        for (var builder : ALL) {
            builder.apply(one, COMMAND).ifPresent(figure -> {
                assertThat(figure.table().rows()).isNotEmpty();
                assertThat(figure.caption()).contains("One seed each");
                assertThat(figure.command()).isEqualTo(COMMAND);
            });
        }
    }

    @Test
    void plantedExponentsStandBesideThePublishedOnes() {
        Figure figure = ExponentFigure.of(exponents(), COMMAND).orElseThrow();
        double[] alphas = figure.table().numbers("alpha");
        for (int i = 0; i < alphas.length; i++) {
            assertThat(figure.table().numbers("exponent")[i]).isCloseTo(1 + alphas[i], within(1e-9));
        }
        // Fig. 5e at gamma = -0.556, alpha = 0, 1 and 2; and its error.
        assertThat(figure.table().numbers("published")).contains(0.8405);
        assertThat(PlantedRuns.openMarks(figure.document())).contains(0.8405);
        assertThat(figure.table().numbers("published_error")[0]).isCloseTo(0.0994, within(1e-9));
        // Of fig. 4b: alpha = 2 under both decays, and alpha = 1.5 under 1/3.
        List<JobResult> weak = new ArrayList<>(exponents());
        weak.addAll(PlantedRuns.condition(1.5, 1 / 3.0, config -> 2 * Math.pow(config.width(), -0.7)));
        Figure exponents = WeakFigures.exponents(weak, COMMAND).orElseThrow();
        assertThat(exponents.table().rows()).hasSize(3);
        assertThat(PlantedRuns.openMarks(exponents.document())).hasSize(3);
    }

    @Test
    void otherWidthsHaveNoPublishedExponents() {
        List<JobResult> some =
                exponents().stream().filter(run -> run.config().width() > 10).toList();
        Figure figure = ExponentFigure.of(some, COMMAND).orElseThrow();
        assertThat(figure.table().numbers("published")).containsOnly(Double.NaN);
        assertThat(PlantedRuns.openMarks(figure.document())).isEmpty();
        // A condition that lacks a width would be told of by another law: it is left out.
        List<JobResult> lacking = exponents().stream()
                .filter(run -> Trainings.alpha(run) > 0
                        || run.config().width() > 10
                        || run.config().decay() > 0)
                .toList();
        assertThat(ExponentFigure.of(lacking, COMMAND).orElseThrow().caption())
                .contains("1 conditions do not have all widths");
    }

    @Test
    void theMapHoldsEveryExponentAndItsDifference() {
        Figure figure = ExponentMap.of(exponents(), COMMAND).orElseThrow();
        assertThat(figure.table().rows()).hasSize(9);
        // Planted 1, 2 and 3; published 0.84 at alpha 0: the difference is 0.16.
        assertThat(figure.document().toString()).contains("\"1.00\"", "\"2.00\"", "\"3.00\"", "\"0.16\"");
        assertThat(figure.caption()).contains("goes from 1 to 3 over 9 conditions");
    }

    @Test
    void representedFeaturesAreThoseOfTheRecords() {
        Figure figure = RepresentedFigures.againstDecay(exponents(), COMMAND).orElseThrow();
        assertThat(figure.table().numbers("phi_half")[0]).isEqualTo(1);
        assertThat(figure.table().numbers("phi_half")[1]).isEqualTo(0.02);
        // Fig. 3b at m = 10, gamma = 1/9.
        assertThat(figure.table().numbers("published")[1]).isEqualTo(0.022);
        assertThat(figure.caption()).contains("At γ ≤ −0.56 every training represents at least 90 %");
        assertThat(RepresentedFigures.map(exponents(), COMMAND)
                        .orElseThrow()
                        .table()
                        .rows())
                .hasSize(9 * 6);
    }

    /// As in the study of figure 3 at scale short: all widths at one alpha, every alpha
    /// at one width.
    @Test
    void theMapIsDrawnAtWidthsThatFillIt() {
        var runs = new ArrayList<JobResult>();
        for (double decay : new double[] {STRONG, 1 / 9.0, 1 / 3.0}) {
            for (double alpha : new double[] {0, 0.5, 1, 1.5, 2}) {
                runs.addAll(PlantedRuns.condition(alpha, decay, _ -> 0.3).stream()
                        .filter(run -> alpha == 1 || run.config().width() == 63)
                        .toList());
            }
        }
        Figure figure = RepresentedFigures.map(runs, COMMAND).orElseThrow();
        assertThat(figure.caption()).contains("at m = 63, means");
        assertThat(figure.document().at("/hconcat")).hasSize(2);
        assertThat(RepresentedFigures.map(exponents(), COMMAND).orElseThrow().caption())
                .contains("at m = 10 and 100, means");
    }

    @Test
    void lossesOfLargeModelsAreFittedFromWhereThePaperDoes() {
        var runs = new ArrayList<JobResult>();
        for (var law : List.of(new FeatureFrequencies.Power(1.2), new FeatureFrequencies.Linear())) {
            for (int m = 8; m <= 1024; m *= 2) {
                // The first two widths lie off the law.
                double loss = m < 32 ? 0.1 : 8.0 / m;
                var config = new ToyConfig(10_240, m, law, 1, -1, PlantedRuns.PUBLISHED, 100, 1);
                runs.add(PlantedRuns.run(config, loss, 1, 0.5));
            }
        }
        Figure figure = LargeFigure.of(runs, COMMAND).orElseThrow();
        assertThat(figure.document().toString()).contains("p ∝ i^−1.2: 1");
        assertThat(figure.table().numbers("published")[0]).isEqualTo(0.54683);
        assertThat(figure.table().numbers("fit")[2]).isCloseTo(0.25, within(1e-12));
        assertThat(figure.table().rows().get(1).getLast().brief()).isEqualTo("no");
        assertThat(figure.table().rows().get(2).getLast().brief()).isEqualTo("yes");
    }

    @Test
    void weakLossesStandOnTheirTailSum() {
        var runs = new ArrayList<JobResult>();
        for (double alpha : new double[] {0, 1}) {
            runs.addAll(PlantedRuns.condition(
                    alpha, 1 / 3.0, config -> 1.5 * WeakRegime.tailLoss(config.probabilities(), 2 * config.width())));
        }
        Figure figure = WeakFigures.loss(runs, COMMAND).orElseThrow();
        assertThat(figure.caption()).contains("the losses are 1.5 times as high");
        assertThat(figure.table().numbers("represented")[0]).isEqualTo(20);
        long published = PublishedToy.weakPoints().stream()
                .map(point -> point.loss().setting())
                .filter(setting -> setting.alpha() <= 1 && Math.abs(setting.decay() - 1 / 3.0) < 1e-3)
                .count();
        assertThat(figure.table().numbers("published_loss"))
                .doesNotContain(Double.NaN)
                .hasSize((int) published);
    }

    @Test
    void overlapsAreTimesTheWidth() {
        Figure figure = RowOverlapFigures.ofStrongRows(exponents(), COMMAND).orElseThrow();
        assertThat(figure.table().numbers("strong_rows_times_m")).containsOnly(1);
        // Fig. 5d at alpha = 0, m = 10.
        assertThat(figure.table().numbers("published_times_m")[0]).isCloseTo(1.0045, within(1e-9));
        assertThat(RowOverlapFigures.ofAllRows(exponents(), COMMAND)
                        .orElseThrow()
                        .caption())
                .contains("2 times that of random");
    }

    @Test
    void lossesProportionalToDensityAreLevel() {
        var runs = new ArrayList<JobResult>();
        for (double density : List.of(1.0, 2.0, 4.0)) {
            for (int m : PlantedRuns.WIDTHS) {
                runs.add(PlantedRuns.run(PlantedRuns.small(1, density, -1, m, 1), 5 * density / m, 1, 0.5));
            }
        }
        Figure figure = DensityFigures.againstDensity(runs, COMMAND).orElseThrow();
        assertThat(figure.caption()).contains("changes by a factor of 1.");
        // Fig. 14a at gamma = -1, E = 1.
        assertThat(figure.table().numbers("published")[0]).isEqualTo(0.101);
        assertThat(DensityFigures.againstWidth(runs, COMMAND)
                        .orElseThrow()
                        .document()
                        .toString())
                .contains("E = 4: 1");
    }

    /// The study exponents leaves many trainings at E = 1, of which none is a curve over E.
    @Test
    void trainingsOfOneDensityDoNotDriveOutThoseOfSeveral() {
        var runs = new ArrayList<JobResult>();
        for (double decay : List.of(-1.0, -0.5, 0.5, 1.0)) {
            runs.addAll(PlantedRuns.condition(1, decay, config -> 5.0 / config.width()));
        }
        for (double density : List.of(1.0, 2.0, 4.0)) {
            for (int m : List.of(39, 63)) {
                var plain = PlantedRuns.small(1, density, -1, m, 1);
                var shorter = new ToyConfig(
                        1000,
                        m,
                        plain.frequencies(),
                        density,
                        -1,
                        ToyConfig.Optimiser.small(4000, 400),
                        100,
                        1,
                        ToyTask.PLAIN);
                runs.add(PlantedRuns.run(shorter, 6 * density / m, 1, 0.5));
            }
        }
        Figure figure = DensityFigures.againstDensity(runs, COMMAND).orElseThrow();
        assertThat(figure.table().numbers("density")).containsExactly(1, 2, 4);
        assertThat(DensityFigures.againstWidth(runs, COMMAND)
                        .orElseThrow()
                        .document()
                        .toString())
                .contains("E = 1: ", "E = 2: ", "E = 4: ");
    }

    @Test
    void beyondAsManyDimensionsAsFeaturesTheLawIsReadOffNeighbours() {
        var runs = new ArrayList<JobResult>();
        for (int m : new int[] {4, 8, 16, 32}) {
            var config = new ToyConfig(16, m, new FeatureFrequencies.Power(1), 1, -1, PlantedRuns.PUBLISHED, 100, 1);
            runs.add(PlantedRuns.run(config, 1.0 / (m * m), 1, 1));
        }
        Figure figure = WidthLimitFigure.of(runs, COMMAND).orElseThrow();
        assertThat(figure.table().numbers("width_over_features")).containsExactly(0.25, 0.5, 1, 2);
        assertThat(figure.document().at("/hconcat/1").toString()).contains("\"y\":2.0");
        double trivial = WeakRegime.trivialLoss(runs.getFirst().config().probabilities());
        assertThat(figure.table().numbers("over_trivial")[2]).isCloseTo(1.0 / 256 / trivial, within(1e-12));
    }

    @Test
    void exponentsGoWithTheStrengthOfCorrelationSeedBySeed() {
        var runs = new ArrayList<JobResult>();
        for (double strength : new double[] {0, 0.5}) {
            for (int m : PlantedRuns.WIDTHS) {
                for (long seed : new long[] {1, 2}) {
                    var task = new ToyTask(
                            Importance.EQUAL,
                            ToyTask.Output.RELU,
                            new Correlation.Together(strength, 10, Correlation.Groups.NEIGHBOURS));
                    var plain = PlantedRuns.small(1, -1, m, seed);
                    var config = new ToyConfig(1000, m, plain.frequencies(), 1, -1, plain.optimiser(), 100, seed, task);
                    double exponent = 1 - strength / 2 + (strength > 0 ? 0.1 * (seed - 1.5) : 0);
                    runs.add(PlantedRuns.run(config, Math.pow(m, -exponent), 1, 0.5));
                }
            }
        }
        Figure figure = CorrelationFigures.loss(runs, COMMAND).orElseThrow();
        assertThat(figure.table().numbers("exponent")[0]).isCloseTo(1, within(1e-9));
        assertThat(figure.table().numbers("exponent")[2]).isCloseTo(0.7, within(1e-9));
        assertThat(figure.table().numbers("exponent")[3]).isCloseTo(0.8, within(1e-9));
        assertThat(figure.caption()).contains("means over up to 2 seeds");
        // Correlated features were not published, whatever else is the same.
        assertThat(Evidence.setting(runs.getLast().config())).isEmpty();
        assertThat(Evidence.setting(runs.getFirst().config()).map(ToySetting::width))
                .contains(10);
    }

    @Test
    void strongOnesAreMarkedWithWhatWasPublishedOfTheSameSettingsOnly() {
        List<JobResult> shown = exponents().stream()
                .map(run -> run.config())
                .map(config -> PlantedRuns.run(
                        PlantedRuns.small(Trainings.alpha(PlantedRuns.run(config, 1, 1, 1)), -1, config.width(), 1),
                        0.5,
                        1,
                        0.25))
                .toList();
        Figure figure = RepresentedFigures.strong(shown, COMMAND).orElseThrow();
        assertThat(PlantedRuns.openMarks(figure.document()))
                .hasSameElementsAs(PublishedToy.strongFractions().stream()
                        .filter(value ->
                                List.of(0.0, 1.0, 2.0).contains(value.setting().alpha()))
                        .map(value -> value.value())
                        .toList());
    }
}
