package dev.superpose.text;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.superpose.checkpoint.Tokens;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A trained tokenizer: text to rows of its vocabulary. No special token is added, nothing is cut
/// off or filled up, whatever the file says; a special token that is written out in the text
/// counts as itself.
///
/// Belongs to one thread at a time; uses as many processors as there are. To be closed.
public final class Tokenizer implements AutoCloseable {
    private static final String FILE = "tokenizer.json";
    private static final String WHAT =
            "a tokenizer: tokenizer.json, a folder with one, or with vocab.json and merges.txt";

    private final TokenizersLibrary library;
    private final Path file;
    private final Tokens tokens;
    private long handle;

    private Tokenizer(TokenizersLibrary library, Path file, Tokens tokens, long handle) {
        this.library = library;
        this.file = file;
        this.tokens = tokens;
        this.handle = handle;
    }

    /// Opens the tokenizer at `path`: a file `tokenizer.json`, a model's folder with one, or one
    /// with the `vocab.json` and `merges.txt` of GPT-2.
    ///
    /// @throws InputException if there is none, it is broken, or the library does not load
    public static Tokenizer open(Path path) throws IOException {
        Path file = find(path);
        // Reads the whole file strictly before the library sees it.
        Tokens tokens = Tokens.read(file);
        String description =
                BytePairFiles.isVocabulary(file) ? BytePairFiles.of(file).description() : Files.readString(file);
        TokenizersLibrary library = TokenizerLibrary.load();
        long handle;
        try {
            handle = library.createTokenizerFromString(description);
        } catch (RuntimeException refused) {
            var wrong = new InputException(
                    file,
                    "",
                    "a tokenizer that the tokenizers library takes",
                    String.valueOf(refused.getMessage()),
                    "fetch it again");
            wrong.initCause(refused);
            throw wrong;
        }
        library.disableTruncation(handle);
        library.disablePadding(handle);
        return new Tokenizer(library, file, tokens, handle);
    }

    private static Path find(Path path) throws InputException {
        if (!Files.exists(path)) {
            throw new InputException(path, "", WHAT, "nothing of that name", "check the path");
        }
        if (!Files.isDirectory(path)) {
            return path;
        }
        for (String name : List.of(FILE, "vocab.json", "encoder.json")) {
            if (Files.isRegularFile(path.resolve(name))) {
                return path.resolve(name);
            }
        }
        boolean sentencePiece = Files.exists(path.resolve("tokenizer.model"));
        throw new InputException(
                path,
                "",
                WHAT,
                sentencePiece ? "only the tokenizer.model of SentencePiece" : "a folder without one",
                sentencePiece
                        ? "let transformers write a tokenizer.json: AutoTokenizer.from_pretrained(folder).save_pretrained(folder)"
                        : "fetch the tokenizer.json that belongs to the model");
    }

    /// The file it was read from.
    public Path file() {
        return file;
    }

    /// Its vocabulary.
    public Tokens tokens() {
        return tokens;
    }

    /// Whether a text that is cut after a line feed gives the same tokens as the whole: so it is
    /// unless the tokenizer treats the beginning of a text in a way of its own, as those of
    /// SentencePiece do.
    public boolean cutsCleanly() throws InputException {
        long[] whole = encode(List.of("one two\nthree four")).getFirst();
        long[] parts = encode(List.of("one two\n", "three four")).stream()
                .flatMapToLong(Arrays::stream)
                .toArray();
        return Arrays.equals(whole, parts);
    }

    /// The rows of the tokens of each of `texts`, in the order of the text.
    ///
    /// @throws InputException if the tokenizer refuses a text
    public List<long[]> encode(List<String> texts) throws InputException {
        if (handle == 0) {
            throw new IllegalStateException("the tokenizer is closed");
        }
        long[] encodings;
        try {
            encodings = library.batchEncode(handle, texts.toArray(String[]::new), false);
        } catch (RuntimeException refused) {
            var wrong = new InputException(
                    file, "", "a tokenizer that takes any text", String.valueOf(refused.getMessage()), "is it whole?");
            wrong.initCause(refused);
            throw wrong;
        }
        try {
            return Arrays.stream(encodings).mapToObj(library::getTokenIds).toList();
        } finally {
            for (long encoding : encodings) {
                library.deleteEncoding(encoding);
            }
        }
    }

    @Override
    public void close() {
        if (handle != 0) {
            library.deleteTokenizer(handle);
            handle = 0;
        }
    }
}
