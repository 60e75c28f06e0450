package dev.superpose.geometry;

import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import java.util.Arrays;

/// The rows known to be untrained, padding and repeated ones, and where their mean points.
///
/// With c the mean used row and S = Σ (w_k - c) over the known rows k, the cosine of row w is
/// that of w - c with S; of a known row with S - (w - c), so that it is not compared with itself.
final class KnownUntrained {
    private static final int BLOCK = 512;
    private static final int BLOCKS_AT_A_TIME = 16;

    private final RowBlocks rows;
    private final Workers workers;
    private final boolean[] known;
    private final double[] cosines;

    /// @param known which rows are known to be untrained
    private KnownUntrained(RowBlocks rows, Workers workers, boolean[] known) {
        this.rows = rows;
        this.workers = workers;
        this.known = known;
        this.cosines = new double[known.length];
        Arrays.fill(cosines, Double.NaN);
    }

    /// The cosine of each row with the mean of the known rows, (rows): NaN for all if these are
    /// fewer than four, and for rows that are neither used nor known.
    static double[] cosines(RowBlocks rows, RowSurvey survey, boolean[] known, Workers workers) throws IOException {
        var search = new KnownUntrained(rows, workers, known);
        int count = 0;
        for (boolean each : known) {
            count += each ? 1 : 0;
        }
        if (count >= UnderTraining.FEWEST_KNOWN) {
            search.measure(survey, count);
        }
        return search.cosines;
    }

    private void measure(RowSurvey survey, int count) throws IOException {
        int width = rows.width();
        double[] center = sum(survey::used);
        int used = survey.usedNorms().length;
        for (int j = 0; j < width; j++) {
            center[j] /= used;
        }
        double[] total = sum(row -> known[row]);
        for (int j = 0; j < width; j++) {
            total[j] -= count * center[j];
        }
        workers.run(blocks(), block -> {
            float[] values = read(block);
            for (int i = 0; i < values.length / width; i++) {
                int row = block * BLOCK + i;
                if (known[row] || survey.used(row)) {
                    cosines[row] = cosine(values, i * width, center, total, known[row]);
                }
            }
        });
    }

    private static double cosine(float[] values, int from, double[] center, double[] total, boolean own) {
        double product = 0;
        double squares = 0;
        double others = 0;
        for (int j = 0; j < center.length; j++) {
            double value = values[from + j] - center[j];
            double other = own ? total[j] - value : total[j];
            product += value * other;
            squares += value * value;
            others += other * other;
        }
        return product / Math.sqrt(squares * others);
    }

    /// Which rows to take.
    private interface Choice {
        boolean test(int row);
    }

    /// The sum of the chosen rows; the same for any number of threads.
    private double[] sum(Choice choice) throws IOException {
        int width = rows.width();
        var sum = new double[width];
        for (int first = 0; first < blocks(); first += BLOCKS_AT_A_TIME) {
            int start = first;
            var parts = new double[Math.min(BLOCKS_AT_A_TIME, blocks() - first)][width];
            workers.run(parts.length, part -> {
                float[] values = read(start + part);
                for (int i = 0; i < values.length / width; i++) {
                    if (choice.test((start + part) * BLOCK + i)) {
                        for (int j = 0; j < width; j++) {
                            parts[part][j] += values[i * width + j];
                        }
                    }
                }
            });
            for (double[] part : parts) {
                for (int j = 0; j < width; j++) {
                    sum[j] += part[j];
                }
            }
        }
        return sum;
    }

    private int blocks() {
        return (known.length + BLOCK - 1) / BLOCK;
    }

    private float[] read(int block) throws IOException {
        int count = Math.min(BLOCK, known.length - block * BLOCK);
        var values = new float[Math.multiplyExact(count, rows.width())];
        rows.read((long) block * BLOCK, count, values);
        return values;
    }
}
