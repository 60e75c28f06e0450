package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads word vectors line by line. The last `width` fields of a line are its numbers and all
/// before them is the word, which may hold blanks or be one. The width is that of the first line,
/// or what a word2vec header says; rows are kept as they come, whatever a header promises.
final class TextVectorReader {
    /// The greatest width; a binary file of vectors has the same.
    static final int WIDEST = Lines.LONGEST / 2;
    private static final String REMEDY = "mend or remove the line";

    private final Path file;
    private final Lines lines;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final List<String> words = new ArrayList<>();
    private long promised = -1;
    private int width;
    private long notUtf8;
    private int end;

    TextVectorReader(Path file, InputStream in) {
        this.file = file;
        this.lines = new Lines(file, in);
    }

    /// The rows, what they stand for, and what was odd.
    record Contents(GrownRows rows, Tokens tokens, List<String> notes) {}

    /// Whether the first lines are word vectors of at least two numbers.
    boolean startsLikeVectors() throws IOException {
        if (!begin() || width < 2) {
            return false;
        }
        readRow(new float[width]);
        return true;
    }

    /// Reads all of it.
    Contents read() throws IOException {
        if (!begin()) {
            throw new InputException(file, "line 1", "a word and its numbers", "nothing", "fetch the file again");
        }
        var rows = new GrownRows(width);
        float[] row = new float[width];
        boolean cut = false;
        do {
            cut = rows.rows() > 0 && cut();
            if (!cut) {
                readRow(row);
                rows.add(row);
            }
        } while (nextFilled());
        if (promised >= 0 && promised != rows.rows()) {
            throw new InputException(
                    file,
                    "line %,d".formatted(lines.number()),
                    "%,d rows, as line 1 says".formatted(promised),
                    "%,d".formatted(rows.rows()),
                    "the file is cut short or its first line is wrong; fetch it again");
        }
        Tokens tokens = Tokens.of(words);
        List<String> notes = notes(tokens, notUtf8);
        if (cut) {
            notes.add("the file is cut short: its last line, %,d, ends after %,d fields and was left out"
                    .formatted(lines.number(), countFields()));
        }
        return new Contents(rows, tokens, notes);
    }

    /// Whether the line at hand is the last one and breaks off: no line feed, and too few
    /// numbers or half of one.
    private boolean cut() {
        int last = lastField(end);
        boolean half = !DecimalKernels.isNumber(lines.bytes(), last, end);
        int fields = countFields();
        int before = countNumbers(skipBlanks(last));
        return !lines.whole() && fields <= (half ? width + 1 : width) && fields <= 2 + before;
    }

    /// Where the field ends before the blanks before `to`.
    private int skipBlanks(int to) {
        int at = to;
        while (at > 0 && blank(lines.bytes()[at - 1])) {
            at--;
        }
        return at;
    }

    /// What is odd about the words, of which `notUtf8` are not UTF-8.
    static List<String> notes(Tokens tokens, long notUtf8) {
        List<String> notes = new ArrayList<>();
        if (notUtf8 > 0) {
            notes.add("%,d words are not UTF-8; their odd bytes are shown as \ufffd".formatted(notUtf8));
        }
        long repeated = tokens.length() - tokens.distinct();
        if (repeated > 0) {
            notes.add("%,d rows repeat a word of an earlier row; a search finds the first".formatted(repeated));
        }
        return notes;
    }

    /// Goes to the first row and finds the width; false if there is no row.
    private boolean begin() throws IOException {
        if (!nextFilled()) {
            return false;
        }
        byte[] line = lines.bytes();
        int fields = countFields();
        if (fields == 2 && whole(line, 0) && whole(line, lastField(end))) {
            promised = Long.parseLong(field(0));
            long declared = Long.parseLong(field(lastField(end)));
            if (declared < 1 || declared > WIDEST) {
                throw new InputException(
                        file, "line 1", "a width from 1 to %,d".formatted(WIDEST), "%,d".formatted(declared), "");
            }
            width = (int) declared;
            return nextFilled();
        }
        width = Math.min(countNumbers(end), fields - 1);
        if (width < 1) {
            throw new InputException(
                    file,
                    "line 1",
                    "a word and its numbers, or the number of rows and the width",
                    "'" + text(0, Math.min(end, 200)) + "'",
                    "give word vectors in the text format of GloVe or word2vec");
        }
        return true;
    }

    /// Goes to the next line and finds its end without trailing blanks. Blank lines may
    /// stand only at the end.
    private boolean nextFilled() throws IOException {
        boolean blank = false;
        while (lines.next()) {
            end = lines.length();
            while (end > 0 && (blank(lines.bytes()[end - 1]) || lines.bytes()[end - 1] == '\r')) {
                end--;
            }
            if (end > 0 && blank) {
                throw new InputException(
                        file, "line %,d".formatted(lines.number() - 1), "a word and its numbers", "nothing", REMEDY);
            }
            if (end > 0) {
                return true;
            }
            blank = true;
        }
        return false;
    }

    private void readRow(float[] row) throws InputException {
        byte[] line = lines.bytes();
        int to = end;
        int from = end;
        for (int j = width - 1; j >= 0; j--) {
            from = to;
            while (from > 0 && !blank(line[from - 1])) {
                from--;
            }
            if (from == to || (from == 0 && j > 0)) {
                throw ragged();
            }
            if (!DecimalKernels.isNumber(line, from, to)) {
                throw wrongNumber(j, from, to);
            }
            row[j] = DecimalKernels.parse(line, from, to);
            to = from;
            while (j > 0 && to > 0 && blank(line[to - 1])) {
                to--;
            }
        }
        if (from == 0) {
            throw ragged();
        }
        int wordEnd = from - 1;
        int last = lastField(wordEnd);
        // A word may hold blanks, but one that ends in a number means a number too many.
        if (last > 0 && last < wordEnd && DecimalKernels.isNumber(line, last, wordEnd)) {
            throw ragged();
        }
        words.add(text(lines.number() == 1 ? skipMark(wordEnd) : 0, wordEnd));
    }

    /// Where the line begins after a byte order mark.
    private int skipMark(int to) {
        byte[] line = lines.bytes();
        boolean mark = to >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
        return mark ? 3 : 0;
    }

    private InputException ragged() {
        return new InputException(
                file,
                "line %,d".formatted(lines.number()),
                "a word and %,d numbers".formatted(width),
                "%,d fields, the last %,d of them numbers".formatted(countFields(), countNumbers(end)),
                REMEDY);
    }

    private InputException wrongNumber(int column, int from, int to) {
        if (countFields() != width + 1) {
            return ragged();
        }
        return new InputException(
                file,
                "line %,d, column %,d".formatted(lines.number(), column + 2),
                "a number",
                "'" + text(from, Math.min(to, from + 200)) + "'",
                REMEDY);
    }

    private int countFields() {
        int count = 0;
        for (int at = 0; at < end; at++) {
            boolean begins = !blank(lines.bytes()[at]) && (at == 0 || blank(lines.bytes()[at - 1]));
            count += begins ? 1 : 0;
        }
        return count;
    }

    /// How many of the last fields before `lineEnd` are numbers.
    private int countNumbers(int lineEnd) {
        int count = 0;
        int to = lineEnd;
        while (to > 0) {
            int from = lastField(to);
            if (!DecimalKernels.isNumber(lines.bytes(), from, to)) {
                break;
            }
            count++;
            to = skipBlanks(from);
        }
        return count;
    }

    /// Where the field that ends at `to` begins.
    private int lastField(int to) {
        int from = to;
        while (from > 0 && !blank(lines.bytes()[from - 1])) {
            from--;
        }
        return from;
    }

    /// Whether the field at `from` is a whole number of at most 18 digits.
    private boolean whole(byte[] line, int from) {
        int at = from;
        while (at < end && line[at] >= '0' && line[at] <= '9') {
            at++;
        }
        return at > from && at - from <= 18 && (at == end || blank(line[at]));
    }

    private String field(int from) {
        int to = from;
        while (to < end && !blank(lines.bytes()[to])) {
            to++;
        }
        return text(from, to);
    }

    private String text(int from, int to) {
        try {
            return decoder.decode(ByteBuffer.wrap(lines.bytes(), from, to - from))
                    .toString();
        } catch (CharacterCodingException _) {
            notUtf8++;
            return new String(lines.bytes(), from, to - from, StandardCharsets.UTF_8);
        }
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }
}
