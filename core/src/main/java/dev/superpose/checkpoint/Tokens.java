package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The strings that the rows of a matrix stand for.
///
/// A vocabulary may write its entries in a code: byte-level BPE writes ` Eiffel` as `ĠEiffel`,
/// SentencePiece as `▁Eiffel`. [#entry] gives the entry as the vocabulary has it, [#text] what it
/// means.
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

    private final @Nullable String[] entries;
    private final Map<String, Integer> rows;
    private final Spelling spelling;
    private final int count;

    private Tokens(@Nullable String[] entries, Spelling spelling) {
        this.entries = entries;
        this.spelling = spelling;
        this.rows = HashMap.newHashMap(entries.length);
        int present = 0;
        for (int row = 0; row < entries.length; row++) {
            String entry = entries[row];
            if (entry != null) {
                // The same string may stand at several rows: the lowest is found.
                rows.putIfAbsent(entry, row);
                present++;
            }
        }
        this.count = present;
    }

    /// Tokens written as they are, the first for row 0.
    public static Tokens of(List<String> texts) {
        return new Tokens(texts.toArray(String[]::new), Spelling.PLAIN);
    }

    /// The vocabulary in `file`: a `tokenizer.json`, an object of rows by entry such as
    /// `vocab.json`, or else a list with one token a line.
    ///
    /// @throws InputException if it is none of them
    public static Tokens read(Path file) throws IOException {
        return Vocabulary.read(file).tokens();
    }

    /// Entries of a vocabulary, the first for row 0; null where a row has none. Not copied.
    static Tokens of(@Nullable String[] entries, Spelling spelling) {
        return new Tokens(entries, spelling);
    }

    /// The number of rows that have a token.
    public long count() {
        return count;
    }

    /// The number of different tokens.
    public long distinct() {
        return rows.size();
    }

    /// One more than the last row that has a token.
    public long length() {
        return entries.length;
    }

    /// The entry of the vocabulary for `row`, as written there; `#row` if there is none. It comes
    /// from a file: make it printable before showing it.
    public String entry(long row) {
        String entry = row >= 0 && row < entries.length ? entries[(int) row] : null;
        return entry == null ? "#" + row : entry;
    }

    /// What the entry for `row` means, such as ` Eiffel`; `#row` if there is none. Make
    /// it printable before showing it.
    public String text(long row) {
        String entry = entry(row);
        return switch (spelling) {
            case PLAIN -> entry;
            case BYTE_LEVEL -> ByteLevel.decode(entry);
            case SENTENCE_PIECE -> entry.replace('\u2581', ' ');
        };
    }

    /// The row that stands for `text`: an entry that is `text`, else one that means it, else one
    /// that means it after a blank (most words of a byte-level vocabulary begin with one), else
    /// the same in lower case.
    public OptionalLong find(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String candidate :
                List.of(text, spell(text), spell(" " + text), lower, spell(lower), spell(" " + lower))) {
            Integer row = rows.get(candidate);
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
