package dev.superpose.reproduction;

/// A value of our own.
///
/// @param value the mean over seeds, or a fit through such means
/// @param standardError of `value`: of a fit, that of its slope; of a mean, by the scatter of its
///     seeds; NaN where one seed or two points tell none
/// @param scatter standard deviation from seed to seed; NaN for one seed
/// @param seeds how many trainings of each setting are behind it; 0 for one that needs no training
/// @param training how they were trained
public record Measured(double value, double standardError, double scatter, int seeds, Training training) {
    public Measured {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("a measured value is a number");
        }
    }

    /// A value that is computed from published numbers or from theory, with no training.
    public static Measured computed(double value, double standardError) {
        return new Measured(value, standardError, Double.NaN, 0, Training.NONE);
    }
}
