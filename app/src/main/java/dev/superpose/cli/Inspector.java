package dev.superpose.cli;

import dev.superpose.checkpoint.Checkpoint;
import dev.superpose.checkpoint.ModelPaths;
import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.checkpoint.Tokens;
import dev.superpose.geometry.Geometry;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.numeric.Seed;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Opens models and measures the matrices in them, one after the other.
final class Inspector {
    private static final int DEFAULT_COUNT = 10;

    private final Geometry.Pairs pairs;
    private final Seed seed;
    private final boolean allRows;
    private final Optional<String> near;
    private final int count;
    private final ProgressLine progress;
    private final ModelPaths models = ModelPaths.standard();
    private Optional<Tokens> someTokens = Optional.empty();

    /// @param allRows whether padding rows are measured too
    /// @param near the token whose neighbours are wanted
    /// @param count how many of them
    Inspector(
            Geometry.Pairs pairs, Seed seed, boolean allRows, Optional<String> near, int count, ProgressLine progress) {
        if (count < 1) {
            throw new IllegalArgumentException("--count must be at least 1, is " + count);
        }
        this.pairs = pairs;
        this.seed = seed;
        this.allRows = allRows;
        this.near = near;
        this.count = count;
        this.progress = progress;
    }

    /// As `inspect` measures when nothing else is asked for.
    static Inspector standard(ProgressLine progress) {
        return new Inspector(Geometry.Pairs.AUTO, new Seed(0), false, Optional.empty(), DEFAULT_COUNT, progress);
    }

    /// A model, and the family it belongs to.
    private record Source(String family, Path path) {}

    /// Every matrix of the models that `names` stand for, as [ModelPaths] says.
    ///
    /// @throws InputException if one of them cannot be read or holds nothing to measure
    List<Inspection> inspect(List<String> names) throws IOException {
        List<Inspection> found = new ArrayList<>();
        try {
            for (Source source : sources(names)) {
                try (Checkpoint checkpoint = Checkpoint.open(source.path())) {
                    for (PackedMatrix matrix : checkpoint.matrices()) {
                        found.add(inspect(source.family(), matrix));
                    }
                }
            }
        } finally {
            progress.clear();
        }
        if (near.isPresent() && found.stream().allMatch(each -> each.company().isEmpty())) {
            throw TokenCompany.unknown(near.get(), someTokens);
        }
        return found;
    }

    /// Models named one by one are one family; those found under one name, in a folder or by a
    /// pattern, are of the family of the folder that each lies in.
    private List<Source> sources(List<String> names) throws IOException {
        Map<String, List<Path>> found = new LinkedHashMap<>();
        for (String name : names) {
            found.put(name, models.models(name));
        }
        List<Path> single = found.values().stream()
                .filter(each -> each.size() == 1)
                .map(List::getFirst)
                .toList();
        String together = single.size() == 1 ? ModelPaths.label(single.getFirst()) : commonGroup(single);
        List<Source> sources = new ArrayList<>();
        found.values()
                .forEach(each -> each.forEach(
                        one -> sources.add(new Source(each.size() == 1 ? together : ModelPaths.group(one), one))));
        return sources;
    }

    private static String commonGroup(List<Path> paths) {
        List<String> groups = paths.stream().map(ModelPaths::group).distinct().toList();
        return groups.size() == 1 ? groups.getFirst() : "these models";
    }

    private Inspection inspect(String family, PackedMatrix matrix) throws IOException {
        String label = InputException.printable(matrix.model() + " " + matrix.tensor());
        long firstPadding = allRows ? matrix.rows().rows() : matrix.firstPaddingRow();
        Geometry.Options options = Geometry.Options.standard()
                .withPaddingFrom(firstPadding)
                .withPairs(pairs, seed)
                .withProgress(share -> progress.show(label, share));
        GeometryReport geometry;
        Optional<TokenCompany> company;
        try {
            geometry = Geometry.measure(matrix.rows(), options);
            company = near.isEmpty() ? Optional.empty() : TokenCompany.of(matrix, near.get(), count, options.padding());
        } catch (InputException e) {
            throw new InputException("%s: %s: %s".formatted(matrix.file(), matrix.tensor(), e.getMessage()));
        }
        someTokens = someTokens.or(matrix::tokens);
        return new Inspection(
                family,
                matrix.model(),
                matrix.file(),
                matrix.tensor(),
                matrix.role(),
                matrix.tied(),
                matrix.dtype(),
                geometry,
                matrix.notes(),
                company);
    }
}
