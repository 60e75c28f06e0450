package dev.superpose.numeric;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// The same products in plain Java, for platforms without the native library and as its oracle.
/// The inner loops run over neighbouring numbers, so that the compiler turns them into vector
/// code; that is all the tuning there is.
final class JavaBlas implements Blas {
    @Override
    public void sgemm(
            boolean transA,
            boolean transB,
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int aFrom,
            int lda,
            float[] b,
            int bFrom,
            int ldb,
            float beta,
            float[] c,
            int cFrom,
            int ldc) {
        Blas.check("A", a.length, aFrom, transA ? k : m, transA ? m : k, lda);
        Blas.check("B", b.length, bFrom, transB ? n : k, transB ? k : n, ldb);
        Blas.check("C", c.length, cFrom, m, n, ldc);
        float[] rows = transB ? transposed(b, bFrom, n, k, ldb) : b;
        int rowsFrom = transB ? 0 : bFrom;
        int rowsApart = transB ? n : ldb;
        for (int i = 0; i < m; i++) {
            int to = cFrom + i * ldc;
            scale(c, to, n, beta);
            for (int l = 0; l < k; l++) {
                float factor = alpha * (transA ? a[aFrom + l * lda + i] : a[aFrom + i * lda + l]);
                int row = rowsFrom + l * rowsApart;
                for (int j = 0; j < n; j++) {
                    c[to + j] += factor * rows[row + j];
                }
            }
        }
    }

    @Override
    public void ssyrkLower(
            boolean transposed,
            int n,
            int k,
            float alpha,
            float[] a,
            int aFrom,
            int lda,
            float beta,
            float[] c,
            int cFrom,
            int ldc) {
        Blas.check("A", a.length, aFrom, transposed ? k : n, transposed ? n : k, lda);
        Blas.check("C", c.length, cFrom, n, n, ldc);
        float[] rows = transposed ? a : transposed(a, aFrom, n, k, lda);
        int rowsFrom = transposed ? aFrom : 0;
        int rowsApart = transposed ? lda : n;
        for (int i = 0; i < n; i++) {
            int to = cFrom + i * ldc;
            scale(c, to, i + 1, beta);
            for (int l = 0; l < k; l++) {
                int row = rowsFrom + l * rowsApart;
                float factor = alpha * rows[row + i];
                for (int j = 0; j <= i; j++) {
                    c[to + j] += factor * rows[row + j];
                }
            }
        }
    }

    @Override
    public void dsyrkLower(
            boolean transposed,
            int n,
            int k,
            double alpha,
            double[] a,
            int aFrom,
            int lda,
            double beta,
            double[] c,
            int cFrom,
            int ldc) {
        Blas.check("A", a.length, aFrom, transposed ? k : n, transposed ? n : k, lda);
        Blas.check("C", c.length, cFrom, n, n, ldc);
        for (int i = 0; i < n; i++) {
            int to = cFrom + i * ldc;
            for (int j = 0; j <= i; j++) {
                c[to + j] = beta == 0 ? 0 : beta * c[to + j];
            }
            for (int l = 0; l < k; l++) {
                double factor = alpha * (transposed ? a[aFrom + l * lda + i] : a[aFrom + i * lda + l]);
                for (int j = 0; j <= i; j++) {
                    c[to + j] += factor * (transposed ? a[aFrom + l * lda + j] : a[aFrom + j * lda + l]);
                }
            }
        }
    }

    @Override
    public void dgemm(
            boolean transA,
            boolean transB,
            int m,
            int n,
            int k,
            double alpha,
            double[] a,
            int aFrom,
            int lda,
            double[] b,
            int bFrom,
            int ldb,
            double beta,
            double[] c,
            int cFrom,
            int ldc) {
        Blas.check("A", a.length, aFrom, transA ? k : m, transA ? m : k, lda);
        Blas.check("B", b.length, bFrom, transB ? n : k, transB ? k : n, ldb);
        Blas.check("C", c.length, cFrom, m, n, ldc);
        double[] rows = transB ? transposed(b, bFrom, n, k, ldb) : b;
        int rowsFrom = transB ? 0 : bFrom;
        int rowsApart = transB ? n : ldb;
        for (int i = 0; i < m; i++) {
            int to = cFrom + i * ldc;
            scale(c, to, n, beta);
            for (int l = 0; l < k; l++) {
                double factor = alpha * (transA ? a[aFrom + l * lda + i] : a[aFrom + i * lda + l]);
                int row = rowsFrom + l * rowsApart;
                for (int j = 0; j < n; j++) {
                    c[to + j] += factor * rows[row + j];
                }
            }
        }
    }

    @Override
    public boolean tridiagonal(int n, Consumer<MemorySegment> lower, double[] diagonal, double[] coupling) {
        return false;
    }

    @Override
    public String name() {
        return "plain Java";
    }

    private static void scale(float[] c, int from, int count, float beta) {
        for (int j = from; j < from + count; j++) {
            c[j] = beta == 0 ? 0 : beta * c[j];
        }
    }

    private static void scale(double[] c, int from, int count, double beta) {
        for (int j = from; j < from + count; j++) {
            c[j] = beta == 0 ? 0 : beta * c[j];
        }
    }

    private static float[] transposed(float[] a, int from, int rows, int columns, int ld) {
        var result = new float[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result[j * rows + i] = a[from + i * ld + j];
            }
        }
        return result;
    }

    private static double[] transposed(double[] a, int from, int rows, int columns, int ld) {
        var result = new double[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result[j * rows + i] = a[from + i * ld + j];
            }
        }
        return result;
    }
}
