package dev.superpose.geometry;

import dev.superpose.geometry.GeometryReport.Estimate;
import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.geometry.PairDistribution.Pair;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.stat.Moments;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/// The pairs of some rows, drawn at random, with all rows.
///
/// What a drawn row has with all others is then known exactly, and the drawn rows are a simple
/// random sample of rows: the standard error of a mean over pairs is the deviation of the rows'
/// means / √drawn, with the correction for a finite population. Pairs that share a drawn row are
/// not independent, so rows, not pairs, are what is sampled. For a quantile the drawn rows are
/// parted at random into up to 32 groups, and each group is left out in turn (the delete-a-group
/// jackknife, Kott 2001).
final class SampledPairs {
    private static final int TILE = UnitTiles.TILE;
    private static final int TILES_AT_A_TIME = 16;
    private static final int GROUPS = 32;

    private final UnitTiles tiles;
    private final Workers workers;
    private final DoubleConsumer progress;
    // In random order: neighbours here are a random group.
    private final int[] sample;
    private final Group[] groups;
    // (sample): sums over all rows, each written by its group alone.
    private final double[] absolute;
    private final double[] squares;
    private final double[] fourths;

    /// @param sample the drawn rows in random order, at least two
    SampledPairs(UnitTiles tiles, int[] sample, Workers workers, DoubleConsumer progress) {
        this.tiles = tiles;
        this.sample = sample;
        this.workers = workers;
        this.progress = progress;
        this.absolute = new double[sample.length];
        this.squares = new double[sample.length];
        this.fourths = new double[sample.length];
        int parts = Math.min(GROUPS, sample.length);
        this.groups = new Group[parts];
        for (int g = 0; g < parts; g++) {
            int from = (int) ((long) sample.length * g / parts);
            int end = (int) ((long) sample.length * (g + 1) / parts);
            groups[g] = new Group(from, end - from, tiles.firstPair());
        }
    }

    /// Draws each used row with the same chance (Fan, Muller and Rezucha 1962), and shuffles them.
    static int[] draw(RowSurvey survey, int drawn, long used, SplitRandom random) {
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
        for (int s = drawn - 1; s > 0; s--) {
            int other = random.nextInt(s + 1);
            int row = sample[s];
            sample[s] = sample[other];
            sample[other] = row;
        }
        return sample;
    }

    /// Some of the drawn rows: `count` of them from `from` on.
    private static final class Group {
        final int from;
        final int count;
        final OverlapCounts counts = new OverlapCounts();
        LargestOverlap largest;

        Group(int from, int count, LargestOverlap largest) {
            this.from = from;
            this.count = count;
            this.largest = largest;
        }
    }

    /// Looks at the pairs of the drawn rows with all `used` rows.
    PairScan.Result scan(long used) throws IOException {
        float[] unit = tiles.gather(sample);
        for (int first = 0; first < tiles.count(); first += TILES_AT_A_TIME) {
            int start = first;
            var overlaps = new float[Math.min(TILES_AT_A_TIME, tiles.count() - first)][];
            workers.run(overlaps.length, t -> overlaps[t] = overlaps(start + t, unit));
            workers.compute(groups.length, g -> look(groups[g], start, overlaps));
            progress.accept((double) (first + overlaps.length) / tiles.count());
        }
        long rows = (long) (tiles.count() - 1) * TILE + tiles.rows(tiles.count() - 1);
        for (Group group : groups) {
            // Rows that are left out, and each drawn row with itself, were counted as 0.
            group.counts.removeZeros(group.count * (rows - used + 1));
        }
        return result(used);
    }

    /// The overlaps of each drawn row with tile `t`, (drawn, rows); 0 with itself.
    private float[] overlaps(int t, float[] unit) throws IOException {
        int rows = tiles.rows(t);
        float[] overlaps = tiles.overlaps(unit, sample.length, tiles.tile(t), rows);
        for (int s = 0; s < sample.length; s++) {
            int own = sample[s] - t * TILE;
            if (own >= 0 && own < rows) {
                overlaps[s * rows + own] = 0;
            }
        }
        return overlaps;
    }

    private void look(Group group, int first, float[][] overlaps) {
        for (int s = group.from; s < group.from + group.count; s++) {
            var absolutes = new double[TILE];
            var ofSquares = new double[TILE];
            var ofFourths = new double[TILE];
            for (int t = 0; t < overlaps.length; t++) {
                int rows = tiles.rows(first + t);
                int from = s * rows;
                group.counts.add(overlaps[t], from, rows);
                OverlapKernels.add(overlaps[t], from, rows, absolutes, ofSquares, ofFourths);
                int found = OverlapKernels.largest(overlaps[t], from, rows, group.largest.size());
                if (found >= 0) {
                    group.largest = new LargestOverlap(
                            Math.abs(overlaps[t][found]), sample[s], (first + t) * TILE + found - from);
                }
            }
            absolute[s] += Arrays.stream(absolutes).sum();
            squares[s] += Arrays.stream(ofSquares).sum();
            fourths[s] += Arrays.stream(ofFourths).sum();
        }
    }

    private PairScan.Result result(long used) throws IOException {
        var counts = new OverlapCounts();
        LargestOverlap largest = groups[0].largest;
        for (Group group : groups) {
            counts.merge(group.counts);
            largest = largest.or(group.largest);
        }
        double left = Math.sqrt(1 - (double) sample.length / used);
        Estimate variance = variance(used - 1, left);
        double random = Bounds.randomVarianceOfSquare(tiles.width());
        Pair pair = tiles.pair(largest);
        Moments means =
                Moments.of(Arrays.stream(absolute).map(sum -> sum / (used - 1)).toArray());
        return new PairScan.Result(
                new Estimate(means.mean(), Method.SAMPLED, means.standardError() * left),
                new Estimate(Math.abs(pair.cosine()), Method.LOWER_BOUND, Double.NaN),
                new PairDistribution(
                        Method.SAMPLED,
                        sample.length,
                        sample.length * (used - 1),
                        variance,
                        random > 0 ? variance.value() / random : Double.NaN,
                        Optional.of(pair),
                        PairDistribution.quantiles(counts, quantileErrors(counts, left)),
                        counts.histogram()));
    }

    /// E[x⁴] - E[x²]², whose error is, to first order, that of the mean of x⁴ - 2 E[x²] x².
    private Estimate variance(long others, double left) {
        double meanSquare = Moments.of(squares).mean() / others;
        var linear = new Moments();
        for (int s = 0; s < sample.length; s++) {
            linear.add((fourths[s] - 2 * meanSquare * squares[s]) / others);
        }
        double variance = Math.max(linear.mean() + meanSquare * meanSquare, 0);
        return new Estimate(variance, Method.SAMPLED, linear.standardError() * left);
    }

    private double[] quantileErrors(OverlapCounts counts, double left) {
        var without = new Moments[PairDistribution.SHARES.size()];
        Arrays.setAll(without, _ -> new Moments());
        for (Group group : groups) {
            double[] quantiles = counts.quantilesWithout(group.counts, PairDistribution.SHARES);
            for (int q = 0; q < without.length; q++) {
                without[q].add(quantiles[q]);
            }
        }
        return Arrays.stream(without)
                .mapToDouble(moments -> Math.sqrt((groups.length - 1) * moments.populationVariance()) * left)
                .toArray();
    }
}
