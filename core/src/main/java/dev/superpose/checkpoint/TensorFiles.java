package dev.superpose.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The tensors of one model, in one file or in several.
sealed interface TensorFiles extends AutoCloseable permits TensorFile, Shards {
    /// The file, or the index of the files.
    Path file();

    /// The names of all tensors.
    Set<String> names();

    /// The file that holds the tensor of that name, which is one of [#names].
    ///
    /// @throws IOException if that file is missing or damaged, or does not hold it after all
    TensorFile holding(String name) throws IOException;

    /// All files.
    List<TensorFile> files() throws IOException;

    @Override
    void close();
}
