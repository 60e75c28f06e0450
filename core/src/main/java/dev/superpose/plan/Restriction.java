package dev.superpose.plan;

/// What of a plan is settled beforehand.
public sealed interface Restriction {

    /// Nothing: N and D are chosen for the least loss.
    record None() implements Restriction {}

    /// N is given; D is what the budget pays for.
    ///
    /// @param parameters N
    record FixedParameters(double parameters) implements Restriction {
        public FixedParameters {
            check("N", parameters);
        }
    }

    /// D is given; N is what the budget pays for.
    ///
    /// @param tokens D
    record FixedTokens(double tokens) implements Restriction {
        public FixedTokens {
            check("D", tokens);
        }
    }

    /// D over N is given, such as the 20 that Hoffmann et al. 2022 are remembered for.
    ///
    /// @param ratio D / N
    record FixedRatio(double ratio) implements Restriction {
        public FixedRatio {
            check("D/N", ratio);
        }
    }

    private static void check(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s must be positive and finite, is %s".formatted(what, value));
        }
    }
}
