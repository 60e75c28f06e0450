package dev.superpose.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.result.Table;
import dev.superpose.study.JobResult;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.Correlation.Groups;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The figure of weights whose overlaps are planted.
class GroupOverlapFigureTest {
    private static final int FEATURES = 4;
    private static final String COMMAND = "superpose study correlated";

    private static JobResult run(Correlation correlation, int width, long seed) {
        return run(FEATURES, correlation, width, seed);
    }

    private static JobResult run(int features, Correlation correlation, int width, long seed) {
        var config = new ToyConfig(
                features,
                width,
                new FeatureFrequencies.Power(0),
                1,
                -1,
                PlantedRuns.PUBLISHED,
                100,
                seed,
                new ToyTask(Importance.EQUAL, ToyTask.Output.RELU, correlation));
        return PlantedRuns.run(config, 1.0 / width, 1, 1);
    }

    private static Correlation neighbours(double strength) {
        return new Correlation.Together(strength, 2, Groups.NEIGHBOURS);
    }

    /// Pairs of adjacent rows, each pair in a plane of its own, with the cosine -strength.
    private static FloatMatrix pairs(JobResult run) {
        double cosine = -Math.max(0, FeatureGroups.strength(run));
        var w = FloatMatrix.zeros(FEATURES, run.config().width());
        for (int i = 0; i < FEATURES; i += 2) {
            w.set(i, i, 1);
            w.set(i + 1, i, (float) cosine);
            w.set(i + 1, i + 1, (float) Math.sqrt(1 - cosine * cosine));
        }
        return w;
    }

    private static List<JobResult> grid(List<Correlation> correlations) {
        var runs = new ArrayList<JobResult>();
        for (Correlation correlation : correlations) {
            for (int m : new int[] {4, 9}) {
                for (long seed : new long[] {1, 2}) {
                    runs.add(run(correlation, m, seed));
                }
            }
        }
        return runs;
    }

    private static Optional<Figure> figure(List<JobResult> runs) throws IOException {
        return GroupOverlapFigure.of(runs, GroupOverlapFigureTest::pairs, COMMAND);
    }

    @Test
    void plantedOverlapsAreInTheTableWithinAndAcross() throws IOException {
        Figure figure = figure(grid(List.of(Correlation.INDEPENDENT, neighbours(0.5), neighbours(1))))
                .orElseThrow();
        Table table = figure.table();
        for (int row = 0; row < table.rows().size(); row++) {
            double m = table.numbers("width")[row];
            double strength = table.numbers("strength")[row];
            assertThat(table.numbers("rows")[row]).isEqualTo(4);
            assertThat(table.numbers("pairs_within")[row]).isEqualTo(2);
            assertThat(table.numbers("pairs_across")[row]).isEqualTo(4);
            assertThat(table.numbers("within_times_m")[row]).isCloseTo(strength * strength * m, within(1e-5));
            assertThat(table.numbers("within_times_root_m")[row]).isCloseTo(-strength * Math.sqrt(m), within(1e-5));
            assertThat(table.numbers("across_times_m")[row]).isCloseTo(0, within(1e-9));
            assertThat(table.numbers("across_times_root_m")[row]).isCloseTo(0, within(1e-9));
        }
        assertThat(figure.caption()).contains("p ∝ 1", "means over up to 2 seeds");
        // Against width, and against strength, each with both measures.
        assertThat(figure.document().get("vconcat").size()).isEqualTo(2);
        assertThat(figure.document().at("/vconcat/0/hconcat/0/title").asString())
                .isEqualTo("strength 1");
        assertThat(figure.document().at("/vconcat/1/hconcat/1/title").asString())
                .isEqualTo("m = 9");
        assertThat(figure.document().toString())
                .contains("within groups of 2, neighbours in rank", "random directions", "independent, across");
    }

    @Test
    void onlyWeightsThatAreDrawnAreReadAndEachOnce() throws IOException {
        List<JobResult> runs = grid(List.of(Correlation.INDEPENDENT, neighbours(0.5), neighbours(1)));
        var read = new ArrayList<JobResult>();
        GroupOverlapFigure.of(
                runs,
                run -> {
                    read.add(run);
                    return pairs(run);
                },
                COMMAND);
        // The middle strength is drawn at the widest width alone.
        assertThat(read)
                .doesNotHaveDuplicates()
                .hasSize(10)
                .noneMatch(run ->
                        FeatureGroups.strength(run) == 0.5 && run.config().width() == 4);
    }

    @Test
    void featuresThatExcludeEachOtherHaveWidthsButNoStrengths() throws IOException {
        var exclusive = new Correlation.Exclusive(2, Groups.STRIDED);
        Figure figure =
                figure(grid(List.of(exclusive, Correlation.INDEPENDENT))).orElseThrow();
        assertThat(figure.document().get("hconcat").size()).isEqualTo(2);
        assertThat(figure.caption()).contains("exclusive groups of 2, frequent with rare");
        // Rows 0 and 2 share a group, which planted nothing between them.
        assertThat(figure.table().numbers("within_times_m")).containsOnly(0);
    }

    @Test
    void otherTrainingsAreNotInTheWay() throws IOException {
        var runs = new ArrayList<>(grid(List.of(neighbours(1))));
        for (long seed = 1; seed <= 20; seed++) {
            runs.add(run(6, Correlation.INDEPENDENT, 4, seed));
        }
        assertThat(figure(runs).orElseThrow().table().rows()).hasSize(4);
    }

    @Test
    void thereIsNoFigureWithoutGroupsOrOfOnePoint() throws IOException {
        assertThat(figure(List.of())).isEmpty();
        assertThat(figure(grid(List.of(Correlation.INDEPENDENT)))).isEmpty();
        assertThat(figure(List.of(run(neighbours(1), 4, 1)))).isEmpty();
    }
}
