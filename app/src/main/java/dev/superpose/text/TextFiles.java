package dev.superpose.text;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The files of text that arguments stand for.
public final class TextFiles {
    /// The name of standard input among the files.
    public static final Path STANDARD_INPUT = Path.of("-");

    private static final Set<String> NAMES =
            Set.of(".txt", ".text", ".md", ".raw", ".tokens", ".jsonl", ".ndjson", ".json");

    private TextFiles() {}

    /// The files that `arguments` name, each once, in their order: files, patterns such as
    /// `data/*.txt` (sorted by name), folders with all files in them, at any depth, that are
    /// named like text (sorted by path), and `-` for standard input.
    ///
    /// @throws InputException if an argument stands for nothing
    public static List<Path> of(List<String> arguments) throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        for (String argument : arguments) {
            files.addAll(files(argument));
        }
        return List.copyOf(files);
    }

    private static List<Path> files(String argument) throws IOException {
        Path path = path(argument);
        if (path.equals(STANDARD_INPUT) || Files.isRegularFile(path)) {
            return List.of(path);
        }
        List<Path> found = Files.isDirectory(path) ? inside(path) : matching(path);
        if (found.isEmpty()) {
            throw new InputException(
                    argument,
                    "",
                    "text: files, folders or patterns",
                    Files.isDirectory(path) ? "a folder without files named like text" : "nothing of that name",
                    "check the path; files with other names must be named one by one");
        }
        return found;
    }

    private static Path path(String argument) throws InputException {
        try {
            return Path.of(argument);
        } catch (InvalidPathException wrong) {
            throw new InputException(argument, "", "the path of a file", wrong.getReason(), "");
        }
    }

    private static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(TextFiles::isNamedLikeText)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isNamedLikeText(Path file) {
        String name = plainName(file);
        return NAMES.stream().anyMatch(name::endsWith);
    }

    /// The name in small letters, without the `.gz` of packed files.
    static String plainName(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    /// Files of one folder whose names fit the pattern at the end of `path`.
    private static List<Path> matching(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        String pattern = String.valueOf(path.getFileName());
        boolean wild = pattern.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
        if (!wild || folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(file.getFileName()))
                    .sorted()
                    .forEach(file -> found.add(path.resolveSibling(file.getFileName())));
        }
        return found;
    }
}
