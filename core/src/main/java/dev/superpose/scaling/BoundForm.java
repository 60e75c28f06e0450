package dev.superpose.scaling;

import dev.superpose.numeric.SplitRandom;

/// A form with the sizes of runs filled in: ln loss of every run as a function of free parameters,
/// in coordinates that are nearly independent, since logarithms of sizes are taken from their
/// means.
///
/// Immutable: several threads may evaluate it, each with its own arrays.
interface BoundForm {

    /// The number of runs.
    int runs();

    /// The number of free parameters.
    int free();

    /// Predicts ln loss at `at`, `(free)`.
    ///
    /// @param weights `(runs)`; runs of weight 0 are passed over and their entries left as they are
    /// @param predicted `(runs)`, filled
    /// @param jacobian `(free, runs)`, filled: `jacobian(j, i)` = ∂ predicted i / ∂ parameter j
    void evaluate(double[] at, double[] weights, double[] predicted, double[][] jacobian);

    /// Whether coordinate `j` is the logarithm of a coefficient in which the loss is linear.
    default boolean isLogarithm(int j) {
        return false;
    }

    /// A starting point `(free)` with random exponents and coefficients that suit them.
    ///
    /// @param logLosses `(runs)`
    /// @param weights `(runs)`
    double[] start(SplitRandom random, double[] logLosses, double[] weights);

    /// The form's vector, all parameters, from free coordinates.
    double[] vector(double[] at);

    /// Free coordinates from the form's vector.
    double[] coordinates(double[] vector);
}
