package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What the rows of one matrix stand for, as far as the list beside the weights fits them.
///
/// @param firstPaddingRow as in [PackedMatrix]
record RowTokens(Optional<Tokens> tokens, long firstPaddingRow) {
    /// Fits a vocabulary to a matrix; what is odd goes to `notes`.
    ///
    /// Padding is what lies beyond the last token. Without a list of tokens it is what lies beyond
    /// `vocab_size`, or else the last rows if the numbers show that nothing trained them.
    ///
    /// @param vocabularySize the `vocab_size` of the model's configuration
    static RowTokens of(
            Optional<Vocabulary.Found> vocabulary,
            RowBlocks rows,
            Role role,
            Optional<Long> vocabularySize,
            List<String> notes)
            throws IOException {
        if (role == Role.VECTORS) {
            return vectors(vocabulary, rows.rows(), notes);
        }
        if (vocabulary.isEmpty()) {
            return new RowTokens(Optional.empty(), unlisted(rows, vocabularySize, notes));
        }
        Tokens tokens = vocabulary.get().tokens();
        String source = vocabulary.get().source();
        long count = rows.rows();
        long length = Math.min(tokens.length(), count);
        if (tokens.length() > count) {
            notes.add("%s has %,d tokens, more than the %,d rows".formatted(source, tokens.length(), count));
        } else if (length < count) {
            PaddingEvidence evidence = PaddingEvidence.before(count, rows);
            String words = evidence.count() == 0 ? "" : " (%s)".formatted(evidence.words());
            notes.add("%,d rows beyond the %,d tokens of %s are padding%s"
                    .formatted(count - length, length, source, words));
        }
        noteHoles(tokens, notes);
        PaddingEvidence unused = PaddingEvidence.before(length, rows);
        if (unused.count() > 1) {
            notes.add("the last %,d rows that have tokens look untrained (%s); they are measured"
                    .formatted(unused.count(), unused.words()));
        }
        return new RowTokens(Optional.of(tokens), length);
    }

    /// Where the padding begins of a model without a list of tokens.
    private static long unlisted(RowBlocks rows, Optional<Long> vocabularySize, List<String> notes) throws IOException {
        String missing = "no tokenizer.json or list of tokens is beside the weights";
        long count = rows.rows();
        long named = vocabularySize.orElse(count);
        if (named > 0 && named < count) {
            notes.add("%s; the %,d rows beyond vocab_size are taken for padding".formatted(missing, count - named));
            return named;
        }
        PaddingEvidence evidence = PaddingEvidence.before(count, rows);
        if (evidence.count() > 0) {
            notes.add("%s; the last %,d rows are taken for padding: %s"
                    .formatted(missing, evidence.count(), evidence.words()));
            return evidence.from();
        }
        notes.add("%s: padding rows, if any, are not known".formatted(missing));
        return count;
    }

    /// Without a model around it, nothing says that a list belongs to a matrix but its length.
    private static RowTokens vectors(Optional<Vocabulary.Found> vocabulary, long rows, List<String> notes) {
        Optional<Tokens> tokens = vocabulary.map(Vocabulary.Found::tokens);
        if (tokens.isPresent() && tokens.get().length() != rows) {
            notes.add("%s has %,d tokens for %,d rows and was passed over"
                    .formatted(vocabulary.get().source(), tokens.get().length(), rows));
            return new RowTokens(Optional.empty(), rows);
        }
        tokens.ifPresent(known -> noteHoles(known, notes));
        return new RowTokens(tokens, rows);
    }

    private static void noteHoles(Tokens tokens, List<String> notes) {
        if (tokens.count() < tokens.length()) {
            notes.add("%,d rows below the last token have no token".formatted(tokens.length() - tokens.count()));
        }
    }
}
