package dev.superpose.geometry;

import dev.superpose.geometry.Arithmetic.Precision;
import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleConsumer;

/// One pass over the rows of a matrix: each row becomes one or more vectors of the same width, of
/// which the sums and the Gram matrices AᵀA are gathered, in blocks that bound the memory.
///
/// The blocks, their parts and the panels of the Gram matrices are the same for any number of
/// threads, and partial sums are added in a fixed order, so the result is too.
final class GramPass {
    /// What becomes of one row.
    interface Transform {
        /// Puts the vectors made of row `index`, which begins at `from` in `values`, at `to` into
        /// each of `targets`. Where nothing is put they are zero.
        void apply(int index, float[] values, int from, double[][] targets, int to);
    }

    private static final int PARTS = 16;
    // A strip of rows stays in the cache from reading until it is in the block. Short ones would make the
    // products with the few vectors of the probe slow.
    private static final int STRIP_NUMBERS = 1 << 17;

    private final RowBlocks rows;
    private final Workers workers;
    private final int width;
    private final int partRows;
    private final int stripRows;
    private final double[][][] partSums;
    private final GramSum[] grams;
    private final GramProbe[] probes;
    private final double[][] sums;

    private GramPass(RowBlocks rows, Workers workers, int vectors, Precision precision) {
        this.rows = rows;
        this.workers = workers;
        this.width = rows.width();
        this.partRows = Math.max(LowerTriangle.blockRows(width) / PARTS, 4);
        this.stripRows = Math.clamp(STRIP_NUMBERS / width, 4, partRows);
        this.partSums = new double[vectors][PARTS][width];
        this.grams = new GramSum[vectors];
        this.probes = new GramProbe[vectors];
        this.sums = new double[vectors][width];
        for (int v = 0; v < vectors; v++) {
            grams[v] = GramSum.of(precision, width, PARTS * partRows);
            probes[v] = new GramProbe(width, PARTS);
        }
    }

    /// The memory that a pass with so many vectors per row takes, in bytes.
    static long bytes(int width, int vectors) {
        long block = Math.multiplyExact(LowerTriangle.blockRows(width) + 2L * PARTS * GramProbe.VECTORS, (long) width);
        return vectors * (LowerTriangle.bytes(width) + 8 * block);
    }

    /// Reads all rows once.
    ///
    /// @param vectors how many vectors `transform` makes of a row
    /// @param precision of the products
    /// @param progress told the share of rows done, from 0 to 1
    static GramPass over(
            RowBlocks rows,
            Workers workers,
            int vectors,
            Precision precision,
            Transform transform,
            DoubleConsumer progress)
            throws IOException {
        var pass = new GramPass(rows, workers, vectors, precision);
        long total = rows.rows();
        int blockRows = PARTS * pass.partRows;
        for (long first = 0; first < total; first += blockRows) {
            int count = (int) Math.min(blockRows, total - first);
            pass.fill(first, count, transform);
            pass.multiply(count);
            progress.accept((double) (first + count) / total);
        }
        for (int v = 0; v < vectors; v++) {
            for (double[] part : pass.partSums[v]) {
                for (int j = 0; j < pass.width; j++) {
                    pass.sums[v][j] += part[j];
                }
            }
        }
        return pass;
    }

    private void fill(long first, int count, Transform transform) throws IOException {
        int parts = (count + partRows - 1) / partRows;
        workers.run(parts, part -> {
            int end = Math.min((part + 1) * partRows, count);
            var values = new float[stripRows * width];
            var targets = new double[grams.length][stripRows * width];
            for (int at = part * partRows; at < end; at += stripRows) {
                int length = Math.min(stripRows, end - at);
                rows.read(first + at, length, values);
                for (double[] target : targets) {
                    Arrays.fill(target, 0);
                }
                for (int i = 0; i < length; i++) {
                    transform.apply(Math.toIntExact(first + at + i), values, i * width, targets, i * width);
                }
                for (int v = 0; v < targets.length; v++) {
                    addRows(targets[v], length, partSums[v][part]);
                    probes[v].add(targets[v], length, part);
                    grams[v].put(targets[v], length, at);
                }
            }
        });
    }

    private void addRows(double[] strip, int count, double[] sum) {
        for (int i = 0; i < count; i++) {
            int from = i * width;
            for (int j = 0; j < width; j++) {
                sum[j] += strip[from + j];
            }
        }
    }

    private void multiply(int count) {
        int panels = gram(0).panels();
        workers.compute(grams.length * panels, task -> {
            // The widest panels first: they take longest.
            int p = panels - 1 - task / grams.length;
            grams[task % grams.length].add(p, count);
        });
    }

    /// The Gram matrix of vector `v`.
    LowerTriangle gram(int v) {
        return grams[v].gram();
    }

    /// The sum of vector `v` over all rows.
    double[] sum(int v) {
        return sums[v];
    }

    /// A bound of the relative error of ‖gram(v)‖²_F - `own`, the sum over pairs that is left
    /// when a known share of the rows with themselves is taken away: 2 ‖Δ‖ ‖G‖ by Cauchy and
    /// Schwarz. NaN or infinite if nothing is known.
    double relativeError(int v, double own) {
        double squares = gram(v).sumOfSquares();
        return 2 * probes[v].error(gram(v)) * Math.sqrt(squares) / Math.max(squares - own, 0);
    }
}
