package dev.superpose.reproduction;

import dev.superpose.result.InputException;
import dev.superpose.study.BuiltInStudies;
import dev.superpose.study.Grid;
import dev.superpose.study.JobResult;
import dev.superpose.study.Scale;
import dev.superpose.study.Study;
import dev.superpose.study.StudyFolder;
import dev.superpose.toy.ToyConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /// The finished trainings that belong to each of `figures`, of whatever scale and seed: what a
    /// longer run or one with more seeds has left in the folder is better evidence than what was
    /// asked for.
    ///
    /// @param damaged is told of every damaged record in one line
    public static Map<PaperFigure, List<JobResult>> found(
            Collection<PaperFigure> figures, StudyFolder folder, Path home, Consumer<String> damaged)
            throws IOException {
        List<JobResult> all = folder.results(damaged);
        var wanted = new HashMap<String, Set<ToyConfig>>();
        for (String name : names(figures)) {
            wanted.put(name, settings(name, home));
        }
        var byFigure = new LinkedHashMap<PaperFigure, List<JobResult>>();
        for (var figure : figures) {
            var settings = figure.studies().stream()
                    .map(name -> wanted.getOrDefault(name, Set.of()))
                    .toList();
            byFigure.put(
                    figure,
                    all.stream()
                            .filter(result -> {
                                var setting = anySeed(result.config());
                                return settings.stream().anyMatch(some -> some.contains(setting));
                            })
                            .toList());
        }
        return byFigure;
    }

    /// What the built-in study `name` trains, at whatever scale.
    private static Set<ToyConfig> settings(String name, Path home) throws InputException {
        var settings = new HashSet<ToyConfig>();
        for (Scale scale : BuiltInStudies.scales(name)) {
            for (var job : BuiltInStudies.study(name, Optional.of(scale), home).jobs()) {
                settings.add(anySeed(job.config()));
            }
        }
        return settings;
    }

    private static ToyConfig anySeed(ToyConfig config) {
        return config.withSeed(0);
    }
}
