package dev.superpose.cli;

import java.io.IOException;
import java.util.List;

/// What came of inspecting some models.
///
/// @param found a matrix each, model by model
/// @param failures the models that could not be read or measured, or only in part
record Inspections(List<Inspection> found, List<Failure> failures) {
    Inspections {
        found = List.copyOf(found);
        failures = List.copyOf(failures);
    }

    /// A model of which a matrix is missing.
    ///
    /// @param name the model's place, or the name that stands for none
    /// @param cause why, in one line that names the file
    record Failure(String name, IOException cause) {}

    /// What was found, where all of it is needed.
    ///
    /// @throws IOException the first failure
    List<Inspection> whole() throws IOException {
        if (!failures.isEmpty()) {
            throw failures.getFirst().cause();
        }
        return found;
    }

    /// How many matrices were not measured now but taken from an earlier run.
    long takenUp() {
        return found.stream().filter(Inspection::takenUp).count();
    }
}
