package dev.superpose.text;

import java.util.Arrays;
import java.util.List;

/// How often each token of a vocabulary occurs in some texts.
public final class TokenCounts {
    private final long[] counts;
    private final long tokens;
    private final long documents;
    private final long cuts;
    private final long faults;
    private final double bytesPerToken;
    private final boolean interrupted;
    private final List<String> notes;

    TokenCounts(TokenCounter counter) {
        counts = counter.counts().clone();
        tokens = counter.tokens();
        documents = counter.documents();
        cuts = counter.cuts();
        faults = counter.faults();
        bytesPerToken = counter.bytesPerToken();
        interrupted = counter.interrupted();
        notes = counter.notes();
    }

    /// The count of each row, (vocabulary). A copy.
    public long[] counts() {
        return counts.clone();
    }

    /// How many tokens were counted.
    public long tokens() {
        return tokens;
    }

    /// The rows of the vocabulary.
    public int vocabulary() {
        return counts.length;
    }

    /// How many rows occur at all.
    public long distinct() {
        return Arrays.stream(counts).filter(count -> count > 0).count();
    }

    /// How many documents were read, the last perhaps in part.
    public long documents() {
        return documents;
    }

    /// How many times a document was cut to be encoded in parts.
    public long cuts() {
        return cuts;
    }

    /// How many times bytes were no UTF-8 and were taken for U+FFFD.
    public long faults() {
        return faults;
    }

    /// Bytes of UTF-8 for each token.
    public double bytesPerToken() {
        return bytesPerToken;
    }

    /// Whether the count was stopped before its end.
    public boolean interrupted() {
        return interrupted;
    }

    /// What a reader of the counts should know, one sentence each; from files, so make
    /// them printable.
    public List<String> notes() {
        return notes;
    }
}
