package dev.superpose.plan;

/// Which parameters a law calls N.
public enum ParameterCount {
    /// All, embeddings included; a tied matrix once.
    ALL("all parameters"),
    /// Without embedding, positions and unembedding, as Kaplan et al. 2020 count.
    WITHOUT_EMBEDDINGS("parameters without embeddings");

    private final String words;

    ParameterCount(String words) {
        this.words = words;
    }

    /// In words.
    public String words() {
        return words;
    }
}
