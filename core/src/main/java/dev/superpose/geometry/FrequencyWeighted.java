package dev.superpose.geometry;

/// What the overlaps are between rows as they are met in use: pairs weighted by p_i p_j, with p
/// the frequencies, normalised over the used rows.
///
/// @param meanSquare Σ_{i≠j} p_i p_j cos²_ij / Σ_{i≠j} p_i p_j: to be compared with the plain
///     mean square, which it equals for equal frequencies, and with 1/m; NaN if one row has all
///     the weight
/// @param ratio meanSquare over the plain mean square
/// @param interference Σ_{i≠j} p_i p_j cos²_ij, the squared overlap of two rows drawn by their
///     frequencies, where a row with itself counts nothing
/// @param effectiveRows 1 / Σp², how many equally frequent rows would be as concentrated
/// @param unseenRows used rows of frequency 0, which weigh nothing here
public record FrequencyWeighted(
        double meanSquare, double ratio, double interference, double effectiveRows, long unseenRows) {}
