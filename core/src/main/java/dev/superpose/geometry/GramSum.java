package dev.superpose.geometry;

import dev.superpose.geometry.Arithmetic.Precision;
import dev.superpose.numeric.Blas;

/// Sums AᵀA over blocks of rows: a block is put in by parts, then multiplied panel by panel.
/// Different parts and different panels may be done by different threads.
sealed interface GramSum {
    /// Puts `count` rows, which begin at the start of `rows`, at row `at` of the block.
    void put(double[] rows, int count, int at);

    /// Adds the share of panel `p` in AᵀA of the first `count` rows of the block.
    void add(int p, int count);

    /// The sum so far.
    LowerTriangle gram();

    /// An empty sum of blocks of up to `blockRows` rows of width `order`.
    static GramSum of(Precision precision, int order, int blockRows) {
        return switch (precision) {
            case FLOAT64 -> new Float64(new LowerTriangle(order), new double[Math.multiplyExact(blockRows, order)]);
            case FLOAT32 -> new Float32(new LowerTriangle(order), new float[Math.multiplyExact(blockRows, order)]);
        };
    }

    /// Products and sums in float64.
    final class Float64 implements GramSum {
        private final LowerTriangle gram;
        private final double[] block;

        private Float64(LowerTriangle gram, double[] block) {
            this.gram = gram;
            this.block = block;
        }

        @Override
        public void put(double[] rows, int count, int at) {
            System.arraycopy(rows, 0, block, at * gram.order(), count * gram.order());
        }

        @Override
        public void add(int p, int count) {
            gram.addGram(p, block, count);
        }

        @Override
        public LowerTriangle gram() {
            return gram;
        }
    }

    /// Rows and the products of one block in float32, sums of blocks in float64: twice as fast.
    final class Float32 implements GramSum {
        // Numbers of few bits, as in BF16 files, have squares that end in 0 or 1 modulo 8: in long float32 sums
        // of them all roundings go down, together 3e-7. Multiples of the golden section end anyhow.
        private static final double FACTOR = Math.sqrt((Math.sqrt(5) - 1) / 2);
        private static final double SQUARED_BACK = 1 / (FACTOR * FACTOR);

        private final LowerTriangle gram;
        private final float[] block;
        private final ThreadLocal<float[]> product;

        private Float32(LowerTriangle gram, float[] block) {
            this.gram = gram;
            this.block = block;
            this.product =
                    ThreadLocal.withInitial(() -> new float[LowerTriangle.panelRows(gram.order()) * gram.order()]);
        }

        @Override
        public void put(double[] rows, int count, int at) {
            int from = at * gram.order();
            for (int k = 0; k < count * gram.order(); k++) {
                block[from + k] = (float) (rows[k] * FACTOR);
            }
        }

        @Override
        public void add(int p, int count) {
            int order = gram.order();
            int from = gram.start(p);
            int height = gram.end(p) - from;
            int stride = gram.stride(p);
            float[] tile = product.get();
            Blas blas = Blas.fastest();
            if (from > 0) {
                blas.sgemm(
                        true, false, height, from, count, 1, block, from, order, block, 0, order, 0, tile, 0, stride);
            }
            blas.ssyrkLower(true, height, count, 1, block, from, order, 0, tile, from, stride);
            double[] panel = gram.panel(p);
            for (int i = 0; i < height; i++) {
                addRow(tile, panel, i * stride, from + i + 1);
            }
        }

        private static void addRow(float[] tile, double[] panel, int from, int count) {
            for (int k = from; k < from + count; k++) {
                panel[k] += SQUARED_BACK * tile[k];
            }
        }

        @Override
        public LowerTriangle gram() {
            return gram;
        }
    }
}
