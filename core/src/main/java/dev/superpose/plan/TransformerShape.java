package dev.superpose.plan;

/// A decoder-only transformer that can be built.
///
/// @param width d, of the residual stream
/// @param depth layers
/// @param heads of queries
/// @param keyValueHeads of keys and values; a divisor of `heads`
/// @param headSize of each head
/// @param feedForward hidden units of the feed-forward layer
/// @param vocabulary rows of the embedding
/// @param context tokens
/// @param style what the blocks are made of
public record TransformerShape(
        long width,
        long depth,
        long heads,
        long keyValueHeads,
        long headSize,
        long feedForward,
        long vocabulary,
        long context,
        BlockStyle style) {

    public TransformerShape {
        check("width", width);
        check("depth", depth);
        check("heads", heads);
        check("key-value heads", keyValueHeads);
        check("head size", headSize);
        check("feed-forward width", feedForward);
        check("vocabulary", vocabulary);
        check("context", context);
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    "%d heads cannot share %d key-value heads evenly".formatted(heads, keyValueHeads));
        }
    }

    /// The number of parameters.
    public long parameters(ParameterCount counting) {
        return Math.round(dimensions().parameters(counting));
    }

    /// FLOPs of the forward pass per token, over a full context.
    public double forwardFlopsPerToken(AttentionFlops attention) {
        return dimensions().forwardFlops(attention);
    }

    /// FLOPs of training per token: the backward pass does twice the work of the forward pass.
    public double trainingFlopsPerToken(AttentionFlops attention) {
        return 3 * forwardFlopsPerToken(attention);
    }

    /// Training FLOPs over the usual 6 N, N all parameters.
    public double overSixN(AttentionFlops attention) {
        return trainingFlopsPerToken(attention) / (6.0 * parameters(ParameterCount.ALL));
    }

    /// Width over depth.
    public double aspect() {
        return (double) width / depth;
    }

    Dimensions dimensions() {
        return new Dimensions(
                width, depth, heads * headSize, keyValueHeads * headSize, feedForward, vocabulary, context, style);
    }

    private static void check(String what, long value) {
        // Products of three dimensions must stay exact in a double.
        if (value < 1 || value > 1L << 32) {
            throw new IllegalArgumentException("%s must lie in 1 .. 2^32, is %d".formatted(what, value));
        }
    }
}
