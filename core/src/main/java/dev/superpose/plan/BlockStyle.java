package dev.superpose.plan;

/// What the blocks of a transformer are made of.
///
/// @param gated whether the feed-forward layer has a gate, thus three matrices (Shazeer 2020, GLU
/// Variants)
/// @param biases whether matrices and norms have biases
/// @param learnedPositions whether positions have an embedding
/// @param tied whether the unembedding is the embedding
public record BlockStyle(boolean gated, boolean biases, boolean learnedPositions, boolean tied) {
    /// As in GPT-2: plain, with biases, learned positions, tied.
    public static final BlockStyle GPT2 = new BlockStyle(false, true, true, true);

    /// As in Llama: gated, without biases, rotary positions, untied.
    public static final BlockStyle LLAMA = new BlockStyle(true, false, false, false);
}
