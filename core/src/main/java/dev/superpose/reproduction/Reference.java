package dev.superpose.reproduction;

/// What ours is compared with.
///
/// @param value as published, or as claimed
/// @param standardError as published; NaN where none is
/// @param readingError how far the true published value may be from the one that was read off
/// a figure
public record Reference(double value, double standardError, double readingError) {
    /// A value the paper states in words.
    public static Reference claimed(double value) {
        return new Reference(value, Double.NaN, 0);
    }

    /// The error that is known of it: both kinds together; 0 where neither is.
    double error() {
        return Math.hypot(Double.isNaN(standardError) ? 0 : standardError, readingError);
    }
}
