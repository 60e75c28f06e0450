package dev.superpose.numeric;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Unpacks the native libraries of the OpenBLAS jar once per user and version; all later starts find them there.
final class NativeLibraries {
    /// Each after those it needs.
    static final List<String> FILES =
            List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");

    private static final String VERSION = "openblas-0.3.31-1.5.13";
    private static final String RESOURCES = "/org/bytedeco/openblas/linux-x86_64/";

    private NativeLibraries() {}

    /// The folder that holds [#FILES], whole.
    ///
    /// @throws IOException if this is not Linux on x86-64, the jar is not there, or no folder can be written
    static Path unpack() throws IOException {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!platform.toLowerCase(Locale.ROOT).equals("linux amd64")) {
            throw new IOException("the OpenBLAS on board is for Linux amd64, this is " + platform);
        }
        IOException refused = null;
        for (Path parent : parents(System.getenv())) {
            try {
                return unpackInto(parent);
            } catch (IOException failure) {
                refused = failure;
            }
        }
        throw new IOException("OpenBLAS could not be unpacked anywhere", refused);
    }

    private static List<Path> parents(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return List.of(Path.of(cache, "superpose"), Path.of(System.getProperty("java.io.tmpdir"), "superpose"));
    }

    /// Unpacks beside the final folder and renames, so that two first starts at once cannot see each other's halves.
    private static Path unpackInto(Path parent) throws IOException {
        Path folder = parent.resolve(VERSION);
        if (Files.isRegularFile(folder.resolve(FILES.getLast()))) {
            return folder;
        }
        Files.createDirectories(parent);
        Path half = Files.createTempDirectory(parent, VERSION);
        try {
            for (String file : FILES) {
                try (InputStream in = NativeLibraries.class.getResourceAsStream(RESOURCES + file)) {
                    if (in == null) {
                        throw new IOException("the OpenBLAS jar is not on the class path: no " + RESOURCES + file);
                    }
                    Files.copy(in, half.resolve(file));
                }
            }
            Files.move(half, folder);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException another) {
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
