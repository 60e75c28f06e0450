package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A model as Hugging Face lays it out: `config.json`, `tokenizer.json` and the weights in one folder. A safetensors
/// file
/// by itself is the same with most of it missing.
record ModelFolder(String model, List<PackedMatrix> matrices, TensorFiles weights) implements Checkpoint {
    static final String EXTENSION = ".safetensors";
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String SNAPSHOTS = "snapshots";
    private static final String CACHED = "models--";

    ModelFolder {
        matrices = List.copyOf(matrices);
    }

    /// Whether `folder` is a model, rather than a folder of models.
    static boolean isModel(Path folder) {
        return Stream.of(CONFIG, WEIGHTS, INDEX).anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /// Opens the model in `folder`.
    static ModelFolder open(Path folder) throws IOException {
        if (Files.exists(folder.resolve(WEIGHTS))) {
            return open(name(folder), folder, Safetensors.open(folder.resolve(WEIGHTS)));
        }
        if (Files.exists(folder.resolve(INDEX))) {
            return open(name(folder), folder, Shards.open(folder.resolve(INDEX)));
        }
        List<Path> files = files(folder);
        List<Path> candidates =
                files.stream().filter(ModelFolder::isSafetensors).toList();
        if (candidates.size() == 1) {
            return open(name(folder), folder, Safetensors.open(candidates.getFirst()));
        }
        Optional<String> other = files.stream()
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> name.matches(".*\\.(bin|pt|pth|gguf|h5|msgpack|npz|ckpt)"))
                .findFirst();
        throw new InputException(
                folder,
                "",
                WEIGHTS + " or " + INDEX,
                candidates.isEmpty() ? other.orElse("no weights") : candidates.size() + " safetensors files",
                candidates.isEmpty()
                        ? "save the model as safetensors, or fetch its safetensors files"
                        : "name one of them");
    }

    /// Opens a safetensors file, with what lies beside it.
    static ModelFolder openFile(Path file) throws IOException {
        Path whole = file.toAbsolutePath().normalize();
        Path folder = whole.resolveSibling("");
        String name = String.valueOf(whole.getFileName());
        String model = name.equals(WEIGHTS) ? name(folder) : stem(file);
        return open(model, file.resolveSibling(""), Safetensors.open(file));
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
        return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
    }

    /// The folder's name; for `models--org--name/snapshots/<commit>`, as downloaded models are kept, `org/name`.
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
