package dev.superpose.checkpoint;

import java.util.List;
import java.util.Optional;

/// What the rows of one matrix stand for, as far as the list beside the weights fits them.
///
/// @param firstPaddingRow as in [PackedMatrix]
record RowTokens(Optional<Tokens> tokens, long firstPaddingRow) {
    /// Fits a vocabulary to a matrix of `rows` rows; what is odd goes to `notes`.
    static RowTokens of(Optional<Vocabulary.Found> vocabulary, long rows, Role role, List<String> notes) {
        if (vocabulary.isEmpty()) {
            if (role != Role.VECTORS) {
                notes.add(
                        "no tokenizer.json or list of tokens is beside the weights: padding rows, if any, are not known");
            }
            return new RowTokens(Optional.empty(), rows);
        }
        Tokens tokens = vocabulary.get().tokens();
        String source = vocabulary.get().source();
        long length = tokens.length();
        if (role == Role.VECTORS && length != rows) {
            // Without a model around it, nothing says that the list belongs to this matrix.
            notes.add("%s has %,d tokens for %,d rows and was passed over".formatted(source, length, rows));
            return new RowTokens(Optional.empty(), rows);
        }
        if (length > rows) {
            notes.add("%s has %,d tokens, more than the %,d rows".formatted(source, length, rows));
        } else if (length < rows) {
            notes.add("%,d rows beyond the %,d tokens of %s are padding".formatted(rows - length, length, source));
        }
        if (tokens.count() < length) {
            notes.add("%,d rows below the last token have no token".formatted(length - tokens.count()));
        }
        return new RowTokens(Optional.of(tokens), Math.min(length, rows));
    }
}
