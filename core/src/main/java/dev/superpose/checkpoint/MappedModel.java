package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// A model in files that are mapped into memory: its numbers are read when asked for.
record MappedModel(String model, Optional<String> architecture, List<PackedMatrix> matrices, Arena arena)
        implements Checkpoint {
    MappedModel {
        matrices = List.copyOf(matrices);
    }

    /// Finds the matrices of a file in its bytes.
    @FunctionalInterface
    interface Layout {
        /// The matrices in `bytes`, the whole of `file`, which stay mapped as long as
        /// the model is open.
        ///
        /// @throws InputException if the file is not sound
        List<PackedMatrix> matrices(Path file, MemorySegment bytes) throws IOException;
    }

    /// Opens a model of files that stay mapped as long as an arena is open.
    @FunctionalInterface
    interface Opening {
        /// The model; it is to close `arena`.
        ///
        /// @throws InputException if a file is not sound
        MappedModel open(Arena arena) throws IOException;
    }

    /// Maps `file` and finds its matrices.
    static MappedModel open(Path file, Layout layout) throws IOException {
        return open(
                arena -> new MappedModel(stem(file), Optional.empty(), layout.matrices(file, map(file, arena)), arena));
    }

    /// Opens a model, and closes its files if that fails.
    static MappedModel open(Opening opening) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            return opening.open(arena);
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /// The bytes of `file`, readable as long as `arena` is open.
    static MemorySegment map(Path file, Arena arena) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /// The name of a file without its extension.
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public void close() {
        arena.close();
    }
}
