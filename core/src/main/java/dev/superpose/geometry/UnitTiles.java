package dev.superpose.geometry;

import dev.superpose.geometry.PairDistribution.Pair;
import dev.superpose.numeric.Blas;
import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The rows of a matrix at norm 1, in float32, in tiles of rows; rows that are left out are zero,
/// so that their overlaps are exactly 0. Products of such rows are good to about 1e-7 · √m.
///
/// Can be read by several threads at once.
final class UnitTiles {
    /// Rows of a tile.
    static final int TILE = 512;

    private static final long CACHED_NUMBERS = 1L << 24;

    private final RowBlocks rows;
    private final RowSurvey survey;
    private final int width;
    private final int count;
    // Small matrices are kept, large ones read again.
    private final float @Nullable [][] cache;

    UnitTiles(RowBlocks rows, RowSurvey survey) {
        this.rows = rows;
        this.survey = survey;
        this.width = rows.width();
        this.count = (survey.rows() + TILE - 1) / TILE;
        this.cache = (long) survey.rows() * width <= CACHED_NUMBERS ? new float[count][] : null;
    }

    int width() {
        return width;
    }

    /// How many tiles there are.
    int count() {
        return count;
    }

    /// How many rows tile `t` has.
    int rows(int t) {
        return Math.min(TILE, survey.rows() - t * TILE);
    }

    /// The rows of tile `t`, (rows, width), zero where a row is left out. Not to be changed.
    float[] tile(int t) throws IOException {
        if (cache != null && cache[t] != null) {
            return cache[t];
        }
        var unit = new float[rows(t) * width];
        rows.read((long) t * TILE, rows(t), unit);
        for (int i = 0; i < rows(t); i++) {
            int row = t * TILE + i;
            if (survey.used(row)) {
                normalise(unit, i * width, unit, i * width, survey.norm(row));
            } else {
                Arrays.fill(unit, i * width, (i + 1) * width, 0);
            }
        }
        if (cache != null) {
            // Two threads may both have made it: the numbers are the same.
            cache[t] = unit;
        }
        return unit;
    }

    /// The rows with the given numbers, all of them used, (numbers, width).
    float[] gather(int[] numbers) throws IOException {
        var unit = new float[numbers.length * width];
        var row = new float[width];
        for (int s = 0; s < numbers.length; s++) {
            rows.read(numbers[s], 1, row);
            normalise(row, 0, unit, s * width, survey.norm(numbers[s]));
        }
        return unit;
    }

    /// The overlaps of `high` rows with `wide` rows, both at norm 1: (highRows, wideRows).
    float[] overlaps(float[] high, int highRows, float[] wide, int wideRows) {
        var overlaps = new float[highRows * wideRows];
        Blas.fastest()
                .sgemm(
                        false, true, highRows, wideRows, width, 1, high, 0, width, wide, 0, width, 0, overlaps, 0,
                        wideRows);
        return overlaps;
    }

    /// The first two used rows, as if their overlap were 0: what is found where no pair has a
    /// larger one. There must be two.
    LargestOverlap firstPair() {
        int row = nextUsed(0);
        return new LargestOverlap(0, row, nextUsed(row + 1));
    }

    private int nextUsed(int from) {
        int row = from;
        while (!survey.used(row)) {
            row++;
        }
        return row;
    }

    /// The pair of rows with their cosine in float64.
    Pair pair(LargestOverlap found) throws IOException {
        int i = Math.min(found.row(), found.other());
        int j = Math.max(found.row(), found.other());
        var first = new float[width];
        var second = new float[width];
        rows.read(i, 1, first);
        rows.read(j, 1, second);
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += first[k] / survey.norm(i) * (second[k] / survey.norm(j));
        }
        // Rounding must not carry a repeated row beyond 1.
        return new Pair(i, j, Math.clamp(sum, -1, 1));
    }

    private void normalise(float[] source, int from, float[] target, int to, double norm) {
        for (int j = 0; j < width; j++) {
            target[to + j] = (float) (source[from + j] / norm);
        }
    }
}
