package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.geometry.Geometry.Options;
import dev.superpose.geometry.Geometry.Pairs;
import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.geometry.Verdict.Topic;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What is not asked for is missing and said to be; the rest keeps its bits.
final class LeftOutTest {
    private static RowBlocks rows() {
        var random = new Seed(7).random();
        var values = new float[300 * 20];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextDouble() - 0.4f;
        }
        return RowBlocks.of(new FloatMatrix(300, 20, values));
    }

    @Test
    void whatIsNotAskedForIsMissingAndTheRestKeepsItsBits() throws IOException {
        GeometryReport whole = Geometry.measure(rows(), Options.standard());
        GeometryReport lean = Geometry.measure(
                rows(), Options.standard().withPairs(Pairs.NONE, new Seed(0)).withCentered(false));
        assertThat(lean.overlap().meanSquare()).isEqualTo(whole.overlap().meanSquare());
        assertThat(lean.overlap().mean()).isEqualTo(whole.overlap().mean());
        assertThat(lean.spectrum()).isEqualTo(whole.spectrum());
        assertThat(lean.centeredSpectrum()).isEqualTo(whole.centeredSpectrum());
        assertThat(whole.centered().method()).isEqualTo(Method.EXACT);
        assertThat(lean.centered().method()).isEqualTo(Method.LEFT_OUT);
        assertThat(lean.centered().meanSquare()).isNaN();
        assertThat(lean.isotropy().commonDirectionShare()).isNaN();
        assertThat(lean.isotropy().isoScore()).isEqualTo(whole.isotropy().isoScore());
        assertThat(lean.overlap().meanAbs().method()).isEqualTo(Method.LEFT_OUT);
        assertThat(lean.overlap().maxAbs().value()).isNaN();
        assertThat(lean.pairs().overlaps()).isZero();
        assertThat(lean.pairs().largest()).isEmpty();
    }

    @Test
    void theVerdictSaysWhatWasLeftOut() throws IOException {
        GeometryReport lean = Geometry.measure(
                rows(), Options.standard().withPairs(Pairs.NONE, new Seed(0)).withCentered(false));
        Verdict verdict = Verdict.of(lean, Verdict.Context.none());
        assertThat(verdict.headline()).doesNotContain("NaN").doesNotContain("common direction");
        assertThat(verdict.about(Topic.RANDOM).sentences()).endsWith("The largest |cosine| was left out.");
        assertThat(verdict.about(Topic.COMMON_DIRECTION).sentences()).contains("were left out");
        assertThat(verdict.about(Topic.LIMITS).sentences()).contains("spread of |cosine| were left out");
    }
}
