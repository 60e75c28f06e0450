package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the embedding and the unembedding among a model's tensors: by the names of its
/// architecture, else by all known names, else, if there is one matrix only, that.
///
/// The file has the last word, then `config.json`, then the default of the architecture; where
/// they disagree, a note says so. The width is that of the tensor, never `hidden_size` (they
/// differ in OPT-350m, ALBERT, ELECTRA).
final class MatrixChoice {
    private static final int CANDIDATES_SHOWN = 6;
    private final String model;
    private final TensorFiles weights;
    private final ModelConfig config;
    private final Optional<Vocabulary.Found> vocabulary;
    private final Quantisation quantisation;
    private final List<String> notes;
    private List<Long> embeddingShape = List.of();

    MatrixChoice(String model, TensorFiles weights, ModelConfig config, Optional<Vocabulary.Found> vocabulary) {
        this.model = model;
        this.weights = weights;
        this.config = config;
        this.vocabulary = vocabulary;
        this.quantisation = Quantisation.of(weights.names());
        this.notes = new ArrayList<>(config.notes());
    }

    /// The matrices, the unembedding first.
    List<PackedMatrix> matrices() throws IOException {
        Set<String> names = weights.names();
        Optional<Architecture> known = config.modelTypes().stream()
                .flatMap(type -> Architecture.named(type).stream())
                .findFirst();
        Architecture architecture = known.orElseGet(Architecture::unknown);
        if (known.isPresent()
                && architecture.findEmbedding(names).isEmpty()
                && architecture.findUnembedding(names).isEmpty()) {
            notes.add("the tensors are not named as in other models of type %s"
                    .formatted(config.modelTypes().getFirst()));
            architecture = Architecture.unknown();
        } else if (known.isEmpty() && !config.modelTypes().isEmpty()) {
            notes.add("the model type %s is unknown; the matrices were chosen by their names alone"
                    .formatted(config.modelTypes().getFirst()));
        }
        Optional<String> embedding = architecture.findEmbedding(names);
        Optional<String> unembedding = architecture.findUnembedding(names);
        requireOne(architecture, embedding, unembedding);
        if (embedding.isPresent() && unembedding.isPresent()) {
            return both(embedding.get(), unembedding.get());
        } else if (embedding.isPresent()) {
            return List.of(onlyEmbedding(embedding.get(), architecture));
        } else if (unembedding.isPresent()) {
            notes.add("the input embedding is not in the file");
            return List.of(matrix(unembedding.get(), Role.UNEMBEDDING, false, notes));
        }
        return List.of(matrix(onlyMatrix(), Role.VECTORS, false, notes));
    }

    /// Refuses a model of which neither matrix can be read as it is quantised; tells of
    /// one that is left out.
    private void requireOne(Architecture architecture, Optional<String> embedding, Optional<String> unembedding)
            throws InputException {
        Optional<String> quantisedEmbedding = architecture.findEmbedding(quantisation.plainNames());
        Optional<String> quantisedHead = architecture.findUnembedding(quantisation.plainNames());
        if (embedding.isEmpty() && unembedding.isEmpty()) {
            Optional<String> either = quantisedHead.or(() -> quantisedEmbedding);
            if (either.isPresent()) {
                quantisation.requirePlain(weights.file(), either.get(), Optional.empty());
            }
        } else if (embedding.isEmpty()) {
            quantisedEmbedding
                    .flatMap(name -> quantisation.leftOut("input embedding", name))
                    .ifPresent(notes::add);
        } else if (unembedding.isEmpty()) {
            quantisedHead
                    .flatMap(name -> quantisation.leftOut("unembedding", name))
                    .ifPresent(notes::add);
        }
    }

    private List<PackedMatrix> both(String embedding, String unembedding) throws IOException {
        boolean said = config.tied().orElse(false);
        embeddingShape =
                weights.holding(embedding).find(embedding).orElseThrow().shape();
        if (same(embedding, unembedding)) {
            if (config.tied().isPresent() && !said) {
                notes.add(
                        "config.json says that embedding and unembedding differ, but they are stored bit for bit equal:"
                                + " taken as tied");
            } else {
                notes.add("'%s' is stored too, bit for bit equal".formatted(embedding));
            }
            return List.of(matrix(unembedding, Role.UNEMBEDDING, true, notes));
        }
        if (said) {
            notes.add("config.json says that embedding and unembedding are tied, but the file holds two that differ:"
                    + " taken as untied");
        }
        return List.of(
                matrix(unembedding, Role.UNEMBEDDING, false, notes), matrix(embedding, Role.EMBEDDING, false, notes));
    }

    private boolean same(String first, String second) throws IOException {
        TensorFile one = weights.holding(first);
        TensorFile two = weights.holding(second);
        TensorInfo a = one.find(first).orElseThrow();
        TensorInfo b = two.find(second).orElseThrow();
        if (a.dtype() != b.dtype() || !a.shape().equals(b.shape())) {
            return false;
        }
        Optional<MemorySegment> these = one.rowMajor(a);
        Optional<MemorySegment> those = two.rowMajor(b);
        return (these.isPresent() && those.isPresent())
                ? sameBytes(one.file(), these.get(), those.get())
                : sameRows(one.rows(first), two.rows(second));
    }

    private static boolean sameBytes(Path file, MemorySegment these, MemorySegment those) throws InputException {
        try {
            return these.mismatch(those) == -1;
        } catch (InternalError e) {
            throw MappedRows.changed(file, 0, e);
        }
    }

    private static boolean sameRows(RowBlocks one, RowBlocks two) throws IOException {
        float[] these = new float[one.width()];
        float[] those = new float[one.width()];
        for (long i = 0; i < one.rows(); i++) {
            one.read(i, 1, these);
            two.read(i, 1, those);
            if (!Arrays.equals(these, those)) {
                return false;
            }
        }
        return true;
    }

    private PackedMatrix onlyEmbedding(String name, Architecture architecture) throws IOException {
        Optional<Boolean> tied = config.tied().or(architecture::tied);
        if (tied.isEmpty()) {
            notes.add("no unembedding is in the file, and nothing says whether it is tied to the embedding");
        } else if (!tied.get()) {
            notes.add("the model is untied, but its unembedding is not in the file");
        } else if (config.tied().isEmpty()) {
            notes.add(
                    "config.json does not say whether the embeddings are tied; they are by default in models of type %s"
                            .formatted(config.modelTypes().getFirst()));
        }
        boolean shared = tied.orElse(false);
        return matrix(name, shared ? Role.UNEMBEDDING : Role.EMBEDDING, shared, notes);
    }

    /// The one matrix that the file holds, or, in a file of this project, the `W` of a toy model.
    private String onlyMatrix() throws IOException {
        List<TensorInfo> found = new ArrayList<>();
        for (TensorFile file : weights.files()) {
            for (TensorInfo tensor : file.tensors()) {
                if (tensor.shape().size() == 2
                        && tensor.bytes() > 0
                        && tensor.dtype().readable()) {
                    found.add(tensor);
                }
            }
        }
        if (found.size() == 1) {
            return found.getFirst().name();
        }
        if (found.stream().anyMatch(tensor -> tensor.name().equals("W"))) {
            notes.add("one of %d matrices, taken because of its name".formatted(found.size()));
            return "W";
        }
        String candidates = found.stream()
                .sorted(Comparator.comparing(
                                (TensorInfo tensor) -> tensor.shape().getFirst())
                        .reversed())
                .limit(CANDIDATES_SHOWN)
                .map(TensorInfo::describe)
                .collect(Collectors.joining("; "));
        throw new InputException(
                "%s: header: expected an embedding or unembedding under a known name, or one matrix only, found %s"
                        .formatted(
                                weights.file(),
                                found.isEmpty()
                                        ? "no matrix"
                                        : "%,d matrices: %s%s (keep the one you mean in a file by itself)"
                                                .formatted(
                                                        found.size(),
                                                        candidates,
                                                        found.size() > CANDIDATES_SHOWN ? "; …" : "")));
    }

    private PackedMatrix matrix(String name, Role role, boolean tied, List<String> soFar) throws IOException {
        TensorFile file = weights.holding(name);
        TensorInfo tensor = file.find(name).orElseThrow();
        quantisation.requirePlain(file.file(), name, Optional.of(tensor.dtype()));
        List<String> all = new ArrayList<>(soFar);
        all.addAll(weights.notes());
        all.addAll(quantisation.notes());
        if (tensor.dtype().quantised()) {
            all.add(MatrixNotes.unscaled(tensor.dtype()));
        }
        RowBlocks rows = rows(file, tensor, role, all);
        all.addAll(new ConfigNotes(weights, config).of(name, rows.rows(), rows.width(), role, tied));
        RowTokens known = RowTokens.of(vocabulary, rows, role, config.vocabularySize(), all);
        return new PackedMatrix(
                model,
                file.file(),
                name,
                role,
                tied,
                tensor.dtype().name(),
                rows,
                known.firstPaddingRow(),
                known.tokens(),
                all);
    }

    /// The rows of a matrix, one per token: if it is stored the other way round, its columns.
    private RowBlocks rows(TensorFile file, TensorInfo tensor, Role role, List<String> to) throws InputException {
        RowBlocks rows = file.rows(tensor.name());
        Optional<MemorySegment> numbers = file.rowMajor(tensor);
        if (role == Role.VECTORS || numbers.isEmpty() || !turned(rows.rows(), rows.width())) {
            return rows;
        }
        to.add("the matrix is stored as (%,d, %,d), a column per token: its columns were taken for rows"
                .formatted(rows.rows(), rows.width()));
        int width = Math.toIntExact(rows.rows());
        return new StridedRows(file.file(), numbers.get(), tensor.dtype(), rows.width(), width, 1, rows.width());
    }

    /// Whether a matrix of that shape has a column per token: by the number of tokens and of rows
    /// that are known from elsewhere.
    private boolean turned(long rows, long width) {
        Optional<Long> tokens = vocabulary.map(found -> found.tokens().length());
        boolean fits = config.vocabularySize().equals(Optional.of(width))
                || config.hiddenSize().equals(Optional.of(rows))
                || embeddingShape.equals(List.of(width, rows));
        return rows < width
                && fits
                && tokens.map(count -> rows < count && count <= width).orElse(true);
    }
}
