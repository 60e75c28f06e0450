package dev.superpose.forecast;

import dev.superpose.result.Table;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Repetition;
import java.util.ArrayList;
import java.util.List;

/// What can be said, and what cannot, of the ends of the laws of data and depth.
public final class OtherLimits {
    /// Up to so many epochs repeated tokens are nearly as good as new ones (the same paper).
    private static final double FREE_EPOCHS = 4;

    private OtherLimits() {}

    /// What repeated tokens are worth as new ones, by the published constants of [Repetition].
    ///
    /// @param tokens D, positive
    /// @param unique U, positive
    public static double effectiveTokens(double tokens, double unique) {
        if (!(tokens > 0) || !(unique > 0)) {
            throw new IllegalArgumentException("tokens are positive, not %s and %s".formatted(tokens, unique));
        }
        return Repetition.PUBLISHED.effectiveTokens(tokens, unique);
    }

    /// Of data, given D and, where known, U.
    public static List<Statement> data(Sizes at) {
        if (!at.has(Quantity.TOKENS) || !at.has(Quantity.UNIQUE_TOKENS)) {
            return List.of(
                    new Statement(
                            Basis.THEORY,
                            "data",
                            "no limit follows from the law of data itself: it falls to its floor with new tokens; how many there are must be told (U) to say where it ends"));
        }
        double tokens = at.get(Quantity.TOKENS);
        double unique = at.get(Quantity.UNIQUE_TOKENS);
        var statements = new ArrayList<Statement>();
        statements.add(new Statement(
                Basis.LAW,
                "data",
                "%s tokens are %s epochs of %s unique ones and worth %s new tokens; up to %s epochs repetition is nearly free (Muennighoff et al. 2023)"
                        .formatted(
                                Table.brief(tokens),
                                Table.brief(tokens / unique),
                                Table.brief(unique),
                                Table.brief(effectiveTokens(tokens, unique)),
                                Table.brief(FREE_EPOCHS))));
        statements.add(new Statement(
                Basis.LAW,
                "data",
                "however often they are repeated, %s unique tokens are never worth more than %s new ones (Muennighoff et al. 2023)"
                        .formatted(Table.brief(unique), Table.brief(unique * (1 + Repetition.PUBLISHED.tokens())))));
        return List.copyOf(statements);
    }

    /// Of depth.
    public static List<Statement> depth() {
        return List.of(
                new Statement(
                        Basis.THEORY,
                        "depth",
                        "no theory says where a law of depth ends: its 1/l is that of layers that average (Liu, Kangaslahti, Liu and Gore 2026), and in most series depth grows with width, so the two are hardly told apart"));
    }
}
