package dev.superpose.plan;

/// The dimensions of a decoder-only transformer as real numbers: the formulas for parameters and
/// operations, which a shape that can be built ([TransformerShape]) and a continuous family of
/// shapes ([ShapeFamily]) share.
///
/// @param width d, of the residual stream
/// @param depth layers
/// @param queries heads times head size
/// @param keyValues heads of keys times head size; equal to `queries` unless grouped
/// @param feedForward f, hidden units of the feed-forward layer
/// @param vocabulary V, rows of the embedding
/// @param context T, tokens
/// @param style what the blocks are made of
record Dimensions(
        double width,
        double depth,
        double queries,
        double keyValues,
        double feedForward,
        double vocabulary,
        double context,
        BlockStyle style) {

    /// Weights that multiply a token in all blocks: attention's 2 d (q + k) and feed-forward's 2 or
    /// 3 matrices d f.
    double blockMatrices() {
        double attention = 2 * width * (queries + keyValues);
        double feedForwards = (style.gated() ? 3 : 2) * width * feedForward;
        return depth * (attention + feedForwards);
    }

    double blockVectors() {
        double biases = style.biases() ? queries + 2 * keyValues + width + feedForwardBiases() : 0;
        return depth * (2 * norm() + biases) + norm();
    }

    double embeddings() {
        return vocabulary * width + (style.learnedPositions() ? context * width : 0);
    }

    double unembedding() {
        return style.tied() ? 0 : vocabulary * width;
    }

    double parameters(ParameterCount counting) {
        double blocks = blockMatrices() + blockVectors();
        return switch (counting) {
            case ALL -> blocks + embeddings() + unembedding();
            case WITHOUT_EMBEDDINGS -> blocks;
        };
    }

    /// Forward pass per token: 2 for every weight of a matrix, the head's 2 d V, and attention's
    /// scores and sums, 4 q for every token that is looked at. Looking an embedding up is free.
    double forwardFlops(AttentionFlops attention) {
        double seen = switch (attention) {
            case FULL -> context;
            case CAUSAL -> (context + 1) / 2;
        };
        return 2 * blockMatrices() + 2 * width * vocabulary + 4 * queries * seen * depth;
    }

    private double norm() {
        return style.biases() ? 2 * width : width;
    }

    private double feedForwardBiases() {
        return (style.gated() ? 2 : 1) * feedForward + width;
    }
}
