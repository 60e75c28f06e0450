package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads word vectors in the binary format of word2vec: a line with the number of rows and the
/// width, then for each row the word, a blank, and its numbers as float32, little-endian. Most
/// writers end a row with a line feed; it is no part of the next word.
final class BinaryVectorReader {
    private static final int LONGEST_HEADER = 40;
    private static final int LONGEST_WORD = 1 << 16;
    private static final String AGAIN = "fetch it again";

    private final Path file;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final byte[] word = new byte[LONGEST_WORD];
    private long at;
    private long notUtf8;

    /// @param in buffered
    BinaryVectorReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /// Reads all of it.
    TextVectorReader.Contents read() throws IOException {
        String[] sizes = header().split(" ", -1);
        boolean whole = sizes.length == 2 && isSize(sizes[0]) && isSize(sizes[1]);
        long count = whole ? Long.parseLong(sizes[0]) : 0;
        long width = whole ? Long.parseLong(sizes[1]) : 0;
        if (count < 1 || width < 1 || width > TextVectorReader.WIDEST) {
            throw new InputException(
                    file,
                    "byte 0",
                    "the number of rows, from 1, and the width, 1 to %,d".formatted(TextVectorReader.WIDEST),
                    "'" + String.join(" ", sizes) + "'",
                    AGAIN);
        }
        var rows = new GrownRows((int) width);
        float[] row = new float[(int) width];
        byte[] packed = new byte[4 * row.length];
        List<String> words = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            words.add(word(i, count));
            readRow(i, count, packed, row);
            rows.add(row);
        }
        requireEnd(count);
        Tokens tokens = Tokens.of(words);
        return new TextVectorReader.Contents(rows, tokens, TextVectorReader.notes(tokens, notUtf8));
    }

    private String header() throws IOException {
        var line = new StringBuilder();
        int c = next();
        while (c >= 0 && c != '\n' && line.length() < LONGEST_HEADER) {
            line.append((char) c);
            c = next();
        }
        return line.toString().stripTrailing();
    }

    private static boolean isSize(String text) {
        return text.matches("[0-9]{1,18}");
    }

    private String word(long row, long count) throws IOException {
        long start = at;
        int length = 0;
        int c = next();
        if (c == '\n' && row > 0) {
            c = next();
        }
        while (c >= 0 && c != ' ' && length < LONGEST_WORD) {
            word[length++] = (byte) c;
            c = next();
        }
        if (c != ' ') {
            throw new InputException(
                    file,
                    "byte %,d".formatted(start),
                    "a word of at most %,d bytes and a blank (row %,d of %,d)".formatted(LONGEST_WORD - 1, row, count),
                    c < 0 ? "the end" : "a longer one",
                    "the file is cut short or its first line is wrong; " + AGAIN);
        }
        try {
            return decoder.decode(ByteBuffer.wrap(word, 0, length)).toString();
        } catch (CharacterCodingException _) {
            notUtf8++;
            return new String(word, 0, length, StandardCharsets.UTF_8);
        }
    }

    private void readRow(long index, long count, byte[] packed, float[] row) throws IOException {
        int got = in.readNBytes(packed, 0, packed.length);
        if (got < packed.length) {
            throw new InputException(
                    file,
                    "byte %,d".formatted(at),
                    "%,d numbers of 4 bytes (row %,d of %,d)".formatted(row.length, index, count),
                    "%,d bytes".formatted(got),
                    "the file is cut short or its first line is wrong; " + AGAIN);
        }
        at += got;
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(row);
    }

    private void requireEnd(long count) throws IOException {
        long start = at;
        int c = next();
        if (c == '\n') {
            c = next();
        }
        if (c >= 0) {
            throw new InputException(
                    file,
                    "byte %,d".formatted(start),
                    "the end after %,d rows, as the first line says".formatted(count),
                    "more bytes",
                    AGAIN);
        }
    }

    private int next() throws IOException {
        int c = in.read();
        at += c < 0 ? 0 : 1;
        return c;
    }
}
