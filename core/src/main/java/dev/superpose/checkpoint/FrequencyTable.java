package dev.superpose.checkpoint;

import dev.superpose.result.Csv;
import dev.superpose.result.InputException;
import java.util.List;
import java.util.Locale;

/// Finds frequencies in a table by the names of its columns.
final class FrequencyTable {
    private static final List<String> COUNT =
            List.of("count", "counts", "frequency", "frequencies", "freq", "n", "probability");
    private static final List<String> ROW = List.of("row", "id", "token_id", "index");
    private static final List<String> TOKEN = List.of("token", "word", "text", "piece");

    private FrequencyTable() {}

    /// Whether one of `names` is that of a column of frequencies.
    static boolean names(List<String> names) {
        return column(names, COUNT) >= 0;
    }

    static Frequencies read(Csv table) throws InputException {
        int count = column(table.header(), COUNT);
        if (count < 0) {
            throw new InputException(
                    table.source(),
                    "",
                    "a column named count or frequency",
                    String.join(", ", table.header()),
                    "name the column of counts so");
        }
        int row = column(table.header(), ROW);
        int token = column(table.header(), TOKEN);
        var all = new FrequencyList(table.source());
        for (Csv.Line line : table.lines()) {
            String place = "line %,d".formatted(line.number());
            double value = number(table, place, line.fields().get(count));
            if (row >= 0) {
                all.put(place, whole(table, place, line.fields().get(row)), value);
            } else if (token >= 0) {
                all.put(place, line.fields().get(token), value);
            } else {
                all.add(place, value);
            }
        }
        return all.whole();
    }

    private static int column(List<String> names, List<String> wanted) {
        for (int j = 0; j < names.size(); j++) {
            if (wanted.contains(names.get(j).strip().toLowerCase(Locale.ROOT))) {
                return j;
            }
        }
        return -1;
    }

    private static double number(Csv table, String place, String field) throws InputException {
        try {
            return Double.parseDouble(field.strip());
        } catch (NumberFormatException _) {
            throw new InputException(table.source(), place, "a frequency", "'" + field + "'", "");
        }
    }

    private static long whole(Csv table, String place, String field) throws InputException {
        try {
            return Long.parseLong(field.strip());
        } catch (NumberFormatException _) {
            throw new InputException(table.source(), place, "the number of a row", "'" + field + "'", "");
        }
    }
}
