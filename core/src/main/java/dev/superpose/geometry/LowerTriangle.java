package dev.superpose.geometry;

import dev.superpose.numeric.Blas;

/// The lower triangle of a symmetric matrix, (order, order) float64, in panels of rows: a wide
/// Gram matrix takes half the memory, no array grows beyond what Java can index, and a panel is a
/// unit of work whose result does not depend on which thread does it.
final class LowerTriangle {
    private static final int HIGHEST_PANEL = 512;
    private static final int LOWEST_PANEL = 64;
    // Enough panels that two threads end at about the same time.
    private static final int PANELS = 6;

    private final int order;
    private final int height;
    private final double[][] panels;

    /// All zeros.
    LowerTriangle(int order) {
        this.order = order;
        this.height = panelRows(order);
        this.panels = new double[(order + height - 1) / height][];
        for (int p = 0; p < panels.length; p++) {
            panels[p] = new double[Math.multiplyExact(end(p) - start(p), end(p))];
        }
    }

    /// The memory that a triangle of this order takes, in bytes.
    static long bytes(int order) {
        return 4L * order * (order + panelRows(order));
    }

    /// How many rows a panel has: BLAS copies the whole block for each panel, so that high ones
    /// are faster.
    static int panelRows(int order) {
        int even = order / PANELS / LOWEST_PANEL * LOWEST_PANEL;
        return Math.clamp(even, LOWEST_PANEL, HIGHEST_PANEL);
    }

    /// How many rows of width `order` to add at a time: some MiB, so that BLAS works at full
    /// speed.
    static int blockRows(int order) {
        return Math.clamp((1 << 22) / order, 64, 2048);
    }

    int order() {
        return order;
    }

    int panels() {
        return panels.length;
    }

    /// The first row of panel `p`.
    int start(int p) {
        return p * height;
    }

    /// The row after the last of panel `p`.
    int end(int p) {
        return Math.min(order, (p + 1) * height);
    }

    /// The panel that holds row `i`.
    int panelOf(int i) {
        return i / height;
    }

    /// The numbers of panel `p`, its rows [#stride] apart; row i holds columns 0 .. i.
    double[] panel(int p) {
        return panels[p];
    }

    /// The distance between the rows of panel `p`.
    int stride(int p) {
        return end(p);
    }

    /// Where row `i` begins in its panel.
    int offset(int i) {
        int p = panelOf(i);
        return (i - start(p)) * stride(p);
    }

    /// Adds AᵀA for the first `count` rows of `block`, (count, order).
    void addGram(double[] block, int count) {
        for (int p = 0; p < panels.length; p++) {
            addGram(p, block, count);
        }
    }

    /// The share of panel `p` in [#addGram(double\[\], int)].
    void addGram(int p, double[] block, int count) {
        int from = start(p);
        int rows = end(p) - from;
        int stride = stride(p);
        Blas blas = Blas.fastest();
        if (from > 0) {
            blas.dgemm(true, false, rows, from, count, 1, block, from, order, block, 0, order, 1, panels[p], 0, stride);
        }
        blas.dsyrkLower(true, rows, count, 1, block, from, order, 1, panels[p], from, stride);
    }

    /// The sum of the squares of all elements of the whole matrix, ‖A‖²_F.
    double sumOfSquares() {
        double total = 0;
        for (int i = 0; i < order; i++) {
            double[] panel = panels[panelOf(i)];
            int from = offset(i);
            double below = 0;
            for (int j = 0; j < i; j++) {
                below += panel[from + j] * panel[from + j];
            }
            total += 2 * below + panel[from + i] * panel[from + i];
        }
        return total;
    }

    /// The sum of the diagonal.
    double trace() {
        double total = 0;
        for (int i = 0; i < order; i++) {
            total += panels[panelOf(i)][offset(i) + i];
        }
        return total;
    }

    /// The product of the whole matrix with `x`, (order).
    double[] multiply(double[] x) {
        var product = new double[order];
        for (int i = 0; i < order; i++) {
            TridiagonalKernels.multiply(panels[panelOf(i)], offset(i), i, x, product);
        }
        return product;
    }

    /// The largest magnitude of an element.
    double largest() {
        double most = 0;
        for (double[] panel : panels) {
            for (double value : panel) {
                most = Math.max(most, Math.abs(value));
            }
        }
        return most;
    }

    /// Multiplies every element by `factor`.
    void scale(double factor) {
        for (double[] panel : panels) {
            for (int k = 0; k < panel.length; k++) {
                panel[k] *= factor;
            }
        }
    }
}
