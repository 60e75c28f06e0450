package dev.superpose.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformerShapeTest {

    /// Counts of the released checkpoints.
    @ParameterizedTest
    @CsvSource({
        "gpt2,        768,  12, 12, 12, 64,  3072,  50257,  1024, false,   124439808",
        "gpt2-medium, 1024, 24, 16, 16, 64,  4096,  50257,  1024, false,   354823168",
        "gpt2-xl,     1600, 48, 25, 25, 64,  6400,  50257,  1024, false,  1557611200",
        "llama-2-7b,  4096, 32, 32, 32, 128, 11008, 32000,  4096, true,   6738415616",
        "llama-2-70b, 8192, 80, 64, 8,  128, 28672, 32000,  4096, true,  68976648192",
        "llama-3-8b,  4096, 32, 32, 8,  128, 14336, 128256, 8192, true,   8030261248"
    })
    void countsTheParametersOfKnownModels(
            String name,
            long width,
            long depth,
            long heads,
            long keyValueHeads,
            long headSize,
            long feedForward,
            long vocabulary,
            long context,
            boolean llama,
            long parameters) {
        var style = llama ? BlockStyle.LLAMA : BlockStyle.GPT2;
        var shape = new TransformerShape(
                width, depth, heads, keyValueHeads, headSize, feedForward, vocabulary, context, style);
        assertThat(shape.parameters(ParameterCount.ALL)).as(name).isEqualTo(parameters);
        long embeddings = llama ? 2 * vocabulary * width : (vocabulary + context) * width;
        assertThat(shape.parameters(ParameterCount.WITHOUT_EMBEDDINGS)).isEqualTo(parameters - embeddings);
    }

    @Test
    void countsOperationsTermByTerm() {
        var shape = new TransformerShape(512, 6, 8, 8, 64, 2048, 1000, 256, BlockStyle.GPT2);
        double matrices = 6 * (4.0 * 512 * 512 + 2.0 * 512 * 2048);
        double head = 512 * 1000;
        assertThat(shape.forwardFlopsPerToken(AttentionFlops.FULL))
                .isEqualTo(2 * matrices + 2 * head + 6 * 4.0 * 256 * 512);
        assertThat(shape.forwardFlopsPerToken(AttentionFlops.CAUSAL))
                .isEqualTo(2 * matrices + 2 * head + 6 * 4.0 * 128.5 * 512);
        assertThat(shape.trainingFlopsPerToken(AttentionFlops.FULL))
                .isEqualTo(3 * shape.forwardFlopsPerToken(AttentionFlops.FULL));
    }

    @Test
    void comesNearSixNForWideModelsWithShortContexts() {
        var shape = new TransformerShape(16384, 96, 128, 128, 128, 65536, 32000, 512, BlockStyle.LLAMA);
        assertThat(shape.overSixN(AttentionFlops.CAUSAL)).isCloseTo(1, within(0.01));
    }

    @Test
    void findsTheWidthOfAFamilyForANumberOfParameters() {
        var family = ShapeFamily.llama(32000, 4096);
        for (double parameters : new double[] {1e5, 1e9, 1e12}) {
            for (var counting : ParameterCount.values()) {
                double width = family.width(parameters, counting);
                assertThat(family.at(width).parameters(counting)).isCloseTo(parameters, withinPercentage(1e-8));
            }
        }
        assertThat(family.width(6738415616.0, ParameterCount.ALL)).isCloseTo(4096, withinPercentage(0.2));
        assertThat(family.depth(4096)).isEqualTo(32);
    }

    @Test
    void refusesShapesThatCannotBeBuilt() {
        assertThatThrownBy(() -> new TransformerShape(512, 0, 8, 8, 64, 2048, 1000, 256, BlockStyle.GPT2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TransformerShape(512, 6, 8, 3, 64, 2048, 1000, 256, BlockStyle.GPT2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("evenly");
    }
}
