package dev.superpose.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.reproduction.UnrepresentedLosses;
import dev.superpose.study.JobResult;
import dev.superpose.study.StudyFolder;
import dev.superpose.toy.ToyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnrepresentedFigureTest {
    private static final String COMMAND = "superpose reproduce fig4";

    @TempDir
    Path temporary;

    @Test
    void lossesAreHeldAgainstTheFeaturesThatWereLeftOut() throws IOException {
        var folder = StudyFolder.open(temporary);
        var runs = new ArrayList<JobResult>();
        for (double alpha : new double[] {1, 1.5}) {
            runs.add(secondFeatureLeftOut(folder, alpha));
        }
        var losses = UnrepresentedLosses.read(runs, folder, _ -> {});
        Figure figure = UnrepresentedFigure.of(runs, losses, COMMAND).orElseThrow();

        double[] loss = figure.table().numbers("test_loss");
        double[] ideal = figure.table().numbers("tail_sum");
        double[] unrepresented = figure.table().numbers("unrepresented_sum");
        for (int i = 0; i < 2; i++) {
            assertThat(loss[i] / unrepresented[i]).isCloseTo(1.01, within(1e-9));
            assertThat(loss[i] / ideal[i]).isGreaterThan(1.05);
        }
        assertThat(figure.caption()).contains("1.01").doesNotContain("NaN");
        assertThat(ReportFiles.draw(List.of(figure)).get(figure.id())).contains("α = 1", "α = 1.5");
    }

    @Test
    void withoutWeightsThereIsNothingToDraw() throws IOException {
        var runs = List.of(PlantedRuns.run(PlantedRuns.small(1, 0.5, 10, 1), 1, 0.01, 0));
        var losses = UnrepresentedLosses.read(List.of(), StudyFolder.open(temporary), _ -> {});
        assertThat(UnrepresentedFigure.of(runs, losses, COMMAND)).isEmpty();
    }

    /// Eleven features are represented: the first, and the third to the twelfth.
    private static JobResult secondFeatureLeftOut(StudyFolder folder, double alpha) throws IOException {
        var config = PlantedRuns.small(alpha, 0.5, 10, 1);
        double[] p = config.probabilities();
        var w = FloatMatrix.zeros(1000, 10);
        double loss = 0;
        for (int i = 0; i < 1000; i++) {
            boolean represented = i == 0 || (i > 1 && i < 12);
            w.set(i, i % 10, represented ? 1 : 0.1F);
            loss += represented ? 0 : 4.0 / 3 * p[i] - p[i] * p[i];
        }
        var run = PlantedRuns.run(config, 1.01 * loss, 0.011, 0);
        StudyFolder.write(folder.weights(run.job()), new ToyModel(w, new ToyModel.Bias(new float[1000])));
        return run;
    }
}
