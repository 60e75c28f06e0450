package dev.superpose.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.result.InputException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeChecksTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            6    | note | C / (6 N D) is 1.00 in the median, from 1.00 to 1.00.
            7.5  | note | C / (6 N D) is 1.25
            2    | warn | 2 N D, those of the forward pass alone
            6e-9 | warn | a constant factor
            60   | warn | a constant factor
            6e-3 | warn | a constant factor
            """)
    void operationsAreHeldAgainstParametersAndTokens(double operations, String kind, String told)
            throws InputException {
        var findings = findings(sweep(operations, operations));

        assertThat(kind.equals("note") ? findings.notes() : findings.warnings())
                .anyMatch(sentence -> sentence.contains(told));
    }

    @Test
    void operationsInExaflopsAreRecognised() throws InputException {
        var selected = RunSelection.USUAL.withUnit("flops=ones").from(sweep(6e-18, 6e-18));

        assertThat(selected.account().findings().warnings())
                .anyMatch(warning -> warning.contains("the operations look like exaflops"));
    }

    @Test
    void runsWhoseOperationsDoNotFitAreNamed() throws InputException {
        assertThat(findings(sweep(6, 30)).warnings()).anyMatch(warning -> warning.contains("look at line 5."));
    }

    @Test
    void sizesWithoutAColumnAreDerivedAndTold() throws InputException {
        var tokens = RunSelection.USUAL.from(TextTables.of("N,C,loss\n1e8,1.2e18,3\n2e8,4.8e18,2.9\n"));
        assertThat(tokens.subsets().getFirst().runs().sizes(0).get(Quantity.TOKENS))
                .isCloseTo(2e9, withinPercentage(1e-9));
        assertThat(tokens.account().findings().notes())
                .containsExactly(
                        "D (tokens) has no column: it is taken as C/(6 N), six operations per parameter and token.");

        var unique = RunSelection.USUAL.from(TextTables.of("N,D,epochs,loss\n1e8,2e9,4,3\n2e8,1e9,0.5,2.9\n"));
        assertThat(unique.subsets().getFirst().runs().sizes(0).get(Quantity.UNIQUE_TOKENS))
                .isCloseTo(5e8, withinPercentage(1e-9));
        assertThat(unique.subsets().getFirst().runs().sizes(1).get(Quantity.UNIQUE_TOKENS))
                .isCloseTo(1e9, withinPercentage(1e-9));
    }

    @Test
    void parametersOfTheVocabularyAreDerivedOnlyOnceTyingIsStated() throws InputException {
        var table = TextTables.of("N,D,width,vocab,loss\n1e8,2e9,512,32000,3\n2e8,4e9,768,32000,2.9\n");

        assertThat(runs(RunSelection.USUAL, table).has(Quantity.NON_VOCABULARY_PARAMETERS))
                .isFalse();
        assertThatThrownBy(() -> runs(RunSelection.USUAL.withNeeds(Set.of(Quantity.VOCABULARY_PARAMETERS)), table))
                .hasMessageContaining("or say whether the embeddings are tied");
        var untied = runs(RunSelection.USUAL.withTying(Tying.UNTIED), table);
        assertThat(untied.sizes(0).get(Quantity.VOCABULARY_PARAMETERS))
                .isCloseTo(2 * 512 * 32000, withinPercentage(1e-9));
        assertThat(untied.sizes(0).get(Quantity.NON_VOCABULARY_PARAMETERS))
                .isCloseTo(1e8 - 2 * 512 * 32000, withinPercentage(1e-9));
        var needed = RunSelection.USUAL
                .withTying(Tying.TIED)
                .withNeeds(Set.of(Quantity.NON_VOCABULARY_PARAMETERS, Quantity.TOKENS));
        assertThat(runs(needed, table).sizes(0).get(Quantity.NON_VOCABULARY_PARAMETERS))
                .isCloseTo(1e8 - 512 * 32000, withinPercentage(1e-9));
    }

    @Test
    void whatWouldNotBePositiveIsNotDerived() throws InputException {
        var table = TextTables.of("N,D,width,vocab,loss\n1e7,2e9,512,32000,3\n2e8,4e9,768,32000,2.9\n");
        var selected = RunSelection.USUAL.withTying(Tying.TIED).from(table);

        assertThat(selected.subsets().getFirst().runs().has(Quantity.NON_VOCABULARY_PARAMETERS))
                .isFalse();
        assertThat(selected.account().findings().warnings())
                .anyMatch(warning -> warning.startsWith("N_nv") && warning.contains("line 2"));
    }

    @Test
    void parametersWithoutTheVocabularyServeAsParametersAndAreToldSo() throws InputException {
        var selected = RunSelection.USUAL.from(TextTables.of("non_embedding_params,D,loss\n1e8,2e9,3\n2e8,4e9,2.9\n"));

        assertThat(selected.subsets().getFirst().runs().log(Quantity.PARAMETERS, 1))
                .isCloseTo(Math.log(2e8), withinPercentage(1e-12));
        assertThat(selected.account().findings().notes())
                .anyMatch(note -> note.startsWith("N (parameters) has no column: it is taken as N_nv"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | warn | N seems to leave out the parameters of the vocabulary
            1 | note | N counts the vocabulary once
            2 | note | N counts the vocabulary twice
            """)
    void shapesTellWhatParametersCount(int matrices, String kind, String told) throws InputException {
        var text = new StringBuilder("N,D,width,depth,vocab,loss\n");
        for (int width : List.of(256, 384, 512)) {
            long parameters = 12L * 6 * width * width + (long) matrices * 32000 * width;
            text.append("%d,2e9,%d,6,32000,%s\n".formatted(parameters, width, 3 - width / 1000.0));
        }
        var findings = findings(TextTables.of(text.toString()));

        assertThat(kind.equals("note") ? findings.notes() : findings.warnings())
                .anyMatch(sentence -> sentence.contains(told));
    }

    @Test
    void columnsMixedUpAndLossesWorseThanGuessingAreTold() throws InputException {
        var findings = findings(TextTables.of("N,N_nonemb,D,vocab,loss\n1e8,2e8,2e9,32000,3\n2e8,1e8,4e9,32000,11\n"));

        assertThat(findings.warnings())
                .anyMatch(warning -> warning.contains("N is less than N_nv") && warning.contains("line 2"))
                .anyMatch(warning -> warning.startsWith("line 3: the loss is above ln V"));
    }

    @Test
    void uniqueTokensThatDoNotAgreeAreTold() throws InputException {
        var findings = findings(
                TextTables.of("N,D,U,epochs,loss\n1e8,2e9,5e8,16,3\n2e8,4e9,5e9,16,2.9\n4e8,4e9,1e9,16,2.8\n"));

        assertThat(findings.warnings())
                .anyMatch(warning ->
                        warning.startsWith("U, the unique tokens, are more than D") && warning.contains("line 3"))
                .anyMatch(warning -> warning.startsWith("D / (U epochs) is 0.250"));
    }

    /// Four runs, the last of which has `last` operations per parameter and token.
    private static TextTable sweep(double operations, double last) {
        var text = new StringBuilder("N,D,C,loss\n");
        for (int i = 0; i < 4; i++) {
            double parameters = 1e8 * (1 << i);
            double tokens = 3e9 * (1 + i * i);
            text.append("%s,%s,%s,%s\n"
                    .formatted(parameters, tokens, (i < 3 ? operations : last) * parameters * tokens, 3.5 - 0.2 * i));
        }
        return TextTables.of(text.toString());
    }

    private static Findings findings(TextTable table) throws InputException {
        return RunSelection.USUAL.from(table).account().findings();
    }

    private static Runs runs(RunSelection selection, TextTable table) throws InputException {
        return selection.from(table).subsets().getFirst().runs();
    }
}
