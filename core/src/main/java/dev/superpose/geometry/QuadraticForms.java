package dev.superpose.geometry;

import dev.superpose.numeric.Blas;
import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import java.util.function.DoubleConsumer;

/// ûᵀ G û for every unit row û of a matrix, in float64: n m² operations, because the lower
/// triangle of G is enough if what lies below the diagonal counts double.
final class QuadraticForms {
    private final RowBlocks rows;
    private final RowSurvey survey;
    private final Workers workers;
    private final int width;

    QuadraticForms(RowBlocks rows, RowSurvey survey, Workers workers) {
        this.rows = rows;
        this.survey = survey;
        this.workers = workers;
        this.width = rows.width();
    }

    /// The form of each row, 0 where the row is not used. `gram` is used up.
    double[] of(LowerTriangle gram, DoubleConsumer progress) throws IOException {
        doubleBelowDiagonal(gram);
        int total = survey.rows();
        int blockRows = LowerTriangle.blockRows(width);
        var forms = new double[total];
        var values = new float[Math.multiplyExact(blockRows, width)];
        var unit = new double[values.length];
        for (int first = 0; first < total; first += blockRows) {
            int count = Math.min(blockRows, total - first);
            rows.read(first, count, values);
            normalise(first, count, values, unit);
            var shares = new double[gram.panels()][count];
            workers.compute(gram.panels(), task -> {
                int p = gram.panels() - 1 - task;
                multiply(gram, p, unit, count, shares[p]);
            });
            for (double[] share : shares) {
                for (int i = 0; i < count; i++) {
                    forms[first + i] += share[i];
                }
            }
            progress.accept((double) (first + count) / total);
        }
        return forms;
    }

    /// Nothing above the diagonal, twice what is below: the form stays the same.
    private static void doubleBelowDiagonal(LowerTriangle gram) {
        for (int i = 0; i < gram.order(); i++) {
            double[] panel = gram.panel(gram.panelOf(i));
            int from = gram.offset(i);
            for (int j = 0; j < i; j++) {
                panel[from + j] *= 2;
            }
            for (int j = i + 1; j < gram.end(gram.panelOf(i)); j++) {
                panel[from + j] = 0;
            }
        }
    }

    private void normalise(int first, int count, float[] values, double[] unit) {
        for (int i = 0; i < count; i++) {
            boolean used = survey.used(first + i);
            double norm = survey.norm(first + i);
            for (int k = i * width; k < (i + 1) * width; k++) {
                unit[k] = used ? values[k] / norm : 0;
            }
        }
    }

    /// Puts the share of panel `p`, whose rows are columns of the unit rows, into `share`.
    private void multiply(LowerTriangle gram, int p, double[] unit, int count, double[] share) {
        int start = gram.start(p);
        int end = gram.end(p);
        int height = end - start;
        var product = new double[count * height];
        Blas.fastest()
                .dgemm(
                        false,
                        true,
                        count,
                        height,
                        end,
                        1,
                        unit,
                        0,
                        width,
                        gram.panel(p),
                        0,
                        gram.stride(p),
                        0,
                        product,
                        0,
                        height);
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int r = 0; r < height; r++) {
                sum += product[i * height + r] * unit[i * width + start + r];
            }
            share[i] = sum;
        }
    }
}
