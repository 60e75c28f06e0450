package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A model in GGUF files. Whatever the architecture, the embedding is `token_embd.weight` and the
/// unembedding `output.weight`; without the latter they are tied.
final class GgufModel {
    private static final String EMBEDDING = "token_embd.weight";
    private static final String UNEMBEDDING = "output.weight";
    private static final String BIAS = "output.bias";
    private static final String ARCHITECTURE = "general.architecture";
    private static final int LONGEST_NAME = 100;

    /// Names of files that tell nothing of the model: those that tools give, and digests.
    private static final Pattern ANONYMOUS = Pattern.compile("(ggml-)?model([-.].*)?|(sha256-)?[0-9a-f]{32,}");

    /// Architectures that end in states, not in logits: an absent unembedding is not a tied one.
    private static final Set<String> ENCODERS = Set.of(
            "bert",
            "modern-bert",
            "nomic-bert",
            "nomic-bert-moe",
            "neo-bert",
            "jina-bert-v2",
            "jina-bert-v3",
            "eurobert",
            "gemma-embedding",
            "t5encoder");

    private final GgufParts parts;
    private final String name;
    private final Optional<Vocabulary.Found> tokens;

    private GgufModel(Path file, GgufParts parts) throws IOException {
        this.parts = parts;
        String stem = GgufParts.stem(file);
        this.name = name(stem);
        Optional<Vocabulary.Found> own = GgufTokens.find(parts.first().file(), parts.metadata());
        this.tokens = own.isPresent() ? own : Vocabulary.find(file.resolveSibling(""), stem);
    }

    /// Opens the model in `file`, and in the other files that it is a part of; the numbers stay
    /// where they are.
    static Checkpoint open(Path file) throws IOException {
        return MappedModel.open(arena -> open(file, arena));
    }

    private static MappedModel open(Path file, Arena arena) throws IOException {
        GgufParts parts = GgufParts.map(file, arena);
        requireTensors(parts);
        var model = new GgufModel(file, parts);
        return new MappedModel(model.name, parts.metadata().text(ARCHITECTURE), model.matrices(), arena);
    }

    /// Whether a file found in a folder is a model, and the file to open it by.
    static boolean recognises(Path file) throws IOException {
        byte[] prefix = FileKind.prefix(file);
        return FileKind.of(prefix) == FileKind.GGUF && GgufHeader.holdsTensors(prefix) && GgufParts.isFirst(file);
    }

    /// The name of the file, which tells apart several quantisations of a model; what the model
    /// calls itself, if the file has no name of its own.
    private String name(String stem) {
        String said = parts.metadata().text("general.name").map(String::strip).orElse("");
        String name = !said.isEmpty() && ANONYMOUS.matcher(stem).matches() ? said : stem;
        return InputException.printable(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name);
    }

    private static void requireTensors(GgufParts parts) throws InputException {
        if (parts.tensors().isEmpty()) {
            throw new InputException(
                    parts.first().file(),
                    "",
                    "a model",
                    parts.metadata().countTexts(GgufTokens.KEY) > 0
                            ? "a tokenizer without tensors"
                            : "metadata without tensors",
                    "give the GGUF file of the model itself");
        }
    }

    private List<PackedMatrix> matrices() throws IOException {
        Optional<GgufParts.Located> embedding = parts.find(EMBEDDING);
        Optional<GgufParts.Located> unembedding = parts.find(UNEMBEDDING);
        if (embedding.isPresent() && unembedding.isPresent()) {
            if (embedding.get().sameAs(unembedding.get())) {
                return List.of(matrix(unembedding.get(), Role.UNEMBEDDING, true, List.of()));
            }
            return List.of(
                    matrix(unembedding.get(), Role.UNEMBEDDING, false, List.of()),
                    matrix(embedding.get(), Role.EMBEDDING, false, List.of()));
        } else if (embedding.isPresent()) {
            return List.of(only(embedding.get()));
        } else if (unembedding.isPresent()) {
            return List.of(matrix(
                    unembedding.get(), Role.UNEMBEDDING, false, List.of("the input embedding is not in the file")));
        }
        throw noMatrix();
    }

    private PackedMatrix only(GgufParts.Located embedding) throws IOException {
        String architecture = parts.metadata().text(ARCHITECTURE).orElse("");
        if (ENCODERS.contains(architecture)) {
            return matrix(
                    embedding,
                    Role.EMBEDDING,
                    false,
                    List.of("models of architecture %s have no unembedding".formatted(architecture)));
        }
        return matrix(embedding, Role.UNEMBEDDING, true, List.of());
    }

    private InputException noMatrix() {
        String type = parts.metadata().text("general.type").orElse("model");
        String architecture = parts.metadata().text(ARCHITECTURE).orElse("unnamed");
        int count = parts.tensors().size();
        return new InputException(
                parts.first().file(),
                "",
                "a tensor '%s' or '%s'".formatted(EMBEDDING, UNEMBEDDING),
                "%,d of other names, such as %s (type %s, architecture %s)"
                        .formatted(count, parts.tensors().getFirst().describe(), type, architecture),
                "adapters, projectors and image models have no vocabulary; give the language model");
    }

    private PackedMatrix matrix(GgufParts.Located found, Role role, boolean tied, List<String> remarks)
            throws IOException {
        GgufRows rows = found.rows();
        List<String> notes = new ArrayList<>(remarks);
        if (found.tensor().type().unscaled()) {
            notes.add(MatrixNotes.unscaled(found.tensor().type()));
        }
        noteWidth(rows.width(), notes);
        MatrixNotes.ofShape(rows.rows(), rows.width(), notes);
        if (role == Role.UNEMBEDDING) {
            parts.find(BIAS)
                    .map(bias -> MatrixNotes.bias(bias.tensor().describe()))
                    .ifPresent(notes::add);
        }
        RowTokens known = RowTokens.of(tokens, rows, role, sized("vocab_size"), notes);
        return new PackedMatrix(
                name,
                found.part().file(),
                found.tensor().name(),
                role,
                tied,
                found.tensor().type().name(),
                rows,
                known.firstPaddingRow(),
                known.tokens(),
                notes);
    }

    private void noteWidth(int width, List<String> notes) {
        sized("embedding_length")
                .filter(said -> said != width)
                .ifPresent(said ->
                        notes.add("the rows are %,d wide, the layers %,d (embedding_length)".formatted(width, said)));
    }

    /// A size of the architecture, such as `llama.embedding_length`.
    private Optional<Long> sized(String key) {
        return parts.metadata()
                .text(ARCHITECTURE)
                .flatMap(architecture -> parts.metadata().integer(architecture + "." + key));
    }
}
