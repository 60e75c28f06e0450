package dev.superpose.runs;

/// Whether a model's unembedding is its embedding.
public enum Tying {
    /// One matrix serves as both: the vocabulary has V·m parameters.
    TIED,
    /// Two matrices: the vocabulary has 2·V·m parameters.
    UNTIED,
    /// Nothing is known.
    UNKNOWN;

    /// How many matrices of V·m parameters there are.
    ///
    /// @throws IllegalStateException if nothing is known
    int matrices() {
        return switch (this) {
            case TIED -> 1;
            case UNTIED -> 2;
            case UNKNOWN -> throw new IllegalStateException("whether the embeddings are tied is not known");
        };
    }
}
