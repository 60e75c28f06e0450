package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder in which the tools of Hugging Face keep what they downloaded:
/// `models--<org>--<name>/{refs/<revision>, snapshots/<commit>/<file>, blobs/<hash>}`, where the
/// files of a snapshot are links to blobs. It is read, never written, and nothing is fetched.
///
/// @param folder where it is
/// @param reason what says so: `by HF_HOME`, or another variable, or `the default`
record HubCache(Path folder, String reason) {
    /// What to do where a download was interrupted.
    static final String RESUME = "the download is unfinished; let the tool that began it go on";

    private static final String MODEL = "models--";
    private static final String SNAPSHOTS = "snapshots";
    private static final String DEFAULT_REVISION = "main";
    private static final String UNFINISHED = ".incomplete";
    private static final String PART = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}";
    private static final Pattern ID =
            Pattern.compile("(%s)(?:/(%s))?(?:@([A-Za-z0-9_.][A-Za-z0-9_./-]{0,199}))?".formatted(PART, PART));
    private static final Pattern COMMIT = Pattern.compile("[0-9A-Za-z]{1,64}");
    private static final int SHORTEST_COMMIT = 4;
    private static final int IDS_SHOWN = 12;
    private static final int LONGEST_REFERENCE = 200;

    /// What a model is called: `org/name`, perhaps with the revision that is wanted.
    ///
    /// @param repository `org/name`, or a name alone as some early models have it
    /// @param revision a branch, a tag or a commit, which may be shortened
    record Id(String repository, String revision) {
        /// Reads `org/name` or `org/name@revision`; empty if `text` cannot be one.
        static Optional<Id> of(String text) {
            Matcher matcher = ID.matcher(text);
            if (!matcher.matches() || text.contains("..") || text.contains("--")) {
                return Optional.empty();
            }
            String name = matcher.group(2) == null ? "" : "/" + matcher.group(2);
            String revision = matcher.group(3) == null ? DEFAULT_REVISION : matcher.group(3);
            return Optional.of(new Id(matcher.group(1) + name, revision));
        }
    }

    /// The cache that the environment means: `HF_HUB_CACHE`, else `HF_HOME/hub`, else
    /// `XDG_CACHE_HOME/huggingface/hub`, else `~/.cache/huggingface/hub`.
    static HubCache of(Map<String, String> environment, Path home) {
        for (String variable : List.of("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME")) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isBlank()) {
                Path named = value.startsWith("~/") ? home.resolve(value.substring(2)) : Path.of(value);
                Path folder = switch (variable) {
                    case "HF_HOME" -> named.resolve("hub");
                    case "XDG_CACHE_HOME" -> named.resolve("huggingface/hub");
                    default -> named;
                };
                return new HubCache(folder, "by " + variable);
            }
        }
        return new HubCache(home.resolve(".cache/huggingface/hub"), "the default");
    }

    /// The folder of the model that a snapshot belongs to, if `folder` is one:
    /// `…/models--org--name` of `…/models--org--name/snapshots/<commit>`.
    static Optional<Path> modelAround(Path folder) {
        Path snapshots = folder.getParent();
        Path model = snapshots == null ? null : snapshots.getParent();
        return (snapshots != null
                        && snapshots.endsWith(SNAPSHOTS)
                        && model != null
                        && String.valueOf(model.getFileName()).startsWith(MODEL))
                ? Optional.of(model)
                : Optional.empty();
    }

    /// What the model is called, if `folder` is a snapshot of one: `org/name`.
    static Optional<String> repository(Path folder) {
        return modelAround(folder.toAbsolutePath().normalize()).map(HubCache::repositoryOf);
    }

    private static String repositoryOf(Path model) {
        return String.valueOf(model.getFileName()).substring(MODEL.length()).replace("--", "/");
    }

    /// How many downloads are unfinished in the model that the snapshot `folder` belongs to.
    static long unfinished(Path folder) throws IOException {
        Optional<Path> model = modelAround(folder.toAbsolutePath().normalize());
        if (model.isEmpty() || !Files.isDirectory(model.get().resolve("blobs"))) {
            return 0;
        }
        try (Stream<Path> blobs = Files.list(model.get().resolve("blobs"))) {
            return blobs.filter(blob -> blob.toString().endsWith(UNFINISHED)).count();
        }
    }

    /// The folder of the model `id` at its revision.
    ///
    /// @throws InputException if the cache does not hold it; the message says where it was
    /// looked for and what is there
    Path snapshot(Id id) throws IOException {
        Path model = folder.resolve(MODEL + id.repository().replace("/", "--"));
        if (!Files.isDirectory(model)) {
            throw absent(id);
        }
        List<Path> snapshots = folders(model.resolve(SNAPSHOTS));
        Path reference = model.resolve("refs").resolve(id.revision());
        if (Files.isRegularFile(reference)) {
            return model.resolve(SNAPSHOTS).resolve(commit(model, reference));
        }
        List<Path> meant = snapshots.stream()
                .filter(snapshot -> id.revision().length() >= SHORTEST_COMMIT
                        && String.valueOf(snapshot.getFileName()).startsWith(id.revision()))
                .toList();
        if (id.revision().equals(DEFAULT_REVISION)) {
            meant = snapshots;
        }
        if (meant.size() != 1) {
            throw new InputException(
                    model,
                    "",
                    "a snapshot of revision '%s'".formatted(id.revision()),
                    snapshots.isEmpty() ? "none at all" : "the revisions " + revisions(model, snapshots),
                    snapshots.isEmpty() ? RESUME : "name one: %s@<revision>".formatted(id.repository()));
        }
        return meant.getFirst();
    }

    /// The commit that the file `reference` names.
    private static String commit(Path model, Path reference) throws IOException {
        Confinement.require(model, reference);
        String commit = Files.size(reference) > LONGEST_REFERENCE
                ? "a long text"
                : Files.readString(reference, StandardCharsets.ISO_8859_1).strip();
        if (!COMMIT.matcher(commit).matches()) {
            throw new InputException(reference, "", "a commit's hash", "'%s'".formatted(commit), "fetch it again");
        }
        if (!Files.isDirectory(model.resolve(SNAPSHOTS).resolve(commit))) {
            throw new InputException(reference, "", "a commit that was fetched", commit, RESUME);
        }
        return commit;
    }

    private static String revisions(Path model, List<Path> snapshots) throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(model.resolve("refs"))) {
            try (Stream<Path> references = Files.list(model.resolve("refs"))) {
                references
                        .filter(Files::isRegularFile)
                        .map(reference -> String.valueOf(reference.getFileName()))
                        .sorted()
                        .forEach(names::add);
            }
        }
        snapshots.forEach(snapshot -> names.add(String.valueOf(snapshot.getFileName())));
        return String.join(", ", names);
    }

    private InputException absent(Id id) throws IOException {
        List<String> ids = ids();
        String there;
        if (ids.isEmpty()) {
            there = Files.isDirectory(folder) ? "holds no model" : "does not exist";
        } else {
            there = "holds %s%s"
                    .formatted(
                            String.join(", ", ids.subList(0, Math.min(IDS_SHOWN, ids.size()))),
                            ids.size() > IDS_SHOWN ? " and %,d more".formatted(ids.size() - IDS_SHOWN) : "");
        }
        // Composed here, as the list may be longer than a finding of one line is.
        return new InputException(
                "%s: expected a file, a folder or a model of the Hugging Face cache, found nothing of that name (looked in %s, %s, which %s; nothing is ever downloaded)"
                        .formatted(id.repository(), folder, reason, there));
    }

    /// The models in the cache, sorted.
    private List<String> ids() throws IOException {
        return folders(folder).stream()
                .filter(each -> String.valueOf(each.getFileName()).startsWith(MODEL))
                .map(HubCache::repositoryOf)
                .toList();
    }

    private static List<Path> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }
}
