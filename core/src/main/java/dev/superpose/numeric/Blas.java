package dev.superpose.numeric;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// The matrix products worth a native library: float32 and float64, row-major, each call on
/// the calling thread alone.
///
/// Whoever wants several cores hands out rows or trainings; the library's own threads busy-wait
/// and lose a factor of ten beside any other work (OpenBLAS issues 731, 900, 4496). All methods
/// can be called from several threads at once. Arguments are checked here, once, because native
/// code would not.
public sealed interface Blas permits OpenBlas, JavaBlas {

    /// C = alpha · op(A) · op(B) + beta · C, where op(A): (m, k), op(B): (k, n), C: (m, n).
    ///
    /// Each matrix starts at `…From` in its array and has rows `ld…` numbers apart. `transA`
    /// means that the array holds (k, m). The error of an element is at most k · 2^-23 · Σ|a||b|,
    /// whichever implementation runs; with beta = 0 the old content of C is not read.
    void sgemm(
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
            int ldc);

    /// The lower triangle of C = alpha · A Aᵀ + beta · C, A: (n, k); of alpha · Aᵀ A + beta · C
    /// if `transposed`, when the array holds (k, n). The upper triangle is left as it is.
    void ssyrkLower(
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
            int ldc);

    /// [#ssyrkLower] in float64.
    void dsyrkLower(
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
            int ldc);

    /// [#sgemm] in float64.
    void dgemm(
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
            int ldc);

    /// The tridiagonal form of the symmetric matrix A, (n, n), by Householder's reflections, if
    /// this library has LAPACK (`dsytrd`); else nothing is done and false is returned.
    ///
    /// The last axis is left alone: with T = Qᵀ A Q, the last column of Q is that of the identity.
    ///
    /// @param lower puts the lower triangle of A, row-major, into the zeros it is given: memory
    ///     outside the heap, because this takes seconds
    /// @param diagonal (n), of T
    /// @param coupling (n - 1), `coupling[k]` is element (k + 1, k) of T
    boolean tridiagonal(int n, Consumer<MemorySegment> lower, double[] diagonal, double[] coupling);

    /// What runs, for provenance: library, version and processor kernel.
    String name();

    /// The fastest implementation that works here: OpenBLAS where its library loads, else plain
    /// Java. The system property `superpose.blas` forces one: `openblas` (then a failure to load
    /// it is thrown) or `java`.
    static Blas fastest() {
        return BlasChoice.CHOSEN;
    }

    /// Checks that `rows` rows of `columns` numbers, `ld` apart from `from` on, lie in an
    /// array of `length` numbers.
    static void check(String name, long length, int from, int rows, int columns, int ld) {
        if (rows < 0 || columns < 0 || from < 0 || ld < Math.max(1, columns)) {
            throw new IllegalArgumentException("%s: %d rows of %d numbers, %d apart, from %d is no matrix"
                    .formatted(name, rows, columns, ld, from));
        }
        if (rows > 0 && columns > 0 && (rows - 1L) * ld + columns > length - from) {
            throw new IllegalArgumentException("%s: %d rows of %d numbers, %d apart, from %d exceed %d numbers"
                    .formatted(name, rows, columns, ld, from, length));
        }
    }
}
