package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;

/// The rows of a matrix stored with gaps or column by column, turned into float32 as they are read.
///
/// @param numbers the bytes from the matrix's first number on
/// @param rowStep the numbers from one row to the next
/// @param columnStep the numbers from one column to the next
record StridedRows(Path file, MemorySegment numbers, Dtype dtype, long rows, int width, long rowStep, long columnStep)
        implements RowBlocks {
    @Override
    public void read(long first, int count, float[] target) throws InputException {
        Objects.checkFromIndexSize(first, count, rows);
        Objects.checkFromIndexSize(0, Math.toIntExact(Math.multiplyExact((long) count, width)), target.length);
        MappedRows.guarded(file, first, () -> {
            if (rowStep == 1) {
                readColumns(first, count, target);
            } else {
                readRows(first, count, target);
            }
        });
    }

    /// Transposed: a column's numbers follow each other.
    private void readColumns(long first, int count, float[] target) {
        float[] column = new float[count];
        for (int j = 0; j < width; j++) {
            dtype.decode(numbers, at(first, j), column, 0, count);
            for (int i = 0; i < count; i++) {
                target[i * width + j] = column[i];
            }
        }
    }

    private void readRows(long first, int count, float[] target) {
        int run = columnStep == 1 ? width : 1;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j += run) {
                dtype.decode(numbers, at(first + i, j), target, i * width + j, run);
            }
        }
    }

    private long at(long row, int column) {
        return (row * rowStep + column * columnStep) * (dtype.bits() / 8);
    }
}
