package dev.superpose.geometry;

/// The overlaps (cosines) ŵ_i · ŵ_j of all unordered pairs i < j of rows. All but `pairs` are NaN if
/// there is no pair.
///
/// @param pairs how many pairs there are
/// @param mean the mean overlap, with its sign
/// @param meanSquare the mean squared overlap
/// @param varianceOfSquare the variance of the squared overlap over the pairs (divisor pairs)
/// @param meanAbs the mean |overlap|
/// @param maxAbs the largest |overlap|
public record PairOverlaps(
        long pairs, double mean, double meanSquare, double varianceOfSquare, double meanAbs, double maxAbs) {}
