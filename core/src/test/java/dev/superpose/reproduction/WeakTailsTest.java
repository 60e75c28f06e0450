package dev.superpose.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.published.ToySetting;
import dev.superpose.reproduction.Planted.Numbers;
import dev.superpose.study.JobResult;
import dev.superpose.study.StudyFolder;
import dev.superpose.theory.WeakRegime;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Weak models that represent every second of the 40 most frequent features.
class WeakTailsTest {
    private static final ToySetting SETTING = ToySetting.small(1, 1, 1.0 / 3, 25);

    @TempDir
    Path temporary;

    @Test
    void aModelThatLosesWhatItDoesNotRepresentIsTold() throws IOException {
        var claims = claims(1.02);
        assertThat(claims.getFirst().verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(claims.getFirst().why()).contains("not just the most frequent ones");
        assertThat(claims.getLast().verdict()).isEqualTo(Verdict.REPRODUCED);
        assertThat(claims.getLast().why())
                .startsWith(
                        "Loss over that sum is 1.02 to 1.02, in the middle 1.02; 1 of 1 trainings are within 10 %: ");
    }

    @Test
    void aModelThatLosesMoreIsToldToo() throws IOException {
        var last = claims(1.5).getLast();
        assertThat(last.verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(last.why()).endsWith("0 of 1 trainings are within 10 %.");
    }

    @Test
    void weightsThatCannotBeReadAreLeftOutAndTold() throws IOException {
        var folder = StudyFolder.open(temporary);
        var result = Planted.asPublished(SETTING, 1, Numbers.of(1));
        Files.writeString(folder.weights(result.job()), "cut");
        var told = new ArrayList<String>();
        assertThat(UnrepresentedLosses.read(List.of(result), folder, told::add).of(result))
                .isEmpty();
        assertThat(told).singleElement().asString().contains(result.job().id() + ".safetensors", "not told apart");
    }

    private static boolean represented(int i) {
        return i < 40 && i % 2 == 0;
    }

    /// The two claims about a model whose loss is `factor` times the variances of what it does not
    /// represent.
    private List<Item> claims(double factor) throws IOException {
        var folder = StudyFolder.open(temporary);
        double[] p = new FeatureFrequencies.Power(1).probabilities(ToySetting.SMALL, 1);
        double expected = 0;
        var w = FloatMatrix.zeros(ToySetting.SMALL, SETTING.width());
        for (int i = 0; i < ToySetting.SMALL; i++) {
            w.set(i, i % SETTING.width(), represented(i) ? 1 : 0.3F);
            expected += represented(i) ? 0 : 4.0 / 3 * p[i] - p[i] * p[i];
        }
        assertThat(WeakRegime.lossBeyond(p, WeakTailsTest::represented)).isCloseTo(expected, within(1e-12));
        var planted = new Numbers(factor * expected, 0.02, 0, 0.02, 0.02, 0.5);
        JobResult result = Planted.asPublished(SETTING, 1, planted);
        StudyFolder.write(
                folder.weights(result.job()), new ToyModel(w, new ToyModel.Bias(new float[ToySetting.SMALL])));
        var evidence = Evidence.of(List.of(result), UnrepresentedLosses.read(List.of(result), folder, _ -> {}));
        var items = new ItemList(PaperFigure.FIG4);
        WeakTails.claims(items, evidence);
        return items.items();
    }
}
