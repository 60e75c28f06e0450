package dev.superpose.geometry;

import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleConsumer;

/// One pass over the rows of a matrix: each row becomes one or more vectors of the same width, of which
/// the sums and the Gram matrices AᵀA are gathered in float64, in blocks that bound the memory.
///
/// The blocks, their parts and the panels of the Gram matrices are the same for any number of threads,
/// and partial sums are added in a fixed order, so the result is too.
final class GramPass {
    /// What becomes of one row.
    interface Transform {
        /// Puts the vectors made of row `index`, which begins at `from` in `values`, at `to` into each
        /// of `targets`. Where nothing is put they are zero.
        void apply(int index, float[] values, int from, double[][] targets, int to);
    }

    private static final int PARTS = 16;

    private final RowBlocks rows;
    private final Workers workers;
    private final int width;
    private final int partRows;
    // One read buffer per part: rows arrive at the start of an array.
    private final float[][] buffers;
    private final double[][] blocks;
    private final double[][][] partSums;
    private final LowerTriangle[] grams;
    private final double[][] sums;

    private GramPass(RowBlocks rows, Workers workers, int vectors) {
        this.rows = rows;
        this.workers = workers;
        this.width = rows.width();
        this.partRows = Math.max(LowerTriangle.blockRows(width) / PARTS, 4);
        this.buffers = new float[PARTS][Math.multiplyExact(partRows, width)];
        this.blocks = new double[vectors][Math.multiplyExact(PARTS * partRows, width)];
        this.partSums = new double[vectors][PARTS][width];
        this.grams = new LowerTriangle[vectors];
        this.sums = new double[vectors][width];
        for (int v = 0; v < vectors; v++) {
            grams[v] = new LowerTriangle(width);
        }
    }

    /// The memory that a pass with so many vectors per row takes, in bytes.
    static long bytes(int width, int vectors) {
        long block = Math.multiplyExact(LowerTriangle.blockRows(width) + 64L, (long) width);
        return vectors * (LowerTriangle.bytes(width) + 8 * block) + 4 * block;
    }

    /// Reads all rows once.
    ///
    /// @param vectors how many vectors `transform` makes of a row
    /// @param progress told the share of rows done, from 0 to 1
    static GramPass over(RowBlocks rows, Workers workers, int vectors, Transform transform, DoubleConsumer progress)
            throws IOException {
        var pass = new GramPass(rows, workers, vectors);
        long total = rows.rows();
        int blockRows = PARTS * pass.partRows;
        for (long first = 0; first < total; first += blockRows) {
            int count = (int) Math.min(blockRows, total - first);
            pass.fill(first, count, transform);
            pass.gather(count);
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
            int start = part * partRows;
            int length = Math.min(partRows, count - start);
            rows.read(first + start, length, buffers[part]);
            for (double[] block : blocks) {
                Arrays.fill(block, start * width, (start + length) * width, 0);
            }
            for (int i = 0; i < length; i++) {
                int index = Math.toIntExact(first + start + i);
                transform.apply(index, buffers[part], i * width, blocks, (start + i) * width);
            }
            for (int v = 0; v < blocks.length; v++) {
                addRows(blocks[v], start, length, partSums[v][part]);
            }
        });
    }

    private void addRows(double[] block, int start, int length, double[] sum) {
        for (int i = start; i < start + length; i++) {
            int from = i * width;
            for (int j = 0; j < width; j++) {
                sum[j] += block[from + j];
            }
        }
    }

    private void gather(int count) {
        int panels = grams[0].panels();
        workers.compute(grams.length * panels, task -> {
            // The widest panels first: they take longest.
            int p = panels - 1 - task / grams.length;
            int v = task % grams.length;
            grams[v].addGram(p, blocks[v], count);
        });
    }

    /// The Gram matrix of vector `v`.
    LowerTriangle gram(int v) {
        return grams[v];
    }

    /// The sum of vector `v` over all rows.
    double[] sum(int v) {
        return sums[v];
    }
}
