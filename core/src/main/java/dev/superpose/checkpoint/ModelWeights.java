package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the weights in a model's folder: safetensors before PyTorch, the standard names before any
/// other. What else a folder may hold is told by its name.
final class ModelWeights {
    private static final String INDEX = ".index.json";

    /// What training leaves beside the weights, in files like theirs.
    private static final Pattern NO_WEIGHTS =
            Pattern.compile("(training_args|optimizer|scheduler|scaler|rng_state|random_states).*");

    private static final Pattern ADAPTER = Pattern.compile("adapter_model\\..*");
    /// Meta's own files of Llama: every matrix is cut into as many slices as there are files.
    private static final Pattern SLICE = Pattern.compile("consolidated\\.[0-9]+\\.pth");

    private static final String WHOLE =
            "each holds a slice of every matrix, as Meta published Llama; use the model's Hugging Face files";
    private static final Pattern PART = Pattern.compile(".*-[0-9]{5}-of-[0-9]{5}\\..*");

    private final Path folder;
    private final List<Path> files;

    private ModelWeights(Path folder, List<Path> files) {
        this.folder = folder;
        this.files = files;
    }

    /// Whether weights lie in `folder` under a name that only a model's have.
    static boolean standard(Path folder) {
        // A link whose target is missing counts: it is told of when it is opened.
        return Stream.of(Shards.Part.values())
                .flatMap(part -> Stream.of(part.standardName(), part.standardName() + INDEX))
                .anyMatch(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS));
    }

    /// Opens the weights in `folder`.
    ///
    /// @throws InputException if there are none that can be read, or several sets of them
    static TensorFiles find(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(Files::isRegularFile).sorted().toList();
        }
        return new ModelWeights(folder, files).open();
    }

    /// Refuses a file that holds a slice of each matrix only, which would look like a
    /// narrower model.
    static void refuseSlice(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        boolean sole = name.equals("consolidated.00.pth") && !Files.exists(file.resolveSibling("consolidated.01.pth"));
        if (SLICE.matcher(name).matches() && !sole) {
            throw new InputException(file, "", "a whole model", "one of several slices", WHOLE);
        }
    }

    private TensorFiles open() throws IOException {
        for (Shards.Part part : Shards.Part.values()) {
            Optional<TensorFiles> found = open(part);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw none();
    }

    private Optional<TensorFiles> open(Shards.Part part) throws IOException {
        Optional<Path> one = Confinement.find(folder, part.standardName());
        if (one.isPresent()) {
            return Optional.of(part.open(one.get()));
        }
        Optional<Path> index = Confinement.find(folder, part.standardName() + INDEX);
        if (index.isPresent()) {
            return Optional.of(Shards.open(index.get(), part));
        }
        List<Path> others = new ArrayList<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            if (!NO_WEIGHTS.matcher(name).matches() && !ADAPTER.matcher(name).matches() && part.recognises(file)) {
                others.add(file);
            }
        }
        if (others.size() > 1) {
            throw several(part, others);
        }
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Confinement.require(folder, others.getFirst());
        return Optional.of(part.open(others.getFirst()));
    }

    private InputException several(Shards.Part part, List<Path> others) {
        String first = String.valueOf(others.getFirst().getFileName());
        String remedy = "name one of them";
        if (SLICE.matcher(first).matches()) {
            remedy = WHOLE;
        } else if (PART.matcher(first).matches()) {
            remedy = "they are parts of one model; fetch %s, which says what is where"
                    .formatted(part.standardName() + INDEX);
        }
        return new InputException(
                folder,
                "",
                "%s, or one file of weights".formatted(part.standardName()),
                "%d such files: %s, …".formatted(others.size(), first),
                remedy);
    }

    private InputException none() throws IOException {
        String found = "no weights";
        String remedy = "fetch the model's weights, as safetensors";
        long unfinished = HubCache.unfinished(folder);
        Optional<OtherWeights> other = files.stream()
                .flatMap(file -> OtherWeights.of(String.valueOf(file.getFileName())).stream())
                .findFirst();
        if (other.isPresent()) {
            found = other.get().words();
            remedy = other.get().remedy();
        } else if (unfinished > 0) {
            found = "%d unfinished download%s".formatted(unfinished, unfinished == 1 ? "" : "s");
            remedy = HubCache.RESUME;
        }
        return new InputException(
                folder,
                "",
                "%s, %s or an index of such files"
                        .formatted(Shards.Part.SAFETENSORS.standardName(), Shards.Part.TORCH.standardName()),
                found,
                remedy);
    }
}
