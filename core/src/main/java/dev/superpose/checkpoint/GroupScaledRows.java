package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;

/// The rows of a matrix stored as 8-bit integers with a float32 scale for each `group` of them
/// along a row: a number is its integer times its scale, as float32.
///
/// @param integers (rows, width) row-major, one byte each
/// @param scales (rows, width / group) row-major, four bytes each
record GroupScaledRows(Path file, MemorySegment integers, MemorySegment scales, int group, long rows, int width)
        implements RowBlocks {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void read(long first, int count, float[] target) throws InputException {
        Objects.checkFromIndexSize(first, count, rows);
        int wanted = Math.toIntExact(Math.multiplyExact((long) count, width));
        Objects.checkFromIndexSize(0, wanted, target.length);
        long from = first * width;
        try {
            for (int start = 0; start < wanted; start += group) {
                float scale = scales.get(FLOAT, 4 * ((from + start) / group));
                for (int i = start; i < start + group; i++) {
                    target[i] = integers.get(ValueLayout.JAVA_BYTE, from + i) * scale;
                }
            }
        } catch (InternalError e) {
            throw MappedRows.changed(file, first, e);
        }
    }

    /// Refuses scales that no quantisation yields: then the bytes are not what the layout says.
    void checkScales(long offset) throws InputException {
        long count = scales.byteSize() / 4;
        for (long i = 0; i < count; i++) {
            float scale = scales.get(FLOAT, 4 * i);
            if (!(scale >= 0 && scale < Float.POSITIVE_INFINITY)) {
                throw new InputException(
                        file,
                        "byte %,d".formatted(offset + 4 * i),
                        "a scale, finite and not negative",
                        scale,
                        "early exports kept all scales at the end of the file; export it again with a newer llama2.c");
            }
        }
    }
}
