package dev.superpose.geometry;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/// One row of a matrix among the others.
///
/// @param row its number
/// @param state whether it is measured; of a row that is not used only `norm` and `paddingCosine`
///     may be known, the rest is empty or NaN
/// @param norm Euclidean; NaN if the row is not finite
/// @param normDeviation ln norm less its median over the used rows, in units of 1.4826 times the
///     median of such distances (which is the standard deviation of normal numbers); NaN where
///     half the rows have the same norm
/// @param sameAs the first row that equals this one bit for bit, if that is another
/// @param paddingCosine cosine with the mean of the rows known to be untrained, both less the
///     mean used row; NaN where there are too few ([UnderTraining])
/// @param suspicions why the row may never have been trained
/// @param nearest the rows of largest cosine with it, the nearest first; empty if not asked for
/// @param largestOverlap the largest |cosine| with any other used row; NaN if not asked for
public record RowProfile(
        long row,
        State state,
        double norm,
        double normDeviation,
        OptionalLong sameAs,
        double paddingCosine,
        Set<UnderTraining.Reason> suspicions,
        List<Near> nearest,
        double largestOverlap) {
    public RowProfile {
        suspicions = Set.copyOf(suspicions);
        nearest = List.copyOf(nearest);
    }

    /// What a row is to a measurement.
    public enum State {
        /// It has a direction and is measured.
        USED,
        /// It stands for no token.
        PADDING,
        /// It holds only zeros.
        ZERO,
        /// It holds NaN or an infinity.
        NONFINITE;

        /// The word for it in tables.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A near row.
    ///
    /// @param row its number
    /// @param cosine of the angle between them, good to about 1e-7 · √m
    public record Near(long row, double cosine) {}
}
