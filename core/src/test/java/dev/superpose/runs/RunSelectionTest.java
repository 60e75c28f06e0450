package dev.superpose.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.result.InputException;
import dev.superpose.result.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSelectionTest {
    private static final TextTable SWEEP = TextTables.of("""
            name,params,tokens,corpus,val_loss
            a,1e8,2e9,c4,3.5
            b,2e8,4e9,c4,3.2
            c,4e8,8e9,c4,2.9
            d,1e8,2e9,pile,2.8
            e,2e8,4e9,pile,2.6
            f,4e8,8e9,pile,
            """);

    @Test
    void takesColumnsByTheirUsualNamesAndTellsWhatItDropsAndDerives() throws InputException {
        var selected = RunSelection.USUAL.from(SWEEP);

        assertThat(selected.subsets()).hasSize(1);
        var subset = selected.subsets().getFirst();
        assertThat(subset.runs().count()).isEqualTo(5);
        assertThat(subset.runs().quantities()).containsExactly(Quantity.PARAMETERS, Quantity.TOKENS, Quantity.COMPUTE);
        assertThat(subset.runs().label(4)).isEqualTo("line 6");
        assertThat(subset.runs().loss(4)).isEqualTo(2.6);
        assertThat(subset.runs().sizes(1).get(Quantity.COMPUTE)).isCloseTo(4.8e18, within(1e6));
        assertThat(subset.findings().dropped())
                .containsExactly(new Findings.Dropped("val_loss is missing", List.of("line 7")));
        assertThat(selected.account().column(Meaning.TOKENS)).isEqualTo("tokens");
        assertThat(selected.account().unused()).containsExactly("name", "corpus");
        assertThat(selected.account().findings().notes()).anyMatch(note -> note.contains("6 N D"));
    }

    @Test
    void dividesAndFilters() throws InputException {
        var selected = RunSelection.USUAL
                .where(Condition.parse("tokens<=4e9"))
                .by(List.of("Corpus"))
                .from(SWEEP);

        assertThat(selected.account().matching()).isEqualTo(4);
        assertThat(selected.subsets())
                .extracting(subset -> subset.values().get("corpus"))
                .containsExactly("c4", "pile");
        assertThat(selected.subsets()).allMatch(subset -> subset.runs().count() == 2);
    }

    @ParameterizedTest
    @CsvSource({
        "Model Size, PARAMETERS",
        "num-params, PARAMETERS",
        "non_embedding_params, NON_VOCABULARY_PARAMETERS",
        "Training FLOP, COMPUTE",
        "FLOPs, COMPUTE",
        "N (params), PARAMETERS",
        "l, DEPTH",
        "L, LOSS",
        "eval/loss, LOSS",
        "train/loss, ",
        "m, WIDTH",
        "M, ",
        "d, TOKENS",
        "run_name, RUN",
        "seed, "
    })
    void readsMeaningsOffNames(String name, Meaning meaning) {
        assertThat(Meaning.usual(name).orElse(null)).isEqualTo(meaning);
    }

    @Test
    void partsOfNestedDocumentsBearTheirLastName() throws InputException {
        var table = TextTables.of("config.n_layers,config.d_model,summary.eval/loss\n2,64,3.1\n4,128,3\n");

        var account = RunSelection.USUAL.from(table).account();
        assertThat(account.column(Meaning.DEPTH)).isEqualTo("config.n_layers");
        assertThat(account.column(Meaning.WIDTH)).isEqualTo("config.d_model");
        assertThat(account.column(Meaning.LOSS)).isEqualTo("summary.eval/loss");
    }

    @Test
    void everyMeaningIsParsedFromItsWord() {
        assertThat(Arrays.stream(Meaning.values())).allMatch(meaning -> Meaning.parse(meaning.word()) == meaning);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Meaning.parse("colour"))
                .withMessageContaining("unique-tokens");
    }

    @Test
    void refusesWhatMayMeanSeveralColumnsAndSaysHowToNameOne() throws InputException {
        var table = TextTables.of("N,D,val_loss,test_loss\n1e8,1e9,3.1,3.2\n2e8,2e9,3,3.1\n");

        assertThatThrownBy(() -> RunSelection.USUAL.from(table))
                .isInstanceOf(InputException.class)
                .hasMessage("runs.csv: expected one column of losses, found val_loss, test_loss (name the one with --y "
                        + "val_loss)");
        var named = RunSelection.USUAL.withColumn("loss=test_loss").from(table);
        assertThat(named.subsets().getFirst().runs().loss(0)).isEqualTo(3.2);
    }

    @Test
    void whatIsNotNeededMayBeAmbiguousOrMissing() throws InputException {
        var table = TextTables.of("width,depth,layers,tokens,loss\n64,2,3,,3.1\n128,4,5,1e9,3\n");

        var runs = RunSelection.USUAL
                .withNeeds(Set.of(Quantity.WIDTH))
                .from(table)
                .subsets()
                .getFirst()
                .runs();
        assertThat(runs.count()).isEqualTo(2);
        assertThat(runs.quantities()).containsExactly(Quantity.WIDTH);
        assertThatThrownBy(() ->
                        RunSelection.USUAL.withNeeds(Set.of(Quantity.COMPUTE)).from(table))
                .hasMessageContaining("a column of flops")
                .hasMessageContaining("--column flops=NAME");
    }

    @Test
    void dropsTheLargestLossesOfEachSubset() throws InputException {
        var selected = RunSelection.USUAL.by(List.of("corpus")).dropLargest(1).from(SWEEP);

        assertThat(selected.subsets().get(0).runs().count()).isEqualTo(2);
        assertThat(selected.subsets().get(0).findings().dropped())
                .containsExactly(new Findings.Dropped("among the 1 largest losses", List.of("line 2")));
    }

    @Test
    void accountsAndFindingsAreDocuments() throws InputException {
        var selected = RunSelection.USUAL.from(SWEEP);

        assertThat(Json.write(selected.account()))
                .contains("\"loss_unit\" : \"as given\"")
                .contains("\"meaning\" : \"tokens\"");
        assertThat(Json.write(selected.subsets().getFirst().findings())).contains("\"val_loss is missing\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens", "=x", "tokens=", "colour=x"})
    void refusesAssignmentsThatAreNone(String assignment) {
        assertThatIllegalArgumentException().isThrownBy(() -> RunSelection.USUAL.withColumn(assignment));
    }
}
