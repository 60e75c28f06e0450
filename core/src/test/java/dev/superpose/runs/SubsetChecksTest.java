package dev.superpose.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubsetChecksTest {
    @Test
    void everyCellThatCannotBeUsedIsToldWithItsReasonAndPlace() throws InputException {
        var subset = subset("""
                N,D,loss
                7e7,1.4e9,3.4
                1e8,3.2e9,diverged
                3e8,6e9,NaN
                6e8,6e9,inf
                1e9,6e9,0
                1e9,-3,3
                1e9,,3
                2e9,6e9,2
                2e9,6e9,2
                3e9,9e9,1.9
                4e9,1e10,1.8
                5e9,2e10,1.7
                """);

        assertThat(subset.findings().dropped())
                .containsExactly(
                        new Findings.Dropped("loss is no number", List.of("line 3 (diverged)")),
                        new Findings.Dropped("loss is missing", List.of("line 4")),
                        new Findings.Dropped("loss is infinite", List.of("line 5")),
                        new Findings.Dropped("loss is not positive", List.of("line 6 (0)")),
                        new Findings.Dropped("D is not positive", List.of("line 7 (-3)")),
                        new Findings.Dropped("D is missing", List.of("line 8")),
                        new Findings.Dropped("the same as an earlier row in every cell", List.of("line 10 (line 9)")));
        assertThat(subset.findings().droppedRows()).isEqualTo(7);
        assertThat(labels(subset)).containsExactly("line 2", "line 9", "line 11", "line 12", "line 13");
        assertThat(subset.findings().warnings()).anyMatch(warning -> warning.startsWith("There are only 5 runs"));
    }

    @Test
    void aTableOfWhichNothingIsLeftIsRefusedWithTheReasons() {
        assertThatThrownBy(() -> subset("N,D,loss\n1e8,2e9,nan\n2e8,4e9,\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none: loss is missing (line 2, line 3)");
        assertThatThrownBy(() -> subset("N,D,loss\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected rows below the names");
        assertThatThrownBy(() ->
                        RunSelection.USUAL.where(Condition.parse("N>1e9")).from(TextTables.of("N,D,loss\n1e8,2e9,3\n")))
                .hasMessageContaining("rows that meet N>1e9, found none of 1 (loosen --where)");
    }

    @Test
    void aSubsetOfWhichNothingIsLeftIsToldAndTheOthersStay() throws InputException {
        var selected = RunSelection.USUAL
                .by(List.of("data"))
                .from(TextTables.of("data,N,D,loss\na,1e8,2e9,nan\nb,1e8,2e9,3\nb,2e8,4e9,2.9\n"));

        assertThat(selected.subsets()).hasSize(1);
        assertThat(selected.account().findings().warnings())
                .contains("No run is left for {data=a}: loss is missing (line 2).");
    }

    @Test
    void sizesThatDoNotVaryOrOnlyTogetherAreTold() throws InputException {
        assertThat(warnings("N,D,loss\n1e8,2e10,3.4\n2e8,2e10,3.1\n4e8,2e10,2.9\n8e8,2e10,2.8\n"))
                .contains("All runs have D = 2.000e+10: nothing can be learnt of how the loss depends on tokens.");
        assertThat(warnings("N,D,loss\n1e8,2e9,3.4\n2e8,4e9,3.1\n4e8,8e9,2.9\n8e8,16e9,2.8\n"))
                .anyMatch(warning -> warning.startsWith("N and D grow together"));
        assertThat(warnings("N,C,loss\n1e8,1e18,3.4\n2e8,4e18,3.1\n4e8,16e18,2.9\n8e8,64e18,2.8\n"))
                .as("C collinear with N: then D is, too")
                .anyMatch(warning -> warning.startsWith("N and D grow together"));
        assertThat(warnings("N,D,loss\n1e8,2e9,3.4\n2e8,4e9,3.1\n3e8,1e9,2.9\n"))
                .anyMatch(warning -> warning.startsWith("N (parameters) varies by a factor of 3 only"));
    }

    @Test
    void equalSizesWithEqualLossesAreToldAndWithOthersAreRepeats() throws InputException {
        assertThat(warnings("seed,N,D,loss\n1,1e8,2e9,3.4567\n2,1e8,2e9,3.4567\n3,1e8,2e9,3.4123\n"))
                .anyMatch(warning ->
                        warning.startsWith("The same sizes and the same loss come again: line 3 as line 2;"));
    }

    @Test
    void settingsThatDifferAreToldUnlessTheyDivideOrGroup() throws InputException {
        String text = "dataset,N,D,loss\nc4,1e8,2e9,3.4\npile,2e8,4e9,3.1\n";

        assertThat(warnings(text)).anyMatch(warning -> warning.startsWith("Column dataset differs among these runs"));
        var grouped = RunSelection.USUAL.withColumn("group=dataset").from(TextTables.of(text));
        assertThat(grouped.subsets().getFirst().runs().groups()).containsExactly("c4", "pile");
        assertThat(grouped.subsets().getFirst().findings().warnings())
                .noneMatch(warning -> warning.contains("dataset"));
        var apart = RunSelection.USUAL.by(List.of("dataset")).from(TextTables.of(text));
        assertThat(apart.subsets())
                .hasSize(2)
                .allSatisfy(subset ->
                        assertThat(subset.findings().warnings()).noneMatch(warning -> warning.contains("dataset")));
    }

    @Test
    void sizesThatALawLeavesOutAreSettings() throws InputException {
        var selected = RunSelection.USUAL
                .withNeeds(Set.of(Quantity.WIDTH))
                .from(TextTables.of("width,tokens,steps,loss\n64,2e9,10,3.4\n256,4e9,20,3.1\n1024,8e9,30,3\n"));

        assertThat(selected.subsets().getFirst().findings().warnings())
                .anyMatch(warning -> warning.startsWith("Column tokens differs"));
    }

    @Test
    void checkpointsOfOneTrainingAreOneCluster() throws InputException {
        var runs = subset("run_name,N,D,loss\na,1e8,1e9,3.4\na,1e8,2e9,3.2\nb,2e8,1e9,3.3\n")
                .runs();

        assertThat(runs.cluster(0)).isEqualTo(runs.cluster(1)).isNotEqualTo(runs.cluster(2));
    }

    @Test
    void dropsAsManyLargestLossesAsThereAreAndNoMore() throws InputException {
        String text = "N,D,loss\n1e8,2e9,3\n2e8,4e9,3\n4e8,1e9,2.9\n";

        var two = RunSelection.USUAL.dropLargest(1).from(TextTables.of(text));
        assertThat(labels(two.subsets().getFirst()))
                .as("runs as large as the largest go with it")
                .containsExactly("line 4");
        var all = RunSelection.USUAL
                .dropLargest(3)
                .from(TextTables.of(text))
                .subsets()
                .getFirst();
        assertThat(labels(all)).hasSize(3);
        assertThat(all.findings().warnings()).contains("The 3 largest losses are not dropped: there are 3 runs.");
    }

    private static List<String> warnings(String text) throws InputException {
        return subset(text).findings().warnings();
    }

    private static SelectedRuns.Subset subset(String text) throws InputException {
        return RunSelection.USUAL.from(TextTables.of(text)).subsets().getFirst();
    }

    private static List<String> labels(SelectedRuns.Subset subset) {
        return IntStream.range(0, subset.runs().count())
                .mapToObj(subset.runs()::label)
                .toList();
    }
}
