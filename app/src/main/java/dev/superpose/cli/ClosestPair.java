package dev.superpose.cli;

import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.geometry.GeometryReport;
import java.util.Optional;

/// The two rows with the largest |cosine| of those looked at.
///
/// @param token what the lower row stands for, on one line
/// @param other what the higher one stands for
/// @param cosine of the angle between them
record ClosestPair(String token, String other, double cosine) {
    /// That of `matrix`, whose measurements are `geometry`; empty if there is no pair.
    static Optional<ClosestPair> of(GeometryReport geometry, PackedMatrix matrix) {
        return geometry.pairs()
                .largest()
                .map(pair -> new ClosestPair(
                        TokenText.escaped(TokenText.of(matrix, pair.row())),
                        TokenText.escaped(TokenText.of(matrix, pair.other())),
                        pair.cosine()));
    }
}
