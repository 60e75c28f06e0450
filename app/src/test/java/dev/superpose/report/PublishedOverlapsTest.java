package dev.superpose.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.WidthTrend;
import dev.superpose.report.PublishedOverlaps.Model;
import org.junit.jupiter.api.Test;

class PublishedOverlapsTest {
    @Test
    void holds25ModelsWhoseTrendIsAsRecomputedElsewhere() {
        assertThat(PublishedOverlaps.all()).hasSize(25);
        // Every head is more crowded than random directions of its width.
        assertThat(PublishedOverlaps.all()).allMatch(model -> model.meanSquare() * model.width() > 5);
        WidthTrend trend = PublishedOverlaps.trend();
        assertThat(trend.exponent()).isCloseTo(-1.26, within(0.01));
        assertThat(trend.standardError()).isCloseTo(0.19, within(0.01));
        assertThat(trend.rSquared()).isCloseTo(0.65, within(0.01));
    }

    @Test
    void findsAModelByNameAndWidth() {
        assertThat(PublishedOverlaps.of("gpt2", 768)).map(Model::meanSquare).contains(0.07465);
        assertThat(PublishedOverlaps.of("openai-community/GPT2", 768)).isPresent();
        assertThat(PublishedOverlaps.of("EleutherAI_pythia-410m", 1024)).isPresent();
        assertThat(PublishedOverlaps.of("models--Qwen--Qwen2.5-0.5B", 896)).isPresent();
        // The head of opt-350m is half as wide as its layers.
        assertThat(PublishedOverlaps.of("opt-350m", 512)).isPresent();
        assertThat(PublishedOverlaps.of("opt-350m", 1024)).isEmpty();
    }

    @Test
    void takesNoOtherModelForAPublishedOne() {
        assertThat(PublishedOverlaps.of("distilgpt2", 768)).isEmpty();
        assertThat(PublishedOverlaps.of("pythia-410m-deduped", 1024)).isEmpty();
        assertThat(PublishedOverlaps.of("gpt2", 64)).isEmpty();
        assertThat(PublishedOverlaps.of("", 768)).isEmpty();
    }
}
