package dev.superpose.published;

import dev.superpose.result.Csv;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A table of published values that is part of the program.
///
/// @param csv as it was read
record PaperTable(Csv csv) {

    /// Reads the resource called `name`.
    static PaperTable read(String name) {
        try (InputStream in = PaperTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks the resource " + name);
            }
            return new PaperTable(Csv.read(name, new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read the resource " + name, broken);
        }
    }

    List<Row> rows() {
        return csv.lines().stream().map(line -> new Row(csv, line.fields())).toList();
    }

    /// The columns whose names begin with `prefix`, such as the `gamma=-1.000` of a table with one
    /// column for each gamma.
    List<String> columns(String prefix) {
        return csv.header().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    /// One line.
    ///
    /// @param csv whose line it is
    /// @param fields by column
    record Row(Csv csv, List<String> fields) {
        Row {
            fields = List.copyOf(fields);
        }

        String text(String column) {
            return fields.get(csv.indexOf(column));
        }

        double number(String column) {
            return Double.parseDouble(text(column));
        }

        int whole(String column) {
            return Integer.parseInt(text(column));
        }
    }
}
