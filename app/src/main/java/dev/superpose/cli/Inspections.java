package dev.superpose.cli;

import dev.superpose.checkpoint.Role;
import dev.superpose.geometry.Verdict;
import dev.superpose.geometry.WidthTrend;
import dev.superpose.report.ModelMatrix;
import dev.superpose.stat.RankFrequency.PowerLaw;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What came of inspecting some models.
///
/// @param found a matrix each, model by model
/// @param failures the models that could not be read or measured, or only in part
/// @param law how the frequencies of the tokens fall with rank, where they are known
record Inspections(List<Inspection> found, List<Failure> failures, Optional<PowerLaw> law) {
    Inspections {
        found = List.copyOf(found);
        failures = List.copyOf(failures);
    }

    /// A model of which a matrix is missing.
    ///
    /// @param name the model's place, or the name that stands for none
    /// @param cause why, in one line that names the file
    record Failure(String name, IOException cause) {}

    /// The same, where all of it is needed.
    ///
    /// @throws IOException the first failure
    Inspections whole() throws IOException {
        if (!failures.isEmpty()) {
            throw failures.getFirst().cause();
        }
        return this;
    }

    /// The matrices that are compared with each other: of one family and one role.
    Map<Family, List<Inspection>> families() {
        Map<Family, List<Inspection>> families = new LinkedHashMap<>();
        for (Inspection each : found) {
            families.computeIfAbsent(Family.of(each), _ -> new ArrayList<>()).add(each);
        }
        return families;
    }

    /// A family, and the part its matrices play in their models.
    record Family(String name, Role role) {
        static Family of(Inspection inspection) {
            return new Family(inspection.family(), inspection.role());
        }
    }

    /// What the measures of each matrix mean, by its family where that has a trend; in
    /// the order of the matrices.
    List<Verdict> verdicts() {
        Map<Family, Optional<WidthTrend>> trends = new HashMap<>();
        families()
                .forEach((family, members) -> trends.put(
                        family,
                        WidthTrend.of(
                                members.stream().map(Inspection::geometry).toList(),
                                geometry -> geometry.overlap().meanSquare())));
        return found.stream()
                .map(each -> Verdict.of(
                        each.geometry(),
                        new Verdict.Context(trends.getOrDefault(Family.of(each), Optional.empty()), each.ranks(), law)))
                .toList();
    }

    /// All that was found, in the words of a report.
    List<ModelMatrix> forReport() {
        List<Verdict> verdicts = verdicts();
        return IntStream.range(0, found.size())
                .mapToObj(k -> found.get(k).forReport(verdicts.get(k)))
                .toList();
    }

    /// How many matrices were not measured now but taken from an earlier run.
    long takenUp() {
        return found.stream().filter(Inspection::takenUp).count();
    }
}
