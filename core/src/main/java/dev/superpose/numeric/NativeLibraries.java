package dev.superpose.numeric;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Native libraries that a jar on the class path carries, unpacked once per user and version; all
/// later starts find them there.
///
/// @param name with its version, such as `openblas-0.3.31`: the name of the folder
/// @param resources where they lie on the class path, from `/` to `/`
/// @param files each after those it needs
public record NativeLibraries(String name, String resources, List<String> files) {
    /// Takes a copy of the list, which must name a file.
    public NativeLibraries {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no file of " + name + " is named");
        }
    }

    /// The folder that holds [#files()], whole: in the user's cache folder, else among
    /// the temporary files.
    ///
    /// @throws IOException if the jar is not there, or no folder can be written
    public Path unpack() throws IOException {
        IOException refused = null;
        for (Path parent : parents(System.getenv())) {
            try {
                return unpackInto(parent);
            } catch (IOException failure) {
                refused = failure;
            }
        }
        throw new IOException(name + " could not be unpacked anywhere", refused);
    }

    private static List<Path> parents(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return List.of(Path.of(cache, "superpose"), Path.of(System.getProperty("java.io.tmpdir"), "superpose"));
    }

    /// Unpacks beside the final folder and renames, so that two first starts at once
    /// cannot see each other's halves.
    private Path unpackInto(Path parent) throws IOException {
        Path folder = parent.resolve(name);
        if (Files.isRegularFile(folder.resolve(files.getLast()))) {
            return folder;
        }
        Files.createDirectories(parent);
        Path half = Files.createTempDirectory(parent, name);
        try {
            for (String file : files) {
                try (InputStream in = NativeLibraries.class.getResourceAsStream(resources + file)) {
                    if (in == null) {
                        throw new IOException(
                                "the jar of %s is not on the class path: no %s%s".formatted(name, resources, file));
                    }
                    Files.copy(in, half.resolve(file));
                }
            }
            Files.move(half, folder);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException another) {
            // Somebody else was first; theirs is as good.
        } finally {
            delete(half);
        }
        return folder;
    }

    private static void delete(Path half) throws IOException {
        if (Files.exists(half)) {
            try (Stream<Path> files = Files.list(half)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(half);
        }
    }
}
