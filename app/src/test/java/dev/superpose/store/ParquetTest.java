package dev.superpose.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTest {
    @TempDir
    Path folder;

    @Test
    void everyBitComesBack() throws IOException {
        var table = new Table(
                List.of(Column.text("the \"law\""), Column.whole("width", ""), Column.real("loss", "")),
                List.of(
                        Table.row("power, steep", 63, 0.1 + 0.2),
                        Table.row("it's\nflat", Long.MIN_VALUE, Double.MIN_VALUE),
                        Table.row(null, null, null),
                        Table.row("", 0, Double.POSITIVE_INFINITY)));
        Path file = folder.resolve("it's here.parquet");
        Parquet.write(table, file);
        assertThat(Parquet.read(file)).isEqualTo(table);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatIsNoParquetIsRefusedAndWhatCannotBeWrittenLeavesNothing() throws IOException {
        Path text = Files.writeString(folder.resolve("text.parquet"), "no parquet");
        assertThatThrownBy(() -> Parquet.read(text))
                .isInstanceOf(InputException.class)
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(1));
        assertThatThrownBy(() -> Parquet.read(folder.resolve("none"))).isInstanceOf(InputException.class);
        var table = new Table(List.of(Column.whole("width", "")), List.of());
        assertThatThrownBy(() -> Parquet.write(table, folder.resolve("none/x.parquet")))
                .isInstanceOf(IOException.class);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(text);
        }
    }
}
