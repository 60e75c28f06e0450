package dev.superpose.forecast;

/// One thing that can be said, and on what it rests.
///
/// @param basis on what
/// @param topic what it is about, such as `width`
/// @param sentence what is said, complete with its source where it is not this run's own
public record Statement(Basis basis, String topic, String sentence) {}
