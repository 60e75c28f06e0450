package dev.superpose.runs;

/// What a loss may be a law of. Every value is positive and is used through its logarithm.
public enum Quantity {
    /// N, all parameters, embeddings included.
    PARAMETERS("N", "parameters"),
    /// Parameters without those of the vocabulary (embedding and unembedding).
    NON_VOCABULARY_PARAMETERS("N_nv", "non-vocabulary parameters"),
    /// Parameters of the vocabulary: vocabulary times width, once if tied, else twice.
    VOCABULARY_PARAMETERS("N_v", "vocabulary parameters"),
    /// D, tokens trained on, repeated ones counted again.
    TOKENS("D", "tokens"),
    /// U, different tokens among them.
    UNIQUE_TOKENS("U", "unique tokens"),
    /// C, floating-point operations of the training.
    COMPUTE("C", "FLOPs"),
    /// m, the width (d_model, hidden size) of the residual stream.
    WIDTH("m", "width"),
    /// l, layers.
    DEPTH("l", "layers"),
    /// V, tokens in the vocabulary.
    VOCABULARY("V", "vocabulary");

    private final String symbol;
    private final String word;

    Quantity(String symbol, String word) {
        this.symbol = symbol;
        this.word = word;
    }

    /// How formulas write it, such as `N`.
    public String symbol() {
        return symbol;
    }

    /// What a person calls it, such as `parameters`.
    public String word() {
        return word;
    }
}
