package dev.superpose.store;

import dev.superpose.checkpoint.Frequencies;
import dev.superpose.checkpoint.Tokens;
import dev.superpose.result.Csv;
import dev.superpose.result.InputException;
import dev.superpose.result.Json;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Cell;
import dev.superpose.result.Table.Column;
import dev.superpose.result.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/// Counts of tokens on disk, in the form that the name of the file asks for; whole or not at all.
public final class CountsFile {
    private static final int HEADER = 128;

    private CountsFile() {}

    /// The forms, by the ends of names.
    private enum Form {
        JSON,
        CSV,
        NPY,
        PARQUET
    }

    /// Refuses a name whose end is no known form, before any work is done.
    ///
    /// @throws IllegalArgumentException if it is not
    public static void check(Path target) {
        form(target);
    }

    private static Form form(Path target) {
        String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
        for (Form form : Form.values()) {
            if (name.endsWith("." + form.name().toLowerCase(Locale.ROOT))) {
                return form;
            }
        }
        throw new IllegalArgumentException(
                "counts are written as .json, .csv, .npy or .parquet; another end of a name: " + target);
    }

    /// Reads what [#write] writes, and any other file of frequencies that [Frequencies#read] knows.
    ///
    /// @throws InputException as [Frequencies#read] does
    public static Frequencies read(Path file) throws IOException {
        if (!TableFiles.isParquet(file)) {
            return Frequencies.read(file);
        }
        Table table = Parquet.read(file);
        List<Csv.Line> lines = new ArrayList<>();
        for (var row : table.rows()) {
            lines.add(
                    new Csv.Line(lines.size() + 1, row.stream().map(Cell::exact).toList()));
        }
        return Frequencies.of(new Csv(
                file.toString(), table.columns().stream().map(Column::name).toList(), lines));
    }

    /// Writes `counts`, (rows), to `target`.
    ///
    /// @param tokens what the rows stand for
    /// @param facts what JSON also tells: it gets `counts` as its last entry
    public static void write(Path target, long[] counts, Tokens tokens, Map<String, Object> facts) throws IOException {
        switch (form(target)) {
            case JSON -> {
                var document = new LinkedHashMap<>(facts);
                document.put("counts", counts);
                WholeFile.write(target, Json.write(document));
            }
            case CSV -> {
                Table table = table(counts, row -> InputException.printable(tokens.entry(row)));
                TableFiles.write(target, table.columns(), sink -> {
                    for (var row : table.rows()) {
                        sink.add(row);
                    }
                });
            }
            case NPY -> WholeFile.write(target, out -> out.write(numpy(counts)));
            case PARQUET -> Parquet.write(table(counts, tokens::entry), target);
        }
    }

    private static Table table(long[] counts, LongFunction<String> token) {
        List<List<Cell>> rows = new ArrayList<>(counts.length);
        for (int row = 0; row < counts.length; row++) {
            rows.add(Table.row(row, token.apply(row), counts[row]));
        }
        return new Table(List.of(Column.whole("row", ""), Column.text("token"), Column.whole("count", "")), rows);
    }

    /// A vector of little-endian 64-bit integers, version 1.0 of the format, its header
    /// filled up to 128 bytes.
    private static byte[] numpy(long[] counts) {
        String dictionary = "{'descr': '<i8', 'fortran_order': False, 'shape': (%d,), }".formatted(counts.length);
        String text = dictionary + " ".repeat(HEADER - 10 - 1 - dictionary.length()) + "\n";
        var file = ByteBuffer.allocate(Math.addExact(HEADER, Math.multiplyExact(8, counts.length)))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) text.length());
        file.put(text.getBytes(StandardCharsets.US_ASCII));
        for (long count : counts) {
            file.putLong(count);
        }
        return file.array();
    }
}
