package dev.superpose.numeric;

import java.io.IOException;

/// A matrix, (rows, width), read in blocks of rows from anywhere: memory, a mapped file, a text file. It is where a
/// trained W and a language model's unembedding meet, so that whoever measures knows neither.
///
/// Implementations can be read by several threads at once.
public interface RowBlocks {
    /// The number of rows.
    long rows();

    /// The number of columns, m.
    int width();

    /// Reads rows `first` .. `first + count - 1` into `target`, (count, width) row-major from its start, as float32.
    ///
    /// @throws IOException if the bytes cannot be read
    /// @throws IndexOutOfBoundsException if the rows are not all there, or `target` is too small
    void read(long first, int count, float[] target) throws IOException;

    /// The rows of a matrix in memory.
    static RowBlocks of(FloatMatrix matrix) {
        return new MatrixRows(matrix);
    }
}
