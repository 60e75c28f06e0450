package dev.superpose.theory;

/// How many features are active at once, each independently with its own probability.
///
/// @param none the probability of none
/// @param one of exactly one
/// @param more of two or more
public record ActiveCounts(double none, double one, double more) {

    /// Of features with `probabilities`, each from 0 to 1.
    public static ActiveCounts of(double[] probabilities) {
        double none = 1;
        double one = 0;
        double more = 0;
        for (double p : probabilities) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a probability lies between 0 and 1, not " + p);
            }
            more += p * one;
            one = (1 - p) * one + p * none;
            none *= 1 - p;
        }
        return new ActiveCounts(none, one, more);
    }

    /// The probability that feature `i` is active and no other, for every i: p_i Π_{j ≠ i} (1 -
    /// p_j), (n).
    static double[] alone(double[] probabilities) {
        int n = probabilities.length;
        double[] alone = new double[n];
        double before = 1;
        for (int i = 0; i < n; i++) {
            alone[i] = probabilities[i] * before;
            before *= 1 - probabilities[i];
        }
        // From behind, instead of dividing by 1 - p_i, which may be 0.
        double after = 1;
        for (int i = n - 1; i >= 0; i--) {
            alone[i] *= after;
            after *= 1 - probabilities[i];
        }
        return alone;
    }
}
