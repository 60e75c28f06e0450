package dev.superpose.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks for checkpoints in a folder of folders.
final class CheckpointSearch {
    private static final int DEPTH = 3;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /// By name, numbers in it by value, so that m16 comes before m128.
    static final Comparator<Path> ORDER = Comparator.comparing(CheckpointSearch::sortKey);

    private final List<Path> found = new ArrayList<>();

    private CheckpointSearch() {}

    /// What [Checkpoint#find] promises.
    static List<Path> in(Path folder) throws IOException {
        if (ModelFolder.isModel(folder)) {
            return List.of(folder);
        }
        var search = new CheckpointSearch();
        search.look(folder, DEPTH);
        return List.copyOf(search.found);
    }

    private void look(Path folder, int depth) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted(ORDER).toList();
        }
        for (Path entry : entries) {
            // What begins with a dot belongs to tools: .git, .cache, .ipynb_checkpoints.
            boolean hidden = String.valueOf(entry.getFileName()).startsWith(".");
            if (hidden || !Files.isReadable(entry)) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                if (ModelFolder.isModel(entry)) {
                    found.add(entry);
                } else if (depth > 1) {
                    look(entry, depth - 1);
                }
            } else if (Files.isRegularFile(entry) && isModel(entry)) {
                found.add(entry);
            }
        }
    }

    /// Whether a regular file is a model, by its name and its first bytes.
    static boolean isModel(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            return NumpyFile.recognises(file);
        }
        if (name.endsWith(".npz")) {
            return FileKind.of(file) == FileKind.NPZ && NumpyArchive.recognises(file);
        }
        if (name.endsWith(".gguf")) {
            return GgufModel.recognises(file);
        }
        return ModelFolder.isSafetensors(file)
                || TorchFile.recognises(file)
                || WordVectors.recognises(file)
                || (name.endsWith(".bin") && FileKind.of(file) == FileKind.LLAMA2C);
    }

    /// The path with its numbers filled up with zeros.
    private static String sortKey(Path path) {
        return NUMBER.matcher(path.toString())
                .replaceAll(digits -> "0".repeat(Math.max(0, 20 - digits.group().length())) + digits.group());
    }
}
