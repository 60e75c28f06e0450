package dev.superpose.cli;

import dev.superpose.checkpoint.Frequencies;
import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.geometry.Geometry;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.RankInterference;
import dev.superpose.geometry.RowInterference;
import dev.superpose.numeric.Seed;
import dev.superpose.result.Provenance;
import dev.superpose.result.Sha256;
import dev.superpose.stat.RankFrequency;
import dev.superpose.stat.RankFrequency.PowerLaw;
import dev.superpose.store.FileMark;
import dev.superpose.store.GeometryRecords;
import dev.superpose.store.GeometryRecords.Measured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.LongToDoubleFunction;

/// How matrices are measured, and where what was measured is kept.
///
/// @param pairs which pairs are looked at
/// @param centered whether overlaps of centred rows are measured
/// @param seed of their sample
/// @param frequencies of the tokens, where they are known
/// @param records where results are kept; empty to keep none
record Measuring(
        Geometry.Pairs pairs,
        boolean centered,
        Seed seed,
        Optional<Frequencies> frequencies,
        Optional<GeometryRecords> records) {

    /// @param takenUp whether it was measured in an earlier run
    /// @param notes what a reader should know besides the matrix's own notes
    record Result(Measured measured, boolean takenUp, List<String> notes) {
        Result {
            notes = List.copyOf(notes);
        }
    }

    /// How the frequencies fall with rank; empty where they are not known, or three tokens do not
    /// occur.
    Optional<PowerLaw> law() {
        return frequencies
                .map(known -> RankFrequency.of(known.values()))
                .filter(ranked -> ranked.distinct() > 2)
                .map(ranked -> ranked.fit(RankFrequency.Method.LOG_UNIFORM));
    }

    /// What is to be known of `matrix`, now measured or taken up from an earlier run.
    ///
    /// @param paddingFrom the first row that is left out as padding
    /// @param progress told the share of the work done
    Result measure(PackedMatrix matrix, long paddingFrom, DoubleConsumer progress) throws IOException {
        List<String> notes = new ArrayList<>();
        double[] weights = frequencies.isPresent() ? frequencies.get().of(matrix, notes) : new double[0];
        if (records.isEmpty()) {
            return new Result(measured(matrix, weights, paddingFrom, progress), false, notes);
        }
        GeometryRecords.Matrix key = key(matrix, weights, paddingFrom);
        Optional<Measured> earlier = records.get().find(key);
        if (earlier.isPresent()) {
            return new Result(earlier.get(), true, notes);
        }
        Measured measured = measured(matrix, weights, paddingFrom, progress);
        if (FileMark.of(matrix.file()).equals(key.file())) {
            records.get().keep(key, measured);
        } else {
            notes.add("the file changed while it was measured: the numbers may be of neither state, and are not kept");
        }
        return new Result(measured, false, notes);
    }

    private Measured measured(PackedMatrix matrix, double[] weights, long paddingFrom, DoubleConsumer progress)
            throws IOException {
        Geometry.Options options = Geometry.Options.standard()
                .withPaddingFrom(paddingFrom)
                .withPairs(pairs, seed)
                .withCentered(centered);
        Provenance provenance = Provenance.here().withSeed(seed.value());
        if (weights.length == 0) {
            return new Measured(Geometry.measure(matrix.rows(), options.withProgress(progress)), List.of(), provenance);
        }
        LongToDoubleFunction frequency = row -> weights[Math.toIntExact(row)];
        Geometry.Options weighted = options.withFrequencies(frequency);
        GeometryReport geometry =
                Geometry.measure(matrix.rows(), weighted.withProgress(share -> progress.accept(share / 2)));
        RowInterference rows = RowInterference.measure(
                matrix.rows(), weighted.withProgress(share -> progress.accept((1 + share) / 2)));
        return new Measured(geometry, RankInterference.of(rows, frequency), provenance);
    }

    private GeometryRecords.Matrix key(PackedMatrix matrix, double[] weights, long paddingFrom) throws IOException {
        return new GeometryRecords.Matrix(
                FileMark.of(matrix.file()),
                matrix.tensor(),
                matrix.dtype(),
                matrix.rows().rows(),
                matrix.rows().width(),
                paddingFrom,
                pairs.name().toLowerCase(Locale.ROOT),
                centered,
                seed.value(),
                weights.length == 0 ? "" : Sha256.of(Arrays.toString(weights)));
    }
}
