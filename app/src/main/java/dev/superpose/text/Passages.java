package dev.superpose.text;

import java.util.function.Predicate;

/// Cuts a document, given in parts, into passages that are small enough to be encoded at once.
///
/// A passage ends after a line feed between two characters that are no white space, else before a
/// blank between two such, else where it is full. At the first two places the common splits of
/// words (GPT-2's and those after it) begin a new word anyway, so that the passages have the same
/// tokens as the whole.
final class Passages {
    /// Characters of a passage at most.
    static final int LONGEST = 1 << 16;

    private final int longest;
    private final Predicate<String> target;
    private final StringBuilder text = new StringBuilder();
    private boolean open = true;
    private long cuts;

    /// @param longest characters of a passage, at least 4
    /// @param target takes each passage; false to be given no more
    Passages(int longest, Predicate<String> target) {
        if (longest < 4) {
            throw new IllegalArgumentException("a passage needs 4 characters, may have " + longest);
        }
        this.longest = longest;
        this.target = target;
    }

    /// In how many places documents were cut.
    long cuts() {
        return cuts;
    }

    /// Takes the next part of the document; false if no more is wanted.
    boolean add(char[] part, int from, int length) {
        for (int done = 0; open && done < length; ) {
            int n = Math.min(length - done, longest + 1 - text.length());
            text.append(part, from + done, n);
            done += n;
            if (text.length() > longest) {
                int end = end();
                cuts++;
                open = target.test(text.substring(0, end));
                text.delete(0, end);
            }
        }
        return open;
    }

    /// The document ends here; false if no more is wanted.
    boolean end(String rest) {
        return add(rest.toCharArray(), 0, rest.length()) && finish();
    }

    /// The document ends; what is left of it is a passage, even if it is empty.
    boolean finish() {
        if (open) {
            open = target.test(text.toString());
        }
        text.setLength(0);
        return open;
    }

    private int end() {
        // The last character is only looked at.
        for (int i = longest; i > longest / 2; i--) {
            if (text.charAt(i - 1) == '\n' && solid(i - 2) && solid(i)) {
                return i;
            }
        }
        for (int i = longest - 1; i > longest / 2; i--) {
            if (text.charAt(i) == ' ' && solid(i - 1) && solid(i + 1)) {
                return i;
            }
        }
        return Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    }

    private boolean solid(int at) {
        char c = text.charAt(at);
        return !Character.isWhitespace(c) && !Character.isSpaceChar(c);
    }
}
