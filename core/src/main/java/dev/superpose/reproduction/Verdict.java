package dev.superpose.reproduction;

/// What comes of comparing our value with the published one.
public enum Verdict {
    /// They agree by the rule that was stated before.
    REPRODUCED("reproduced"),
    /// They do not.
    DIFFERS("differs"),
    /// There is no value of ours at the published setting, or the errors are too large to tell, or
    /// the published value is no measurement.
    CANNOT_TELL("cannot be told");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /// As a person reads it.
    public String words() {
        return words;
    }
}
