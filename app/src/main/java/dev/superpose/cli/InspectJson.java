package dev.superpose.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.superpose.geometry.Decay;
import dev.superpose.geometry.FrequencyWeighted;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.GeometryReport.Centered;
import dev.superpose.geometry.GeometryReport.Estimate;
import dev.superpose.geometry.GeometryReport.Excluded;
import dev.superpose.geometry.Isotropy;
import dev.superpose.geometry.RowNorms;
import dev.superpose.geometry.Spectrum;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `inspect --json` prints: one array, an element per matrix. The keys are a contract.
final class InspectJson {
    private InspectJson() {}

    /// The document of `inspections`.
    static String of(List<Inspection> inspections, InputHashes hashes) throws IOException {
        List<Matrix> matrices = new ArrayList<>();
        for (Inspection found : inspections) {
            matrices.add(matrix(found, hashes.addTo(found.provenance(), found.file())));
        }
        return Json.write(matrices);
    }

    /// @param rows the rows of the tensor
    /// @param rowsUsed the rows that were measured: those not excluded
    /// @param family what it was compared within
    /// @param measuredEarlier whether the numbers are of an earlier run, by the program
    /// and machine of the provenance
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
            Centered centered,
            Isotropy isotropy,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            FrequencyWeighted weighted,

            Directions spectrum,
            Directions centeredSpectrum,
            String regime,
            Computed arithmetic,
            List<String> notes,
            boolean measuredEarlier,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            TokenCompany near,

            Provenance provenance) {}

    private record RepresentedFraction(double absolute, double relative, double byMeanSquare) {}

    private record Overlap(
            double mean,
            double meanSquare,
            Mean meanAbs,
            Largest maxAbs,
            double welchMeanSquare,
            double randomMeanSquare,
            double meanSquareTimesWidth) {}

    private record Directions(double participationRatio, double effectiveRank, double stableRank, Decay decay) {
        static Directions of(Spectrum spectrum) {
            return new Directions(
                    spectrum.participationRatio(), spectrum.effectiveRank(), spectrum.stableRank(), spectrum.decay());
        }
    }

    private record Computed(String products, double relativeError) {}

    private record Mean(double value, String method, double standardError) {}

    private record Largest(double value, String method) {}

    private static Matrix matrix(Inspection found, Provenance provenance) {
        GeometryReport geometry = found.geometry();
        GeometryReport.Overlap overlap = geometry.overlap();
        Estimate meanAbs = overlap.meanAbs();
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
                        geometry.represented().byMeanSquare()),
                new Overlap(
                        overlap.mean(),
                        overlap.meanSquare(),
                        new Mean(meanAbs.value(), meanAbs.method().label(), meanAbs.standardError()),
                        new Largest(
                                overlap.maxAbs().value(),
                                overlap.maxAbs().method().label()),
                        overlap.welchMeanSquare(),
                        overlap.randomMeanSquare(),
                        overlap.meanSquareTimesWidth()),
                geometry.centered(),
                geometry.isotropy(),
                geometry.weighted().orElse(null),
                Directions.of(geometry.spectrum()),
                Directions.of(geometry.centeredSpectrum()),
                geometry.regime().label(),
                new Computed(
                        geometry.arithmetic().products().label(),
                        geometry.arithmetic().relativeError()),
                found.notes(),
                found.takenUp(),
                found.company().orElse(null),
                provenance);
    }
}
