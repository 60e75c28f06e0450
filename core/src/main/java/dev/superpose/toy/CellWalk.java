package dev.superpose.toy;

import dev.superpose.numeric.SplitRandom;

/// Draws independent Bernoulli cells (row, sample), a probability for each row, at the cost of
/// those that come up alone.
///
/// A walk over all cells takes unit-rate exponential steps: a cell of hazard h = -ln(1 - p)
/// catches the walk with probability 1 - exp(-h) = p, and after a catch the walk starts afresh, so
/// that the cells are independent Bernoulli draws, exactly.
final class CellWalk {
    /// What is done with a cell that comes up; may draw from the same generator.
    @FunctionalInterface
    interface Visitor {
        void visit(int row, int sample);
    }

    private final double[] hazards;

    /// @param probabilities one per row, each in 0 .. 1
    CellWalk(double[] probabilities) {
        hazards = new double[probabilities.length];
        for (int i = 0; i < hazards.length; i++) {
            hazards[i] = hazard(probabilities[i]);
        }
    }

    /// -ln(1 - p).
    static double hazard(double probability) {
        return -StrictMath.log1p(-probability);
    }

    /// Exponential with mean 1.
    static double exponential(SplitRandom random) {
        return -Math.log(1 - random.nextDouble());
    }

    /// Visits the cells that come up among `samples` samples of every row: rows ascend,
    /// within a row samples.
    void run(int samples, SplitRandom random, Visitor visitor) {
        double left = exponential(random);
        for (int row = 0; row < hazards.length; row++) {
            double hazard = hazards[row];
            if (hazard == 0) {
                continue;
            }
            int sample = 0;
            while (left < (samples - sample) * hazard) {
                sample += Double.isInfinite(hazard) ? 0 : (int) (left / hazard);
                if (sample >= samples) {
                    break; // rounding, at the very end of a row's cells
                }
                visitor.visit(row, sample);
                sample++;
                left = exponential(random);
            }
            if (sample < samples) {
                left -= (samples - sample) * hazard;
            }
        }
    }
}
