package dev.superpose.geometry;

/// The inner loops over tiles of overlaps. What a pair costs here must stay small beside its
/// product of `width` multiplications, so that each loop does one thing that the compiler can do
/// in vectors, or a branch that is almost never taken.
final class OverlapKernels {
    private OverlapKernels() {}

    /// Counts the `count` overlaps from `from` on in the bins of [OverlapCounts].
    ///
    /// @param places room for `count` numbers
    static void count(float[] tile, int from, int count, int[] places, long[] bins) {
        // In double precision: the sum of a float32 and 2^16 would be rounded into the next bin.
        for (int k = 0; k < count; k++) {
            double place = (double) tile[from + k] * OverlapCounts.PER_ONE + OverlapCounts.PER_ONE;
            places[k] = Math.min((int) place, 2 * OverlapCounts.PER_ONE - 1);
        }
        for (int k = 0; k < count; k++) {
            bins[places[k]]++;
        }
    }

    /// Adds |x|, x² and x⁴ of the overlaps at `from` .. `from + count - 1` to `count` sums of
    /// each, so that no addition waits for another.
    static void add(float[] tile, int from, int count, double[] absolute, double[] squares, double[] fourths) {
        for (int k = 0; k < count; k++) {
            double size = Math.abs(tile[from + k]);
            double square = size * size;
            absolute[k] += size;
            squares[k] += square;
            fourths[k] += square * square;
        }
    }

    /// The first place of the largest |overlap| among the `count` from `from` on, or -1 if none
    /// exceeds `floor`.
    static int largest(float[] tile, int from, int count, float floor) {
        int place = -1;
        float most = floor;
        for (int k = from; k < from + count; k++) {
            if (Math.abs(tile[k]) > most) {
                most = Math.abs(tile[k]);
                place = k;
            }
        }
        return place;
    }
}
