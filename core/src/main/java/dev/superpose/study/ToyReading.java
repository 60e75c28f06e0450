package dev.superpose.study;

import dev.superpose.geometry.Packing;
import dev.superpose.geometry.RowNorms;
import dev.superpose.numeric.Seed;
import dev.superpose.toy.TestLoss;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyModel;
import dev.superpose.toy.ToyTask;
import dev.superpose.toy.ToyTraining;

/// Everything measured on one trained toy model W, (n, m); NaN where a quantity is not defined,
/// such as an overlap of fewer than two rows. Its components, in snake_case, are the keys of every
/// JSON result.
///
/// @param loss squared error summed over features
/// @param representedFraction phi_1/2, the share of rows with norm above 1/2
/// @param strongFraction phi_1, the share of rows with norm above 1
/// @param overlap of the rows' directions
/// @param norm of the rows
/// @param spectrum of Wᵀ W
/// @param biasMean mean of b
/// @param positiveFraction share of positive outputs over non-empty samples in the last steps of
///     training; NaN for weights that were not trained here
public record ToyReading(
        Loss loss,
        double representedFraction,
        double strongFraction,
        Overlap overlap,
        RowNorms norm,
        Spectrum spectrum,
        double biasMean,
        double positiveFraction) {

    /// The squared error, summed over features.
    ///
    /// @param train mean over the last 100 training batches at most; NaN for weights that were not
    ///     trained here
    /// @param test mean over fresh batches
    /// @param testStandardDeviation of one batch's loss about it
    /// @param testStandardError of `test`
    /// @param testBatches how many fresh batches
    public record Loss(
            double train, double test, double testStandardDeviation, double testStandardError, int testBatches) {}

    /// Squared overlaps (cosines) of the rows, over unordered pairs; strong rows have norm above 1.
    ///
    /// @param meanSquare of all rows
    /// @param meanSquareStrong of strong rows
    /// @param varianceRatioStrong variance of strong rows' squared overlaps over that of
    /// random directions
    /// @param maxAbs largest |overlap| of all rows
    /// @param maxAbsStrong largest |overlap| of strong rows
    /// @param welchMeanSquare least mean square possible for all rows
    /// @param welchMeanSquareStrong the same for as many rows as are strong
    /// @param randomMeanSquare 1/m
    public record Overlap(
            double meanSquare,
            double meanSquareStrong,
            double varianceRatioStrong,
            double maxAbs,
            double maxAbsStrong,
            double welchMeanSquare,
            double welchMeanSquareStrong,
            double randomMeanSquare) {}

    /// How many directions W really uses, see [dev.superpose.geometry.Spectrum].
    public record Spectrum(double participationRatio, double effectiveRank, double stableRank) {}

    /// How many features are represented: phi_1/2 · n.
    public int represented(int features) {
        return (int) Math.round(representedFraction * features);
    }

    /// The reading of a training that is done. The test data are new: drawn under another name of
    /// the same seed.
    static ToyReading of(ToyTraining training, ToyConfig config) {
        return of(
                training.model(),
                config.probabilities(),
                config.task(),
                config.optimiser().batch(),
                config.testBatches(),
                config.seed(),
                training.trainLoss(),
                training.positiveFraction());
    }

    /// The reading of weights from elsewhere.
    ///
    /// @param probabilities p_1 .. p_n, what the test data are drawn by
    /// @param task what the loss counts, and who is active with whom
    /// @param batch samples per test batch
    /// @param testBatches how many
    /// @param seed of the test data
    /// @throws IllegalArgumentException if the task does not suit the features
    public static ToyReading of(
            ToyModel model, double[] probabilities, ToyTask task, int batch, int testBatches, long seed) {
        return of(model, probabilities, task, batch, testBatches, seed, Double.NaN, Double.NaN);
    }

    private static ToyReading of(
            ToyModel model,
            double[] probabilities,
            ToyTask task,
            int batch,
            int testBatches,
            long seed,
            double trainLoss,
            double positiveFraction) {
        var test = TestLoss.of(model, probabilities, task, batch, testBatches, new Seed(seed).child("test data"));
        var packing = Packing.measure(model.weights());
        return new ToyReading(
                new Loss(trainLoss, test.mean(), test.standardDeviation(), test.standardError(), test.batches()),
                packing.representedFraction(),
                packing.strongFraction(),
                new Overlap(
                        packing.overlap().meanSquare(),
                        packing.strongOverlap().meanSquare(),
                        packing.varianceRatioStrong(),
                        packing.overlap().maxAbs(),
                        packing.strongOverlap().maxAbs(),
                        packing.welchMeanSquare(),
                        packing.welchMeanSquareStrong(),
                        packing.randomMeanSquare()),
                packing.norm(),
                new Spectrum(
                        packing.spectrum().participationRatio(),
                        packing.spectrum().effectiveRank(),
                        packing.spectrum().stableRank()),
                model.bias().mean(),
                positiveFraction);
    }
}
