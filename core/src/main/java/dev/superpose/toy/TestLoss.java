package dev.superpose.toy;

import dev.superpose.numeric.Blas;
import dev.superpose.numeric.Seed;

/// The loss on fresh samples: squared error summed over features, the mean over `batches` batches.
///
/// @param mean over all samples
/// @param standardDeviation of the batch means, n - 1 in the denominator: the paper's error bar
/// @param standardError of `mean`: the standard deviation over √batches
/// @param batches how many; with one alone both errors are NaN
public record TestLoss(double mean, double standardDeviation, double standardError, int batches) {

    /// Draws and evaluates `batches` fresh batches of `batch` samples.
    ///
    /// @param probabilities p_1 .. p_n
    /// @throws IllegalArgumentException if there is not one probability per feature, or
    /// nothing to draw
    public static TestLoss of(ToyModel model, double[] probabilities, int batch, int batches, Seed seed) {
        return of(model, probabilities, ToyTask.PLAIN, batch, batches, seed);
    }

    /// The same on the samples and with the loss of `task`.
    ///
    /// @throws IllegalArgumentException also if the task does not suit the features
    public static TestLoss of(ToyModel model, double[] probabilities, ToyTask task, int batch, int batches, Seed seed) {
        if (probabilities.length != model.features()) {
            throw new IllegalArgumentException(
                    "%d probabilities for %d features".formatted(probabilities.length, model.features()));
        }
        if (batch < 1 || batches < 1) {
            throw new IllegalArgumentException("%d batches of %d samples measure nothing".formatted(batches, batch));
        }
        task.check(probabilities);
        var loss = new LossGradient(Parameters.of(model), task, 1, Blas.fastest(), ToyKernels.fastest());
        var features = FeatureSampler.of(probabilities, task.correlation());
        var samples = new SampleBatch(model.features(), batch);
        double mean = 0;
        double squares = 0;
        for (int i = 1; i <= batches; i++) {
            features.draw(seed.child("test batch " + i).random(), samples);
            double deviation = loss.loss(samples) - mean;
            mean += deviation / i;
            squares += deviation * deviation * (i - 1) / i;
        }
        double sd = batches == 1 ? Double.NaN : Math.sqrt(squares / (batches - 1));
        return new TestLoss(mean, sd, sd / Math.sqrt(batches), batches);
    }
}
