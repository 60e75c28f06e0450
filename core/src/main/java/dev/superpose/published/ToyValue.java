package dev.superpose.published;

/// One published value of one training of the toy model.
///
/// @param setting what was trained
/// @param value as it was read
/// @param readingError how far the true published value may be from it
public record ToyValue(ToySetting setting, double value, double readingError) {}
