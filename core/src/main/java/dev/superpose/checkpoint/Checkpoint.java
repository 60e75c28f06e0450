package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A trained model on disk, with the matrices of it that pack many directions into few dimensions. Its rows can be
/// read until it is closed, by several threads at once.
public sealed interface Checkpoint extends AutoCloseable permits ModelFolder, TextVectors {
    /// Opens a model: a Hugging Face style folder, a safetensors file, or a file of word vectors (GloVe or word2vec
    /// text). The numbers stay where they are; only word vectors are read at once.
    ///
    /// @throws InputException if `path` is none of these, or is damaged
    @SuppressWarnings("DoNotCallSuggester")
    static Checkpoint open(Path path) throws IOException {
        throw new InputException("not written yet: " + path);
    }

    /// The checkpoints in a folder that is not one itself, sorted by path; empty if there are none.
    @SuppressWarnings("DoNotCallSuggester")
    static List<Path> find(Path folder) throws IOException {
        throw new InputException("not written yet: " + folder);
    }

    /// The model's name, for people: its folder or file.
    String model();

    /// The matrices: of a model with two of them the unembedding first, of one with tied embeddings the one.
    List<PackedMatrix> matrices();

    @Override
    void close();
}
