package dev.superpose.plan;

import dev.superpose.result.Table;

/// How many operations a token costs a model of N parameters.
public sealed interface FlopModel {

    /// FLOPs per token of training, forward and backward.
    ///
    /// @param parameters N as the law counts
    double trainingPerToken(double parameters);

    /// FLOPs per token of a forward pass alone.
    ///
    /// @param parameters N as the law counts
    default double forwardPerToken(double parameters) {
        return trainingPerToken(parameters) / 3;
    }

    /// In words.
    String words();

    /// 6 N for training and 2 N for a forward pass: two operations for every parameter, three times
    /// (Kaplan et al. 2020, section 2.1).
    record SixN() implements FlopModel {
        @Override
        public double trainingPerToken(double parameters) {
            return 6 * parameters;
        }

        @Override
        public String words() {
            return "6 N per token";
        }
    }

    /// What the shape of a family does that has N parameters: matrices, attention over the context
    /// and the head.
    ///
    /// @param family of shapes
    /// @param counting what N counts
    /// @param attention how attention is counted
    record Shaped(ShapeFamily family, ParameterCount counting, AttentionFlops attention) implements FlopModel {
        @Override
        public double trainingPerToken(double parameters) {
            return 3 * family.at(family.width(parameters, counting)).forwardFlops(attention);
        }

        @Override
        public String words() {
            return "matrices, attention over %s tokens and head of a shape with %s"
                    .formatted(Table.brief(family.context()), counting.words());
        }
    }
}
