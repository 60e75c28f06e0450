package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;

/// The rows of a stored matrix, turned into float32 block by block as they are read.
///
/// @param file the file, for messages
/// @param numbers the bytes of the matrix, (rows, width) row-major
record MappedRows(Path file, MemorySegment numbers, Dtype dtype, long rows, int width) implements RowBlocks {
    /// Rows wider than this are no rows of any model, and a block of them could not be held.
    static final int WIDEST = 1 << 24;

    @Override
    public void read(long first, int count, float[] target) throws InputException {
        Objects.checkFromIndexSize(first, count, rows);
        int wanted = Math.toIntExact(Math.multiplyExact((long) count, width));
        Objects.checkFromIndexSize(0, wanted, target.length);
        // Cannot overflow: the header's check of the whole tensor's size covers it.
        long offset = first * width * (dtype.bits() / 8);
        guarded(file, first, () -> dtype.decode(numbers, offset, target, 0, wanted));
    }

    /// Reads mapped bytes, and refuses a file that lost them meanwhile.
    static void guarded(Path file, long first, Runnable read) throws InputException {
        try {
            read.run();
        } catch (InternalError e) {
            throw changed(file, first, e);
        }
    }

    /// What to tell when a mapped page no longer exists: the machine answers with `cause`.
    static InputException changed(Path file, long row, InternalError cause) {
        var changed = new InputException(
                file,
                "row %,d".formatted(row),
                "the bytes that were there at first",
                "none",
                "the file became shorter while it was read");
        changed.initCause(cause);
        return changed;
    }
}
