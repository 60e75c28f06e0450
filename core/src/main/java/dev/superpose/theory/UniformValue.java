package dev.superpose.theory;

/// The value v of an active feature, uniform between 0 and 2, and means over it of squares of
/// pieces of straight lines. Source: section 2 of arXiv 2505.10465.
final class UniformValue {
    static final double LARGEST = 2;

    /// ⟨v²⟩.
    static final double MEAN_SQUARE = 4.0 / 3;

    private UniformValue() {}

    /// ⟨ReLU(a v + c)²⟩, without cancellation.
    static double squaredPositivePart(double a, double c) {
        double atZero = c;
        double atLargest = LARGEST * a + c;
        if (atZero >= 0 && atLargest >= 0) {
            return squared(0, LARGEST, atZero, atLargest);
        }
        double top = Math.max(atZero, atLargest);
        // A triangle: from the root of the line to the end at which it is positive.
        return top > 0 ? top * top * top / (3 * LARGEST * Math.abs(a)) : 0;
    }

    /// ⟨(ReLU(a v + c) - v)²⟩ for a ≥ 0.
    static double squaredError(double a, double c) {
        if (c >= 0) {
            return squared(0, LARGEST, c, (a - 1) * LARGEST + c);
        }
        // Silent below the root, where the whole value is lost.
        double root = a * LARGEST + c > 0 ? -c / a : LARGEST;
        return squared(0, root, 0, root) + squared(root, LARGEST, -root, (a - 1) * LARGEST + c);
    }

    /// The part of the mean over v that a straight line from (`low`, `left`) to (`high`, `right`)
    /// adds to the mean of the square.
    private static double squared(double low, double high, double left, double right) {
        return (high - low) / LARGEST * (left * left + left * right + right * right) / 3;
    }
}
