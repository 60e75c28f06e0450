package dev.superpose.scaling;

import dev.superpose.result.Csv;
import dev.superpose.result.InputException;
import java.util.List;
import java.util.Locale;

/// The columns of a table by what they mean.
final class TableColumns {
    private static final List<String> SIZES = List.of("width", "d_model", "m", "hidden_size", "n_embd");
    private static final List<String> LOSSES = List.of("test_loss", "loss", "L", "val_loss", "validation_loss");

    private TableColumns() {}

    /// The index of the column of sizes: the one called `name`, or the first that bears a usual name if it is
    /// empty.
    static int size(Csv table, String name) throws InputException {
        return index(table, name, SIZES, "a column of sizes", "--x");
    }

    /// The index of the column of losses: the one called `name`, or the first that bears a usual name if it is
    /// empty.
    static int loss(Csv table, String name) throws InputException {
        return index(table, name, LOSSES, "a column of losses", "--y");
    }

    /// The index of the column called `name`, in any case of letters if none has the same.
    static int named(Csv table, String name) throws InputException {
        int index = find(table, name);
        if (index < 0) {
            throw missing(table, "a column " + name, "check the name");
        }
        return index;
    }

    private static int index(Csv table, String name, List<String> usual, String what, String option)
            throws InputException {
        if (!name.isEmpty()) {
            return named(table, name);
        }
        for (String alias : usual) {
            int index = find(table, alias);
            if (index >= 0) {
                return index;
            }
        }
        throw missing(table, "%s (%s)".formatted(what, String.join(", ", usual)), "name the column with " + option);
    }

    private static int find(Csv table, String name) {
        int exact = table.indexOf(name);
        if (exact >= 0) {
            return exact;
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        return table.header().stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .toList()
                .indexOf(wanted);
    }

    private static InputException missing(Csv table, String expected, String remedy) {
        return new InputException(table.source(), "line 1", expected, String.join(", ", table.header()), remedy);
    }
}
