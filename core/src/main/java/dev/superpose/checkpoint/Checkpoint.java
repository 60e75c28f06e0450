package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A trained model on disk, with the matrices of it that pack many directions into few dimensions.
/// Its rows can be read until it is closed, by several threads at once.
public sealed interface Checkpoint extends AutoCloseable permits ModelFolder, TextVectors {
    /// Opens a model: a Hugging Face style folder, a safetensors file, a file of PyTorch (`.bin`,
    /// `.pt`, `.pth`), or a file of word vectors (GloVe or word2vec text). The numbers stay where
    /// they are; only word vectors are read at once.
    ///
    /// @throws InputException if `path` is none of these, or is damaged
    static Checkpoint open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            if (!ModelFolder.isModel(path)) {
                List<Path> inside = find(path);
                throw new InputException(
                        path,
                        "",
                        "a model (a folder with config.json, model.safetensors or pytorch_model.bin)",
                        inside.isEmpty() ? "a folder without one" : "a folder of %d models".formatted(inside.size()),
                        inside.isEmpty() ? "name the model's folder or file" : "name one of them");
            }
            return ModelFolder.open(path);
        }
        FileKind.requireFile(path);
        FileKind kind = FileKind.of(path);
        if (ModelFolder.isSafetensors(path) || kind == FileKind.SAFETENSORS) {
            return ModelFolder.openFile(path);
        }
        if (kind == FileKind.ZIP || (kind == FileKind.PICKLE && TorchFile.named(path))) {
            return ModelFolder.openTorch(path);
        }
        if (kind == FileKind.TEXT
                || (kind == FileKind.UNKNOWN && TextVectors.named(path))
                || (kind == FileKind.GZIP && TextVectors.isCompressed(path))) {
            return TextVectors.open(path);
        }
        throw kind.refusal(path, "a safetensors or PyTorch file, a model folder, or word vectors as text");
    }

    /// The checkpoints in a folder, sorted by name, numbers in it by value; the folder
    /// itself if it is
    /// a model; empty if there are none. Looks three folders deep; text files count if their first
    /// lines are word vectors.
    static List<Path> find(Path folder) throws IOException {
        return CheckpointSearch.in(folder);
    }

    /// The model's name, for people: its folder or file.
    String model();

    /// The matrices: of a model with two of them the unembedding first, of one with tied
    /// embeddings the one.
    List<PackedMatrix> matrices();

    @Override
    void close();
}
