package dev.superpose.cli;

import dev.superpose.checkpoint.Checkpoint;
import dev.superpose.checkpoint.ModelPaths;
import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.checkpoint.Tokens;
import dev.superpose.cli.Inspections.Failure;
import dev.superpose.geometry.Geometry;
import dev.superpose.numeric.Seed;
import dev.superpose.result.InputException;
import dev.superpose.store.GeometryRecords.Measured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Opens models and measures the matrices in them, one after the other. A model that cannot be read
/// does not stop the others.
final class Inspector {
    private final Wanted wanted;
    private final Measuring measuring;
    private final ProgressLine progress;
    private final List<Inspection> found = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private Optional<Tokens> someTokens = Optional.empty();

    /// @param measuring what measures a matrix, or knows what was measured before
    Inspector(Wanted wanted, Measuring measuring, ProgressLine progress) {
        this.wanted = wanted;
        this.measuring = measuring;
        this.progress = progress;
    }

    /// What is asked for besides the measurements themselves.
    ///
    /// @param allRows whether padding rows are measured too
    /// @param grouping what makes models a family
    /// @param near the token whose neighbours are wanted
    /// @param count how many of them
    record Wanted(boolean allRows, Grouping grouping, Optional<String> near, int count) {
        private static final int COUNT = 10;

        Wanted {
            if (count < 1) {
                throw new IllegalArgumentException("--count must be at least 1, is " + count);
            }
        }

        /// What `inspect` does when nothing else is asked for.
        static Wanted standard() {
            return new Wanted(false, new Grouping.Folder(), Optional.empty(), COUNT);
        }
    }

    /// As `inspect` measures when nothing else is asked for, without keeping anything.
    static Inspector standard(ProgressLine progress) {
        return new Inspector(
                Wanted.standard(),
                new Measuring(Geometry.Pairs.AUTO, true, new Seed(0), Optional.empty(), Optional.empty()),
                progress);
    }

    /// Every matrix of the models that `names` stand for, as [ModelPaths] says.
    ///
    /// @throws InputException if the token whose neighbours are wanted is in none of the models
    Inspections inspect(List<String> names) throws IOException {
        try {
            ModelSources sources = ModelSources.of(names, ModelPaths.standard());
            failures.addAll(sources.failures());
            sources.models().forEach(this::inspect);
        } finally {
            progress.clear();
        }
        boolean alone = found.stream().allMatch(each -> each.company().isEmpty());
        if (wanted.near().isPresent() && alone && !found.isEmpty()) {
            throw TokenCompany.unknown(wanted.near().get(), someTokens);
        }
        return new Inspections(found, failures, measuring.law());
    }

    private void inspect(ModelSources.Model source) {
        try (Checkpoint model = Checkpoint.open(source.path())) {
            String family = wanted.grouping().family(model, source.folder());
            for (PackedMatrix matrix : model.matrices()) {
                found.add(inspect(family, matrix));
            }
        } catch (IOException failure) {
            failures.add(new Failure(source.path().toString(), failure));
        }
    }

    private Inspection inspect(String family, PackedMatrix matrix) throws IOException {
        String label = InputException.printable((matrix.model() + " " + matrix.tensor()).strip());
        long paddingFrom = wanted.allRows() ? matrix.rows().rows() : matrix.firstPaddingRow();
        Measuring.Result result;
        Optional<TokenCompany> company;
        try {
            result = measuring.measure(matrix, paddingFrom, share -> progress.show(label, share));
            company = wanted.near().isEmpty()
                    ? Optional.empty()
                    : TokenCompany.of(matrix, wanted.near().get(), wanted.count(), row -> row >= paddingFrom);
        } catch (InputException e) {
            throw new InputException("%s: %s: %s".formatted(matrix.file(), matrix.tensor(), e.getMessage()));
        }
        someTokens = someTokens.or(matrix::tokens);
        Measured measured = result.measured();
        List<String> notes = new ArrayList<>(matrix.notes());
        notes.addAll(result.notes());
        return new Inspection(
                family,
                matrix.model(),
                matrix.file(),
                matrix.tensor(),
                matrix.role(),
                matrix.tied(),
                matrix.dtype(),
                measured.geometry(),
                measured.ranks(),
                notes,
                company,
                ClosestPair.of(measured.geometry(), matrix),
                measured.provenance(),
                result.takenUp());
    }
}
