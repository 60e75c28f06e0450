package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A trained model on disk, with the matrices of it that pack many directions into few dimensions.
/// Its rows can be read until it is closed, by several threads at once.
public sealed interface Checkpoint extends AutoCloseable permits ModelFolder, MappedModel, WordVectors {
    /// Opens a model: a Hugging Face style folder, a safetensors, PyTorch or GGUF file, a NumPy
    /// array or archive, a llama2.c model, or a file of word vectors (GloVe or fastText text,
    /// word2vec text or binary). What a file is, its content decides. The numbers stay where they
    /// are; only word vectors and compressed arrays are read at once.
    ///
    /// @throws InputException if `path` is none of these, or is damaged
    static Checkpoint open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            if (!ModelFolder.isModel(path)) {
                List<Path> inside = find(path);
                if (inside.size() == 1) {
                    return open(inside.getFirst());
                }
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
        OtherWeights.refuse(path, kind);
        if (ModelFolder.isSafetensors(path) || kind == FileKind.SAFETENSORS) {
            return ModelFolder.openFile(path);
        }
        return switch (kind) {
            case ZIP -> ModelFolder.openTorch(path);
            case NPY -> NumpyFile.open(path);
            case NPZ -> NumpyArchive.open(path);
            case GGUF -> GgufModel.open(path);
            case LLAMA2C -> LlamaFile.open(path);
            case TEXT, WORD2VEC -> WordVectors.open(path);
            default -> openByName(path, kind);
        };
    }

    /// Opens the one model that `name` stands for: a path, a pattern, or the name of a model in the
    /// Hugging Face cache, as [ModelPaths] says.
    ///
    /// @throws InputException if it stands for none or for several, or as [#open(Path)]
    static Checkpoint open(String name) throws IOException {
        List<Path> models = ModelPaths.standard().models(name);
        if (models.size() > 1) {
            throw new InputException(name, "", "one model", "%,d models".formatted(models.size()), "name one of them");
        }
        return open(models.getFirst());
    }

    private static Checkpoint openByName(Path path, FileKind kind) throws IOException {
        if (kind == FileKind.PICKLE && TorchFile.named(path)) {
            return ModelFolder.openTorch(path);
        }
        if (kind == FileKind.GZIP ? WordVectors.holds(path) : kind == FileKind.UNKNOWN && WordVectors.named(path)) {
            return WordVectors.open(path);
        }
        throw kind.refusal(path, "a safetensors, PyTorch or GGUF file, a model folder, a NumPy array, or word vectors");
    }

    /// The checkpoints in a folder, sorted by name, numbers in it by value; the folder itself if
    /// it is a model; empty if there are none. Looks three folders deep; text files count if
    /// their first lines are word vectors.
    static List<Path> find(Path folder) throws IOException {
        return CheckpointSearch.in(folder);
    }

    /// All models that `name` stands for, as [ModelPaths] says; one at least.
    ///
    /// @throws InputException if there is none
    static List<Path> find(String name) throws IOException {
        return ModelPaths.standard().models(name);
    }

    /// The model's name, for people: its folder or file.
    String model();

    /// The architecture in the words of the model's own files (`gpt2`, `llama`); empty where they
    /// name none. Text from a file: make it printable before showing it.
    default Optional<String> architecture() {
        return Optional.empty();
    }

    /// The matrices: of a model with two of them the unembedding first, of one with tied
    /// embeddings the one.
    List<PackedMatrix> matrices();

    @Override
    void close();
}
