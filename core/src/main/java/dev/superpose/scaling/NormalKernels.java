package dev.superpose.scaling;

/// Sums over runs.
final class NormalKernels {
    private NormalKernels() {}

    /// The inner product of `a` and `b`, both `(runs)`, in four partial sums so that additions need
    /// not wait for each other.
    static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i < a.length - 3; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /// The lower triangle of Jᵀ diag(factor) J.
    ///
    /// @param jacobian `(free, runs)`
    /// @param factor `(runs)`
    /// @param scaled `(runs)`, overwritten
    /// @param normal `(free, free)`, filled on and below the diagonal
    static void normal(double[][] jacobian, double[] factor, double[] scaled, double[][] normal) {
        for (int j = 0; j < jacobian.length; j++) {
            double[] column = jacobian[j];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = factor[i] * column[i];
            }
            for (int k = 0; k <= j; k++) {
                normal[j][k] = dot(scaled, jacobian[k]);
            }
        }
    }
}
