package dev.superpose.geometry;

import dev.superpose.numeric.Blas;

/// The overlaps of all pairs of rows in memory.
///
/// @param all over all rows
/// @param leading over the first rows alone
record AllPairs(PairOverlaps all, PairOverlaps leading) {
    // A tile of overlaps (256 KiB) stays in the second-level cache between the product and the sums.
    private static final int TILE = 256;

    /// The overlaps of the rows of `unit`, (rows, width), each of norm 1, and of the first `leading` of
    /// them.
    static AllPairs of(float[] unit, int rows, int width, int leading) {
        var within = new PairSums();
        var rest = new PairSums();
        var tile = new float[TILE * TILE];
        for (int i = 0; i < rows; i = next(i, rows, leading)) {
            int high = next(i, rows, leading) - i;
            for (int j = 0; j <= i; j = next(j, rows, leading)) {
                int wide = next(j, rows, leading) - j;
                Blas.fastest()
                        .sgemm(
                                false, true, high, wide, width, 1, unit, i * width, width, unit, j * width, width, 0,
                                tile, 0, wide);
                (i < leading ? within : rest).add(tile, high, wide, i == j);
            }
        }
        PairOverlaps first = within.overlaps();
        within.merge(rest);
        return new AllPairs(within.overlaps(), first);
    }

    /// Where the tile that begins at `row` ends: no tile crosses the end of the leading rows.
    private static int next(int row, int rows, int leading) {
        int end = row < leading ? leading : rows;
        return Math.min(row + TILE, end);
    }
}
