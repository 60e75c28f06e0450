package dev.superpose.geometry;

import dev.superpose.numeric.FloatMatrix;
import java.util.Arrays;

/// How a trained toy model W, (n, m), packs its features: a row per feature.
///
/// Rows of norm 0 and rows that are not finite have no direction and are in no pair; norms and
/// fractions are over all n rows. A strong row has norm > 1. Sums run in double precision over
/// overlaps of float32 unit rows, each good to about 1e-7 · √m.
///
/// @param features n
/// @param width m
/// @param norm of all rows; NaN if one of them is
/// @param representedFraction phi_1/2, the share of rows with norm > 1/2 (Liu, Liu and Gore 2025,
///     eq. 3)
/// @param strongFraction phi_1, the share of rows with norm > 1 (eq. 9)
/// @param directions how many rows have a direction
/// @param strongRows how many rows are strong
/// @param overlap of all rows that have a direction
/// @param strongOverlap of the strong rows
/// @param varianceRatioStrong variance of the strong rows' squared overlaps over that of random
///     directions; NaN for fewer than two strong rows or m = 1
/// @param welchMeanSquare the least mean square overlap possible for `directions` rows
/// @param welchMeanSquareStrong the same for `strongRows` rows
/// @param randomMeanSquare 1/m
/// @param spectrum of Wᵀ W
public record Packing(
        int features,
        int width,
        RowNorms norm,
        double representedFraction,
        double strongFraction,
        int directions,
        int strongRows,
        PairOverlaps overlap,
        PairOverlaps strongOverlap,
        double varianceRatioStrong,
        double welchMeanSquare,
        double welchMeanSquareStrong,
        double randomMeanSquare,
        Spectrum spectrum) {

    /// A row whose norm is above this counts as represented (eq. 3).
    public static final double REPRESENTED = 0.5;

    /// Whether a row of this norm counts as represented.
    public static boolean represents(double norm) {
        return norm > REPRESENTED;
    }

    /// Measures `w`, (n, m), over all its pairs, on the calling thread alone.
    public static Packing measure(FloatMatrix w) {
        int n = w.rows();
        int m = w.columns();
        if (n < 1 || m < 1) {
            throw new IllegalArgumentException("there is nothing to measure in shape (%d, %d)".formatted(n, m));
        }
        double[] norms = w.norms();
        // Strong rows first, so that their pairs are the pairs of the first rows.
        int[] order = new int[n];
        int strong = select(norms, order, 0, 1, Double.POSITIVE_INFINITY);
        int directions = select(norms, order, strong, 0, 1);
        AllPairs pairs = AllPairs.of(unitRows(w, norms, order, directions), directions, m, strong);
        double random = Bounds.randomVarianceOfSquare(m);
        return new Packing(
                n,
                m,
                RowNorms.of(norms),
                Arrays.stream(norms).filter(Packing::represents).count() / (double) n,
                Arrays.stream(norms).filter(norm -> norm > 1).count() / (double) n,
                directions,
                strong,
                pairs.all(),
                pairs.leading(),
                random > 0 ? pairs.leading().varianceOfSquare() / random : Double.NaN,
                Bounds.welchMeanSquare(directions, m),
                Bounds.welchMeanSquare(strong, m),
                Bounds.randomMeanSquare(m),
                spectrum(w, norms));
    }

    /// Appends to `order`, from `count` on, the rows with above < norm ≤ limit; infinite
    /// norms never.
    private static int select(double[] norms, int[] order, int count, double above, double limit) {
        int next = count;
        for (int i = 0; i < norms.length; i++) {
            if (norms[i] > above && norms[i] <= limit && norms[i] < Double.POSITIVE_INFINITY) {
                order[next++] = i;
            }
        }
        return next;
    }

    /// The rows of `w` that `order` begins with, each at norm 1, (count, width).
    static float[] unitRows(FloatMatrix w, double[] norms, int[] order, int count) {
        int m = w.columns();
        var unit = new float[count * m];
        for (int k = 0; k < count; k++) {
            int from = order[k] * m;
            for (int j = 0; j < m; j++) {
                unit[k * m + j] = (float) (w.data()[from + j] / norms[order[k]]);
            }
        }
        return unit;
    }

    private static Spectrum spectrum(FloatMatrix w, double[] norms) {
        for (double norm : norms) {
            if (!(norm < Double.POSITIVE_INFINITY)) {
                return Spectrum.UNKNOWN;
            }
        }
        int m = w.columns();
        var gram = new LowerTriangle(m);
        int blockRows = LowerTriangle.blockRows(m);
        var block = new double[blockRows * m];
        for (int first = 0; first < w.rows(); first += blockRows) {
            int count = Math.min(blockRows, w.rows() - first);
            for (int k = 0; k < count * m; k++) {
                block[k] = w.data()[first * m + k];
            }
            gram.addGram(block, count);
        }
        return Spectrum.of(SymmetricEigenvalues.of(gram, Workers.NONE));
    }
}
