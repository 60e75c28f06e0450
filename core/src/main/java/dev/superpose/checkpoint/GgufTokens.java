package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The vocabulary in a GGUF file.
final class GgufTokens {
    static final String KEY = "tokenizer.ggml.tokens";

    private GgufTokens() {}

    /// The tokens, if `metadata` of `file` has any. Entries that a conversion made up to fill the
    /// last rows, `[PAD50277]` and so on, are no tokens.
    static Optional<Vocabulary.Found> find(Path file, GgufMetadata metadata) throws InputException {
        long count = metadata.countTexts(KEY);
        if (count == 0) {
            return Optional.empty();
        }
        if (count > Vocabulary.MOST) {
            throw new InputException(
                    file, "'%s'".formatted(KEY), "at most %,d tokens".formatted(Vocabulary.MOST), count, "");
        }
        List<String> texts = metadata.readTexts(KEY);
        int length = texts.size();
        while (length > 0 && texts.get(length - 1).equals("[PAD%d]".formatted(length - 1))) {
            length--;
        }
        @Nullable String[] entries = texts.subList(0, length).toArray(String[]::new);
        return Optional.of(new Vocabulary.Found(Tokens.of(entries, spelling(metadata)), KEY));
    }

    /// The tokenizers that mark blanks by U+2581 write those of BERT so too: `##ing` became `ing`,
    /// `the` became `▁the`.
    private static Tokens.Spelling spelling(GgufMetadata metadata) {
        return switch (metadata.text("tokenizer.ggml.model").orElse("")) {
            case "gpt2" -> Tokens.Spelling.BYTE_LEVEL;
            case "llama", "bert", "t5" -> Tokens.Spelling.SENTENCE_PIECE;
            default -> Tokens.Spelling.PLAIN;
        };
    }
}
