package dev.superpose.checkpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// The strings that the rows of a matrix stand for.
///
/// A vocabulary may write its entries in a code: byte-level BPE writes ` Eiffel` as `ĠEiffel`, SentencePiece as
/// `▁Eiffel`. [#entry] gives the entry as the vocabulary has it, [#text] what it means.
public final class Tokens {
    /// How the entries of a vocabulary are written.
    enum Spelling {
        /// As they are.
        PLAIN,
        /// Each byte of the UTF-8 text as one printable character (GPT-2).
        BYTE_LEVEL,
        /// Blanks as U+2581 (SentencePiece).
        SENTENCE_PIECE
    }

    private final Map<Long, String> entries;
    private final Map<String, Long> rows;
    private final Spelling spelling;
    private final long length;

    private Tokens(Map<Long, String> entries, Spelling spelling) {
        this.entries = entries;
        this.spelling = spelling;
        this.rows = HashMap.newHashMap(entries.size());
        long last = -1;
        for (Map.Entry<Long, String> entry : entries.entrySet()) {
            // The same string may stand at several rows: the lowest is found.
            rows.merge(entry.getValue(), entry.getKey(), Math::min);
            last = Math.max(last, entry.getKey());
        }
        this.length = last + 1;
    }

    /// Tokens written as they are, the first for row 0.
    public static Tokens of(List<String> texts) {
        Map<Long, String> entries = HashMap.newHashMap(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            entries.put((long) i, texts.get(i));
        }
        return new Tokens(entries, Spelling.PLAIN);
    }

    /// Entries of a vocabulary by row; rows may be missing.
    static Tokens of(Map<Long, String> entries, Spelling spelling) {
        return new Tokens(Map.copyOf(entries), spelling);
    }

    /// The number of distinct rows that have a token.
    public int count() {
        return entries.size();
    }

    /// One more than the last row that has a token.
    public long length() {
        return length;
    }

    /// The entry of the vocabulary for `row`, as written there; `#row` if there is none. It comes from a file: make it
    /// printable before showing it.
    public String entry(long row) {
        return entries.getOrDefault(row, "#" + row);
    }

    /// What the entry for `row` means, such as ` Eiffel`; `#row` if there is none. Make it printable before showing it.
    public String text(long row) {
        String entry = entry(row);
        if (!entries.containsKey(row)) {
            return entry;
        }
        return switch (spelling) {
            case PLAIN -> entry;
            case BYTE_LEVEL -> ByteLevel.decode(entry);
            case SENTENCE_PIECE -> entry.replace('\u2581', ' ');
        };
    }

    /// The row that stands for `text`: an entry that is `text`, else one that means it, else one that means it after a
    /// blank (most words of a byte-level vocabulary begin with one), else the same in lower case.
    public OptionalLong find(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String candidate :
                List.of(text, spell(text), spell(" " + text), lower, spell(lower), spell(" " + lower))) {
            Long row = rows.get(candidate);
            if (row != null) {
                return OptionalLong.of(row);
            }
        }
        return OptionalLong.empty();
    }

    private String spell(String text) {
        return switch (spelling) {
            case PLAIN -> text;
            case BYTE_LEVEL -> ByteLevel.encode(text);
            case SENTENCE_PIECE -> text.replace(' ', '\u2581');
        };
    }
}
