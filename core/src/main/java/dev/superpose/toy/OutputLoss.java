package dev.superpose.toy;

/// Squared errors of whole rows of outputs, and their deltas D = ∂loss/∂z: what [DirectForm]
/// leaves to the task.
sealed interface OutputLoss permits ReluLoss, WeightedLoss {

    /// Turns the pre-activations of a sample, (padded) in `z` from `at` on, into its
    /// deltas; adds these to
    /// `db`, and tallies.
    ///
    /// @return what the tally's squares lack of the sample's squared error
    double deltas(SampleBatch batch, int sample, float[] z, int at, float[] db, ToyKernels.Tally tally);

    /// The squared error of `count` samples without an active feature, whose output is that of b
    /// alone; adds their deltas to `db`.
    double ofEmpty(int count, float[] db);

    /// The loss of `task`.
    ///
    /// @param scale what the gradient of half the squared error is multiplied by
    static OutputLoss of(ToyTask task, Parameters parameters, float scale, ToyKernels kernels) {
        return task.plainLoss() ? new ReluLoss(parameters, scale, kernels) : new WeightedLoss(parameters, scale, task);
    }
}
