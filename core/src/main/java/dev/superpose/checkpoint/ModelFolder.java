package dev.superpose.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A model as Hugging Face lays it out: `config.json`, `tokenizer.json` and the weights in one
/// folder. A safetensors or PyTorch file by itself is the same with most of it missing.
record ModelFolder(String model, Optional<String> architecture, List<PackedMatrix> matrices, TensorFiles weights)
        implements Checkpoint {
    static final String EXTENSION = ".safetensors";
    private static final String CONFIG = "config.json";

    ModelFolder {
        matrices = List.copyOf(matrices);
    }

    /// Whether `folder` is a model, rather than a folder of models.
    static boolean isModel(Path folder) {
        return ModelWeights.standard(folder) || Files.exists(folder.resolve(CONFIG), LinkOption.NOFOLLOW_LINKS);
    }

    /// Opens the model in `folder`.
    static ModelFolder open(Path folder) throws IOException {
        return open(ModelPaths.label(folder), folder, ModelWeights.find(folder));
    }

    /// Opens a safetensors file, with what lies beside it.
    static ModelFolder openFile(Path file) throws IOException {
        return openFile(file, Safetensors.open(file));
    }

    /// Opens a file of PyTorch, with what lies beside it.
    static ModelFolder openTorch(Path file) throws IOException {
        ModelWeights.refuseSlice(file);
        return openFile(file, TorchFile.open(file));
    }

    private static ModelFolder openFile(Path file, TensorFiles weights) throws IOException {
        Path whole = file.toAbsolutePath().normalize();
        String name = String.valueOf(whole.getFileName());
        boolean standard =
                name.equals(Shards.Part.SAFETENSORS.standardName()) || name.equals(Shards.Part.TORCH.standardName());
        String model = standard ? ModelPaths.label(whole.resolveSibling("")) : stem(file);
        return open(model, file.resolveSibling(""), weights);
    }

    /// The model whose tensors are `weights`, with what lies in `folder`; they are closed
    /// if it is none.
    static ModelFolder open(String model, Path folder, TensorFiles weights) throws IOException {
        try {
            Optional<Path> config = Confinement.find(folder, CONFIG);
            ModelConfig said = config.isPresent() ? ModelConfig.read(config.get()) : ModelConfig.none();
            Optional<Vocabulary.Found> vocabulary = Vocabulary.find(folder, stem(weights.file()));
            return new ModelFolder(
                    model,
                    said.modelTypes().stream().findFirst(),
                    new MatrixChoice(model, weights, said, vocabulary).matrices(),
                    weights);
        } catch (IOException | RuntimeException | Error e) {
            weights.close();
            throw e;
        }
    }

    static boolean isSafetensors(Path file) {
        return file.toString().endsWith(EXTENSION);
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : TorchFile.stem(file);
    }

    @Override
    public void close() {
        weights.close();
    }
}
