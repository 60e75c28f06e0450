package dev.superpose.cli;

import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.geometry.Geometry;
import dev.superpose.numeric.Seed;
import dev.superpose.result.Provenance;
import dev.superpose.store.FileMark;
import dev.superpose.store.GeometryRecords;
import dev.superpose.store.GeometryRecords.Measured;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/// How matrices are measured, and where what was measured is kept.
///
/// @param pairs which pairs are looked at
/// @param seed of their sample
/// @param records where results are kept; empty to keep none
record Measuring(Geometry.Pairs pairs, Seed seed, Optional<GeometryRecords> records) {

    /// @param takenUp whether it was measured in an earlier run
    record Result(Measured measured, boolean takenUp) {}

    /// What is to be known of `matrix`, now measured or taken up from an earlier run.
    ///
    /// @param paddingFrom the first row that is left out as padding
    /// @param progress told the share of the work done
    Result measure(PackedMatrix matrix, long paddingFrom, DoubleConsumer progress) throws IOException {
        if (records.isEmpty()) {
            return new Result(measured(matrix, paddingFrom, progress), false);
        }
        GeometryRecords.Matrix key = key(matrix, paddingFrom);
        Optional<Measured> earlier = records.get().find(key);
        if (earlier.isPresent()) {
            return new Result(earlier.get(), true);
        }
        Measured measured = measured(matrix, paddingFrom, progress);
        records.get().keep(key, measured);
        return new Result(measured, false);
    }

    private Measured measured(PackedMatrix matrix, long paddingFrom, DoubleConsumer progress) throws IOException {
        Geometry.Options options = Geometry.Options.standard()
                .withPaddingFrom(paddingFrom)
                .withPairs(pairs, seed)
                .withProgress(progress);
        return new Measured(
                Geometry.measure(matrix.rows(), options), Provenance.here().withSeed(seed.value()));
    }

    private GeometryRecords.Matrix key(PackedMatrix matrix, long paddingFrom) throws IOException {
        return new GeometryRecords.Matrix(
                FileMark.of(matrix.file()),
                matrix.tensor(),
                matrix.dtype(),
                matrix.rows().rows(),
                matrix.rows().width(),
                paddingFrom,
                pairs.name().toLowerCase(Locale.ROOT),
                seed.value(),
                "");
    }
}
