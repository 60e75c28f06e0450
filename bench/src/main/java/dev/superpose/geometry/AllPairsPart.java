package dev.superpose.geometry;

import dev.superpose.numeric.RowBlocks;
import java.io.IOException;

/// The program's own all-pairs method, products and looks, on the first rows of a matrix: what the
/// Gram matrix is compared with, where all of it would take too long to time.
public final class AllPairsPart {
    private final RowBlocks rows;
    private final RowSurvey survey;

    /// Surveys the first `count` rows of `all`, which is no part of the method's time.
    public AllPairsPart(RowBlocks all, int count) throws IOException {
        this.rows = new First(all, count);
        this.survey = new RowSurvey(count, _ -> false);
        var row = new float[rows.width()];
        for (int i = 0; i < count; i++) {
            rows.read(i, 1, row);
            survey.add(i, row, 0, row.length);
        }
    }

    /// Looks at all pairs of these rows, once; returns their mean |overlap|.
    public double look() throws IOException {
        try (var workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            return PairScan.exact(rows, survey, survey.usedNorms().length, workers, _ -> {})
                    .meanAbs()
                    .value();
        }
    }

    /// How many pairs of tiles `rows` rows make, those on the diagonal among them.
    public static double tilePairs(long rows) {
        double tiles = Math.ceil((double) rows / UnitTiles.TILE);
        return tiles * (tiles + 1) / 2;
    }

    private record First(RowBlocks all, long rows) implements RowBlocks {
        @Override
        public int width() {
            return all.width();
        }

        @Override
        public void read(long first, int count, float[] target) throws IOException {
            all.read(first, count, target);
        }
    }
}
