package dev.superpose.geometry;

import dev.superpose.geometry.GeometryReport.Estimate;
import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.numeric.Blas;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.stat.Moments;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/// The mean and the largest |overlap|, which no Gram matrix gives: over all pairs, tile by tile, or
/// over the pairs of some rows, drawn at random, with all rows.
///
/// Overlaps are products of float32 unit rows, each good to about 1e-7 · √m.
final class PairScan {
    private static final int TILE = 512;
    private static final int GROUP = 16;
    private static final long CACHED_NUMBERS = 1L << 24;
    private static final long SAMPLED_NUMBERS = 1L << 24;

    // A pair costs m multiplications, and as much as this many to be looked at.
    private static final int LOOK = 50;
    // Up to this many n² (m + LOOK), all pairs take about four seconds on two cores; 2 n (m + LOOK) times the
    // sampled rows is kept near it.
    private static final double AFFORDABLE = 3e11;
    private static final int FEWEST_SAMPLED = 128;
    private static final int MOST_SAMPLED = 1024;

    private final RowBlocks rows;
    private final RowSurvey survey;
    private final Workers workers;
    private final DoubleConsumer progress;
    private final int width;
    private final int tiles;
    private final float @Nullable [][] cache;

    PairScan(RowBlocks rows, RowSurvey survey, Workers workers, DoubleConsumer progress) {
        this.rows = rows;
        this.survey = survey;
        this.workers = workers;
        this.progress = progress;
        this.width = rows.width();
        this.tiles = (survey.rows() + TILE - 1) / TILE;
        this.cache = (long) survey.rows() * width <= CACHED_NUMBERS ? new float[tiles][] : null;
    }

    /// The two values over pairs of used rows.
    record Result(Estimate meanAbs, Estimate maxAbs) {}

    /// Over all pairs of the `used` rows.
    Result exact(long used) throws IOException {
        double pairs = 0.5 * used * (used - 1);
        double absolute = 0;
        double largest = 0;
        for (int i = 0; i < tiles; i++) {
            float[] high = tile(i);
            int highRows = tileRows(i);
            int current = i;
            var sums = new PairSums[i + 1];
            workers.run(i + 1, j -> {
                float[] wide = j == current ? high : tile(j);
                int wideRows = tileRows(j);
                var overlaps = new float[highRows * wideRows];
                multiply(high, highRows, wide, wideRows, overlaps);
                // Rows that are left out are zero and add nothing.
                sums[j] = new PairSums();
                sums[j].add(overlaps, highRows, wideRows, j == current);
            });
            for (PairSums sum : sums) {
                absolute += sum.absolute();
                largest = Math.max(largest, sum.largest());
            }
            progress.accept((i + 1.0) * (i + 2) / ((double) tiles * (tiles + 1)));
        }
        return new Result(new Estimate(absolute / pairs, Method.EXACT, 0), new Estimate(largest, Method.EXACT, 0));
    }

    /// Whether all pairs of `used` rows take no more than some seconds.
    static boolean cheap(long used, int width) {
        return (double) used * used * (width + LOOK) <= AFFORDABLE;
    }

    /// How many of `used` rows [#sampled] would draw.
    static int sampleSize(long used, int width) {
        double affordable = AFFORDABLE / (2.0 * used * (width + LOOK));
        long most = Math.clamp(SAMPLED_NUMBERS / width, 2, MOST_SAMPLED);
        return (int) Math.min(used, Math.clamp((long) affordable, Math.min(FEWEST_SAMPLED, most), most));
    }

    /// Over the pairs of [#sampleSize] used rows, drawn without replacement, with all used rows. The
    /// mean of a row's |overlaps| with all others is then exact, and the drawn rows are a simple random
    /// sample of such means: the standard error is their deviation / √drawn, with the correction for a
    /// finite population.
    Result sampled(long used, Seed seed) throws IOException {
        int drawn = sampleSize(used, width);
        int[] sample = draw(drawn, used, seed.child("pairs").random());
        float[] unit = gather(sample);
        var absolute = new double[drawn];
        double largest = 0;
        var partial = new double[GROUP][drawn];
        var most = new double[GROUP];
        for (int first = 0; first < tiles; first += GROUP) {
            int group = Math.min(GROUP, tiles - first);
            int start = first;
            workers.run(group, g -> most[g] = scan(start + g, sample, unit, partial[g]));
            for (int g = 0; g < group; g++) {
                largest = Math.max(largest, most[g]);
                for (int s = 0; s < drawn; s++) {
                    absolute[s] += partial[g][s];
                }
            }
            progress.accept((double) (first + group) / tiles);
        }
        var means = new Moments();
        for (double sum : absolute) {
            means.add(sum / (used - 1));
        }
        double error = means.standardError() * Math.sqrt(1 - (double) drawn / used);
        return new Result(
                new Estimate(means.mean(), Method.SAMPLED, error),
                new Estimate(Math.min(largest, 1), Method.LOWER_BOUND, Double.NaN));
    }

    /// Each used row with the same chance, in rising order (Fan, Muller and Rezucha 1962).
    private int[] draw(int drawn, long used, SplitRandom random) {
        var sample = new int[drawn];
        int next = 0;
        long left = used;
        for (int i = 0; next < drawn; i++) {
            if (survey.used(i)) {
                if (random.nextDouble() * left < drawn - next) {
                    sample[next++] = i;
                }
                left--;
            }
        }
        return sample;
    }

    private float[] gather(int[] sample) throws IOException {
        var unit = new float[sample.length * width];
        var row = new float[width];
        for (int s = 0; s < sample.length; s++) {
            rows.read(sample[s], 1, row);
            normalise(row, 0, unit, s * width, survey.norm(sample[s]));
        }
        return unit;
    }

    /// Puts the sums of |overlap| of tile `t` with each sampled row into `sums`; returns the largest.
    private double scan(int t, int[] sample, float[] unit, double[] sums) throws IOException {
        int count = tileRows(t);
        int drawn = sample.length;
        var overlaps = new float[count * drawn];
        multiply(tile(t), count, unit, drawn, overlaps);
        int first = t * TILE;
        int self = Arrays.binarySearch(sample, first);
        for (int s = self < 0 ? -self - 1 : self; s < drawn && sample[s] < first + count; s++) {
            overlaps[(sample[s] - first) * drawn + s] = 0;
        }
        Arrays.fill(sums, 0);
        double largest = 0;
        for (int i = 0; i < count; i++) {
            for (int s = 0; s < drawn; s++) {
                double size = Math.abs(overlaps[i * drawn + s]);
                sums[s] += size;
                largest = size > largest ? size : largest;
            }
        }
        return largest;
    }

    private void multiply(float[] high, int highRows, float[] wide, int wideRows, float[] overlaps) {
        Blas.fastest()
                .sgemm(
                        false, true, highRows, wideRows, width, 1, high, 0, width, wide, 0, width, 0, overlaps, 0,
                        wideRows);
    }

    private int tileRows(int t) {
        return Math.min(TILE, survey.rows() - t * TILE);
    }

    /// The unit rows of tile `t`, zero where a row is left out. Small matrices are kept, large ones
    /// read again.
    private float[] tile(int t) throws IOException {
        if (cache != null && cache[t] != null) {
            return cache[t];
        }
        int count = tileRows(t);
        var unit = new float[count * width];
        rows.read((long) t * TILE, count, unit);
        for (int i = 0; i < count; i++) {
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

    private void normalise(float[] source, int from, float[] target, int to, double norm) {
        for (int j = 0; j < width; j++) {
            target[to + j] = (float) (source[from + j] / norm);
        }
    }
}
