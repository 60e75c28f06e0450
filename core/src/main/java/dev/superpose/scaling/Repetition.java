package dev.superpose.scaling;

/// How much less tokens are worth that were seen before, and parameters beyond what the different
/// tokens can use (Muennighoff et al. 2023, Scaling Data-Constrained Language Models, arXiv
/// 2305.16264, equations 5 and 6).
///
/// @param tokens R*_D: repetitions after which a further one is worth 1/e of a fresh token;
/// infinite if repeated tokens are as good as fresh ones
/// @param parameters R*_N, the same for parameters over the optimal number for the different
/// tokens; infinite if further ones are as good
/// @param source where the two come from
public record Repetition(double tokens, double parameters, String source) {
    /// As fitted to 182 runs on C4 of 7M to 9B parameters, 1 to 500 epochs, with dropout; not
    /// fitted to the user's data.
    public static final Repetition PUBLISHED = new Repetition(
            15.387756,
            5.309743,
            "Muennighoff et al. 2023, arXiv 2305.16264, appendix A: published, not fitted to your data");

    public Repetition {
        if (!(tokens > 0 && parameters > 0)) {
            throw new IllegalArgumentException(
                    "decay constants must be positive, are %s and %s".formatted(tokens, parameters));
        }
    }

    /// D' = U + U R* (1 - e^(-R/R*)), R = D/U - 1: fresh tokens that are worth as much as `tokens`
    /// of which `unique` are different.
    public double effectiveTokens(double tokens, double unique) {
        return effective(tokens, unique, this.tokens);
    }

    /// N' by the same formula: parameters that are worth as much as `parameters` where `useful` are
    /// optimal for the different tokens.
    public double effectiveParameters(double parameters, double useful) {
        return effective(parameters, useful, this.parameters);
    }

    private static double effective(double size, double base, double decay) {
        if (size <= base || decay == Double.POSITIVE_INFINITY) {
            return size;
        }
        return base - base * decay * Math.expm1(-(size / base - 1) / decay);
    }
}
