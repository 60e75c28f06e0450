package dev.superpose.plan;

import dev.superpose.scaling.Allocation;

/// A published or fitted rule for the optimum itself, size = coefficient · C^exponent (Approach 1
/// and 2 of Hoffmann et al. 2022), without a loss.
///
/// @param name as reports call it
/// @param size which of the two it gives; the other follows from the budget
/// @param coefficient at C in FLOPs
/// @param exponent of C
/// @param source where it comes from
/// @param note what a reader should know before using it
public record OptimumRule(String name, Size size, double coefficient, double exponent, String source, String note) {

    /// What a rule gives.
    public enum Size {
        /// N.
        PARAMETERS,
        /// D.
        TOKENS
    }

    public OptimumRule {
        if (!(coefficient > 0 && coefficient < Double.POSITIVE_INFINITY && Double.isFinite(exponent))) {
            throw new IllegalArgumentException("%s: no rule is %s C^%s".formatted(name, coefficient, exponent));
        }
    }

    /// The rule that was fitted to optima of the user's own runs.
    ///
    /// @throws IllegalArgumentException if `allocation` gives neither N nor D
    public static OptimumRule of(String name, Allocation allocation, String source) {
        var size = switch (allocation.quantity()) {
            case PARAMETERS -> Size.PARAMETERS;
            case TOKENS -> Size.TOKENS;
            default ->
                throw new IllegalArgumentException(
                        "a rule gives N or D, not " + allocation.quantity().word());
        };
        return new OptimumRule(
                name, size, allocation.coefficient(), allocation.exponent(), source, "fitted to your data");
    }

    /// N or D for `compute` FLOPs.
    public double at(double compute) {
        return coefficient * Math.pow(compute, exponent);
    }

    /// What the rule settles of a plan for `compute` FLOPs.
    public Restriction restriction(double compute) {
        return switch (size) {
            case PARAMETERS -> new Restriction.FixedParameters(at(compute));
            case TOKENS -> new Restriction.FixedTokens(at(compute));
        };
    }
}
