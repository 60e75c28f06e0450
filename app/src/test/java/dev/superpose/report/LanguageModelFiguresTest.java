package dev.superpose.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.models.HeadOverlaps;
import dev.superpose.models.LanguageModelStudy;
import dev.superpose.published.PublishedModels;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The figures of published language models: every number that can be drawn is, and what cannot be
/// is said.
class LanguageModelFiguresTest {
    private static final List<Figure> LOSSES =
            LanguageModelFigures.ofLosses(LanguageModelStudy.of(PublishedModels.losses()), "superpose reproduce fig8");

    private static int marks(Figure figure) {
        int count = 0;
        for (JsonNode layer : figure.document().get("layer")) {
            if (layer.at("/mark/type").asString().equals("point")
                    && layer.at("/data/values/0/x").isNumber()) {
                count += layer.at("/data/values").size();
            }
        }
        return count;
    }

    @Test
    void everyLossAboveItsOffsetIsDrawnAndTheOtherIsNamed() {
        Figure figure = LOSSES.getFirst();
        assertThat(figure.id()).isEqualTo("fig8-losses");
        assertThat(marks(figure)).isEqualTo(107);
        assertThat(figure.table().rows()).hasSize(108);
        assertThat(figure.caption()).contains("108 published losses of 27 models", "Qwen2.5-72B on wikitext");
    }

    @Test
    void everyFitHasItsInterval() {
        Figure figure = LOSSES.get(1);
        assertThat(marks(figure)).isEqualTo(8);
        assertThat(figure.table().rows()).hasSize(8);
        assertThat(figure.caption()).contains("a chance of 0.014", "of 0.25 by model");
    }

    @Test
    void everyModelIsLeftOutOnce() {
        Figure figure = LOSSES.get(2);
        assertThat(marks(figure)).isEqualTo(27);
        assertThat(figure.caption()).contains("without pythia-70m: 0.74 instead of 0.91");
    }

    @Test
    void everyHeadIsDrawnBesideRandomDirections() {
        Figure figure = LanguageModelFigures.ofHeads(HeadOverlaps.of(PublishedModels.overlaps()), "superpose")
                .getFirst();
        assertThat(marks(figure)).isEqualTo(25);
        assertThat(figure.caption()).contains("25 heads", "−1.26 ± 0.19", "5.07–99.1 times");
    }
}
