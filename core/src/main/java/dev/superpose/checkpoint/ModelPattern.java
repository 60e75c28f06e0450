package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// A pattern of paths that no shell expanded: `*`, `?`, `[…]` and `{…,…}` match within one name,
/// `**` any number of folders. As in a shell, names that begin with a dot are matched only by
/// patterns that do, and `**` follows no links.
final class ModelPattern {
    private static final int DEEPEST = 32;
    private static final int MOST = 1_000_000;
    private static final String ANY_FOLDERS = "**";

    private final String pattern;
    private long looked;

    private ModelPattern(String pattern) {
        this.pattern = pattern;
    }

    /// Whether `text` has characters that stand for others.
    static boolean is(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
    }

    /// The files and folders that `pattern` matches, sorted as models are.
    ///
    /// @throws InputException if the pattern is not well formed, or its search has no end
    static List<Path> expand(String pattern) throws IOException {
        var search = new ModelPattern(pattern);
        Path start = Path.of(pattern.startsWith("/") ? "/" : "");
        Set<Path> found = Set.of(start);
        for (String name : pattern.split("/", -1)) {
            if (!name.isEmpty()) {
                found = search.step(found, name);
            }
        }
        return found.stream().sorted(CheckpointSearch.ORDER).toList();
    }

    private Set<Path> step(Set<Path> folders, String name) throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        for (Path folder : folders) {
            if (name.equals(ANY_FOLDERS)) {
                descend(folder, DEEPEST, found);
            } else if (is(name)) {
                PathMatcher matcher = matcher(name);
                boolean hidden = name.startsWith(".");
                for (Path entry : entries(folder)) {
                    if (hidden(entry) == hidden && matcher.matches(entry.getFileName())) {
                        found.add(entry);
                    }
                }
            } else if (Files.exists(folder.resolve(name))) {
                found.add(folder.resolve(name));
            }
        }
        return found;
    }

    private void descend(Path folder, int depth, Set<Path> found) throws IOException {
        found.add(folder);
        if (depth == 0) {
            return;
        }
        for (Path entry : entries(folder)) {
            if (!hidden(entry) && !Files.isSymbolicLink(entry) && Files.isDirectory(entry)) {
                descend(entry, depth - 1, found);
            }
        }
    }

    private List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            return List.of();
        }
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.toList();
        }
        looked += entries.size();
        if (looked > MOST) {
            throw new InputException(
                    pattern, "", "a pattern that looks at at most %,d names".formatted(MOST), "more", "narrow it");
        }
        return entries;
    }

    private static boolean hidden(Path entry) {
        return String.valueOf(entry.getFileName()).startsWith(".");
    }

    private PathMatcher matcher(String name) throws InputException {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + name);
        } catch (PatternSyntaxException e) {
            var wrong = new InputException(
                    pattern, "", "a pattern with its brackets closed", "'%s'".formatted(name), "mend it");
            wrong.initCause(e);
            throw wrong;
        }
    }
}
