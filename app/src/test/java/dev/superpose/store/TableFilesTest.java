package dev.superpose.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import dev.superpose.result.Table;
import dev.superpose.runs.RunSelection;
import dev.superpose.runs.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFilesTest {
    private static final Table SWEEP = new Table(
            List.of(
                    Table.Column.text("name"),
                    Table.Column.whole("params", ""),
                    Table.Column.real("tokens", ""),
                    Table.Column.real("loss", "")),
            List.of(
                    Table.row("a", 100_000_000L, 2e9, 3.5),
                    Table.row("b", 200_000_000L, 4e9, 1 / 0.3),
                    Table.row("c", 400_000_000L, null, 2.9)));

    @TempDir
    Path folder;

    @Test
    void readsParquetWhateverItIsCalled() throws IOException {
        Path file = folder.resolve("sweep.parquet");
        Parquet.write(SWEEP, file);
        Path renamed = Files.copy(file, folder.resolve("sweep.data"));

        for (var path : List.of(file, renamed)) {
            var table = TableFiles.read(path);
            assertThat(table.columns()).containsExactly("name", "params", "tokens", "loss");
            assertThat(table.rows().get(2).place()).isEqualTo("row 3");
            var subset = RunSelection.USUAL.from(table).subsets().getFirst();
            assertThat(subset.runs().loss(1)).isEqualTo(1 / 0.3);
            assertThat(subset.findings().dropped().getFirst().places()).containsExactly("row 3");
        }
    }

    @Test
    void readsTextByTheSameDoor() throws IOException {
        Path file = Files.writeString(folder.resolve("sweep.csv"), SWEEP.toCsv());

        assertThat(TableFiles.read(file).rows().get(1).place()).isEqualTo("line 3");
    }

    @Test
    void refusesWhatOnlyCallsItselfParquet() throws IOException {
        Path file = Files.writeString(folder.resolve("sweep.parquet"), "name,params\n");

        assertThatThrownBy(() -> TableFiles.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a Parquet file");
        assertThatThrownBy(() -> TableFiles.read(folder.resolve("missing.parquet")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void writesRowByRowWhatItReads() throws IOException {
        for (String name : List.of("sweep.csv", "sweep.parquet")) {
            Path file = folder.resolve(name);
            TableFiles.write(file, SWEEP.columns(), sink -> {
                for (var row : SWEEP.rows()) {
                    sink.add(row);
                }
            });
            assertThat(TableFiles.read(file).rows().stream()
                            .map(TextTable.Row::cells)
                            .toList())
                    .isEqualTo(SWEEP.rows().stream()
                            .map(row -> row.stream().map(Table.Cell::exact).toList())
                            .toList());
        }
        assertThat(folder.resolve("sweep.csv")).hasContent(SWEEP.toCsv());
    }

    @Test
    void leavesNothingBehindWhereRowsFail() {
        for (String name : List.of("half.csv", "half.parquet")) {
            assertThatThrownBy(() -> TableFiles.write(folder.resolve(name), SWEEP.columns(), sink -> {
                        sink.add(SWEEP.rows().getFirst());
                        throw new InputException("the second row is missing");
                    }))
                    .isInstanceOf(InputException.class)
                    .hasMessage("the second row is missing");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void noTextInACsvIsAFormula() {
        for (String text : List.of("=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "'a", "\uff1d1")) {
            assertThat(TableFiles.guarded(text)).isEqualTo("'" + text);
        }
        for (String text : List.of("", "a=b", " =1", "1-2", "#12")) {
            assertThat(TableFiles.guarded(text)).isEqualTo(text);
        }
    }
}
