package dev.superpose.geometry;

import dev.superpose.geometry.GeometryReport.Estimate;
import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.geometry.PairDistribution.Pair;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleConsumer;

/// All pairs of rows, tile by tile: each unordered pair once.
final class ExactPairs {
    private static final int TILE = UnitTiles.TILE;

    private final UnitTiles tiles;
    private final Workers workers;
    private final DoubleConsumer progress;
    // As many as threads were counting at once. Whole numbers: it does not matter which thread counted what.
    private final Queue<OverlapCounts> idle = new ConcurrentLinkedQueue<>();

    private double absolute;
    private double squares;
    private double fourths;
    private LargestOverlap largest;

    ExactPairs(UnitTiles tiles, Workers workers, DoubleConsumer progress) {
        this.tiles = tiles;
        this.workers = workers;
        this.progress = progress;
        this.largest = tiles.firstPair();
    }

    /// What one tile tells.
    private record TileSums(double absolute, double squares, double fourths, LargestOverlap largest) {}

    /// Looks at all pairs of the `used` rows.
    PairScan.Result scan(long used) throws IOException {
        for (int i = 0; i < tiles.count(); i++) {
            float[] high = tiles.tile(i);
            int current = i;
            var sums = new TileSums[i + 1];
            workers.run(i + 1, j -> sums[j] = look(current, high, j));
            for (TileSums sum : sums) {
                absolute += sum.absolute();
                squares += sum.squares();
                fourths += sum.fourths();
                largest = largest.or(sum.largest());
            }
            progress.accept((i + 1.0) * (i + 2) / ((double) tiles.count() * (tiles.count() + 1)));
        }
        return result(used);
    }

    private TileSums look(int i, float[] high, int j) throws IOException {
        int rows = tiles.rows(i);
        int columns = tiles.rows(j);
        float[] overlaps = tiles.overlaps(high, rows, j == i ? high : tiles.tile(j), columns);
        var absolutes = new double[columns];
        var ofSquares = new double[columns];
        var ofFourths = new double[columns];
        OverlapCounts polled = idle.poll();
        OverlapCounts counts = polled == null ? new OverlapCounts() : polled;
        LargestOverlap most = largest;
        for (int r = 0; r < rows; r++) {
            // Of a tile on the diagonal only the pairs below it.
            int run = j == i ? r : columns;
            counts.add(overlaps, r * columns, run);
            OverlapKernels.add(overlaps, r * columns, run, absolutes, ofSquares, ofFourths);
            int found = OverlapKernels.largest(overlaps, r * columns, run, most.size());
            if (found >= 0) {
                most = new LargestOverlap(Math.abs(overlaps[found]), j * TILE + found % columns, i * TILE + r);
            }
        }
        idle.add(counts);
        return new TileSums(
                Arrays.stream(absolutes).sum(),
                Arrays.stream(ofSquares).sum(),
                Arrays.stream(ofFourths).sum(),
                most);
    }

    private PairScan.Result result(long used) throws IOException {
        var counts = new OverlapCounts();
        idle.forEach(counts::merge);
        double pairs = 0.5 * used * (used - 1);
        // Rows that are left out are zero: they add to no sum, but were counted.
        counts.removeZeros(counts.total() - used * (used - 1) / 2);
        double meanSquare = squares / pairs;
        double variance = Math.max(fourths / pairs - meanSquare * meanSquare, 0);
        double random = Bounds.randomVarianceOfSquare(tiles.width());
        Pair pair = tiles.pair(largest);
        return new PairScan.Result(
                new Estimate(absolute / pairs, Method.EXACT, 0),
                new Estimate(Math.abs(pair.cosine()), Method.EXACT, 0),
                new PairDistribution(
                        Method.EXACT,
                        used,
                        used * (used - 1) / 2,
                        new Estimate(variance, Method.EXACT, 0),
                        random > 0 ? variance / random : Double.NaN,
                        Optional.of(pair),
                        PairDistribution.quantiles(counts, new double[PairDistribution.SHARES.size()]),
                        counts.histogram()));
    }
}
