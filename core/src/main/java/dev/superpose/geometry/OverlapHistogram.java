package dev.superpose.geometry;

import java.util.List;

/// How the overlaps of pairs, with their sign, lie between -1 and 1: 2,048 bins of width 1/1024,
/// each with its lower end and without its upper one; only the last has both.
///
/// @param counts how many overlaps fall into each bin, from -1 up
public record OverlapHistogram(List<Long> counts) {
    /// How many bins there are.
    public static final int BINS = 2048;

    public OverlapHistogram {
        counts = List.copyOf(counts);
        if (counts.size() != BINS) {
            throw new IllegalArgumentException("%,d counts are needed, there are %,d".formatted(BINS, counts.size()));
        }
    }

    /// The lower end of `bin`; of 2,048, which is none, it is 1.
    public static double edge(int bin) {
        if (bin < 0 || bin > BINS) {
            throw new IllegalArgumentException("there is no bin %d among %d".formatted(bin, BINS));
        }
        return bin / (BINS / 2.0) - 1;
    }

    /// All overlaps counted.
    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /// The share of independent random directions in `m` dimensions whose overlap would fall into
    /// `bin`.
    public static double randomShare(int m, int bin) {
        return Bounds.randomShareBetween(m, edge(bin), edge(bin + 1));
    }
}
