package dev.superpose.geometry;

import dev.superpose.numeric.Blas;
import dev.superpose.numeric.FloatMatrix;
import java.util.Arrays;

/// The overlaps (cosines) of rows that are put into groups: of pairs that share one, and of pairs
/// that do not. Of directions drawn at random both have mean 0 and mean square 1/m.
///
/// @param rows how many rows are counted
/// @param within over the unordered pairs of rows of one group
/// @param across over the unordered pairs of rows of two groups
public record GroupOverlaps(int rows, PairOverlaps within, PairOverlaps across) {
    // As in AllPairs: a tile stays in the second-level cache between the product and the sums.
    private static final int TILE = 256;

    /// Measures all pairs of the rows of `w`, (n, m), whose norm is above `above` and finite. Each
    /// overlap is that of float32 unit rows, good to about 1e-7 · √m; the sums run in float64.
    ///
    /// @param groups which group each row is in, (n)
    /// @param above at least 0: a row of norm 0 has no direction
    public static GroupOverlaps measure(FloatMatrix w, int[] groups, double above) {
        int n = w.rows();
        if (groups.length != n) {
            throw new IllegalArgumentException("%d rows need as many groups, not %d".formatted(n, groups.length));
        }
        if (!(above >= 0)) {
            throw new IllegalArgumentException("a norm must be at least 0, is " + above);
        }
        double[] norms = w.norms();
        int[] order = Arrays.stream(sorted(groups))
                .filter(i -> norms[i] > above && norms[i] < Double.POSITIVE_INFINITY)
                .toArray();
        int[] sizes = sizes(order, groups);
        return of(Packing.unitRows(w, norms, order, order.length), sizes, w.columns());
    }

    /// The rows, those of a group beside each other.
    private static int[] sorted(int[] groups) {
        var keys = new long[groups.length];
        Arrays.setAll(keys, i -> (long) groups[i] << Integer.SIZE | i);
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    /// How many rows of `order` each group has that has any.
    private static int[] sizes(int[] order, int[] groups) {
        var sizes = new int[order.length];
        int count = 0;
        for (int k = 0; k < order.length; k++) {
            if (k > 0 && groups[order[k]] != groups[order[k - 1]]) {
                count++;
            }
            sizes[count]++;
        }
        return Arrays.copyOf(sizes, order.length == 0 ? 0 : count + 1);
    }

    /// @param unit rows of norm 1, group by group, (rows, width)
    /// @param sizes rows of each group
    private static GroupOverlaps of(float[] unit, int[] sizes, int width) {
        var within = new PairSums();
        var across = new PairSums();
        var tile = new float[TILE * TILE];
        int start = 0;
        for (int size : sizes) {
            int end = start + size;
            for (int i = start; i < end; i += TILE) {
                int high = Math.min(TILE, end - i);
                for (int j = 0; j <= i; j = next(j, start)) {
                    int wide = Math.min(next(j, start), end) - j;
                    Blas.fastest()
                            .sgemm(
                                    false, true, high, wide, width, 1, unit, i * width, width, unit, j * width, width,
                                    0, tile, 0, wide);
                    (j < start ? across : within).add(tile, high, wide, i == j);
                }
            }
            start = end;
        }
        return new GroupOverlaps(start, within.overlaps(), across.overlaps());
    }

    /// Where the columns that begin at `row` end: no tile crosses the beginning of the group.
    private static int next(int row, int start) {
        return row < start ? Math.min(row + TILE, start) : row + TILE;
    }
}
