package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;

/// The rows of a matrix of a GGUF file, turned into float32 as they are read.
///
/// @param numbers the bytes of the matrix alone; a row is a whole number of blocks
record GgufRows(Path file, MemorySegment numbers, GgufType type, long rows, int width) implements RowBlocks {
    @Override
    public void read(long first, int count, float[] target) throws InputException {
        Objects.checkFromIndexSize(first, count, rows);
        int wanted = Math.toIntExact(Math.multiplyExact((long) count, width));
        Objects.checkFromIndexSize(0, wanted, target.length);
        // Cannot overflow: the header's check of the whole tensor's size covers it.
        long offset = first * (width / type.block()) * type.bytes();
        MappedRows.guarded(file, first, () -> type.decode(numbers, offset, target, wanted));
    }
}
