package dev.superpose.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A new folder for the files that a fuzz test writes, in memory where the system has a place for
/// that. It goes when the machine that runs the test ends.
public final class Scratch {
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path folder;

    /// Makes the folder.
    public Scratch() {
        try {
            folder = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "superpose-fuzz")
                    : Files.createTempDirectory("superpose-fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
    }

    /// The folder.
    public Path folder() {
        return folder;
    }

    /// Writes a file, instead of one of that name.
    public Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private void remove() {
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            if (!file.delete()) {
                file.deleteOnExit();
            }
        }
        if (!folder.toFile().delete()) {
            folder.toFile().deleteOnExit();
        }
    }
}
