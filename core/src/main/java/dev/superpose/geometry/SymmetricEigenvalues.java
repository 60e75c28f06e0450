package dev.superpose.geometry;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.superpose.numeric.Blas;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The eigenvalues of a symmetric matrix: Householder's reduction to tridiagonal form, then the
/// implicit QR iteration with Wilkinson's shift (Golub and Van Loan, Matrix Computations, 4th
/// ed., sections 8.3.1 and 8.3.5).
///
/// An eigenvalue is wrong by a small multiple of 2^-53 · order · the largest one, so that those
/// near 0 may come out slightly negative. 4/3 order³ operations, bound by memory. LAPACK does the
/// reduction where it is there: some seconds at order 4096 on one core, where the own reduction
/// takes half a minute.
final class SymmetricEigenvalues {
    private static final double UNIT = 0x1p-53;
    // Beside a largest element of 1 such a sum of squares is nothing, but its inverse might overflow.
    private static final double NEGLIGIBLE = 0x1p-900;
    private static final int STEPS_PER_EIGENVALUE = 60;
    // Smaller matrices take no time worth a copy.
    private static final int LAPACK_FROM = 256;

    private final LowerTriangle matrix;
    private final Workers workers;
    private final double[] diagonal;
    // coupling[k] is the element (k + 1, k) of the tridiagonal matrix.
    private final double[] coupling;

    private SymmetricEigenvalues(LowerTriangle matrix, Workers workers) {
        this.matrix = matrix;
        this.workers = workers;
        this.diagonal = new double[matrix.order()];
        this.coupling = new double[Math.max(matrix.order() - 1, 0)];
    }

    /// The eigenvalues of a matrix A and of A - u uᵀ, both in rising order.
    @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next
    record Both(double[] whole, double[] reduced) {}

    /// The eigenvalues of `matrix` in rising order. The matrix is used up.
    static double[] of(LowerTriangle matrix, Workers workers) {
        return both(matrix, new double[matrix.order()], workers).whole();
    }

    /// The eigenvalues of `matrix` and of `matrix` - u uᵀ. The matrix is used up.
    ///
    /// A first reflection turns u into the last axis, which the reduction then leaves alone: both
    /// matrices have the same tridiagonal form but for its last element, ‖u‖² less for the
    /// second.
    static Both both(LowerTriangle matrix, double[] u, Workers workers) {
        return both(matrix, u, workers, matrix.order() >= LAPACK_FROM);
    }

    /// [#both(LowerTriangle, double\[\], Workers)], by LAPACK if it is there and `lapack` allows
    /// it.
    static Both both(LowerTriangle matrix, double[] u, Workers workers, boolean lapack) {
        int order = matrix.order();
        double largest = matrix.largest();
        if (largest == 0 || !Double.isFinite(largest)) {
            var same = new double[order];
            Arrays.fill(same, largest == 0 ? 0 : Double.NaN);
            return new Both(same, same.clone());
        }
        // Squares are taken below: in units of the largest element they neither overflow nor vanish.
        matrix.scale(1 / largest);
        var solver = new SymmetricEigenvalues(matrix, workers);
        double removed = solver.tridiagonalise(u, lapack) / largest;
        double[] reduced = solver.diagonal.clone();
        reduced[order - 1] -= removed;
        double[] whole = iterate(solver.diagonal, solver.coupling.clone());
        iterate(reduced, solver.coupling);
        double rounding = 4 * order * UNIT * whole[order - 1];
        for (int i = 0; i < order; i++) {
            whole[i] *= largest;
            // What is left of nothing by rounding would look like a spectrum.
            reduced[i] = Math.abs(reduced[i]) > rounding ? reduced[i] * largest : 0;
        }
        return new Both(whole, reduced);
    }

    /// Applies the reflection that turns `u` into the last axis, then reduces the rest; returns
    /// ‖u‖².
    private double tridiagonalise(double[] u, boolean lapack) {
        int order = matrix.order();
        var v = new double[order];
        var q = new double[order];
        double[][] partial = new double[matrix.panels()][order];
        double removed = turn(u, v, q, partial);
        if (!lapack || !Blas.fastest().tridiagonal(order, target -> copyChanged(v, q, target), diagonal, coupling)) {
            eliminate(v, q, partial);
        }
        return removed;
    }

    private void copyChanged(double[] v, double[] q, MemorySegment target) {
        int order = matrix.order();
        for (int i = 0; i < order; i++) {
            changeRow(i, v, q);
            MemorySegment.copy(
                    matrix.panel(matrix.panelOf(i)), matrix.offset(i), target, JAVA_DOUBLE, 8L * i * order, i + 1);
        }
    }

    /// Rows are eliminated from the last to the first. Row i gives the reflection I - scale · v
    /// vᵀ of the leading i rows and columns; with p = scale · A v and q = p - (scale · vᵀp / 2)
    /// v, A becomes A - v qᵀ - q vᵀ. The change of one step and the product A v of the next are
    /// done in one sweep over the matrix, because memory is the bound. At first the change (v, q)
    /// is pending.
    private void eliminate(double[] v, double[] q, double[][] partial) {
        int order = matrix.order();
        double[] pending = v;
        var next = new double[order];
        for (int i = order - 1; i > 0; i--) {
            // The pending change reaches row i first: the next reflection is made of it.
            changeRow(i, pending, q);
            double scale = reflection(i, next);
            sweep(i, pending, q, next, partial);
            double[] swap = pending;
            pending = next;
            next = swap;
            gather(i, scale, pending, q, partial);
        }
        changeRow(0, pending, q);
        diagonal[0] = matrix.panel(0)[0];
    }

    /// Puts the change that turns `u` into the last axis into (v, q): none if u is zero. Returns
    /// ‖u‖².
    private double turn(double[] u, double[] v, double[] q, double[][] partial) {
        int order = u.length;
        double most = 0;
        for (double value : u) {
            most = Math.max(most, Math.abs(value));
        }
        if (most == 0) {
            return 0;
        }
        double squares = 0;
        for (int j = 0; j < order; j++) {
            // The direction alone counts here: squares of tiny numbers would vanish.
            v[j] = u[j] / most;
            squares += v[j] * v[j];
        }
        double norm = Math.sqrt(squares);
        double last = v[order - 1];
        double scale = 1 / (norm * (norm + Math.abs(last)));
        v[order - 1] += Math.copySign(norm, last);
        var none = new double[order];
        sweep(order, none, none, v, partial);
        gather(order, scale, v, q, partial);
        return squares * most * most;
    }

    private void changeRow(int i, double[] v, double[] q) {
        TridiagonalKernels.change(matrix.panel(matrix.panelOf(i)), matrix.offset(i), i + 1, v, q, v[i], q[i]);
    }

    /// Puts v of the reflection that clears row i left of the coupling into `v`, zeros from i on;
    /// returns its scale.
    private double reflection(int i, double[] v) {
        double[] panel = matrix.panel(matrix.panelOf(i));
        int from = matrix.offset(i);
        diagonal[i] = panel[from + i];
        double others = 0;
        for (int j = 0; j < i - 1; j++) {
            others += panel[from + j] * panel[from + j];
        }
        double last = panel[from + i - 1];
        Arrays.fill(v, 0);
        if (others < NEGLIGIBLE) {
            coupling[i - 1] = last;
            return 0;
        }
        double norm = Math.sqrt(others + last * last);
        System.arraycopy(panel, from, v, 0, i);
        // The sign that adds magnitudes: no digit is lost.
        v[i - 1] += Math.copySign(norm, last);
        coupling[i - 1] = -Math.copySign(norm, last);
        return 1 / (norm * (norm + Math.abs(last)));
    }

    /// Applies the pending change (v, q) to the leading i rows, and sums A · next per panel.
    private void sweep(int i, double[] v, double[] q, double[] next, double[][] partial) {
        int panels = matrix.panelOf(i - 1) + 1;
        workers.compute(panels, p -> {
            double[] panel = matrix.panel(p);
            double[] sum = partial[p];
            Arrays.fill(sum, 0, i, 0);
            int first = matrix.start(p);
            int end = Math.min(i, matrix.end(p));
            for (int r = first; r < end; r++) {
                int from = (r - first) * matrix.stride(p);
                TridiagonalKernels.change(panel, from, r + 1, v, q, v[r], q[r]);
                TridiagonalKernels.multiply(panel, from, r, next, sum);
            }
        });
    }

    /// Turns the summed A · v into the q of the next change.
    private void gather(int i, double scale, double[] v, double[] q, double[][] partial) {
        Arrays.fill(q, 0);
        int panels = matrix.panelOf(i - 1) + 1;
        for (int p = 0; p < panels; p++) {
            int end = Math.min(i, matrix.end(p));
            for (int j = 0; j < end; j++) {
                q[j] += scale * partial[p][j];
            }
        }
        double product = 0;
        for (int j = 0; j < i; j++) {
            product += v[j] * q[j];
        }
        for (int j = 0; j < i; j++) {
            q[j] -= scale * product / 2 * v[j];
        }
    }

    /// Clears the couplings from the last to the first; what remains on the diagonal are the
    /// eigenvalues, then in rising order.
    private static double[] iterate(double[] diagonal, double[] coupling) {
        double size = 0;
        for (int k = 0; k < diagonal.length; k++) {
            size = Math.max(size, Math.abs(diagonal[k]) + (k > 0 ? Math.abs(coupling[k - 1]) : 0));
        }
        long left = (long) STEPS_PER_EIGENVALUE * diagonal.length;
        int high = diagonal.length - 1;
        while (high > 0) {
            int low = high;
            while (low > 0 && Math.abs(coupling[low - 1]) > UNIT * size) {
                low--;
            }
            if (low == high) {
                high--;
            } else if (left-- == 0) {
                throw new ArithmeticException(
                        "the QR iteration for eigenvalues does not end at order " + diagonal.length);
            } else {
                step(diagonal, coupling, low, high);
            }
        }
        Arrays.sort(diagonal);
        return diagonal;
    }

    /// One implicit QR step on rows low .. high: a bulge is chased down by plane rotations (c,
    /// s).
    private static void step(double[] diagonal, double[] coupling, int low, int high) {
        double half = (diagonal[high - 1] - diagonal[high]) / 2;
        double last = coupling[high - 1];
        double shift =
                diagonal[high] - last * last / (half + Math.copySign(Math.sqrt(half * half + last * last), half));
        double x = diagonal[low] - shift;
        double z = coupling[low];
        for (int k = low; k < high; k++) {
            double norm = Math.sqrt(x * x + z * z);
            double c = norm == 0 ? 1 : x / norm;
            double s = norm == 0 ? 0 : z / norm;
            if (k > low) {
                coupling[k - 1] = norm;
            }
            double upper = diagonal[k];
            double lower = diagonal[k + 1];
            double between = coupling[k];
            diagonal[k] = c * c * upper + 2 * c * s * between + s * s * lower;
            diagonal[k + 1] = s * s * upper - 2 * c * s * between + c * c * lower;
            coupling[k] = c * s * (lower - upper) + (c * c - s * s) * between;
            if (k < high - 1) {
                x = coupling[k];
                z = s * coupling[k + 1];
                coupling[k + 1] *= c;
            }
        }
    }
}
