package dev.superpose.reproduction;

import dev.superpose.result.InputException;
import dev.superpose.study.BuiltInStudies;
import dev.superpose.study.Grid;
import dev.superpose.study.JobResult;
import dev.superpose.study.Scale;
import dev.superpose.study.Study;
import dev.superpose.study.StudyFolder;
import dev.superpose.study.StudyResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The trainings that figures need: those of the built-in studies, each once however many ask
/// for it.
public final class NeededTrainings {
    private static final String NAME = "reproduce";

    private NeededTrainings() {}

    /// One study with all trainings that `figures` need at `scale`; empty if they need none.
    ///
    /// @param home the folder the program lies in
    public static Optional<Study> study(Collection<PaperFigure> figures, Scale scale, Path home) throws InputException {
        var grids = new ArrayList<Grid>();
        var inputs = new TreeMap<String, String>();
        for (String name : names(figures)) {
            var study = BuiltInStudies.study(name, Optional.of(scale), home);
            grids.addAll(study.grids());
            inputs.putAll(study.inputs());
        }
        return grids.isEmpty()
                ? Optional.empty()
                : Optional.of(new Study(NAME, Optional.of(scale), "", grids, List.of(), inputs));
    }

    private static List<String> names(Collection<PaperFigure> figures) {
        return figures.stream()
                .flatMap(figure -> figure.studies().stream())
                .distinct()
                .toList();
    }

    /// The finished trainings that belong to each of `figures`, of whatever scale: what a
    /// longer run has
    /// left in the folder is better evidence than what was asked for.
    ///
    /// @param damaged is told of every damaged record in one line
    public static Map<PaperFigure, List<JobResult>> found(
            Collection<PaperFigure> figures, StudyFolder folder, Path home, Consumer<String> damaged)
            throws IOException {
        var byStudy = new LinkedHashMap<String, List<JobResult>>();
        for (String name : names(figures)) {
            var results = new LinkedHashMap<String, JobResult>();
            for (Scale scale : BuiltInStudies.scales(name)) {
                var study = BuiltInStudies.study(name, Optional.of(scale), home);
                for (var result : StudyResults.load(study, folder, damaged).results()) {
                    results.put(result.job().id(), result);
                }
            }
            byStudy.put(name, List.copyOf(results.values()));
        }
        var byFigure = new LinkedHashMap<PaperFigure, List<JobResult>>();
        for (var figure : figures) {
            var results = new LinkedHashMap<String, JobResult>();
            for (String name : figure.studies()) {
                byStudy.getOrDefault(name, List.of())
                        .forEach(result -> results.put(result.job().id(), result));
            }
            byFigure.put(figure, List.copyOf(results.values()));
        }
        return byFigure;
    }
}
