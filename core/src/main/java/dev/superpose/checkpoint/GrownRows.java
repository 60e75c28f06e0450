package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Rows in memory whose number is not known beforehand: they are kept in blocks, so that growing copies nothing and the
/// whole may be larger than one array. Once filled, it may be read by several threads.
final class GrownRows implements RowBlocks {
    private static final int BLOCK_NUMBERS = 1 << 18;

    private final int width;
    private final int rowsPerBlock;
    private final List<float[]> blocks = new ArrayList<>();
    private long rows;

    GrownRows(int width) {
        this.width = width;
        this.rowsPerBlock = Math.max(1, BLOCK_NUMBERS / width);
    }

    /// Adds a copy of `row`, (width).
    void add(float[] row) {
        int at = (int) (rows % rowsPerBlock);
        if (at == 0) {
            blocks.add(new float[rowsPerBlock * width]);
        }
        System.arraycopy(row, 0, blocks.getLast(), at * width, width);
        rows++;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void read(long first, int count, float[] target) {
        Objects.checkFromIndexSize(first, count, rows);
        Objects.checkFromIndexSize(0, Math.multiplyExact((long) count, width), target.length);
        int done = 0;
        while (done < count) {
            long row = first + done;
            int at = (int) (row % rowsPerBlock);
            int n = Math.min(count - done, rowsPerBlock - at);
            float[] block = blocks.get((int) (row / rowsPerBlock));
            System.arraycopy(block, at * width, target, done * width, n * width);
            done += n;
        }
    }
}
