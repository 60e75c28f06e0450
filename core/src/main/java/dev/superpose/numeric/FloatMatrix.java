package dev.superpose.numeric;

import java.util.Arrays;
import java.util.Objects;

/// A dense float32 matrix, (rows, columns) row-major over one array that the caller may reach: kernels work on it.
///
/// Not a value: two matrices are equal only if they are the same object.
public final class FloatMatrix {
    private final int rows;
    private final int columns;
    private final float[] data;

    /// A view of `data`, (rows, columns) row-major; not copied.
    public FloatMatrix(int rows, int columns, float[] data) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("a matrix cannot have shape (%d, %d)".formatted(rows, columns));
        }
        if (Math.multiplyExact((long) rows, columns) != Objects.requireNonNull(data).length) {
            throw new IllegalArgumentException(
                    "shape (%d, %d) does not hold %,d numbers".formatted(rows, columns, data.length));
        }
        this.rows = rows;
        this.columns = columns;
        this.data = data;
    }

    /// A matrix of zeros.
    public static FloatMatrix zeros(int rows, int columns) {
        return new FloatMatrix(rows, columns, new float[Math.multiplyExact(rows, columns)]);
    }

    /// The number of rows.
    public int rows() {
        return rows;
    }

    /// The number of columns.
    public int columns() {
        return columns;
    }

    /// The numbers themselves, (rows, columns) row-major; not a copy.
    public float[] data() {
        return data;
    }

    /// The number at row `i`, column `j`, both from 0.
    public float at(int i, int j) {
        return data[Objects.checkIndex(i, rows) * columns + Objects.checkIndex(j, columns)];
    }

    /// Sets the number at row `i`, column `j`, both from 0.
    public void set(int i, int j, float value) {
        data[Objects.checkIndex(i, rows) * columns + Objects.checkIndex(j, columns)] = value;
    }

    /// The squared Euclidean norm of row `i`, summed in double precision.
    public double squaredNorm(int i) {
        double sum = 0;
        int from = Objects.checkIndex(i, rows) * columns;
        for (int j = from; j < from + columns; j++) {
            sum += (double) data[j] * data[j];
        }
        return sum;
    }

    /// The Euclidean norm of each row, (rows).
    public double[] norms() {
        var norms = new double[rows];
        Arrays.setAll(norms, i -> Math.sqrt(squaredNorm(i)));
        return norms;
    }

    /// An independent copy.
    public FloatMatrix copy() {
        return new FloatMatrix(rows, columns, data.clone());
    }
}
