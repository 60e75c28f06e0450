package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;

/// The rows of a NumPy matrix in either order of numbers and of bytes, turned into float32 block
/// by block as they are read.
///
/// @param numbers the bytes of the matrix alone
record NumpyRows(Path file, MemorySegment numbers, NpyHeader header) implements RowBlocks {
    private static final int BLOCK = 4096;

    @Override
    public long rows() {
        return header.shape().get(0);
    }

    @Override
    public int width() {
        return Math.toIntExact(header.shape().get(1));
    }

    @Override
    public void read(long first, int count, float[] target) throws InputException {
        Objects.checkFromIndexSize(first, count, rows());
        int wanted = Math.toIntExact(Math.multiplyExact((long) count, width()));
        Objects.checkFromIndexSize(0, wanted, target.length);
        try {
            if (header.fortran()) {
                readColumns(first, count, target);
            } else {
                decode(first * width(), target, wanted);
            }
        } catch (InternalError e) {
            throw MappedRows.changed(file, first, e);
        }
    }

    /// Column j of all rows lies together: take the wanted part of each and spread it.
    private void readColumns(long first, int count, float[] target) {
        float[] column = new float[count];
        int width = width();
        for (int j = 0; j < width; j++) {
            decode(j * rows() + first, column, count);
            for (int i = 0; i < count; i++) {
                target[i * width + j] = column[i];
            }
        }
    }

    /// Numbers `from` .. `from + count - 1` of the file to the start of `target`.
    private void decode(long from, float[] target, int count) {
        int each = header.dtype().bits() / 8;
        if (header.order() == ByteOrder.LITTLE_ENDIAN || each == 1) {
            header.dtype().decode(numbers, from * each, target, 0, count);
            return;
        }
        byte[] block = new byte[Math.min(BLOCK, count) * each];
        for (int done = 0; done < count; done += BLOCK) {
            int n = Math.min(BLOCK, count - done);
            MemorySegment.copy(numbers, ValueLayout.JAVA_BYTE, (from + done) * each, block, 0, n * each);
            reverse(block, n * each, each);
            header.dtype().decode(MemorySegment.ofArray(block), 0, target, done, n);
        }
    }

    /// Turns each number's bytes round.
    private static void reverse(byte[] bytes, int length, int each) {
        for (int start = 0; start < length; start += each) {
            for (int low = start, high = start + each - 1; low < high; low++, high--) {
                byte kept = bytes[low];
                bytes[low] = bytes[high];
                bytes[high] = kept;
            }
        }
    }
}
