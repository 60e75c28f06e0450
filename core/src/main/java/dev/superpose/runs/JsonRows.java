package dev.superpose.runs;

import dev.superpose.result.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// JSON objects as rows: one after the other, such as one a line, or in an array. Nested objects
/// become columns whose names are joined by dots; arrays are left out, since a cell is one value;
/// null is an empty cell. NaN and Infinity, which Python writes, are let pass.
final class JsonRows {
    private static final int MOST_COLUMNS = 10_000;

    /// Rows of a few bytes each would otherwise take as many cells as the widest has.
    private static final long FREE_CELLS = 1_000_000;

    private static final long CELLS_PER_BYTE = 16;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String source;
    private final byte[] bytes;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<TextTable.Row> rows = new ArrayList<>();

    JsonRows(String source, byte[] bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    TextTable read() throws InputException {
        try (var json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            readAll(json);
            requireRoom(rows.size());
        } catch (JacksonException damaged) {
            var place = damaged.getLocation();
            throw new InputException(
                    source,
                    place == null ? "" : "line " + place.getLineNr(),
                    "JSON objects, one a line or in an array",
                    damaged.getOriginalMessage(),
                    "mend the line, or get the file again if it is cut short");
        }
        var names = List.copyOf(columns.keySet());
        var filled = new ArrayList<TextTable.Row>(rows.size());
        for (var row : rows) {
            var cells = new ArrayList<>(row.cells());
            while (cells.size() < names.size()) {
                cells.add("");
            }
            filled.add(new TextTable.Row(row.place(), cells));
        }
        return new TextTable(source, names, filled, List.of());
    }

    private void readAll(JsonParser json) throws InputException {
        boolean array = json.nextToken() == JsonToken.START_ARRAY;
        if (array) {
            json.nextToken();
        }
        for (var token = json.currentToken(); token != null; token = json.nextToken()) {
            if (array && token == JsonToken.END_ARRAY) {
                array = false;
            } else {
                long line = json.currentTokenLocation().getLineNr();
                String place = array ? "entry " + (rows.size() + 1) : "line " + line;
                if (token != JsonToken.START_OBJECT) {
                    throw new InputException(source, "line " + line, "a JSON object", json.getString(), "");
                }
                rows.add(new TextTable.Row(place, row(json)));
            }
        }
    }

    private List<String> row(JsonParser json) throws InputException {
        requireRoom(rows.size() + 1);
        var cells = new ArrayList<String>();
        for (int i = 0; i < columns.size(); i++) {
            cells.add("");
        }
        object(json, "", cells);
        return cells;
    }

    private void requireRoom(long count) throws InputException {
        long most = FREE_CELLS + CELLS_PER_BYTE * bytes.length;
        if (count * columns.size() > most) {
            throw new InputException(
                    source,
                    "",
                    "at most %,d cells, a million and %d for each byte".formatted(most, CELLS_PER_BYTE),
                    "%,d columns in %,d rows".formatted(columns.size(), count),
                    "leave out the columns that few rows have");
        }
    }

    /// Reads the members of the object whose opening brace is the current token.
    private void object(JsonParser json, String prefix, List<String> cells) throws InputException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = prefix + json.currentName();
            var token = json.nextToken();
            switch (token) {
                case START_OBJECT -> object(json, name + ".", cells);
                case START_ARRAY -> json.skipChildren();
                case VALUE_NULL -> set(name, "", cells);
                default -> set(name, json.getString(), cells);
            }
        }
    }

    private void set(String name, @Nullable String value, List<String> cells) throws InputException {
        Integer known = columns.get(name);
        if (known == null) {
            if (columns.size() == MOST_COLUMNS) {
                throw new InputException(
                        source, "", "at most %,d columns".formatted(MOST_COLUMNS), "more", "leave some out");
            }
            known = columns.size();
            columns.put(name, known);
            cells.add("");
        }
        String cell = value == null ? "" : value.strip();
        if (!cells.get(known).isEmpty()) {
            // {"a.b": 1, "a": {"b": 2}} would be two values of one cell.
            throw new InputException(source, "", "one value of " + name, "two in one row", "rename one of them");
        }
        cells.set(known, cell);
    }
}
