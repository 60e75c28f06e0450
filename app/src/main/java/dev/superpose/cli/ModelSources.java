package dev.superpose.cli;

import dev.superpose.checkpoint.ModelPaths;
import dev.superpose.cli.Inspections.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which models the names of a command line stand for.
///
/// @param models in the order given, those of a folder sorted
/// @param failures the names that stand for none
record ModelSources(List<Model> models, List<Failure> failures) {
    private static final String NAMED_APART = "these models";

    ModelSources {
        models = List.copyOf(models);
        failures = List.copyOf(failures);
    }

    /// One model.
    ///
    /// @param folder the folder that makes it one of a family
    record Model(String folder, Path path) {}

    /// The models that `names` stand for. Models named one by one are one family; those found
    /// under one name, in a folder or by a pattern, are of the family of the folder that each
    /// lies in.
    static ModelSources of(List<String> names, ModelPaths paths) {
        Map<String, List<Path>> found = new LinkedHashMap<>();
        List<Failure> failures = new ArrayList<>();
        for (String name : names) {
            try {
                found.put(name, paths.models(name));
            } catch (IOException none) {
                failures.add(new Failure(name, none));
            }
        }
        List<Path> single = found.values().stream()
                .filter(each -> each.size() == 1)
                .map(List::getFirst)
                .toList();
        String together = single.size() == 1 ? ModelPaths.label(single.getFirst()) : commonGroup(single);
        List<Model> models = new ArrayList<>();
        found.values()
                .forEach(each -> each.forEach(
                        one -> models.add(new Model(each.size() == 1 ? together : ModelPaths.group(one), one))));
        return new ModelSources(models, failures);
    }

    private static String commonGroup(List<Path> paths) {
        List<String> groups = paths.stream().map(ModelPaths::group).distinct().toList();
        return groups.size() == 1 ? groups.getFirst() : NAMED_APART;
    }
}
