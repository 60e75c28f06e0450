package dev.superpose.geometry;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;
import java.util.function.ToDoubleFunction;

/// The company of one row of a matrix.
///
/// @param row the row asked about
/// @param norm its norm
/// @param nearest the rows of largest cosine with it, the nearest first
/// @param interferers the rows of largest |ŵ_i · w_j|, of either sign, the strongest first: what a
///     state along ŵ_i adds to their logits, so that long rows come before nearer short ones
public record Neighbours(long row, double norm, List<Neighbour> nearest, List<Neighbour> interferers) {
    private static final int BLOCK_NUMBERS = 1 << 20;

    public Neighbours {
        nearest = List.copyOf(nearest);
        interferers = List.copyOf(interferers);
    }

    /// Another row.
    ///
    /// @param row its number
    /// @param cosine ŵ_i · ŵ_j
    /// @param interference ŵ_i · w_j, its cosine times its norm
    public record Neighbour(long row, double cosine, double interference) {}

    /// The `count` nearest rows and strongest interferers of `row`, in one pass over `rows`. Padding
    /// and rows that are zero or not finite are passed over. Of equals the lower row comes first.
    ///
    /// @throws InputException if `row` itself has no direction
    public static Neighbours of(RowBlocks rows, long row, int count, LongPredicate padding) throws IOException {
        if (row < 0 || row >= rows.rows()) {
            throw new IllegalArgumentException("there is no row %,d among %,d".formatted(row, rows.rows()));
        }
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, is " + count);
        }
        int m = rows.width();
        var own = new float[m];
        rows.read(row, 1, own);
        double norm = norm(own, 0, m);
        if (!(norm > 0)) {
            throw new InputException(
                    "row %,d is %s: it has no direction".formatted(row, norm == 0 ? "zero" : "not finite"));
        }
        var nearest = new Best(count, Neighbour::cosine);
        var strongest = new Best(count, neighbour -> Math.abs(neighbour.interference()));
        int blockRows = Math.max(BLOCK_NUMBERS / m, 1);
        var block = new float[Math.multiplyExact((int) Math.min(blockRows, rows.rows()), m)];
        for (long first = 0; first < rows.rows(); first += blockRows) {
            int length = (int) Math.min(blockRows, rows.rows() - first);
            rows.read(first, length, block);
            for (int i = 0; i < length; i++) {
                double other = norm(block, i * m, m);
                if (other > 0 && first + i != row && !padding.test(first + i)) {
                    double product = dot(own, block, i * m) / norm;
                    // Rounding must not carry a repeated row beyond 1.
                    var found = new Neighbour(first + i, Math.clamp(product / other, -1, 1), product);
                    nearest.offer(found);
                    strongest.offer(found);
                }
            }
        }
        return new Neighbours(row, norm, nearest.inOrder(), strongest.inOrder());
    }

    /// The norm of the row that begins at `from`; NaN if it is not finite.
    private static double norm(float[] values, int from, int m) {
        double sum = 0;
        for (int j = from; j < from + m; j++) {
            sum += (double) values[j] * values[j];
        }
        return Double.isFinite(sum) ? Math.sqrt(sum) : Double.NaN;
    }

    private static double dot(float[] own, float[] block, int from) {
        double sum = 0;
        for (int j = 0; j < own.length; j++) {
            sum += (double) own[j] * block[from + j];
        }
        return sum;
    }

    /// Keeps the best of all that is offered.
    private static final class Best {
        private final int count;
        private final Comparator<Neighbour> worstFirst;
        private final PriorityQueue<Neighbour> kept;

        Best(int count, ToDoubleFunction<Neighbour> score) {
            this.count = count;
            this.worstFirst = Comparator.comparingDouble(score)
                    .thenComparing(Comparator.comparingLong(Neighbour::row).reversed());
            this.kept = new PriorityQueue<>(worstFirst);
        }

        void offer(Neighbour neighbour) {
            kept.add(neighbour);
            if (kept.size() > count) {
                kept.poll();
            }
        }

        List<Neighbour> inOrder() {
            var ordered = new ArrayList<>(kept);
            ordered.sort(worstFirst.reversed());
            return ordered;
        }
    }
}
