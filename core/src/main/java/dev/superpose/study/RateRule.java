package dev.superpose.study;

/// A learning rate that may depend on the width: rate · (m / atWidth)^exponent.
///
/// @param rate the rate at width `atWidth`
/// @param atWidth where it is `rate`
/// @param exponent 0 makes it the same at every width; the paper's large study has -1/4 for W
/// and -1 for b
public record RateRule(double rate, double atWidth, double exponent) {
    public RateRule {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("a learning rate must be a number above 0, is " + rate);
        }
        if (!(atWidth > 0) || !Double.isFinite(atWidth) || !Double.isFinite(exponent)) {
            throw new IllegalArgumentException(
                    "a rate goes with (m / width)^exponent, not (m / %s)^%s".formatted(atWidth, exponent));
        }
        if (exponent == 0) {
            // Two rules that say the same are one condition.
            atWidth = 1;
        }
    }

    /// The same rate at every width.
    public static RateRule constant(double rate) {
        return new RateRule(rate, 1, 0);
    }

    /// The rate at width `m`; of a constant rule `rate` itself, bit for bit.
    public double at(int m) {
        // StrictMath: the rate is part of a training's name, which is the same on every platform.
        return exponent == 0 ? rate : rate * StrictMath.pow(m / atWidth, exponent);
    }

    /// For labels, such as `0.01` or `0.02 (m/8)^-0.25`.
    public String label() {
        return exponent == 0 ? "" + rate : "%s (m/%s)^%s".formatted(rate, brief(atWidth), brief(exponent));
    }

    private static String brief(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? "" + (long) value : "" + value;
    }
}
