package dev.superpose.plan;

/// Shapes of one look and any size, with width and depth real numbers: how FLOPs, width and depth
/// follow from N.
///
/// @param aspect width over depth
/// @param feedForwardRatio hidden units of the feed-forward layer over width
/// @param queryGroups heads that share one head of keys and values, at least 1
/// @param vocabulary rows of the embedding
/// @param context tokens
/// @param style what the blocks are made of
public record ShapeFamily(
        double aspect,
        double feedForwardRatio,
        double queryGroups,
        double vocabulary,
        double context,
        BlockStyle style) {
    private static final double LEAST_WIDTH = 1e-9;
    private static final double MOST_WIDTH = 1e18;

    public ShapeFamily {
        check("aspect", aspect);
        check("feed-forward ratio", feedForwardRatio);
        check("vocabulary", vocabulary);
        check("context", context);
        if (!(queryGroups >= 1)) {
            throw new IllegalArgumentException("at least 1 head shares its keys, not " + queryGroups);
        }
    }

    /// Like Llama 2 (Touvron et al. 2023): width 128 times depth, gated, every head with its own
    /// keys.
    public static ShapeFamily llama(double vocabulary, double context) {
        return new ShapeFamily(128, 8.0 / 3, 1, vocabulary, context, BlockStyle.LLAMA);
    }

    /// Like GPT-2 (Radford et al. 2019) in its blocks, at the aspect of its smallest model, 768
    /// over 12.
    public static ShapeFamily gpt2(double vocabulary, double context) {
        return new ShapeFamily(64, 4, 1, vocabulary, context, BlockStyle.GPT2);
    }

    /// The width at which a shape of this family has `parameters`.
    ///
    /// @throws IllegalArgumentException if none has
    public double width(double parameters, ParameterCount counting) {
        check("parameters", parameters);
        double log = Search.root(
                x -> Math.log(at(Math.exp(x)).parameters(counting) / parameters),
                Math.log(LEAST_WIDTH),
                Math.log(MOST_WIDTH));
        if (Double.isNaN(log)) {
            throw new IllegalArgumentException("no shape of the family has %s parameters".formatted(parameters));
        }
        return Math.exp(log);
    }

    /// The depth that belongs to `width`.
    public double depth(double width) {
        return width / aspect;
    }

    Dimensions at(double width) {
        return new Dimensions(
                width, depth(width), width, width / queryGroups, width * feedForwardRatio, vocabulary, context, style);
    }

    private static void check(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s must be positive and finite, is %s".formatted(what, value));
        }
    }
}
