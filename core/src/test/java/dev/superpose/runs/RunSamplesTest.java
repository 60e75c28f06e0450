package dev.superpose.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The published sweeps in `samples/scaling` are read as they stand; their README says of
/// each what this tests.
class RunSamplesTest {
    private static final Path SAMPLES = Path.of("../samples/scaling");

    @Test
    void gemstonesAreReadBySubsetWithTheirCheckpointsInClusters() throws IOException {
        var selected = read("gemstones_width_depth.csv", RunSelection.USUAL.by(List.of("subset")));

        assertThat(selected.subsets())
                .extracting(
                        subset -> subset.values().get("subset"),
                        subset -> subset.runs().count())
                .containsExactly(
                        tuple("cool_end", 199),
                        tuple("cool_begin", 199),
                        tuple("hot", 220),
                        tuple("hot_100bplus", 770),
                        tuple("lr_ablation_hot", 200));
        assertThat(selected.subsets()).allSatisfy(subset -> {
            assertThat(subset.findings().dropped()).isEmpty();
            assertThat(subset.findings().warnings()).isEmpty();
        });
        var hot = selected.subsets().get(2).runs();
        // PROVENANCE: the vocabulary has 50304 · width parameters.
        var first = hot.sizes(0);
        assertThat(first.get(Quantity.VOCABULARY_PARAMETERS))
                .isCloseTo(50304 * first.get(Quantity.WIDTH), withinPercentage(1e-9));
        assertThat(hot.cluster(0)).isEqualTo(hot.cluster(1));
    }

    @Test
    void gadreHasManyLossesOneOfWhichMustBeNamed() throws IOException {
        assertThatThrownBy(() -> read("gadre_overtrain_104.csv", RunSelection.USUAL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("found loss_openlm, loss_c4_val, loss_paloma_c4_en")
                .hasMessageContaining("--y NAME");

        var selected = read(
                "gadre_overtrain_104.csv",
                RunSelection.USUAL.withColumn("loss=loss_c4_val").by(List.of("train_data")));
        assertThat(selected.subsets())
                .extracting(subset -> subset.runs().count())
                .containsExactly(34, 35, 35);
        assertThat(selected.account().findings().notes())
                .anyMatch(note -> note.startsWith("(N - N_nv) / (V m) is 1.00 in the median"));
    }

    @Test
    void olmoCountsParametersWithoutTheVocabularyAndRepeatsTwoRuns() throws IOException {
        var selected = read("olmo_ladder_finals.csv", RunSelection.USUAL.withColumn("loss=loss_c4_en"));

        var subset = selected.subsets().getFirst();
        assertThat(subset.runs().count()).isEqualTo(41);
        assertThat(selected.account().findings().notes()).anyMatch(note -> note.contains("taken as N_nv"));
        assertThat(subset.findings().warnings())
                .containsExactly("The same sizes and the same loss come again: line 34 as line 33, line 40 as line 38, "
                        + "line 42 as line 38; if these are the same runs, leave them out.");
    }

    @Test
    void uniqueTokensOfTheRepetitionSweepFollowFromItsEpochs() throws IOException {
        var selected = read("datablations_contour_229.csv", RunSelection.USUAL.withColumn("loss=openLM_loss"));

        var runs = selected.subsets().getFirst().runs();
        assertThat(runs.count()).isEqualTo(229);
        // The second run, 2b84b4b: 8 billion tokens, 2 epochs of 4 billion.
        assertThat(runs.sizes(1).get(Quantity.UNIQUE_TOKENS)).isCloseTo(4e9, withinPercentage(1e-9));
        assertThat(selected.account().findings().notes())
                .contains("C / (6 N D) is 1.00 in the median, from 1.00 to 1.00.");
    }

    @Test
    void routedModelsAndOpenModelsAreReadByTheirShapes() throws IOException {
        var routed = read(
                "routing_final_width_moe.csv",
                RunSelection.USUAL.withColumn("loss=loss_c4").where(Condition.parse("router_type=Dense")));
        assertThat(routed.subsets().getFirst().runs().quantities()).containsExactly(Quantity.WIDTH, Quantity.DEPTH);

        var open = read("openmodels_val_width_depth_vocab.csv", RunSelection.USUAL);
        assertThat(open.subsets().getFirst().runs().quantities())
                .contains(Quantity.VOCABULARY, Quantity.VOCABULARY_PARAMETERS);
    }

    private static SelectedRuns read(String file, RunSelection selection) throws IOException {
        return selection.from(TextTable.read(SAMPLES.resolve(file)));
    }
}
