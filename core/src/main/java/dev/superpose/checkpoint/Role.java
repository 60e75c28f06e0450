package dev.superpose.checkpoint;

/// What a matrix does in its model.
public enum Role {
    /// Turns a state of the last layer into one logit per token: row i is the direction of token i.
    UNEMBEDDING,
    /// Gives each token its vector at the input.
    EMBEDDING,
    /// One vector per thing, with no model around it: word vectors, the W of a toy model.
    VECTORS
}
