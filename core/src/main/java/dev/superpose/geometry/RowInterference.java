package dev.superpose.geometry;

import dev.superpose.geometry.Arithmetic.Precision;
import dev.superpose.geometry.Geometry.Options;
import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import java.util.Arrays;

/// How much each row of a matrix is overlapped by all the others: exact for all rows, by way of
/// the Gram matrix G of the unit rows û. Σ_{j≠i} cos²_ij = û_iᵀ G û_i - 1, and by frequencies
/// Σ_{j≠i} p_j cos²_ij = û_iᵀ G_p û_i - p_i with G_p = Σ p_j û_j û_jᵀ.
///
/// All in float64: sums are good to about 10^-12 of themselves, or 10^-16 of the number of rows
/// where they are smaller. The mean of the plain sums, divided by n - 1, is the mean squared
/// overlap.
public final class RowInterference {
    private final double[] plain;
    private final double[] weighted;

    private RowInterference(double[] plain, double[] weighted) {
        this.plain = plain;
        this.weighted = weighted;
    }

    /// Measures `rows`, which are read twice; of `options` the padding, the frequencies, the
    /// threads and the progress count. 2 n m² operations, or 4 n m² with frequencies.
    ///
    /// @throws IOException if the rows cannot be read
    public static RowInterference measure(RowBlocks rows, Options options) throws IOException {
        Geometry.check(rows, options);
        int width = rows.width();
        boolean weigh = options.frequencies() != null;
        var survey = new RowSurvey(Math.toIntExact(rows.rows()), options.padding());
        GramPass.Transform transform = (index, values, from, targets, to) -> {
            survey.add(index, values, from, width);
            if (!survey.used(index)) {
                return;
            }
            double root = Math.sqrt(options.frequency(index));
            for (int j = 0; j < width; j++) {
                double unit = values[from + j] / survey.norm(index);
                targets[0][to + j] = unit;
                if (weigh) {
                    targets[1][to + j] = root * unit;
                }
            }
        };
        try (var workers = new Workers(options.threads())) {
            GramPass pass = GramPass.over(
                    rows,
                    workers,
                    weigh ? 2 : 1,
                    Precision.FLOAT64,
                    transform,
                    share -> options.progress().accept(share / 2));
            var forms = new QuadraticForms(rows, survey, workers);
            double[] plain = forms.of(pass.gram(0), share -> options.progress().accept((2 + share) / 4));
            double[] weighted = weigh
                    ? forms.of(pass.gram(1), share -> options.progress().accept((3 + share) / 4))
                    : unknown(plain);
            finish(plain, weighted, survey, options);
            options.progress().accept(1);
            return new RowInterference(plain, weighted);
        }
    }

    private static double[] unknown(double[] plain) {
        var weighted = new double[plain.length];
        Arrays.fill(weighted, Double.NaN);
        return weighted;
    }

    /// Takes away what a row does to itself.
    private static void finish(double[] plain, double[] weighted, RowSurvey survey, Options options) {
        double total = 0;
        for (int i = 0; i < plain.length; i++) {
            total += survey.used(i) ? options.frequency(i) : 0;
        }
        for (int i = 0; i < plain.length; i++) {
            if (survey.used(i)) {
                plain[i] = Math.max(plain[i] - 1, 0);
                weighted[i] = total > 0 ? Math.max(weighted[i] - options.frequency(i), 0) / total : Double.NaN;
            } else {
                plain[i] = Double.NaN;
                weighted[i] = Double.NaN;
            }
        }
    }

    /// How many rows the matrix has.
    public int rows() {
        return plain.length;
    }

    /// Σ_{j≠i} cos²_ij over the used rows j, for row `i`; NaN if the row is not used.
    public double plain(int i) {
        return plain[i];
    }

    /// Σ_{j≠i} p_j cos²_ij, with p normalised over the used rows; NaN if the row is not used, or
    /// no frequencies were given.
    public double weighted(int i) {
        return weighted[i];
    }
}
