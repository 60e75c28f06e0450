package dev.superpose.scaling;

/// The forms of law that can be fitted.
public enum LawForm {
    /// [Law.Power]
    POWER("power", 2),
    /// [Law.PowerWithFloor]
    POWER_WITH_FLOOR("power-floor", 3);

    private final String word;
    private final int parameters;

    LawForm(String word, int parameters) {
        this.word = word;
        this.parameters = parameters;
    }

    /// The name on the command line and in files, such as `power-floor`.
    public String word() {
        return word;
    }

    /// The number of free parameters.
    public int parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return word;
    }
}
