package dev.superpose.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.superpose.geometry.Decay;
import dev.superpose.geometry.Eigenvalues;
import dev.superpose.geometry.FrequencyWeighted;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.GeometryReport.Estimate;
import dev.superpose.geometry.GeometryReport.Excluded;
import dev.superpose.geometry.Isotropy;
import dev.superpose.geometry.OverlapHistogram;
import dev.superpose.geometry.PairDistribution;
import dev.superpose.geometry.PairDistribution.Pair;
import dev.superpose.geometry.PairDistribution.Quantile;
import dev.superpose.geometry.RankInterference;
import dev.superpose.geometry.RowNorms;
import dev.superpose.geometry.Spectrum;
import dev.superpose.geometry.Verdict;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What `inspect --json` prints: one array, an element per matrix. The keys are a contract.
final class InspectJson {
    private InspectJson() {}

    /// The document of what was found.
    static String of(Inspections inspections, InputHashes hashes) throws IOException {
        List<Verdict> verdicts = inspections.verdicts();
        List<Matrix> matrices = new ArrayList<>();
        for (Inspection found : inspections.found()) {
            Provenance provenance = hashes.addTo(found.provenance(), found.file());
            matrices.add(matrix(found, verdicts.get(matrices.size()), provenance));
        }
        return Json.write(matrices);
    }

    /// @param rows the rows of the tensor
    /// @param rowsUsed the rows that were measured: those not excluded
    /// @param family what it was compared within
    /// @param measuredEarlier whether the numbers are of an earlier run, by the program
    /// and machine of the provenance
    /// @param weighted only where frequencies were given, as is interferenceByRank
    /// @param near only where a token's neighbours were asked for
    private record Matrix(
            String model,
            String file,
            String tensor,
            String role,
            boolean tied,
            String family,
            long rows,
            long rowsUsed,
            int width,
            String dtype,
            Excluded excluded,
            RowNorms norm,
            RepresentedFraction representedFraction,
            Overlap overlap,
            Pairs pairs,
            Centered centered,
            Isotropy isotropy,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            FrequencyWeighted weighted,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RankInterference> interferenceByRank,

            Directions spectrum,
            Directions centeredSpectrum,
            String regime,
            Verdict verdict,
            Computed arithmetic,
            List<String> notes,
            boolean measuredEarlier,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            TokenCompany near,

            Provenance provenance) {}

    private record RepresentedFraction(double absolute, double relative, double byMeanSquare, double aboveOne) {}

    private record Overlap(
            double mean,
            double meanSquare,
            Mean meanAbs,
            Largest maxAbs,
            double welchMeanSquare,
            double randomMeanSquare,
            double meanSquareTimesWidth) {}

    private record Centered(double mean, double meanSquare, String method) {
        static Centered of(GeometryReport.Centered centered) {
            return new Centered(
                    centered.mean(), centered.meanSquare(), centered.method().label());
        }
    }

    /// @param histogram counts of overlaps in 64 bins of equal width from -1 to 1
    private record Pairs(
            String method,
            long rowsDrawn,
            long overlaps,
            Mean varianceOfSquare,
            double varianceRatio,
            @Nullable Pair largest,
            List<Quantile> quantiles,
            List<Long> histogram) {
        private static final int GROUPED = OverlapHistogram.BINS / 64;

        static Pairs of(PairDistribution pairs) {
            return new Pairs(
                    pairs.method().label(),
                    pairs.rowsDrawn(),
                    pairs.overlaps(),
                    Mean.of(pairs.varianceOfSquare()),
                    pairs.varianceRatio(),
                    pairs.largest().orElse(null),
                    pairs.quantiles(),
                    IntStream.range(0, OverlapHistogram.BINS / GROUPED)
                            .mapToObj(bin -> count(pairs.histogram(), bin))
                            .toList());
        }

        private static long count(OverlapHistogram histogram, int bin) {
            return histogram.counts().subList(bin * GROUPED, (bin + 1) * GROUPED).stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /// @param eigenvalues the largest ten, then some at even ratios of their ranks
    private record Directions(
            double participationRatio, double effectiveRank, double stableRank, Decay decay, List<Ranked> eigenvalues) {
        private static final double STEP = 1.1;

        static Directions of(Spectrum spectrum) {
            List<Ranked> eigenvalues = new ArrayList<>();
            Eigenvalues all = spectrum.eigenvalues();
            for (int rank = 1; rank <= all.count(); rank = Math.max(rank + 1, (int) (rank * STEP))) {
                eigenvalues.add(new Ranked(rank, all.at(rank)));
            }
            return new Directions(
                    spectrum.participationRatio(),
                    spectrum.effectiveRank(),
                    spectrum.stableRank(),
                    spectrum.decay(),
                    eigenvalues);
        }
    }

    private record Ranked(int rank, double value) {}

    private record Computed(String products, double relativeError) {}

    private record Mean(double value, String method, double standardError) {
        static Mean of(Estimate estimate) {
            return new Mean(estimate.value(), estimate.method().label(), estimate.standardError());
        }
    }

    private record Largest(double value, String method) {}

    private static Matrix matrix(Inspection found, Verdict verdict, Provenance provenance) {
        GeometryReport geometry = found.geometry();
        GeometryReport.Overlap overlap = geometry.overlap();
        return new Matrix(
                found.model(),
                found.file().toString(),
                found.tensor(),
                found.roleName(),
                found.tied(),
                found.family(),
                geometry.rows(),
                geometry.used(),
                geometry.width(),
                found.dtype(),
                geometry.excluded(),
                geometry.norm(),
                new RepresentedFraction(
                        geometry.represented().absolute(),
                        geometry.represented().relative(),
                        geometry.represented().byMeanSquare(),
                        geometry.represented().aboveOne()),
                new Overlap(
                        overlap.mean(),
                        overlap.meanSquare(),
                        Mean.of(overlap.meanAbs()),
                        new Largest(
                                overlap.maxAbs().value(),
                                overlap.maxAbs().method().label()),
                        overlap.welchMeanSquare(),
                        overlap.randomMeanSquare(),
                        overlap.meanSquareTimesWidth()),
                Pairs.of(geometry.pairs()),
                Centered.of(geometry.centered()),
                geometry.isotropy(),
                geometry.weighted().orElse(null),
                found.ranks(),
                Directions.of(geometry.spectrum()),
                Directions.of(geometry.centeredSpectrum()),
                geometry.regime().label(),
                verdict,
                new Computed(
                        geometry.arithmetic().products().label(),
                        geometry.arithmetic().relativeError()),
                found.notes(),
                found.takenUp(),
                found.company().orElse(null),
                provenance);
    }
}
