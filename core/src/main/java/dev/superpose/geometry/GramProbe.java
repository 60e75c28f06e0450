package dev.superpose.geometry;

import dev.superpose.numeric.Blas;
import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;

/// Tells how far a computed Gram matrix is off: the rows themselves are multiplied with some
/// random vectors x of ±1, AᵀAx = Aᵀ(Ax) in float64, and so is the computed matrix G. With Δ = G
/// - AᵀA the mean of ‖Δx‖² over such x is ‖Δ‖²_F (Hutchinson 1990), so the largest of a few is
/// about that or more.
final class GramProbe {
    /// How many random vectors. One that misses an error of rank 1 by a factor of ten comes once
    /// in twelve times; that all four do, once in twenty thousand.
    static final int VECTORS = 4;

    private final int width;
    // (VECTORS, width)
    private final double[] vectors;
    // By part, (VECTORS, width): the same for any number of threads.
    private final double[][] products;

    GramProbe(int width, int parts) {
        this.width = width;
        this.vectors = new double[VECTORS * width];
        this.products = new double[parts][VECTORS * width];
        SplitRandom random = new Seed(0).child("gram probe").random();
        for (int k = 0; k < vectors.length; k++) {
            vectors[k] = random.nextLong() < 0 ? -1 : 1;
        }
    }

    /// Takes in `count` rows from the start of `rows`, which belong to part `part`.
    void add(double[] rows, int count, int part) {
        var product = new double[count * VECTORS];
        Blas blas = Blas.fastest();
        blas.dgemm(false, true, count, VECTORS, width, 1, rows, 0, width, vectors, 0, width, 0, product, 0, VECTORS);
        blas.dgemm(
                true,
                false,
                VECTORS,
                width,
                count,
                1,
                product,
                0,
                VECTORS,
                rows,
                0,
                width,
                1,
                products[part],
                0,
                width);
    }

    /// About ‖Δ‖_F of `gram`, rather more than less; NaN if it holds numbers that are not finite.
    double error(LowerTriangle gram) {
        double most = 0;
        for (int v = 0; v < VECTORS; v++) {
            var x = new double[width];
            System.arraycopy(vectors, v * width, x, 0, width);
            double[] computed = gram.multiply(x);
            double squares = 0;
            for (int j = 0; j < width; j++) {
                double exact = 0;
                for (double[] product : products) {
                    exact += product[v * width + j];
                }
                squares += (computed[j] - exact) * (computed[j] - exact);
            }
            most = Double.isNaN(squares) ? Double.NaN : Math.max(most, squares);
        }
        return Math.sqrt(most);
    }
}
