package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A tokenizer of llama2.c: the greatest length of a token, then for each token its score
/// (float32), its length and its bytes (`tokenizer.py` of karpathy/llama2.c). How many there are,
/// only the model says.
final class LlamaTokens {
    private static final int LONGEST_TOKEN = 1 << 16;
    private static final String AGAIN = "fetch or export it again";

    private LlamaTokens() {}

    /// The tokens in `tok<n>.bin`, else in `tokenizer.bin`, of `folder`, for a model of n tokens.
    ///
    /// @throws InputException if there is such a file, but it does not hold n tokens
    static Optional<Vocabulary.Found> find(Path folder, int n) throws IOException {
        for (String name : List.of("tok%d.bin".formatted(n), "tokenizer.bin")) {
            Optional<Path> file = Confinement.find(folder, name);
            if (file.isPresent()) {
                FileKind.requireFile(file.get());
                return Optional.of(new Vocabulary.Found(read(file.get(), n), name));
            }
        }
        return Optional.empty();
    }

    private static Tokens read(Path file, int n) throws IOException {
        if (Files.size(file) > JsonText.LONGEST) {
            throw new InputException(
                    file, "", "at most %,d bytes of tokens".formatted(JsonText.LONGEST), Files.size(file), "");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int longest = bytes.remaining() < 4 ? -1 : bytes.getInt();
        if (longest < 1 || longest > LONGEST_TOKEN) {
            throw new InputException(
                    file,
                    "byte 0",
                    "the length of the longest token, 1 to %,d".formatted(LONGEST_TOKEN),
                    longest,
                    AGAIN);
        }
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int length = bytes.remaining() < 8 ? -1 : bytes.getInt(bytes.position() + 4);
            if (length < 0 || length > longest || length > bytes.remaining() - 8) {
                throw new InputException(
                        file,
                        "byte %,d".formatted(bytes.position()),
                        "token %,d of %,d, at most %,d bytes long".formatted(i, n, longest),
                        length < 0 ? "the end" : "a length of %,d".formatted(length),
                        "put the tokenizer of this model beside it, or none");
            }
            byte[] token = new byte[length];
            bytes.position(bytes.position() + 8).get(token);
            tokens.add(new String(token, StandardCharsets.UTF_8));
        }
        if (bytes.hasRemaining()) {
            throw new InputException(
                    file,
                    "byte %,d".formatted(bytes.position()),
                    "the end after %,d tokens".formatted(n),
                    "%,d bytes more".formatted(bytes.remaining()),
                    "put the tokenizer of this model beside it, or none");
        }
        return Tokens.of(tokens);
    }
}
