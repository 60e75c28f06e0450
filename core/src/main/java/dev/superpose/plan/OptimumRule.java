package dev.superpose.plan;

/// A published or fitted rule for the optimum itself, size = coefficient · C^exponent
/// (Approach 1 and 2 of Hoffmann et
/// al. 2022), without a loss.
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
