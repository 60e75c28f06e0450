package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A model in one file that is mapped into memory: its numbers are read when asked for.
record MappedModel(String model, List<PackedMatrix> matrices, Arena arena) implements Checkpoint {
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

    /// Maps `file` and finds its matrices.
    static MappedModel open(Path file, Layout layout) throws IOException {
        Arena arena = Arena.ofShared();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new MappedModel(stem(file), layout.matrices(file, bytes), arena);
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
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
