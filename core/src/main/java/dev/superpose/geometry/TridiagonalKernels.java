package dev.superpose.geometry;

/// The inner loops of the reduction to tridiagonal form, over one row of the lower triangle.
final class TridiagonalKernels {
    private TridiagonalKernels() {}

    /// row -= vr · q + qr · v over the first `count` numbers of the row that begins at `from`.
    static void change(double[] panel, int from, int count, double[] v, double[] q, double vr, double qr) {
        for (int j = 0; j < count; j++) {
            panel[from + j] -= vr * q[j] + qr * v[j];
        }
    }

    /// Adds the share of row r, columns 0 .. r, in the symmetric product A x to `sum`.
    static void multiply(double[] panel, int from, int r, double[] x, double[] sum) {
        double factor = x[r];
        for (int j = 0; j < r; j++) {
            sum[j] += factor * panel[from + j];
        }
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j < r - 3; j += 4) {
            a += panel[from + j] * x[j];
            b += panel[from + j + 1] * x[j + 1];
            c += panel[from + j + 2] * x[j + 2];
            d += panel[from + j + 3] * x[j + 3];
        }
        for (; j < r; j++) {
            a += panel[from + j] * x[j];
        }
        sum[r] += a + b + (c + d) + panel[from + r] * factor;
    }
}
