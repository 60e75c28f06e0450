package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What people name models by: a file, a folder, a pattern that the shell left as it was
/// (`'models/*.safetensors'`, `'runs/**'`), or the name of a model that Hugging Face's tools have
/// downloaded (`org/name`, `org/name@revision`). What is there under a name, a file or folder,
/// comes before any other meaning. Nothing is ever fetched.
public final class ModelPaths {
    /// What can be no name of a downloaded model, so that a mistyped file is told of shortly.
    private static final Pattern FILE =
            Pattern.compile(".*\\.(safetensors|bin|pt|pth|ckpt|gguf|npy|npz|txt|vec|gz|json|csv|html|xml)");

    private static final Pattern SHARD = Pattern.compile(".*-[0-9]{5}-of-[0-9]{5}\\.(safetensors|bin)");

    private final HubCache cache;
    private final Path home;

    private ModelPaths(HubCache cache, Path home) {
        this.cache = cache;
        this.home = home;
    }

    /// As this process's environment has it.
    public static ModelPaths standard() {
        return of(System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    /// As another environment would have it.
    ///
    /// @param environment where `HF_HUB_CACHE`, `HF_HOME` and `XDG_CACHE_HOME` are looked up
    /// @param home what `~` stands for
    public static ModelPaths of(Map<String, String> environment, Path home) {
        return new ModelPaths(HubCache.of(environment, home), home);
    }

    /// What is there under `name`: the file or folder itself, all that a pattern matches, or the
    /// folder of a downloaded model. One at least.
    ///
    /// @throws InputException if there is nothing
    public List<Path> paths(String name) throws IOException {
        Optional<Path> path = existing(name);
        if (path.isPresent()) {
            return List.of(path.get());
        }
        if (ModelPattern.is(name)) {
            List<Path> matched = ModelPattern.expand(expandHome(name));
            if (matched.isEmpty()) {
                throw new InputException(name, "", "a pattern of files or folders", "none that matches", "");
            }
            return matched;
        }
        Optional<HubCache.Id> id = FILE.matcher(name).matches() ? Optional.empty() : HubCache.Id.of(name);
        if (id.isPresent()) {
            return List.of(cache.snapshot(id.get()));
        }
        throw new InputException(name, "", "a file or folder", "nothing of that name", "check the path");
    }

    /// The models that `name` stands for: of a file or a model's folder itself, of a folder of
    /// models all in it, of a pattern all models that it matches or that lie in a folder which it
    /// matches. A part of a sharded model stands for the whole. Each comes once; one at least.
    ///
    /// @throws InputException if there is none
    public List<Path> models(String name) throws IOException {
        List<Path> paths = paths(name);
        if (existing(name).isPresent() || !ModelPattern.is(name)) {
            Path path = paths.getFirst();
            List<Path> inside = Files.isDirectory(path) ? CheckpointSearch.in(path) : List.of();
            return inside.isEmpty() ? paths : inside;
        }
        Set<Path> models = new LinkedHashSet<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                models.addAll(CheckpointSearch.in(path));
            } else if (Files.isRegularFile(path) && CheckpointSearch.isModel(path)) {
                models.add(whole(path));
            }
        }
        // A folder that is a model stands for the weights in it.
        models.removeIf(path -> path.getParent() != null && models.contains(path.getParent()));
        if (models.isEmpty()) {
            throw new InputException(
                    name,
                    "",
                    "a pattern of models",
                    "%,d files and folders, none of them a model".formatted(paths.size()),
                    "name a file to be told why it is none");
        }
        return new ArrayList<>(models);
    }

    /// What a model's file or folder is called for people: its own name, or `org/name` of a
    /// downloaded one.
    public static String label(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return HubCache.repository(whole)
                .orElseGet(() -> whole.getFileName() == null
                        ? whole.toString()
                        : whole.getFileName().toString());
    }

    /// What a model lies in, for people: the name of the folder around it, or `org` of a downloaded
    /// one.
    public static String group(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return HubCache.repository(whole)
                .map(id -> id.contains("/") ? id.substring(0, id.indexOf('/')) : id)
                .orElseGet(() -> label(whole.resolve("..")));
    }

    private static Path whole(Path file) {
        Path folder = file.resolveSibling("");
        return SHARD.matcher(String.valueOf(file.getFileName())).matches() && ModelFolder.isModel(folder)
                ? folder
                : file;
    }

    private Optional<Path> existing(String name) {
        try {
            for (String tried : List.of(name, expandHome(name))) {
                Path path = Path.of(tried);
                if (!name.isBlank() && (Files.exists(path) || Files.isSymbolicLink(path))) {
                    return Optional.of(path);
                }
            }
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private String expandHome(String name) {
        return name.startsWith("~/") ? home.resolve(name.substring(2)).toString() : name;
    }
}
