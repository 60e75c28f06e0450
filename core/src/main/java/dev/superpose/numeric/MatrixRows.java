package dev.superpose.numeric;

import java.util.Objects;

/// The rows of a matrix in memory.
record MatrixRows(FloatMatrix matrix) implements RowBlocks {
    @Override
    public long rows() {
        return matrix.rows();
    }

    @Override
    public int width() {
        return matrix.columns();
    }

    @Override
    public void read(long first, int count, float[] target) {
        Objects.checkFromIndexSize(first, count, rows());
        int from = Math.toIntExact(first * width());
        System.arraycopy(matrix.data(), from, target, 0, count * width());
    }
}
