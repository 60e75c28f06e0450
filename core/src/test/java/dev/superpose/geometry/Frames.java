package dev.superpose.geometry;

import dev.superpose.numeric.FloatMatrix;
import java.util.ArrayList;
import java.util.List;

/// Well-known arrangements of unit vectors, a row each, (n, m).
public final class Frames {
    private Frames() {}

    /// m + 1 corners of a regular simplex in m dimensions.
    public static FloatMatrix simplex(int m) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i <= m; i++) {
            double[] corner = new double[m + 1];
            corner[i] = 1;
            rows.add(inHyperplane(corner));
        }
        return unit(rows);
    }

    /// The six diagonals of the icosahedron.
    public static FloatMatrix icosahedron() {
        double golden = (1 + Math.sqrt(5)) / 2;
        return unit(List.of(
                new double[] {0, 1, golden},
                new double[] {0, 1, -golden},
                new double[] {1, golden, 0},
                new double[] {1, -golden, 0},
                new double[] {golden, 0, 1},
                new double[] {-golden, 0, 1}));
    }

    /// 16 lines in six dimensions: the characters of Z₂⁴ on the difference set where the bent
    /// function x₁x₂ + x₃x₄ is 1.
    public static FloatMatrix sixteen() {
        List<Integer> set = new ArrayList<>();
        for (int x = 0; x < 16; x++) {
            if (((x & x >> 1 & 1) + (x >> 2 & x >> 3 & 1)) % 2 == 1) {
                set.add(x);
            }
        }
        List<double[]> rows = new ArrayList<>();
        for (int g = 0; g < 16; g++) {
            int character = g;
            rows.add(set.stream()
                    .mapToDouble(x -> Integer.bitCount(character & x) % 2 == 0 ? 1 : -1)
                    .toArray());
        }
        return unit(rows);
    }

    /// 28 lines in seven dimensions: the orders of (3, 3, -1, -1, -1, -1, -1, -1), whose sum is 0.
    public static FloatMatrix twentyEight() {
        List<double[]> rows = new ArrayList<>();
        for (int a = 0; a < 8; a++) {
            for (int b = 0; b < a; b++) {
                double[] row = {-1, -1, -1, -1, -1, -1, -1, -1};
                row[a] = 3;
                row[b] = 3;
                rows.add(inHyperplane(row));
            }
        }
        return unit(rows);
    }

    /// The lines of the roots ±e_i ± e_j: 12 in four dimensions, which are three mutually unbiased
    /// bases.
    public static FloatMatrix rootsOfD(int m) {
        return unit(roots(m));
    }

    /// The 120 lines of the roots of E8.
    public static FloatMatrix rootsOfE8() {
        List<double[]> rows = roots(8);
        for (int signs = 0; signs < 128; signs++) {
            if (Integer.bitCount(signs) % 2 == 0) {
                double[] row = new double[8];
                for (int k = 0; k < 8; k++) {
                    row[k] = (signs >> k & 1) == 1 ? -0.5 : 0.5;
                }
                rows.add(row);
            }
        }
        return unit(rows);
    }

    private static List<double[]> roots(int m) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < i; j++) {
                for (double sign : new double[] {1, -1}) {
                    double[] row = new double[m];
                    row[i] = 1;
                    row[j] = sign;
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /// The part of `vector`, (d), in the hyperplane of sum 0, in Helmert's orthonormal
    /// axes, (d - 1).
    private static double[] inHyperplane(double[] vector) {
        double[] part = new double[vector.length - 1];
        double sum = 0;
        for (int k = 1; k < vector.length; k++) {
            sum += vector[k - 1];
            part[k - 1] = (sum - k * vector[k]) / Math.sqrt(k * (k + 1.0));
        }
        return part;
    }

    private static FloatMatrix unit(List<double[]> rows) {
        var matrix = FloatMatrix.zeros(rows.size(), rows.getFirst().length);
        for (int i = 0; i < rows.size(); i++) {
            double[] row = rows.get(i);
            double squares = 0;
            for (double x : row) {
                squares += x * x;
            }
            for (int k = 0; k < row.length; k++) {
                matrix.set(i, k, (float) (row[k] / Math.sqrt(squares)));
            }
        }
        return matrix;
    }
}
