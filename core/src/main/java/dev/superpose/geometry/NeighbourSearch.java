package dev.superpose.geometry;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleConsumer;

/// The nearest rows of every row, by all pairs: n² m / 2 multiplications, each unordered pair
/// once, for both its rows. Cosines are of float32 unit rows.
final class NeighbourSearch {
    private static final int TILE = UnitTiles.TILE;

    private final UnitTiles tiles;
    private final RowSurvey survey;
    private final int count;
    private final NearestRows found;
    // One for the rows of each tile: a task writes to those of both its tiles.
    private final Object[] locks;

    private NeighbourSearch(UnitTiles tiles, RowSurvey survey, int count) {
        this.tiles = tiles;
        this.survey = survey;
        this.count = count;
        this.found = new NearestRows(survey.rows(), count);
        this.locks = new Object[tiles.count()];
        Arrays.setAll(locks, _ -> new Object());
    }

    /// The `count` nearest of every used row.
    static NearestRows of(UnitTiles tiles, RowSurvey survey, int count, Workers workers, DoubleConsumer progress)
            throws IOException {
        var search = new NeighbourSearch(tiles, survey, count);
        for (int i = 0; i < tiles.count(); i++) {
            float[] high = tiles.tile(i);
            int current = i;
            workers.run(i + 1, j -> search.look(current, high, j));
            progress.accept((i + 1.0) * (i + 2) / ((double) tiles.count() * (tiles.count() + 1)));
        }
        return search.found;
    }

    private void look(int i, float[] high, int j) throws IOException {
        int rows = tiles.rows(i);
        int columns = tiles.rows(j);
        float[] overlaps = tiles.overlaps(high, rows, i == j ? high : tiles.tile(j), columns);
        synchronized (locks[j]) {
            for (int r = 0; r < rows; r++) {
                lookDown(overlaps, i * TILE + r, r * columns, j * TILE, i == j ? r : columns);
            }
        }
        var part = new NearestRows(rows, count);
        for (int r = 0; r < rows; r++) {
            if (survey.used(i * TILE + r)) {
                lookAlong(part, r, overlaps, r * columns, j * TILE, i == j ? r : columns);
            }
        }
        synchronized (locks[i]) {
            found.merge(part, i * TILE);
        }
    }

    /// Offers `row`, whose overlaps with the rows from `first` on begin at `from`, to
    /// each of these.
    private void lookDown(float[] overlaps, int row, int from, int first, int run) {
        if (!survey.used(row)) {
            return;
        }
        int end = from + run;
        int shift = first - from;
        int k = NeighbourKernels.next(overlaps, from, end, found.floors(), shift);
        while (k < end) {
            if (survey.used(k + shift)) {
                found.offer(k + shift, row, overlaps[k]);
            }
            k = NeighbourKernels.next(overlaps, k + 1, end, found.floors(), shift);
        }
        NeighbourKernels.lower(overlaps, from, run, found.least(), first);
    }

    /// Offers the rows from `first` on, whose overlaps with row `r` of `part` begin at
    /// `from`, to it.
    private void lookAlong(NearestRows part, int r, float[] overlaps, int from, int first, int run) {
        int end = from + run;
        int k = NeighbourKernels.next(overlaps, from, end, part.floor(r));
        while (k < end) {
            if (survey.used(k - from + first)) {
                part.offer(r, k - from + first, overlaps[k]);
            }
            k = NeighbourKernels.next(overlaps, k + 1, end, part.floor(r));
        }
        part.least()[r] = NeighbourKernels.lowest(overlaps, from, end, part.least()[r]);
    }
}
