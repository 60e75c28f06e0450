package dev.superpose.plan;

/// One model to train, with the loss that the law promises.
///
/// @param parameters N, as the law counts
/// @param tokens D
/// @param loss in the unit of the losses that the law was fitted to
public record Choice(double parameters, double tokens, double loss) {
    /// Tokens per parameter.
    public double ratio() {
        return tokens / parameters;
    }
}
