package dev.superpose.geometry;

import dev.superpose.numeric.FloatMatrix;
import java.util.Arrays;

/// How much of a dimension each feature of W, (n, m), has to itself: D_i = |W_i|⁴ / Σ_j
/// (W_i·W_j)², from 0 (not represented) to 1 (orthogonal to all others). Source: Elhage et al.
/// 2022, "Toy Models of Superposition"; the same number is the capacity of Scherlis et al. 2022
/// (arXiv 2210.01892).
///
/// With C = Wᵀ W, D_i = (W_i·W_i)² / W_iᵀ C W_i ≤ W_iᵀ C⁺ W_i by the inequality of Cauchy and
/// Schwarz, so that Σ D_i is at most the rank of W. All in float64 over the given float32 weights.
public final class Dimensionality {
    private final int width;
    private final double[] norms;
    private final double[] dimensionalities;
    private final double[] interferences;

    private Dimensionality(int width, double[] norms, double[] dimensionalities, double[] interferences) {
        this.width = width;
        this.norms = norms;
        this.dimensionalities = dimensionalities;
        this.interferences = interferences;
    }

    /// Measures `w`, (n, m), by way of C: 2 n m² operations.
    public static Dimensionality measure(FloatMatrix w) {
        int n = w.rows();
        int m = w.columns();
        double[] gram = gram(w);
        var norms = new double[n];
        var dimensionalities = new double[n];
        var interferences = new double[n];
        for (int i = 0; i < n; i++) {
            double square = 0;
            double form = 0;
            for (int k = 0; k < m; k++) {
                double at = w.data()[i * m + k];
                double sum = 0;
                for (int l = 0; l < m; l++) {
                    sum += gram[k * m + l] * w.data()[i * m + l];
                }
                square += at * at;
                form += at * sum;
            }
            norms[i] = Math.sqrt(square);
            dimensionalities[i] = form > 0 ? square * square / form : 0;
            interferences[i] = square > 0 ? Math.max(0, form / square - square) : 0;
        }
        return new Dimensionality(m, norms, dimensionalities, interferences);
    }

    /// C = Wᵀ W, (m, m).
    private static double[] gram(FloatMatrix w) {
        int m = w.columns();
        var gram = new double[m * m];
        for (int i = 0; i < w.rows(); i++) {
            for (int k = 0; k < m; k++) {
                double at = w.data()[i * m + k];
                for (int l = 0; l < m; l++) {
                    gram[k * m + l] += at * w.data()[i * m + l];
                }
            }
        }
        return gram;
    }

    /// n.
    public int features() {
        return norms.length;
    }

    /// D_i, `i` from 0.
    public double of(int i) {
        return dimensionalities[i];
    }

    /// |W_i|.
    public double norm(int i) {
        return norms[i];
    }

    /// Σ_{j≠i} (ŵ_i·W_j)², ŵ_i = W_i / |W_i|: what all other features stir up along this
    /// one; 0 where W_i = 0.
    public double interference(int i) {
        return interferences[i];
    }

    /// Σ D_i, at most m.
    public double sum() {
        return Arrays.stream(dimensionalities).sum();
    }

    /// D* = m / |W|_F², dimensions per feature where all represented ones have norm 1;
    /// infinite for W = 0.
    public double perFeature() {
        double squares = 0;
        for (double norm : norms) {
            squares += norm * norm;
        }
        return width / squares;
    }
}
