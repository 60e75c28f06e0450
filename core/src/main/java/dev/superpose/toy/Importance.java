package dev.superpose.toy;

import java.util.Arrays;
import java.util.List;

/// How much the squared error of each feature counts: the loss is Σ I_i (x_i - y_i)². Source:
/// Elhage et al. 2022, "Toy Models of Superposition".
public sealed interface Importance {

    /// I_i = 1, as in the scaling study.
    Importance EQUAL = new Geometric(1);

    /// I_1 .. I_n.
    ///
    /// @throws IllegalArgumentException if there are not as many as features
    double[] weights(int n);

    /// A short name for tables, such as `geometric(0.7)`.
    String label();

    /// I_i = ratio^(i - 1): I_1 = 1, and only ratios of importances matter to the weights
    /// that are learned.
    ///
    /// @param ratio above 0
    record Geometric(double ratio) implements Importance {
        public Geometric {
            if (!(ratio > 0) || Double.isInfinite(ratio)) {
                throw new IllegalArgumentException("ratio must be a number above 0, is " + ratio);
            }
        }

        @Override
        public double[] weights(int n) {
            var weights = new double[n];
            for (int i = 0; i < n; i++) {
                // StrictMath: the same bits on every platform.
                weights[i] = StrictMath.pow(ratio, i);
            }
            return weights;
        }

        @Override
        public String label() {
            return ratio == 1 ? "equal" : "geometric(" + ratio + ")";
        }
    }

    /// I_i is the i-th weight.
    ///
    /// @param weights one per feature, each at least 0, not all 0
    record Given(List<Double> weights) implements Importance {
        public Given {
            weights = List.copyOf(weights);
            for (double weight : weights) {
                if (!(weight >= 0) || Double.isInfinite(weight)) {
                    throw new IllegalArgumentException("an importance must be a number of at least 0, is " + weight);
                }
            }
            if (weights.stream().allMatch(weight -> weight == 0)) {
                throw new IllegalArgumentException("at least one importance must be above 0");
            }
        }

        @Override
        public double[] weights(int n) {
            if (n != weights.size()) {
                throw new IllegalArgumentException(
                        "%d importances are given for %d features".formatted(weights.size(), n));
            }
            return weights.stream().mapToDouble(Double::doubleValue).toArray();
        }

        @Override
        public String label() {
            return "given(" + Arrays.toString(weights(weights.size())) + ")";
        }
    }
}
