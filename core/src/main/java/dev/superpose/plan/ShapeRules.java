package dev.superpose.plan;

/// Which shapes can be built well.
///
/// @param family feed-forward ratio, groups of queries, vocabulary, context and style; its aspect
/// is the one preferred where the law does not choose between wide and deep
/// @param widthMultiple widths are multiples of it, such as 64 or 128 for tensor cores
/// @param headSize of every head; widths are multiples of it too
/// @param feedForwardMultiple hidden units of the feed-forward layer are rounded up to one
/// @param vocabularyMultiple the vocabulary is padded to one
/// @param lowAspect the least width over depth
/// @param highAspect the greatest
public record ShapeRules(
        ShapeFamily family,
        long widthMultiple,
        long headSize,
        long feedForwardMultiple,
        long vocabularyMultiple,
        double lowAspect,
        double highAspect) {

    public ShapeRules {
        for (long multiple : new long[] {widthMultiple, headSize, feedForwardMultiple, vocabularyMultiple}) {
            if (multiple < 1) {
                throw new IllegalArgumentException("multiples and head sizes must be at least 1, one is " + multiple);
            }
        }
        if (!(lowAspect > 0 && lowAspect <= highAspect)) {
            throw new IllegalArgumentException(
                    "width over depth cannot run from %s to %s".formatted(lowAspect, highAspect));
        }
    }

    /// Multiples of 128, and width over depth from 32 to 256: from GPT-2 XL (33) over Chinchilla
    /// (102), GPT-3 and Llama (128) to Gopher (205); within so much the loss hardly changes at
    /// equal N (Kaplan et al. 2020, figure 5).
    public static ShapeRules usual(ShapeFamily family) {
        return new ShapeRules(family, 128, 128, 256, 128, 32, 256);
    }

    /// The shape of `width`, a multiple of the width's step, and `depth`.
    TransformerShape shape(long width, long depth) {
        long heads = width / headSize;
        return new TransformerShape(
                width,
                depth,
                heads,
                keyValueHeads(heads),
                headSize,
                up(width * family.feedForwardRatio(), feedForwardMultiple),
                vocabulary(),
                Math.round(family.context()),
                family.style());
    }

    /// The vocabulary, padded.
    public long vocabulary() {
        return up(family.vocabulary(), vocabularyMultiple);
    }

    /// What widths are multiples of: the least common one of width multiple and head size.
    long widthStep() {
        long a = widthMultiple;
        long b = headSize;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return Math.multiplyExact(widthMultiple / a, headSize);
    }

    /// The largest divisor of `heads` that leaves groups at least as large as the family's.
    private long keyValueHeads(long heads) {
        long most = Math.max(1, (long) Math.floor(heads / family.queryGroups()));
        while (heads % most != 0) {
            most--;
        }
        return most;
    }

    private static long up(double value, long multiple) {
        // A ratio such as 8/3 must not push an exact multiple one further by rounding.
        return (long) Math.ceil(value / multiple - 1e-9) * multiple;
    }
}
