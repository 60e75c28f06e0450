package dev.superpose.cli;

import dev.superpose.result.Table;
import dev.superpose.theory.OneFeatureLoss;
import dev.superpose.toy.ToyModel;

/// What a model loses where one feature alone is active, exactly, beside its test loss. Its
/// components, in snake_case, are the keys in JSON.
///
/// @param sparse the loss of ever sparser data: the two parts after it together
/// @param ownError how badly the active feature is answered
/// @param interference what it stirs up in all others
/// @param interferenceWithoutBias the same if all biases were 0
/// @param probabilityNone that no feature is active
/// @param probabilityOne that one is
/// @param shareOfTestLoss which part of the test loss samples with at most one active feature make
record OneFeatureReading(
        double sparse,
        double ownError,
        double interference,
        double interferenceWithoutBias,
        double probabilityNone,
        double probabilityOne,
        double shareOfTestLoss) {

    /// @param probabilities p_1 .. p_n
    /// @param testLoss of the same model on the same data
    static OneFeatureReading of(ToyModel model, double[] probabilities, double testLoss) {
        var loss = OneFeatureLoss.of(model.weights(), model.bias().data(), probabilities);
        var withoutBias = OneFeatureLoss.of(model.weights(), new float[model.features()], probabilities);
        return new OneFeatureReading(
                loss.sparse(),
                loss.ownError(),
                loss.interference(),
                withoutBias.interference(),
                loss.counts().none(),
                loss.counts().one(),
                loss.shareOf(testLoss));
    }

    /// The value of a line on the terminal.
    String words() {
        return "%s if one feature is active at a time: own error %s, interference %s (without bias %s)"
                .formatted(
                        Table.brief(sparse),
                        Table.brief(ownError),
                        Table.brief(interference),
                        Table.brief(interferenceWithoutBias));
    }

    /// The value of the line after it.
    String shareWords() {
        return "%.1f %% of the test loss, from the %.1f %% of samples with at most one active feature"
                .formatted(100 * shareOfTestLoss, 100 * (probabilityNone + probabilityOne));
    }
}
