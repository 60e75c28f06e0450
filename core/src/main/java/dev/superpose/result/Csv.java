package dev.superpose.result;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/// A table of comma-separated values as RFC 4180 writes it: UTF-8, a line of column names, then
/// lines of as many fields. Read strictly, so that a damaged file is told instead of guessed at: a
/// line with too few or too many fields, a quote out of place, a name that comes twice. A byte
/// order mark, lines ended by CRLF, LF or CR, and empty lines are let pass.
///
/// @param source the file, for messages
/// @param header the names of the columns, all different
/// @param lines the lines below, each with as many fields as there are columns
public record Csv(String source, List<String> header, List<Line> lines) {
    /// Larger files are refused, since all of a table is held in memory.
    static final long MOST_BYTES = 256L << 20;

    static final int MOST_COLUMNS = 10_000;
    static final int LONGEST_FIELD = 1 << 20;

    public Csv {
        header = List.copyOf(header);
        lines = List.copyOf(lines);
    }

    /// One line of a table.
    ///
    /// @param number in the file, from 1, of the line on which it begins
    /// @param fields as they stand, without their quotes
    public record Line(long number, List<String> fields) {
        public Line {
            fields = List.copyOf(fields);
        }
    }

    /// Reads `file`.
    ///
    /// @throws InputException if it is not such a table, with the line and what to do
    public static Csv read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new InputException(file, "", "a table of comma-separated values", "no such file", "check the path");
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException(file, "", "a table of comma-separated values", "no regular file", "give a file");
        }
        long bytes = Files.size(file);
        if (bytes > MOST_BYTES) {
            throw new InputException(
                    file,
                    "",
                    "a table of at most %,d bytes".formatted(MOST_BYTES),
                    "%,d bytes".formatted(bytes),
                    "cut out the columns and lines that are needed");
        }
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var in = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
            return read(file.toString(), in);
        }
    }

    /// Reads a table from `in`, which `source` names in messages.
    public static Csv read(String source, Reader in) throws IOException {
        return read(source, in, ',');
    }

    /// Reads a table whose fields are separated by `separator`, such as a tab, instead of commas.
    public static Csv read(String source, Reader in, char separator) throws IOException {
        if (separator == '"' || separator == '\n' || separator == '\r') {
            throw new IllegalArgumentException("neither a quote nor a line end can separate fields");
        }
        var parser = new CsvParser(source, in, separator);
        try {
            var first = parser.next();
            if (first == null) {
                throw new InputException(source, "", "a line of column names", "nothing", "is this the right file?");
            }
            var header = header(source, first);
            var lines = parser.rest(header.size(), hint(first.fields()));
            return new Csv(source, header, lines);
        } catch (CharacterCodingException e) {
            throw new InputException(
                    source,
                    "after line " + parser.line(),
                    "text in UTF-8",
                    "bytes that are not",
                    "save the table in UTF-8");
        }
    }

    /// The index of the column called `name`, or -1.
    public int indexOf(String name) {
        return header.indexOf(name);
    }

    private static List<String> header(String source, Line first) throws InputException {
        var names = first.fields().stream().map(String::strip).toList();
        var seen = new HashSet<String>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new InputException(
                        source,
                        "line " + first.number(),
                        "column names that differ",
                        "\"%s\" twice".formatted(name),
                        "rename one of the columns");
            }
        }
        return names;
    }

    /// What to do about a ragged line, given the names of the columns.
    private static String hint(List<String> names) {
        boolean otherSeparator = names.size() == 1
                && (names.getFirst().indexOf(';') >= 0 || names.getFirst().indexOf('\t') >= 0);
        return otherSeparator ? "separate the columns by commas" : "mend the line; fields with commas need quotes";
    }
}
