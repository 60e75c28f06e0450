package dev.superpose.cli;

import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.checkpoint.Tokens;
import dev.superpose.geometry.Neighbours;
import dev.superpose.geometry.Neighbours.Neighbour;
import dev.superpose.result.InputException;
import dev.superpose.result.Spelling;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/// The neighbours of one token, by name.
///
/// @param token the token found, as it reads
/// @param row its row
/// @param norm its norm
/// @param nearest the rows of largest cosine, the nearest first
/// @param interferers the rows that a state along the token disturbs most, the strongest first
record TokenCompany(String token, long row, double norm, List<Other> nearest, List<Other> interferers) {
    private static final int SUGGESTIONS = 5;

    TokenCompany {
        nearest = List.copyOf(nearest);
        interferers = List.copyOf(interferers);
    }

    /// Another token.
    ///
    /// @param interference its cosine times its norm
    record Other(String token, long row, double cosine, double interference) {}

    /// The company of `wanted` in `matrix`; empty if the matrix has no such token. `#12` is row 12
    /// where no token reads so.
    static Optional<TokenCompany> of(PackedMatrix matrix, String wanted, int count, LongPredicate padding)
            throws IOException {
        OptionalLong found = find(matrix, wanted);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Neighbours neighbours = Neighbours.of(matrix.rows(), found.getAsLong(), count, padding);
        return Optional.of(new TokenCompany(
                TokenText.of(matrix, neighbours.row()),
                neighbours.row(),
                neighbours.norm(),
                named(matrix, neighbours.nearest()),
                named(matrix, neighbours.interferers())));
    }

    private static OptionalLong find(PackedMatrix matrix, String wanted) {
        OptionalLong row = matrix.tokens().map(tokens -> tokens.find(wanted)).orElse(OptionalLong.empty());
        if (row.isEmpty() && wanted.matches("#\\d{1,18}")) {
            row = OptionalLong.of(Long.parseLong(wanted.substring(1)));
        }
        return row.isPresent() && row.getAsLong() < matrix.rows().rows() ? row : OptionalLong.empty();
    }

    private static List<Other> named(PackedMatrix matrix, List<Neighbour> neighbours) {
        return neighbours.stream()
                .map(other ->
                        new Other(TokenText.of(matrix, other.row()), other.row(), other.cosine(), other.interference()))
                .toList();
    }

    /// Why no matrix has `wanted`, with the tokens that read most like it.
    static InputException unknown(String wanted, Optional<Tokens> tokens) {
        if (tokens.isEmpty()) {
            return new InputException(
                    ("--near %s: it is not known what the rows stand for; put tokenizer.json, vocab.json"
                                    + " or, a token a line, NAME.tokens.txt beside the weights, or ask for a row by --near '#12'")
                            .formatted(wanted));
        }
        List<String> alike = alike(wanted, tokens.get());
        return new InputException("--near %s: there is no such token%s"
                .formatted(wanted, alike.isEmpty() ? "" : " (close to it: " + String.join(", ", alike) + ")"));
    }

    /// Tokens that begin with the same letters or differ by few.
    private static List<String> alike(String wanted, Tokens tokens) {
        record Candidate(String text, int distance) {}
        String plain = wanted.strip().toLowerCase(Locale.ROOT);
        return LongStream.range(0, tokens.length())
                .mapToObj(tokens::text)
                .map(String::strip)
                .distinct()
                // Most tokens are too long or too short, and need no table of edits.
                .filter(text -> Math.abs(text.length() - plain.length()) <= plain.length())
                .map(text -> new Candidate(text, Spelling.edits(plain, text.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= Math.max(1, plain.length() / 3))
                .sorted(Comparator.comparingInt(Candidate::distance))
                .limit(SUGGESTIONS)
                .map(Candidate::text)
                .toList();
    }
}
