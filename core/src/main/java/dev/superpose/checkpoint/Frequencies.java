package dev.superpose.checkpoint;

import dev.superpose.result.Csv;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How often the tokens of a vocabulary occur: a number for each row, or for each token by
/// its string.
///
/// They are counts or shares; only their ratios matter to a measurement.
public final class Frequencies {
    private static final int AMBIGUOUS = -1;
    private static final double MOST_UNKNOWN = 0.5;

    private final String source;
    private final double[] values;
    // As many as values; empty if the values belong to rows 0, 1, 2, ...
    private final List<String> tokens;

    private Frequencies(String source, double[] values, List<String> tokens) {
        this.source = source;
        this.values = values;
        this.tokens = tokens;
    }

    /// Reads a file of counts, whose content decides what it is: a NumPy vector, JSON (an array
    /// by row, an object by token or by row, or what `superpose tokens` writes), CSV or TSV with
    /// a line of names, or lines `token count` or `count`.
    ///
    /// @throws InputException if it is none of them, a number is negative or not finite, a row or
    ///     token comes twice, or all are 0
    public static Frequencies read(Path file) throws IOException {
        return FrequencyReader.read(file);
    }

    /// The frequencies in a table: those of the column `count` (or `frequency`, ...), for the
    /// rows in the column `row` (or `id`, ...), else the tokens in the column `token` (or `word`,
    /// ...), else rows 0, 1, 2, ...
    ///
    /// @throws InputException as [#read] does
    public static Frequencies of(Csv table) throws InputException {
        return FrequencyTable.read(table);
    }

    /// Frequencies of rows 0, 1, 2, ...
    ///
    /// @param source where they come from, for messages
    /// @throws InputException if all are 0
    static Frequencies ofRows(String source, double[] values) throws InputException {
        return checked(new Frequencies(source, values, List.of()));
    }

    /// Frequencies of different tokens.
    ///
    /// @throws InputException if all are 0
    static Frequencies ofTokens(String source, List<String> tokens, double[] values) throws InputException {
        return checked(new Frequencies(source, values, List.copyOf(tokens)));
    }

    private static Frequencies checked(Frequencies frequencies) throws InputException {
        if (!(frequencies.total() > 0)) {
            throw new InputException(
                    frequencies.source,
                    "",
                    "at least one frequency above 0",
                    frequencies.values.length == 0 ? "no number" : "only zeros",
                    "is this the right file?");
        }
        return frequencies;
    }

    /// Where they come from.
    public String source() {
        return source;
    }

    /// Every number, in the order of the file: what a rank-frequency curve needs. A copy.
    public double[] values() {
        return values.clone();
    }

    /// The sum of all numbers.
    public double total() {
        return Arrays.stream(values).sum();
    }

    /// The frequency of each row of `matrix`, (rows); 0 for padding and for what the file
    /// does not name.
    ///
    /// @param notes what a reader of the result should know: rows that never occur,
    /// tokens not found
    /// @throws InputException if the numbers do not fit the rows, or most of what they count is
    ///     not in the vocabulary
    public double[] of(PackedMatrix matrix, List<String> notes) throws InputException {
        double[] found = tokens.isEmpty() ? byRow(matrix) : byToken(matrix, notes);
        long real = matrix.firstPaddingRow();
        long silent = IntStream.range(0, Math.toIntExact(real))
                .filter(row -> found[row] == 0)
                .count();
        if (silent > 0) {
            notes.add("%,d of %,d rows have no frequency in %s: they count as never occurring"
                    .formatted(silent, real, source));
        }
        if (Arrays.stream(found).noneMatch(value -> value > 0)) {
            throw new InputException(source, "", "a frequency above 0 for one of the rows", "none", "");
        }
        return found;
    }

    private double[] byRow(PackedMatrix matrix) throws InputException {
        long rows = matrix.rows().rows();
        long real = matrix.firstPaddingRow();
        boolean surplus =
                Arrays.stream(values).skip(Math.min(rows, values.length)).anyMatch(value -> value > 0);
        if (values.length < real || surplus) {
            String padding = real < rows ? " (%,d of them padding)".formatted(rows - real) : "";
            throw new InputException(
                    source,
                    "",
                    "a number for each of %,d rows%s of %s".formatted(rows, padding, matrix.model()),
                    "%,d".formatted(values.length),
                    "count with the model's own tokenizer: superpose tokens");
        }
        return Arrays.copyOf(values, Math.toIntExact(rows));
    }

    private double[] byToken(PackedMatrix matrix, List<String> notes) throws InputException {
        Tokens vocabulary = matrix.tokens()
                .orElseThrow(() -> new InputException(
                        source,
                        "",
                        "a number for each of %,d rows".formatted(matrix.rows().rows()),
                        "numbers for tokens, and no list of tokens beside %s".formatted(matrix.model()),
                        "put its tokenizer.json or tokens.txt beside the weights"));
        Map<String, Integer> entries = new HashMap<>();
        Map<String, Integer> texts = new HashMap<>();
        int length = Math.toIntExact(Math.min(vocabulary.length(), matrix.rows().rows()));
        for (int row = 0; row < length; row++) {
            entries.putIfAbsent(vocabulary.entry(row), row);
            // Bytes that are no whole character all mean the same sign: such a text names no row.
            texts.merge(vocabulary.text(row), row, (_, _) -> AMBIGUOUS);
        }
        double[] found = new double[Math.toIntExact(matrix.rows().rows())];
        @Nullable String[] names = new @Nullable String[found.length];
        double lost = 0;
        int unknown = 0;
        for (int i = 0; i < values.length; i++) {
            String token = tokens.get(i);
            int row = entries.getOrDefault(token, texts.getOrDefault(token, AMBIGUOUS));
            if (row == AMBIGUOUS) {
                unknown++;
                lost += values[i];
                continue;
            }
            String earlier = names[row];
            if (earlier != null) {
                throw new InputException(
                        source,
                        "",
                        "one number for row %,d".formatted(row),
                        "two, for '%s' and '%s'".formatted(earlier, token),
                        "give tokens as the vocabulary spells them");
            }
            names[row] = token;
            found[row] = values[i];
        }
        tellUnknown(unknown, lost, matrix, notes);
        return found;
    }

    private void tellUnknown(int unknown, double lost, PackedMatrix matrix, List<String> notes) throws InputException {
        double share = lost / total();
        String words = "%,d of %,d tokens, %.3g %% of what they count".formatted(unknown, values.length, 100 * share);
        if (share > MOST_UNKNOWN) {
            throw new InputException(
                    source,
                    "",
                    "tokens of %s".formatted(matrix.model()),
                    words + ", that it does not have",
                    "count with the model's own tokenizer: superpose tokens");
        }
        if (unknown > 0) {
            notes.add("%s of %s are not in the vocabulary".formatted(words, source));
        }
    }
}
