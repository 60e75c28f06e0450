package dev.superpose.geometry;

import java.util.function.LongPredicate;

/// Which rows have a direction, their norms, and how many repeat one another. 24 bytes per row.
final class RowSurvey {
    // In place of a norm.
    private static final double PADDING = -1;
    private static final double NONFINITE = -2;

    private final LongPredicate padding;
    private final double[] norms;
    private final long[] hashes;

    RowSurvey(int rows, LongPredicate padding) {
        this.padding = padding;
        this.norms = new double[rows];
        this.hashes = new long[2 * rows];
    }

    /// Takes in row `index`, which begins at `from` in `values`. Different rows can be taken in by
    /// different threads.
    void add(int index, float[] values, int from, int width) {
        if (padding.test(index)) {
            norms[index] = PADDING;
            return;
        }
        double sum = 0;
        for (int j = from; j < from + width; j++) {
            sum += (double) values[j] * values[j];
        }
        norms[index] = Double.isFinite(sum) ? Math.sqrt(sum) : NONFINITE;
        if (used(index)) {
            long first = 0;
            long second = width;
            for (int j = from; j < from + width; j++) {
                long bits = Float.floatToRawIntBits(values[j]);
                first = (first ^ bits) * 0x9e3779b97f4a7c15L;
                first ^= first >>> 32;
                second = (second + bits) * 0xd6e8feb86659fd93L;
                second ^= second >>> 29;
            }
            hashes[2 * index] = first;
            hashes[2 * index + 1] = second;
        }
    }

    int rows() {
        return norms.length;
    }

    boolean used(int index) {
        return norms[index] > 0;
    }

    RowProfile.State state(int index) {
        return norms[index] > 0
                ? RowProfile.State.USED
                : norms[index] == PADDING
                        ? RowProfile.State.PADDING
                        : norms[index] == NONFINITE ? RowProfile.State.NONFINITE : RowProfile.State.ZERO;
    }

    double norm(int index) {
        return norms[index];
    }

    /// The norms of the used rows.
    double[] usedNorms() {
        int count = 0;
        for (int i = 0; i < norms.length; i++) {
            count += used(i) ? 1 : 0;
        }
        var used = new double[count];
        int next = 0;
        for (int i = 0; i < norms.length; i++) {
            if (used(i)) {
                used[next++] = norms[i];
            }
        }
        return used;
    }

    GeometryReport.Excluded excluded() {
        long paddings = 0;
        long nonfinite = 0;
        long zero = 0;
        for (double norm : norms) {
            paddings += norm == PADDING ? 1 : 0;
            nonfinite += norm == NONFINITE ? 1 : 0;
            zero += norm == 0 ? 1 : 0;
        }
        return new GeometryReport.Excluded(paddings, nonfinite, zero, duplicates());
    }

    /// How many used rows equal an earlier one.
    private long duplicates() {
        int[] first = firstEqual();
        long found = 0;
        for (int i = 0; i < first.length; i++) {
            found += first[i] >= 0 && first[i] != i ? 1 : 0;
        }
        return found;
    }

    /// For each used row the first that equals it bit for bit, itself where none does before it;
    /// -1 for the others. By 128 bits of hash, so that by chance it is never wrong.
    int[] firstEqual() {
        // Row number + 1 by hash, with open addressing; never more than half full.
        var table = new int[Math.multiplyExact(4, Integer.highestOneBit(Math.max(norms.length, 1)))];
        var first = new int[norms.length];
        for (int i = 0; i < norms.length; i++) {
            first[i] = used(i) ? claim(table, i) : -1;
        }
        return first;
    }

    /// The first row of the kind of row `i`.
    private int claim(int[] table, int i) {
        int slot = (int) (hashes[2 * i] >>> 20) & (table.length - 1);
        while (table[slot] != 0) {
            int other = table[slot] - 1;
            if (hashes[2 * other] == hashes[2 * i] && hashes[2 * other + 1] == hashes[2 * i + 1]) {
                return other;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = i + 1;
        return i;
    }
}
