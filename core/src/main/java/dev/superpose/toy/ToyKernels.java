package dev.superpose.toy;

/// The float loops of the toy model. Rows are padded to a multiple of [#LANES], so that no loop has a tail. Arguments
/// are already checked. Both implementations give the same numbers but for the order of sums.
sealed interface ToyKernels permits ScalarToyKernels, VectorToyKernels {
    /// A block of outputs, kept or passed over as one: an AVX-512 register, or two of AVX2.
    int LANES = 16;

    /// `length` rounded up to a whole number of [#LANES].
    static int padded(int length) {
        return Math.multiplyExact(Math.ceilDiv(length, LANES), LANES);
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

    /// Rows of a Gram matrix, g = a · Wᵀ: (rows, n), for narrow W, where a library spends its time on moving C.
    ///
    /// @param a (rows, stride)
    /// @param w (n, stride)
    /// @param packed room for W in the order of the loops, (n, width) at least
    void gram(float[] a, int rows, float[] w, int n, int width, int stride, float[] packed, float[] g);

    /// Pre-activations of a sample, z = b + Σ_k values_k · g_k, by blocks: only blocks with a positive one are
    /// kept.
    ///
    /// @param g rows of n numbers, row k of the sample from `at` k on
    /// @param count how many rows, at least one
    /// @param b (n)
    /// @param z (n) receives the blocks that are kept
    /// @param blocks receives where the kept blocks start, ascending
    /// @return how many blocks are kept
    int outputs(float[] g, int[] at, float[] values, int count, float[] b, int n, float[] z, int[] blocks);

    /// The blocks in which a sample with one active feature can have a positive output, whatever its value in 0 .. 2:
    /// z = value · g + b lies between b and 2 g + b.
    ///
    /// @param g a row of n numbers from `at` on
    /// @param blocks receives where the blocks start, ascending
    /// @return how many blocks there are
    int reachable(float[] g, int at, float[] b, int n, int[] blocks);

    /// `outputs` of one row, within the blocks of `candidates` alone.
    int outputsWithin(float[] g, int at, float value, float[] b, int[] candidates, int count, float[] z, int[] blocks);

    /// Turns pre-activations into deltas, z = scale · z⁺, in the blocks of a row of `z` from `at` on; adds them to
    /// `db`, and tallies.
    void deltas(float[] z, int at, int[] blocks, int count, float scale, float[] db, Tally tally);

    /// dg += value · d in the blocks of a row of `dg` from `at` on.
    void spread(float[] d, int[] blocks, int count, float value, float[] dg, int at);

    /// z = z + value · g, `n` numbers from `zAt` and `at` on.
    void add(float[] g, int at, float value, float[] z, int zAt, int n);

    /// For every c_j ≠ 0 among `n` coefficients from `at` on: dw_j += c_j · u and du += c_j · w_j; clears them.
    ///
    /// `w`, `dw`: (n, stride), that of c_0 at `wAt`; `u`, `du`: (stride) from `uAt`, `duAt`.
    void scatter(
            float[] coefficients,
            int at,
            int n,
            float[] w,
            float[] dw,
            int wAt,
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
