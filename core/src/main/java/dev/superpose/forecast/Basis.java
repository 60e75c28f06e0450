package dev.superpose.forecast;

/// On what a statement rests, so that a reader can tell a measurement from a belief.
public enum Basis {
    /// It was measured.
    MEASURED("measured"),
    /// A fitted or published law says so, which may fail outside the runs it was fitted to.
    LAW("law"),
    /// A derivation says so, under its assumptions.
    THEORY("theory");

    private final String word;

    Basis(String word) {
        this.word = word;
    }

    /// In one word.
    public String word() {
        return word;
    }
}
