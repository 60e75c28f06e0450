package dev.superpose.result;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The grammar of RFC 4180, one line at a time.
final class CsvParser {
    private static final int END = -1;
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private final String source;
    private final Reader in;
    private final char separator;
    private int next;
    private long line = 1;

    CsvParser(String source, Reader in, char separator) {
        this.source = source;
        this.in = in;
        this.separator = separator;
        this.next = END;
    }

    /// The number of the line that is being read, from 1.
    long line() {
        return line;
    }

    /// The first line that is not empty, or null at the end.
    Csv.@Nullable Line next() throws IOException {
        next = in.read();
        if (next == BYTE_ORDER_MARK) {
            next = in.read();
        }
        return record();
    }

    /// All further lines, each of which must have `columns` fields.
    List<Csv.Line> rest(int columns, String remedy) throws IOException {
        var lines = new ArrayList<Csv.Line>();
        for (var read = record(); read != null; read = record()) {
            if (read.fields().size() != columns) {
                throw new InputException(
                        source,
                        "line " + read.number(),
                        "%d fields, as many as column names".formatted(columns),
                        read.fields().size(),
                        remedy);
            }
            lines.add(read);
        }
        return lines;
    }

    private Csv.@Nullable Line record() throws IOException {
        while (next == '\n' || next == '\r') {
            endLine();
        }
        if (next == END) {
            return null;
        }
        long began = line;
        var fields = new ArrayList<String>();
        fields.add(field());
        while (next == separator) {
            if (fields.size() == Csv.MOST_COLUMNS) {
                throw wrong(began, "at most %,d columns".formatted(Csv.MOST_COLUMNS), "more");
            }
            next = in.read();
            fields.add(field());
        }
        if (next != END) {
            endLine();
        }
        return new Csv.Line(began, fields);
    }

    private String field() throws IOException {
        return next == '"' ? quoted() : plain();
    }

    private String plain() throws IOException {
        var text = new StringBuilder();
        while (next != separator && next != '\n' && next != '\r' && next != END) {
            if (next == '"') {
                throw wrong(line, "quotes around a whole field", "a quote within \"" + text + "\"");
            }
            append(text);
            next = in.read();
        }
        return text.toString();
    }

    private String quoted() throws IOException {
        long began = line;
        var text = new StringBuilder();
        next = in.read();
        while (true) {
            if (next == END) {
                throw wrong(began, "a closing quote", "the end of the file");
            }
            if (next == '"') {
                next = in.read();
                if (next != '"') {
                    break;
                }
            } else if (next == '\n') {
                line++;
            }
            append(text);
            next = in.read();
        }
        if (next != separator && next != '\n' && next != '\r' && next != END) {
            throw wrong(
                    line,
                    "a %s or the end of the line after a closing quote".formatted(name(separator)),
                    Character.toString(next));
        }
        return text.toString();
    }

    private void append(StringBuilder text) throws InputException {
        if (text.length() == Csv.LONGEST_FIELD) {
            throw wrong(line, "fields of at most %,d characters".formatted(Csv.LONGEST_FIELD), "a longer one");
        }
        if (next == 0) {
            throw wrong(line, "text", "a zero byte");
        }
        text.append((char) next);
    }

    private void endLine() throws IOException {
        int ending = next;
        next = in.read();
        if (ending == '\r' && next == '\n') {
            next = in.read();
        }
        line++;
    }

    private static String name(char separator) {
        return switch (separator) {
            case ',' -> "comma";
            case ';' -> "semicolon";
            case '\t' -> "tab";
            default -> "\"" + separator + "\"";
        };
    }

    private InputException wrong(long where, String expected, String found) {
        return new InputException(source, "line " + where, expected, found, "is this a CSV file?");
    }
}
