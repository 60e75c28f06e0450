package dev.superpose.cli;

import dev.superpose.report.ModelMatrix;
import dev.superpose.result.InputException;
import dev.superpose.result.Provenance;
import dev.superpose.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The real models a study shows beside its own.
///
/// @param matrices what was measured on them
/// @param provenance of the study's report: its inputs and the models' files
record SampleModels(List<ModelMatrix> matrices, Provenance provenance) {

    SampleModels {
        matrices = List.copyOf(matrices);
    }

    /// Measures the study's samples.
    ///
    /// @param optional whether a missing sample is only told of: those of the built-in study may
    ///     not be installed
    /// @throws InputException if a sample is missing or cannot be read
    static SampleModels of(Study study, boolean optional, ProgressLine progress, Consumer<String> notes)
            throws IOException {
        var present = new ArrayList<Path>();
        for (Path sample : study.samples()) {
            if (Files.exists(sample)) {
                present.add(sample);
            } else if (optional) {
                notes.accept("%s is not there; the report shows no real models of it".formatted(sample));
            } else {
                throw new InputException(sample, "", "a model named under samples", "no such file", "");
            }
        }
        var provenance = Provenance.here();
        for (var input : study.inputs().entrySet()) {
            provenance = provenance.withInput(input.getKey(), input.getValue());
        }
        if (present.isEmpty()) {
            return new SampleModels(List.of(), provenance);
        }
        var inspections = Inspector.standard(progress)
                .inspect(present.stream().map(Path::toString).toList())
                .whole();
        for (Path file :
                inspections.found().stream().map(Inspection::file).distinct().toList()) {
            provenance = provenance.withInput(file);
        }
        return new SampleModels(inspections.forReport(), provenance);
    }
}
