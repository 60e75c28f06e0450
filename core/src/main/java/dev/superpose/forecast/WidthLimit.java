package dev.superpose.forecast;

import dev.superpose.result.Table;
import java.util.ArrayList;
import java.util.List;

/// Where a law of width must end, from theory. `features` unit vectors in `width` dimensions have a
/// mean squared overlap of at least
///
///     kappa² = (n - m) / (m (n - 1))
///
/// (Welch 1974, IEEE Trans. Inf. Theory 20, 397, in the form for the mean of squares over pairs),
/// which the best packings reach. That is 1/m far below m = n, the law of strong superposition
/// (Liu, Liu and Gore 2025, arXiv 2505.10465), and 0 at m = n, where the vectors can stand at right
/// angles: from there on no interference is left for width to remove.
///
/// @param features n, how many things are to be represented: the vocabulary for tokens, at least 2
/// @param what they are, such as `tokens of the vocabulary`
public record WidthLimit(double features, String what) {

    public WidthLimit {
        if (!(features >= 2 && features < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("at least 2 features are packed, not " + features);
        }
    }

    /// The least mean squared overlap at `width`; 0 from `width` = n on.
    public double overlap(double width) {
        return width >= features ? 0 : (features - width) / (checked(width) * (features - 1));
    }

    /// The same over 1/m, that is how much of the law's interference is left at `width`.
    public double left(double width) {
        return checked(width) * overlap(width);
    }

    /// -d ln kappa² / d ln m = n / (n - m): the local exponent, 1 far below the limit; infinite
    /// from n on.
    public double localExponent(double width) {
        return width >= features ? Double.POSITIVE_INFINITY : features / (features - checked(width));
    }

    /// The width at which the local exponent is larger than 1 by the share `more`: n more / (1 +
    /// more).
    public double departure(double more) {
        if (!(more > 0)) {
            throw new IllegalArgumentException("an excess is positive, not " + more);
        }
        return features * more / (1 + more);
    }

    private static double checked(double width) {
        if (!(width > 0)) {
            throw new IllegalArgumentException("a width is positive, not " + width);
        }
        return width;
    }

    /// What theory says of a model of this width.
    public List<Statement> statements(double width) {
        String n = Table.brief(features);
        var statements = new ArrayList<Statement>();
        statements.add(theory(
                "a law of interference L ~ 1/m must end at m = %s, the number of %s: so many vectors can then be orthogonal (Welch's bound is 0); later, if there are more independent things to represent than that (Liu, Liu and Gore 2025)"
                        .formatted(n, what)));
        if (width >= features) {
            statements.add(theory("at width %s all %s %s fit at right angles: what loss is left is not interference"
                    .formatted(Table.brief(width), n, what)));
        } else {
            statements.add(theory(
                    "at width %s, m/n = %s, the best packing still has %s %% of the interference 1/m; its local exponent is %s instead of 1"
                            .formatted(
                                    Table.brief(width),
                                    Table.brief(width / features),
                                    Table.brief(Math.rint(1e4 * left(width)) / 100),
                                    Table.brief(localExponent(width)))));
            statements.add(theory("the exponent is 10 %% larger at m = %s and twice as large at m = %s"
                    .formatted(Table.brief(Math.rint(departure(0.1))), Table.brief(Math.rint(departure(1))))));
        }
        return List.copyOf(statements);
    }

    private static Statement theory(String sentence) {
        return new Statement(Basis.THEORY, "width", sentence);
    }
}
