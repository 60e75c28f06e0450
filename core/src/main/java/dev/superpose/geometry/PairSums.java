package dev.superpose.geometry;

/// Sums over overlaps, tile by tile, in double precision.
final class PairSums {
    private long pairs;
    private double sum;
    private double squares;
    private double fourths;
    private double absolute;
    private double largest;

    /// Takes in the overlaps of a tile, (rows, columns) row-major; of a tile on the diagonal only those
    /// below it.
    void add(float[] tile, int rows, int columns, boolean diagonal) {
        for (int i = 0; i < rows; i++) {
            addRun(tile, i * columns, diagonal ? i : columns);
        }
    }

    /// Two lanes, so that additions need not wait for each other.
    private void addRun(float[] tile, int from, int count) {
        double sumA = 0;
        double sumB = 0;
        double squaresA = 0;
        double squaresB = 0;
        double fourthsA = 0;
        double fourthsB = 0;
        double absoluteA = 0;
        double absoluteB = 0;
        double most = largest;
        int end = from + count;
        int k = from;
        for (; k < end - 1; k += 2) {
            double a = tile[k];
            double b = tile[k + 1];
            double sizeA = Math.abs(a);
            double sizeB = Math.abs(b);
            double squareA = a * a;
            double squareB = b * b;
            sumA += a;
            sumB += b;
            squaresA += squareA;
            squaresB += squareB;
            fourthsA += squareA * squareA;
            fourthsB += squareB * squareB;
            absoluteA += sizeA;
            absoluteB += sizeB;
            most = sizeA > most ? sizeA : most;
            most = sizeB > most ? sizeB : most;
        }
        if (k < end) {
            double a = tile[k];
            sumA += a;
            squaresA += a * a;
            fourthsA += a * a * a * a;
            absoluteA += Math.abs(a);
            most = Math.abs(a) > most ? Math.abs(a) : most;
        }
        pairs += count;
        sum += sumA + sumB;
        squares += squaresA + squaresB;
        fourths += fourthsA + fourthsB;
        absolute += absoluteA + absoluteB;
        largest = most;
    }

    /// Takes in all that `other` has seen.
    void merge(PairSums other) {
        pairs += other.pairs;
        sum += other.sum;
        squares += other.squares;
        fourths += other.fourths;
        absolute += other.absolute;
        largest = Math.max(largest, other.largest);
    }

    /// Σ|overlap|.
    double absolute() {
        return absolute;
    }

    /// The largest |overlap|, 1 at most.
    double largest() {
        return Math.min(largest, 1);
    }

    /// The means over all pairs taken in.
    PairOverlaps overlaps() {
        if (pairs == 0) {
            return new PairOverlaps(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double meanSquare = squares / pairs;
        return new PairOverlaps(
                pairs,
                sum / pairs,
                meanSquare,
                Math.max(fourths / pairs - meanSquare * meanSquare, 0),
                absolute / pairs,
                largest());
    }
}
