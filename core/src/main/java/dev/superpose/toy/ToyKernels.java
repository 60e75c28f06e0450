package dev.superpose.toy;

/// The float loops of the toy model. Rows are padded to whole vectors, so that no loop has a tail: rows over
/// features
/// to a multiple of [#LANES], rows over the width to a multiple of [#WIDTH_LANES]. Arguments are already
/// checked.
/// Both implementations give the same numbers but for the order of sums.
sealed interface ToyKernels permits ScalarToyKernels, VectorToyKernels {
    /// Four AVX-512 registers: the block of outputs that is tested, and mostly passed over, at once.
    int LANES = 64;
    /// One AVX-512 register.
    int WIDTH_LANES = 16;

    /// `length` rounded up to a whole number of `lanes`.
    static int padded(int length, int lanes) {
        return Math.multiplyExact(Math.ceilDiv(length, lanes), lanes);
    }

    /// What a pass over outputs adds up.
    final class Tally {
        /// Σ y² over the positive outputs.
        double squares;
        /// How many outputs were positive.
        long positives;

        void clear() {
            squares = 0;
            positives = 0;
        }
    }

    /// Outputs of a sample with one active feature of value `value`: z = value · g + b, deltas d = scale · z⁺.
    ///
    /// Adds value · d to `dg`, d to `db`, and tallies. `g`, `dg`: rows of n numbers from `at` on, n padded.
    void single(float[] g, int at, float value, float[] b, float scale, int n, float[] dg, float[] db, Tally tally);

    /// z = z + value · g, `n` numbers from `zAt` and `at` on.
    void add(float[] g, int at, float value, float[] z, int zAt, int n);

    /// Replaces a row of pre-activations, from `at` on, by deltas: z = scale · z⁺; adds them to `db`, and
    /// tallies.
    void deltas(float[] z, int at, float scale, int n, float[] db, Tally tally);

    /// dg += value · d, leaving out blocks of d that are all zero.
    void spread(float[] d, float value, float[] dg, int at, int n);

    /// How many of the `n` numbers from `at` on are not zero.
    int nonZeros(float[] row, int at, int n);

    /// For every c_j ≠ 0 of a row of coefficients: dw_j += c_j · u and du += c_j · w_j; then clears the row.
    ///
    /// `coefficients`: (n padded) from `at`; `w`, `dw`: (n, stride); `u`, `du`: (stride) from `uAt`, `duAt`.
    void scatter(
            float[] coefficients,
            int at,
            int n,
            float[] w,
            float[] dw,
            int stride,
            float[] u,
            int uAt,
            float[] du,
            int duAt);

    /// Σ a² over `length` numbers from `at` on.
    float squares(float[] a, int at, int length);

    /// One step of AdamW on `length` numbers from `at` on: w is first multiplied by `keep`.
    ///
    /// `rate` is the learning rate over 1 - beta1^t, `root` is 1 / sqrt(1 - beta2^t).
    void adam(float[] w, float[] g, float[] m, float[] v, int at, int length, float keep, float rate, float root);

    /// The vector kernels where the incubating module is there, else the scalar ones.
    static ToyKernels fastest() {
        return ToyKernelsChoice.CHOSEN;
    }
}
