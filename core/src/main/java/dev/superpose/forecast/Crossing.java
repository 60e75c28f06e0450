package dev.superpose.forecast;

import dev.superpose.scaling.ScalingLaw;
import java.util.function.DoubleUnaryOperator;

/// Where a falling curve comes down to a target.
///
/// @param from where the search begins: far below it
/// @param target the loss
record Crossing(double from, double target) {
    private static final double BELOW = 1e-9;
    private static final double ABOVE = 1e200;

    /// Bands widen with the distance and can turn up again, so they are followed in steps of an
    /// eighth of a decade, over so many decades.
    private static final double STEP = 0.125;

    private static final double DECADES = 30;
    private static final int HALVINGS = 60;

    double largest() {
        return from * ABOVE;
    }

    /// The size at which `law` has the target along `path`; infinite if never.
    double of(ScalingLaw law, SizePath path) {
        DoubleUnaryOperator curve = size -> law.at(path.at(size));
        return curve.applyAsDouble(largest()) <= target
                ? between(curve, Math.log(from * BELOW), Math.log(largest()))
                : Double.POSITIVE_INFINITY;
    }

    /// The first size from `begin` on at which `curve` is at or below the target; infinite if there
    /// is none within 30 decades.
    double first(double begin, DoubleUnaryOperator curve) {
        double start = Math.log(begin);
        int steps = (int) Math.ceil(DECADES / STEP);
        for (int k = 0; k <= steps; k++) {
            double log = start + k * STEP * Math.log(10);
            if (curve.applyAsDouble(Math.exp(log)) <= target) {
                return k == 0 ? begin : between(curve, log - STEP * Math.log(10), log);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private double between(DoubleUnaryOperator curve, double low, double high) {
        for (int k = 0; k < HALVINGS; k++) {
            double middle = (low + high) / 2;
            if (curve.applyAsDouble(Math.exp(middle)) <= target) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.exp(high);
    }
}
