package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A model as Hugging Face lays it out: `config.json`, `tokenizer.json` and the weights in one
/// folder. A safetensors or PyTorch file by itself is the same with most of it missing.
record ModelFolder(String model, List<PackedMatrix> matrices, TensorFiles weights) implements Checkpoint {
    static final String EXTENSION = ".safetensors";
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String TORCH_WEIGHTS = "pytorch_model.bin";
    private static final String TORCH_INDEX = "pytorch_model.bin.index.json";
    private static final String SNAPSHOTS = "snapshots";
    private static final String CACHED = "models--";

    ModelFolder {
        matrices = List.copyOf(matrices);
    }

    /// Whether `folder` is a model, rather than a folder of models.
    static boolean isModel(Path folder) {
        return Stream.of(CONFIG, WEIGHTS, INDEX, TORCH_WEIGHTS, TORCH_INDEX)
                .anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /// Opens the model in `folder`: its safetensors files, or else its files of PyTorch.
    static ModelFolder open(Path folder) throws IOException {
        if (Files.exists(folder.resolve(WEIGHTS))) {
            return open(name(folder), folder, Safetensors.open(folder.resolve(WEIGHTS)));
        }
        if (Files.exists(folder.resolve(INDEX))) {
            return open(name(folder), folder, Shards.open(folder.resolve(INDEX), Shards.Part.SAFETENSORS));
        }
        List<Path> files = files(folder);
        List<Path> candidates =
                files.stream().filter(ModelFolder::isSafetensors).toList();
        if (candidates.size() == 1) {
            return open(name(folder), folder, Safetensors.open(candidates.getFirst()));
        }
        if (candidates.isEmpty()) {
            Optional<TensorFiles> torch = torch(folder);
            if (torch.isPresent()) {
                return open(name(folder), folder, torch.get());
            }
        }
        throw noWeights(folder, files, candidates.size());
    }

    private static Optional<TensorFiles> torch(Path folder) throws IOException {
        if (Files.exists(folder.resolve(TORCH_WEIGHTS))) {
            return Optional.of(TorchFile.open(folder.resolve(TORCH_WEIGHTS)));
        }
        return Files.exists(folder.resolve(TORCH_INDEX))
                ? Optional.of(Shards.open(folder.resolve(TORCH_INDEX), Shards.Part.TORCH))
                : Optional.empty();
    }

    private static InputException noWeights(Path folder, List<Path> files, int candidates) {
        Optional<String> other = files.stream()
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> name.matches(".*\\.(bin|pt|pth|gguf|h5|msgpack|npz|ckpt)"))
                .findFirst();
        return new InputException(
                folder,
                "",
                "%s, %s or an index of such files".formatted(WEIGHTS, TORCH_WEIGHTS),
                candidates == 0 ? other.orElse("no weights") : candidates + " safetensors files",
                candidates == 0
                        ? "save the model as safetensors, or fetch its weights; a file of PyTorch can be named by itself"
                        : "name one of them");
    }

    /// Opens a safetensors file, with what lies beside it.
    static ModelFolder openFile(Path file) throws IOException {
        return openFile(file, Safetensors.open(file));
    }

    /// Opens a file of PyTorch, with what lies beside it.
    static ModelFolder openTorch(Path file) throws IOException {
        return openFile(file, TorchFile.open(file));
    }

    private static ModelFolder openFile(Path file, TensorFiles weights) throws IOException {
        Path whole = file.toAbsolutePath().normalize();
        String name = String.valueOf(whole.getFileName());
        boolean standard = name.equals(WEIGHTS) || name.equals(TORCH_WEIGHTS);
        String model = standard ? name(whole.resolveSibling("")) : stem(file);
        return open(model, file.resolveSibling(""), weights);
    }

    private static ModelFolder open(String model, Path folder, TensorFiles weights) throws IOException {
        try {
            Path config = folder.resolve(CONFIG);
            ModelConfig said = Files.exists(config) ? ModelConfig.read(config) : ModelConfig.none();
            Optional<Vocabulary.Found> vocabulary = Vocabulary.find(folder, stem(weights.file()));
            return new ModelFolder(model, new MatrixChoice(model, weights, said, vocabulary).matrices(), weights);
        } catch (IOException | RuntimeException | Error e) {
            weights.close();
            throw e;
        }
    }

    static boolean isSafetensors(Path file) {
        return file.toString().endsWith(EXTENSION);
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        return files;
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : TorchFile.stem(file);
    }

    /// The folder's name; for `models--org--name/snapshots/<commit>`, as downloaded models are
    /// kept, `org/name`.
    private static String name(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        if (parent != null && parent.endsWith(SNAPSHOTS) && parent.getParent() != null) {
            String cached = String.valueOf(parent.getParent().getFileName());
            if (cached.startsWith(CACHED)) {
                return cached.substring(CACHED.length()).replace("--", "/");
            }
        }
        return whole.getFileName() == null
                ? whole.toString()
                : whole.getFileName().toString();
    }

    @Override
    public void close() {
        weights.close();
    }
}
