package dev.superpose.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.RowNorms;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.study.Job;
import dev.superpose.study.JobResult;
import dev.superpose.study.JobResult.Trained;
import dev.superpose.study.StudyFolder;
import dev.superpose.study.ToyReading;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.Correlation.Groups;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyModel;
import dev.superpose.toy.ToyTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The figures of models whose weights are known.
class GeometryFiguresTest {
    private static Trained trained(double density, ToyTask task, long seed, float[] w, float[] b) {
        int n = b.length;
        var config = new ToyConfig(
                n,
                w.length / n,
                new FeatureFrequencies.Power(0),
                density,
                0,
                ToyConfig.Optimiser.small(10, 1),
                2,
                seed,
                task);
        return new Trained(result(config, seed), ToyModel.of(n, w.length / n, w, b));
    }

    private static JobResult result(ToyConfig config, long seed) {
        var reading = new ToyReading(
                new ToyReading.Loss(1, 1, 0, 0, 2),
                1,
                1,
                new ToyReading.Overlap(1, 1, 1, 1, 1, 1, 1, 1),
                new RowNorms(1, 0, 1, 1, 1),
                new ToyReading.Spectrum(1, 1, 1),
                0,
                Double.NaN);
        return new JobResult(Job.of(config), reading, 1, Provenance.here().withSeed(seed));
    }

    private static ToyTask task(Importance importance, ToyTask.Output output, Correlation correlation) {
        return new ToyTask(importance, output, correlation);
    }

    private static Table table(List<Figure> figures, String id) {
        return figures.stream()
                .filter(figure -> figure.id().equals(id))
                .findFirst()
                .orElseThrow()
                .table();
    }

    private static String text(Table table, int row, String column) {
        return table.rows().get(row).get(table.indexOf(column)).brief();
    }

    /// n rows in n / 2 dimensions: antipodal pairs, scaled.
    private static float[] digons(int n, float scale) {
        var w = new float[n * n / 2];
        for (int i = 0; i < n; i++) {
            w[i * (n / 2) + i / 2] = i % 2 == 0 ? scale : -scale;
        }
        return w;
    }

    @Test
    void pairsOfASweepAreCounted() {
        var figures = GeometryFigures.of(
                List.of(
                        trained(10, ToyTask.PLAIN, 1, new float[50], new float[10]),
                        trained(1, ToyTask.PLAIN, 1, digons(10, 1), new float[10])),
                "again");
        Table table = table(figures, "dimensions-against-sparsity");
        assertThat(table.numbers("active")).containsExactly(1, 0.1);
        assertThat(table.numbers("digon")).containsExactly(0, 10);
        assertThat(table.numbers("not_represented")).containsExactly(10, 0);
        assertThat(table.numbers("sum_of_dimensions")[1]).isCloseTo(5, within(1e-9));
        assertThat(figures.getFirst().caption()).contains("10 of 10 features");
    }

    @Test
    void linearModelsAreHeldAgainstTheBestThereIs() {
        var linear = task(new Importance.Geometric(0.5), ToyTask.Output.LINEAR, Correlation.INDEPENDENT);
        var figures = GeometryFigures.of(List.of(trained(1, linear, 1, digons(10, 1), new float[10])), "again");
        assertThat(text(table(figures, "importance"), 0, "output")).isEqualTo("linear");
        // Five features of importance 2^-5 .. 2^-9 and variance 4/3 · 0.1 - 0.01 are left out.
        assertThat(table(figures, "importance").numbers("best_linear_loss")[0])
                .isCloseTo((4 / 30.0 - 0.01) * (0.0625 - 1 / 512.0), within(1e-9));
    }

    @Test
    void aRegularPentagonIsKnownAndTheBestRestartIsShown() {
        var pentagon = new float[10];
        for (int i = 0; i < 5; i++) {
            pentagon[2 * i] = (float) Math.cos(2 * Math.PI * i / 5);
            pentagon[2 * i + 1] = (float) Math.sin(2 * Math.PI * i / 5);
        }
        var bias = new float[5];
        Arrays.fill(bias, -0.1f);
        var figures = GeometryFigures.of(
                List.of(
                        trained(0.25, ToyTask.PLAIN, 1, new float[10], new float[5]),
                        trained(0.25, ToyTask.PLAIN, 2, pentagon, bias)),
                "again");
        assertThat(text(table(figures, "sparser-point"), 0, "best")).isEqualTo("5 pentagon");
        assertThat(table(figures, "sparser-point").numbers("restarts")).containsExactly(2);
    }

    @Test
    void phasesAreHeldAgainstTheClosedForms() {
        var all = new ArrayList<Trained>();
        for (double r : new double[] {0.1, 1}) {
            for (double p : new double[] {0.02, 1}) {
                var importance = new Importance.Geometric(r);
                var task = task(importance, ToyTask.Output.RELU, Correlation.INDEPENDENT);
                // One restart in each phase: the exact loss has to choose.
                all.add(trained(2 * p, task, 1, new float[] {1, -1}, new float[2]));
                all.add(trained(2 * p, task, 2, new float[] {1, 0}, new float[] {0, (float) p}));
            }
        }
        var figures = GeometryFigures.of(all, "again");
        Table table = table(figures, "phases");
        assertThat(table.rows()).hasSize(4);
        assertThat(table.numbers("ratio")).containsExactly(new double[] {1, 1, 1, 1}, within(1e-4));
        for (int row = 0; row < 4; row++) {
            boolean dense = table.numbers("active")[row] == 1;
            assertThat(text(table, row, "trained_phase"))
                    .isEqualTo(dense ? "the last ignored" : "the last one antipodal to another");
        }
        assertThat(figures.getFirst().caption()).contains("at 4 of 4 points");
    }

    @Test
    void thePairsOfAllKindsOfCompanyAreBesideEachOther() {
        var exclusive = new Correlation.Exclusive(2, Groups.NEIGHBOURS);
        var together = new Correlation.Together(1, 2, Groups.NEIGHBOURS);
        var all = new ArrayList<Trained>();
        for (var correlation : List.of(Correlation.INDEPENDENT, exclusive, together)) {
            all.add(trained(
                    0.4, task(Importance.EQUAL, ToyTask.Output.RELU, correlation), 1, digons(4, 1), new float[4]));
        }
        Table table = table(GeometryFigures.of(all, "again"), "pairs");
        assertThat(table.numbers("mean_cosine_of_pairs")).containsExactly(new double[] {-1, -1, -1}, within(1e-6));
        assertThat(text(table, 1, "correlation")).isEqualTo("together(1.0, 2, neighbours)");
        assertThat(text(table, 2, "correlation")).isEqualTo("exclusive(2, neighbours)");
    }

    @Test
    void figuresDoNotHangOnTheOrderInWhichTrainingsAreFound() {
        var all = new ArrayList<Trained>();
        for (double density : new double[] {4, 0.4, 0.04}) {
            for (int n : new int[] {3, 2}) {
                var importance = new Importance.Geometric(0.5);
                var task = task(importance, ToyTask.Output.RELU, Correlation.INDEPENDENT);
                all.add(trained(Math.min(n, density), task, 1, new float[n * (n - 1)], new float[n]));
                all.add(trained(Math.min(n, density), ToyTask.PLAIN, 1, new float[n * (n - 1)], new float[n]));
            }
            all.add(trained(2 * density, ToyTask.PLAIN, 1, digons(10, 1), new float[10]));
        }
        var figures = GeometryFigures.of(all, "again");
        assertThat(figures).hasSizeGreaterThan(1);
        assertThat(GeometryFigures.of(all.reversed(), "again").equals(figures))
                .as("the same figures")
                .isTrue();
    }

    /// Of two lengths of one setting the longer counts, and damaged weights are told of.
    @Test
    void theLongestTrainingsAreReadAndDamagedOnesAreTold(@TempDir Path folder) throws IOException {
        var study = StudyFolder.open(folder);
        var results = new ArrayList<JobResult>();
        for (int steps : new int[] {10, 20}) {
            for (double density : new double[] {1, 2}) {
                var config = new ToyConfig(
                        2,
                        1,
                        new FeatureFrequencies.Power(0),
                        density,
                        0,
                        ToyConfig.Optimiser.small(steps, 1),
                        2,
                        1,
                        ToyTask.PLAIN);
                var result = result(config, 1);
                results.add(result);
                StudyFolder.write(study.weights(result.job()), ToyModel.of(2, 1, new float[2], new float[2]));
            }
        }
        var damaged = study.weights(results.getLast().job());
        Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 20));
        var told = new ArrayList<String>();
        var read = GeometryFigures.longest(results, study, told::add);
        assertThat(read).extracting(Trained::result).containsExactly(results.get(2));
        assertThat(told)
                .singleElement()
                .asString()
                .contains(damaged.getFileName().toString());
    }

    @Test
    void nothingIsDrawnOfNothing() {
        assertThat(GeometryFigures.of(List.of(), "again")).isEmpty();
    }
}
