package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Gathers frequencies as a file gives them, and checks each: for rows in order, for rows by
/// number, or for tokens. One list is of one of these kinds.
final class FrequencyList {
    /// Several times the largest vocabulary; a few bytes of a file can name any row.
    private static final int MOST_ROWS = 1 << 20;

    private final String source;
    private final List<String> tokens = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private double[] values = new double[1 << 10];
    private int size;

    FrequencyList(String source) {
        this.source = source;
    }

    /// The frequency of the next row.
    void add(String place, double value) throws InputException {
        set(place, size, value);
    }

    /// The frequency of `row`; rows between that are never given have 0.
    void put(String place, long row, double value) throws InputException {
        if (row < 0 || row >= MOST_ROWS) {
            throw new InputException(source, place, "a row from 0 to %,d".formatted(MOST_ROWS - 1), row, "");
        }
        set(place, (int) row, value);
    }

    private void set(String place, int at, double value) throws InputException {
        if (at >= values.length) {
            values = Arrays.copyOf(values, Math.max(2 * values.length, at + 1));
        }
        while (size <= at) {
            values[size++] = Double.NaN;
        }
        if (!Double.isNaN(values[at])) {
            throw new InputException(source, place, "each row once", "row %,d again".formatted(at), "");
        }
        values[at] = check(place, value);
    }

    /// The frequency of `token`.
    void put(String place, String token, double value) throws InputException {
        if (!known.add(token)) {
            throw new InputException(source, place, "each token once", "'" + token + "' again", "");
        }
        add(place, value);
        tokens.add(token);
    }

    private double check(String place, double value) throws InputException {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InputException(source, place, "a frequency of at least 0", value, "");
        }
        return value;
    }

    /// All that was gathered.
    Frequencies whole() throws InputException {
        double[] all = Arrays.copyOf(values, size);
        for (int i = 0; i < size; i++) {
            all[i] = Double.isNaN(all[i]) ? 0 : all[i];
        }
        return tokens.isEmpty() ? Frequencies.ofRows(source, all) : Frequencies.ofTokens(source, tokens, all);
    }
}
