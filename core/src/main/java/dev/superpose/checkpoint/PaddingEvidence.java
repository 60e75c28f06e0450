package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the last rows of a matrix have of rows that no training has touched: they are zero, equal
/// to each other bit for bit, or shorter than a millionth of the median row. The data alone say
/// so; rows that were initialised at random and never used (as in Pythia) look like any other.
///
/// @param from the first of the rows that look so, up to the last; the number of rows if none do
/// @param zero how many of them are zero
/// @param equal how many are equal to each other
/// @param tiny how many are short, but not zero
record PaddingEvidence(long from, long zero, long equal, long tiny) {
    private static final double TINY = 1e-6;
    private static final int SAMPLE = 255;

    /// Looks at the rows before `end`, from the last one back, until one is like the others. If all
    /// look so nothing is said: then that is how the matrix is.
    static PaddingEvidence before(long end, RowBlocks rows) throws IOException {
        var none = new PaddingEvidence(end, 0, 0, 0);
        if (end < 2) {
            return none;
        }
        double least = TINY * medianNorm(rows, end);
        long zero = 0;
        long equal = 0;
        long tiny = 0;
        float[] next = {};
        float[] row = read(rows, end - 1);
        for (long i = end - 1; i >= 0; i--) {
            float[] previous = i == 0 ? new float[0] : read(rows, i - 1);
            double norm = norm(row);
            if (norm == 0) {
                zero++;
            } else if (norm < least) {
                tiny++;
            } else if (Arrays.equals(row, next) || Arrays.equals(row, previous)) {
                equal++;
            } else {
                return new PaddingEvidence(i + 1, zero, equal, tiny);
            }
            next = row;
            row = previous;
        }
        return none;
    }

    private static float[] read(RowBlocks rows, long i) throws IOException {
        float[] row = new float[rows.width()];
        rows.read(i, 1, row);
        return row;
    }

    private static double medianNorm(RowBlocks rows, long end) throws IOException {
        int count = (int) Math.min(SAMPLE, end);
        double[] norms = new double[count];
        for (int i = 0; i < count; i++) {
            norms[i] = norm(read(rows, i * end / count));
        }
        Arrays.sort(norms);
        return norms[count / 2];
    }

    private static double norm(float[] row) {
        double sum = 0;
        for (float x : row) {
            sum += (double) x * x;
        }
        return Math.sqrt(sum);
    }

    /// How many rows there are.
    long count() {
        return zero + equal + tiny;
    }

    /// Why they look so, in words; empty if there are none.
    String words() {
        List<String> words = new ArrayList<>();
        if (zero > 0) {
            words.add("%,d zero".formatted(zero));
        }
        if (equal > 0) {
            words.add("%,d bit for bit equal".formatted(equal));
        }
        if (tiny > 0) {
            words.add("%,d shorter than a millionth of the median row".formatted(tiny));
        }
        return String.join(", ", words);
    }
}
