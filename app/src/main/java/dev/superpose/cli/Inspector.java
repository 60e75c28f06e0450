package dev.superpose.cli;

import dev.superpose.checkpoint.Checkpoint;
import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.checkpoint.Tokens;
import dev.superpose.geometry.Geometry;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.numeric.Seed;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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

    /// Every matrix of the models at `paths`; a folder of several models stands for all of them.
    ///
    /// @throws InputException if one of them cannot be read or holds nothing to measure
    List<Inspection> inspect(List<Path> paths) throws IOException {
        List<Inspection> found = new ArrayList<>();
        try {
            for (Source source : sources(paths)) {
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

    private static List<Source> sources(List<Path> paths) throws IOException {
        List<Path> single = new ArrayList<>();
        Map<Path, List<Path>> folders = new HashMap<>();
        for (Path path : paths) {
            List<Path> inside = Files.isDirectory(path) ? Checkpoint.find(path) : List.of();
            if (inside.isEmpty() || inside.equals(List.of(path))) {
                single.add(path);
            }
            folders.put(path, inside);
        }
        String together = single.size() == 1 ? name(single.getFirst()) : commonFolder(single);
        List<Source> sources = new ArrayList<>();
        for (Path path : paths) {
            if (single.contains(path)) {
                sources.add(new Source(together, path));
            } else {
                folders.getOrDefault(path, List.of())
                        .forEach(one -> sources.add(new Source(commonFolder(List.of(one)), one)));
            }
        }
        return sources;
    }

    private static String commonFolder(List<Path> paths) {
        List<Path> parents = paths.stream()
                .map(path -> path.toAbsolutePath().normalize().resolve("..").normalize())
                .distinct()
                .toList();
        return parents.size() == 1 ? name(parents.getFirst()) : "these models";
    }

    private static String name(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return whole.getFileName() == null
                ? whole.toString()
                : whole.getFileName().toString();
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
