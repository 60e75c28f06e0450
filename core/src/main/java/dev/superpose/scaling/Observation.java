package dev.superpose.scaling;

/// One measured loss at one size.
///
/// @param size what the loss is a law of, such as the width m or a number of parameters; positive
/// @param loss in the law's unit: nats per token, or the toy model's sum over features; positive
/// @param weight inversely proportional to the variance of ln loss; 1 if nothing is known; positive
public record Observation(double size, double loss, double weight) {

    public Observation {
        check("size", size);
        check("loss", loss);
        check("weight", weight);
    }

    /// An observation of weight 1.
    public Observation(double size, double loss) {
        this(size, loss, 1);
    }

    private static void check(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a %s must be positive and finite, is %s; leave such points out".formatted(what, value));
        }
    }
}
