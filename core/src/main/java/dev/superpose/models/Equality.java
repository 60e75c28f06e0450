package dev.superpose.models;

import org.hipparchus.distribution.continuous.FDistribution;

/// Whether one law is enough where several were fitted: the F test of the rise of the sum of
/// squares against what the several laws leave. Exact for laws that are linear in their parameters
/// and independent normal deviations of equal size, an approximation here.
///
/// @param what is held equal, as a part of a sentence
/// @param f the rise per parameter saved, over the variance that is left
/// @param saved how many parameters fewer
/// @param free the degrees of freedom of what is left
/// @param chance that f is at least as large where one law is true
public record Equality(String what, double f, int saved, int free, double chance) {

    /// @param one sum of squares about the one law
    /// @param several about the several laws
    /// @param saved parameters of the several less those of the one, at least 1
    /// @param free losses less parameters of the several, at least 1
    static Equality of(String what, double one, double several, int saved, int free) {
        if (saved < 1 || free < 1) {
            throw new IllegalArgumentException(
                    "a test needs parameters saved and losses left, not %d and %d".formatted(saved, free));
        }
        double f = Math.max(0, one - several) / saved / (several / free);
        return new Equality(what, f, saved, free, 1 - new FDistribution(saved, free).cumulativeProbability(f));
    }
}
