package dev.superpose.published;

/// A published exponent alpha_m, loss ∝ m^-alpha_m, of the toy model.
///
/// @param setting what was trained; its width is the largest of those the line goes through
/// @param exponent minus the slope of ln loss on ln m
/// @param standardError of that slope, as published; NaN where none is
/// @param readingError how far the true published exponent may be from the one that was read
public record ToyExponent(ToySetting setting, double exponent, double standardError, double readingError) {}
