package dev.superpose.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.numeric.Seed;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Planted divergence in real sweeps, and none seen where there is none.
class DivergenceTest {
    private static final Path SAMPLES = Path.of("../samples/scaling");
    private static final String FAR_ABOVE = "far above what the other runs make expect";

    @ParameterizedTest
    @CsvSource({
        "gemstones_width_depth.csv, loss, subset=hot",
        "gemstones_width_depth.csv, loss, subset=cool_end",
        "gadre_overtrain_104.csv, loss_c4_val, train_data=c4_original",
        "gadre_overtrain_104.csv, loss_c4_val, train_data=rpj",
        "gadre_overtrain_104.csv, loss_c4_val, train_data=rw_original",
        "olmo_ladder_finals.csv, loss_c4_en, size!=0"
    })
    void seesDivergedRunsAndNoOthers(String file, String loss, String where) throws IOException {
        var selection = RunSelection.USUAL.withColumn(Meaning.LOSS, loss).where(Condition.parse(where));
        var table = TextTable.read(SAMPLES.resolve(file));
        int column = table.indexOf(loss);
        assertThat(told(selection, table)).as("as it stands").isEmpty();

        var seed = new Seed(5).child(file + where);
        var random = seed.random();
        int found = 0;
        int falseAlarms = 0;
        int trials = 25;
        for (int trial = 0; trial < trials; trial++) {
            var runs = selection.from(table).subsets().getFirst().runs();
            String label = runs.label(random.nextInt(runs.count()));
            var told = told(selection, withLossTimes(1.3, table, column, label));
            found += told.stream().anyMatch(warning -> warning.contains(label + " (loss ")) ? 1 : 0;
            falseAlarms += told.stream().allMatch(warning -> warning.startsWith(label + " (loss ")) ? 0 : 1;
        }
        assertThat(found).as("of %d, drawn from %s", trials, seed).isGreaterThanOrEqualTo(trials - 2);
        assertThat(falseAlarms).as("beside it, drawn from %s", seed).isLessThanOrEqualTo(1);
    }

    @Test
    void saysHowToLeaveThemOut() throws InputException {
        var text = new StringBuilder("N,D,loss\n");
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 4; j++) {
                double smooth = 1.8 + 1.2 * Math.pow(2, -0.4 * i) + 0.9 * Math.pow(2, -0.5 * j);
                double loss = i == 4 && j == 1 ? 6.5 : smooth;
                text.append("%s,%s,%s\n".formatted(1e8 * (1 << i), 1e9 * (1 << (2 * j)), loss));
            }
        }

        assertThat(told(RunSelection.USUAL, TextTables.of(text.toString())))
                .singleElement()
                .asString()
                .startsWith("line 19 (loss 6.500): ")
                .endsWith("Leave them out with --drop-largest 1.");
    }

    @Test
    void saysNothingOfHandfuls() throws InputException {
        assertThat(told(
                        RunSelection.USUAL,
                        TextTables.of("N,D,loss\n1e8,2e9,3\n2e8,4e9,9\n4e8,1e9,2.9\n8e8,1e9,2.8\n")))
                .isEmpty();
    }

    private static List<String> told(RunSelection selection, TextTable table) throws InputException {
        return selection.from(table).subsets().getFirst().findings().warnings().stream()
                .filter(warning -> warning.contains(FAR_ABOVE))
                .toList();
    }

    private static TextTable withLossTimes(double factor, TextTable table, int column, String place) {
        var rows = new ArrayList<TextTable.Row>();
        for (var row : table.rows()) {
            var cells = new ArrayList<>(row.cells());
            if (row.place().equals(place)) {
                cells.set(column, Double.toString(factor * Cells.number(cells.get(column))));
            }
            rows.add(new TextTable.Row(row.place(), cells));
        }
        return new TextTable(table.source(), table.columns(), rows, table.notes());
    }
}
