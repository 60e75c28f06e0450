package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/// The lines of a file as bytes, one at a time in a buffer that is used again. Only a line
/// feed ends a line.
final class Lines {
    static final int LONGEST = 1 << 20;

    private final Path file;
    private final InputStream in;
    private final byte[] block = new byte[1 << 16];
    private int blockAt;
    private int blockEnd;
    private byte[] line = new byte[1 << 12];
    private int length;
    private long number;
    private boolean whole;

    Lines(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /// Reads the next line; false if there is none.
    boolean next() throws IOException {
        length = 0;
        whole = false;
        boolean any = false;
        while (blockAt < blockEnd || fill()) {
            any = true;
            int from = blockAt;
            while (blockAt < blockEnd && block[blockAt] != '\n') {
                blockAt++;
            }
            append(from, blockAt - from);
            if (blockAt < blockEnd) {
                blockAt++;
                whole = true;
                break;
            }
        }
        number += any ? 1 : 0;
        return any;
    }

    private boolean fill() throws IOException {
        blockAt = 0;
        blockEnd = Math.max(0, in.read(block));
        return blockEnd > 0;
    }

    private void append(int from, int count) throws InputException {
        if (count > LONGEST - length) {
            throw new InputException(
                    file,
                    "line %,d".formatted(number + 1),
                    "a line of at most %,d bytes".formatted(LONGEST),
                    "a longer one",
                    "word vectors have a word and its numbers on each line");
        }
        if (count > line.length - length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
        }
        System.arraycopy(block, from, line, length, count);
        length += count;
    }

    /// The buffer that holds the line at hand, from its start.
    byte[] bytes() {
        return line;
    }

    /// The bytes of the line at hand, without its line feed.
    int length() {
        return length;
    }

    /// Whether a line feed ends the line at hand; the last line of a file may have none.
    boolean whole() {
        return whole;
    }

    /// The number of the line at hand, from 1.
    long number() {
        return number;
    }
}
