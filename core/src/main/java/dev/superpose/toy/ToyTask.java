package dev.superpose.toy;

import java.util.ArrayList;
import java.util.List;

/// What a model is asked to do, beyond how frequent the features are: which errors count how much,
/// what the output may be, and who is active with whom. [#PLAIN] is the scaling study's.
///
/// Settings that mean the same are made equal: a correlation of strength 0 is independence,
/// importances of 1 are equal ones. So equal tasks train to equal numbers, and a plain one is
/// known as such.
///
/// @param importance I, the weights of the squared errors
/// @param output what becomes of W Wᵀ x + b
/// @param correlation who is active with whom
public record ToyTask(Importance importance, Output output, Correlation correlation) {

    /// y = ReLU(W Wᵀ x + b), all errors count the same, all features are independent.
    public static final ToyTask PLAIN = new ToyTask(Importance.EQUAL, Output.RELU, Correlation.INDEPENDENT);

    public ToyTask {
        if (importance instanceof Importance.Given(var weights)
                && weights.stream().allMatch(weight -> weight == 1)) {
            importance = Importance.EQUAL;
        }
        if (correlation instanceof Correlation.Together together && together.strength() == 0) {
            correlation = Correlation.INDEPENDENT;
        }
    }

    /// What becomes of z = W Wᵀ x + b.
    public enum Output {
        /// y = max(z, 0).
        RELU,
        /// y = z: the linear model, which can do no better than principal components.
        LINEAR
    }

    /// Whether loss and output are those of the scaling study, whoever is active with whom.
    boolean plainLoss() {
        return importance.equals(Importance.EQUAL) && output == Output.RELU;
    }

    /// Refuses a task that features of these probabilities p_1 .. p_n cannot have.
    ///
    /// @throws IllegalArgumentException naming what does not fit
    public void check(double[] probabilities) {
        importance.weights(probabilities.length);
        correlation.check(probabilities);
    }

    /// For legends and tables: what differs from [#PLAIN], such as `importance geometric(0.7),
    /// linear`; empty for that one.
    public String label() {
        var parts = new ArrayList<String>();
        if (!importance.equals(Importance.EQUAL)) {
            parts.add("importance " + importance.label());
        }
        if (output == Output.LINEAR) {
            parts.add("linear");
        }
        if (!correlation.equals(Correlation.INDEPENDENT)) {
            parts.add(correlation.label());
        }
        return String.join(", ", List.copyOf(parts));
    }
}
