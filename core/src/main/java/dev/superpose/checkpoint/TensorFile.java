package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// One file of named tensors, mapped into memory.
sealed interface TensorFile extends TensorFiles permits Safetensors, TorchFile {
    /// All tensors, in the order of the file.
    Collection<TensorInfo> tensors();

    /// The tensor of that name.
    Optional<TensorInfo> find(String name);

    @Override
    default Optional<TensorInfo> known(String name) {
        return find(name);
    }

    /// None: one file cannot contradict itself.
    @Override
    default List<String> notes() {
        return List.of();
    }

    /// The rows of a matrix (n, m), read on demand.
    ///
    /// @throws InputException if there is no such tensor, it is no matrix, or its numbers
    /// have no float32 form
    RowBlocks rows(String name) throws InputException;

    /// The bytes of a tensor of this file as stored, if they lie row after row without gaps.
    Optional<MemorySegment> rowMajor(TensorInfo tensor);
}
