package dev.superpose.runs;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A table as it stands in a file: names of columns over rows of text, each with its place.
///
/// @param source the file, for messages
/// @param columns their names, all different
/// @param rows each with as many cells as there are columns
/// @param notes what a reader should know of how the file was read, as sentences
public record TextTable(String source, List<String> columns, List<Row> rows, List<String> notes) {
    public TextTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
        for (var row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException("%s: %d cells for %d columns"
                        .formatted(row.place(), row.cells().size(), columns.size()));
            }
        }
    }

    /// One row.
    ///
    /// @param place where it is, such as `line 12`
    /// @param cells without spaces around them; empty where there is nothing
    public record Row(String place, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /// Reads `file`: values separated by commas, tabs or semicolons below a line of names; or JSON objects, one
    /// a line or in an array, whose nested objects become columns such as `config.width`. Any of these may be
    /// gzipped.
    ///
    /// @throws InputException if it is none of these, or damaged, with the place and what to do
    public static TextTable read(Path file) throws IOException {
        return TextTableFile.read(file);
    }

    /// The index of the column called `name`, in any case of letters if none has the same; -1 if there is none.
    public int indexOf(String name) {
        int exact = columns.indexOf(name);
        if (exact >= 0) {
            return exact;
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        return columns.stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .toList()
                .indexOf(wanted);
    }

    /// The index of the column called `name`.
    ///
    /// @throws InputException if there is none
    public int require(String name) throws InputException {
        int index = indexOf(name);
        if (index < 0) {
            throw new InputException(
                    source, "", "a column " + name, String.join(", ", columns), "give one of these names");
        }
        return index;
    }
}
