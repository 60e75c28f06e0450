package dev.superpose.stat;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/// A symmetric matrix by its eigenvalues, scaled to a diagonal of ones first so that units do not matter:
/// solves, tells the condition and the directions that are hardly fixed.
public final class SymmetricSystem {
    private static final double SMALLEST = 1e-14;

    private final double[] scale;
    private final double[] eigenvalues;
    private final double[][] vectors;

    /// @param matrix `(n, n)`, symmetric
    public SymmetricSystem(double[][] matrix) {
        int n = matrix.length;
        scale = new double[n];
        double[][] scaled = new double[n][n];
        for (int j = 0; j < n; j++) {
            double diagonal = Math.sqrt(Math.abs(matrix[j][j]));
            scale[j] = diagonal > 0 ? diagonal : 1;
        }
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                scaled[j][k] = matrix[j][k] / (scale[j] * scale[k]);
            }
        }
        eigenvalues = new double[n];
        vectors = new double[n][n];
        if (!decompose(scaled)) {
            // What cannot be decomposed fixes nothing: all eigenvalues 0.
            for (int k = 0; k < n; k++) {
                eigenvalues[k] = 0;
                Arrays.fill(vectors[k], 0);
                vectors[k][k] = 1;
            }
        }
    }

    /// Fills eigenvalues and vectors; false if the matrix is not finite or the iteration
    /// does not end.
    private boolean decompose(double[][] scaled) {
        for (double[] row : scaled) {
            for (double entry : row) {
                if (!Double.isFinite(entry)) {
                    return false;
                }
            }
        }
        try {
            var decomposition = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(scaled, false), 1e-12, true);
            System.arraycopy(decomposition.getEigenvalues(), 0, eigenvalues, 0, eigenvalues.length);
            for (int k = 0; k < vectors.length; k++) {
                vectors[k] = decomposition.getEigenvector(k).toArray();
            }
            return true;
        } catch (MathRuntimeException notConverged) {
            return false;
        }
    }

    /// The solution of `matrix · x = right`, `(n)`, with every eigenvalue taken by its magnitude, so that it
    /// points uphill along `right`, and those that are nothing but rounding left out.
    public double[] solve(double[] right) {
        int n = scale.length;
        double[] solution = new double[n];
        double largest = largest();
        for (int k = 0; k < n; k++) {
            double size = Math.abs(eigenvalues[k]);
            if (size <= SMALLEST * largest) {
                continue;
            }
            double projection = 0;
            for (int j = 0; j < n; j++) {
                projection += vectors[k][j] * right[j] / scale[j];
            }
            for (int j = 0; j < n; j++) {
                solution[j] += vectors[k][j] * projection / size / scale[j];
            }
        }
        return solution;
    }

    /// The inverse, `(n, n)`; NaN throughout if the matrix is not positive definite to
    /// within rounding.
    public double[][] inverse() {
        return inverse(Double.NaN);
    }

    /// The inverse, `(n, n)`, with directions along which the matrix is nothing but
    /// rounding left out.
    double[][] pseudoInverse() {
        return inverse(Double.POSITIVE_INFINITY);
    }

    private double[][] inverse(double inPlaceOfNothing) {
        int n = scale.length;
        double[][] inverse = new double[n][n];
        double largest = largest();
        for (int k = 0; k < n; k++) {
            double size = eigenvalues[k] > SMALLEST * largest ? eigenvalues[k] : inPlaceOfNothing;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    inverse[i][j] += vectors[k][i] * vectors[k][j] / size / (scale[i] * scale[j]);
                }
            }
        }
        return inverse;
    }

    /// Largest over smallest eigenvalue, infinite if the smallest is not positive.
    public double condition() {
        double smallest = Double.POSITIVE_INFINITY;
        for (double value : eigenvalues) {
            smallest = Math.min(smallest, value);
        }
        return smallest > 0 ? largest() / smallest : Double.POSITIVE_INFINITY;
    }

    /// The direction, `(n)` of length 1 in scaled coordinates, along which the matrix is weakest.
    public double[] weakest() {
        int weakest = 0;
        for (int k = 1; k < eigenvalues.length; k++) {
            if (eigenvalues[k] < eigenvalues[weakest]) {
                weakest = k;
            }
        }
        return vectors[weakest].clone();
    }

    private double largest() {
        double largest = 0;
        for (double value : eigenvalues) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
