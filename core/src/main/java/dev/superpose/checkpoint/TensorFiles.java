package dev.superpose.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /// What is known of the tensor of that name without opening a further file.
    Optional<TensorInfo> known(String name);

    /// What is odd about the files that were opened so far, taken together; a sentence each,
    /// without full stop.
    List<String> notes();

    /// All files.
    List<TensorFile> files() throws IOException;

    @Override
    void close();
}
