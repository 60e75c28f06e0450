package dev.superpose.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How many overlaps fall into each of 2^17 bins of equal width over [-1, 1], the upper end of
/// the last one included. Counts are whole numbers: they can be gathered in any order. 1 MiB. Not
/// thread-safe.
final class OverlapCounts {
    /// Bins between 0 and 1: they are as wide as the rounding of a float32 product of some thousand
    /// numbers, 1.5e-5.
    static final int PER_ONE = 1 << 16;

    /// The width of a bin.
    static final double WIDTH = 1.0 / PER_ONE;

    private static final int RUN = 4096;

    private final long[] bins = new long[2 * PER_ONE];
    private final int[] places = new int[RUN];

    /// Takes in the overlaps at `from` .. `from + count - 1`.
    void add(float[] tile, int from, int count) {
        for (int done = 0; done < count; done += RUN) {
            OverlapKernels.count(tile, from + done, Math.min(RUN, count - done), places, bins);
        }
    }

    /// Takes in all that `other` has counted.
    void merge(OverlapCounts other) {
        for (int b = 0; b < bins.length; b++) {
            bins[b] += other.bins[b];
        }
    }

    /// Takes out overlaps that are exactly 0, as those with rows that are left out.
    void removeZeros(long count) {
        bins[PER_ONE] -= count;
    }

    /// How many were taken in.
    long total() {
        long total = 0;
        for (long count : bins) {
            total += count;
        }
        return total;
    }

    /// The |overlaps| that the shares `wanted`, in rising order, of all do not exceed, each
    /// placed evenly within its bin: wrong by less than [#WIDTH]. NaN of none.
    double[] quantiles(List<Double> wanted) {
        return quantilesWithout(new OverlapCounts(), wanted);
    }

    /// The same of all but what `part` has counted of them.
    double[] quantilesWithout(OverlapCounts part, List<Double> wanted) {
        var quantiles = new double[wanted.size()];
        Arrays.fill(quantiles, Double.NaN);
        double total = total() - part.total();
        double below = 0;
        int next = 0;
        for (int k = 0; k < PER_ONE; k++) {
            int mirrored = PER_ONE - 1 - k;
            long here = bins[PER_ONE + k] + bins[mirrored] - part.bins[PER_ONE + k] - part.bins[mirrored];
            while (here > 0 && next < quantiles.length && below + here >= wanted.get(next) * total) {
                quantiles[next] = (k + (wanted.get(next) * total - below) / here) * WIDTH;
                next++;
            }
            below += here;
        }
        return quantiles;
    }

    /// The counts in the coarser bins of a histogram.
    OverlapHistogram histogram() {
        int each = bins.length / OverlapHistogram.BINS;
        List<Long> counts = new ArrayList<>(OverlapHistogram.BINS);
        for (int b = 0; b < OverlapHistogram.BINS; b++) {
            long sum = 0;
            for (int k = b * each; k < (b + 1) * each; k++) {
                sum += bins[k];
            }
            counts.add(sum);
        }
        return new OverlapHistogram(counts);
    }
}
