package dev.superpose.geometry;

import dev.superpose.geometry.GeometryReport.Centered;
import dev.superpose.geometry.GeometryReport.Excluded;
import java.util.Optional;

/// What Gram matrices tell of the rows of a matrix.
///
/// @param survey which rows are used, and their norms
/// @param excluded which are not
/// @param mean of the overlaps over pairs
/// @param meanSquare of their squares
/// @param centered both after the mean row was taken away
/// @param weighted by frequencies, where they are known
/// @param spectrum of Wᵀ W over the used rows
/// @param centeredSpectrum of Wᵀ W - n w̄ w̄ᵀ
record GramMeasures(
        RowSurvey survey,
        Excluded excluded,
        double mean,
        double meanSquare,
        Centered centered,
        Isotropy isotropy,
        Optional<FrequencyWeighted> weighted,
        Spectrum spectrum,
        Spectrum centeredSpectrum,
        Arithmetic arithmetic) {}
