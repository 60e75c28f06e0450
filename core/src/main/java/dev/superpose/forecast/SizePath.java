package dev.superpose.forecast;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;

/// Which other sizes go with one size as it grows: what turns a law of several sizes into a curve.
/// A path of compute-optimal runs is one too.
@FunctionalInterface
public interface SizePath {

    /// All sizes where the one that leads has the value `size`, positive.
    Sizes at(double size);

    /// `size` grows, `others` stay.
    static SizePath along(Quantity size, Sizes others) {
        return value -> others.with(size, value);
    }

    /// N leads and D = `ratio` N.
    ///
    /// @param ratio tokens per parameter, positive
    static SizePath tokensPerParameter(double ratio) {
        return parameters -> Sizes.of(parameters, ratio * parameters);
    }
}
