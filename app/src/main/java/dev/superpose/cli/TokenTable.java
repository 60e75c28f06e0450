package dev.superpose.cli;

import dev.superpose.checkpoint.Checkpoint;
import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.geometry.Geometry;
import dev.superpose.geometry.RowInterference;
import dev.superpose.geometry.RowProfile;
import dev.superpose.geometry.RowProfile.Near;
import dev.superpose.geometry.RowProfile.State;
import dev.superpose.geometry.RowProfiles;
import dev.superpose.geometry.UnderTraining;
import dev.superpose.result.InputException;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Cell;
import dev.superpose.result.Table.Column;
import dev.superpose.store.TableFiles;
import dev.superpose.store.TableRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table that `inspect --tokens` writes: a line for each row of each matrix, streamed to the
/// file. Its columns are a contract.
final class TokenTable {
    // Seconds of one core, at 10^10 multiplications each, before the cost of all pairs is told.
    private static final double WORTH_TELLING = 60;
    private static final double MULTIPLICATIONS_PER_SECOND = 1e10;

    private final Path target;
    private final int neighbours;
    private final boolean allRows;
    private final RowFrequencies frequencies;
    private final ProgressLine progress;
    private final Consumer<String> told;

    /// @param target ends in `.csv` or `.parquet`
    /// @param neighbours how many nearest rows of each row; 0 for none
    /// @param allRows whether padding is measured too
    /// @param told what the user should know beforehand
    TokenTable(
            Path target,
            int neighbours,
            boolean allRows,
            RowFrequencies frequencies,
            ProgressLine progress,
            Consumer<String> told) {
        String name = target.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".csv") && !name.endsWith(".parquet")) {
            throw new IllegalArgumentException("--tokens writes FILE.csv or FILE.parquet, not " + target);
        }
        if (neighbours < 0 || neighbours > RowProfiles.MOST_NEIGHBOURS) {
            throw new IllegalArgumentException(
                    "--neighbours is 0 to %d, not %d".formatted(RowProfiles.MOST_NEIGHBOURS, neighbours));
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--tokens %s: there is no such folder".formatted(target));
        }
        this.target = target;
        this.neighbours = neighbours;
        this.allRows = allRows;
        this.frequencies = frequencies;
        this.progress = progress;
        this.told = told;
    }

    /// Where the frequencies of a matrix's rows come from.
    @FunctionalInterface
    interface RowFrequencies {
        /// The frequency of each row of `matrix`, (rows), in any unit; empty if they are not known.
        Optional<double[]> of(PackedMatrix matrix) throws IOException;
    }

    /// Writes the rows of every matrix of `models`, in their order.
    void write(List<Path> models) throws IOException {
        try {
            TableFiles.write(target, columns(), sink -> {
                for (Path model : models) {
                    try (Checkpoint checkpoint = Checkpoint.open(model)) {
                        for (PackedMatrix matrix : checkpoint.matrices()) {
                            write(matrix, sink);
                        }
                    }
                }
            });
        } finally {
            progress.clear();
        }
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("model"),
                Column.text("tensor"),
                Column.text("role"),
                Column.whole("row", ""),
                Column.text("token"),
                Column.text("state"),
                Column.real("norm", ""),
                Column.real("norm_deviation", ""),
                Column.real("interference", ""),
                Column.real("mean_interference", ""),
                Column.real("interference_times_width", ""),
                Column.real("weighted_interference", ""),
                Column.real("frequency", ""),
                Column.whole("frequency_rank", ""),
                Column.real("largest_abs_cosine", ""),
                Column.whole("repeats_row", ""),
                Column.real("padding_cosine", ""),
                Column.whole("under_trained", ""),
                Column.text("under_trained_reasons")));
        for (int k = 1; k <= neighbours; k++) {
            columns.add(Column.whole("nearest_%d_row".formatted(k), ""));
            columns.add(Column.real("nearest_%d_cosine".formatted(k), ""));
            columns.add(Column.text("nearest_%d_token".formatted(k)));
        }
        return columns;
    }

    private void write(PackedMatrix matrix, TableRows.Sink sink) throws IOException {
        String label = InputException.printable(matrix.model() + " " + matrix.tensor());
        long paddingFrom = allRows ? matrix.rows().rows() : matrix.firstPaddingRow();
        Optional<double[]> known = frequencies.of(matrix);
        Geometry.Options options = Geometry.Options.standard().withPaddingFrom(paddingFrom);
        if (known.isPresent()) {
            double[] values = known.get();
            options = options.withFrequencies(row -> values[Math.toIntExact(row)]);
        }
        tellCost(label, matrix);
        RowInterference interference;
        RowProfiles profiles;
        try {
            interference = RowInterference.measure(
                    matrix.rows(), options.withProgress(share -> progress.show(label + ": interference", share)));
            profiles = RowProfiles.measure(
                    matrix.rows(),
                    options.withProgress(share -> progress.show(label + ": neighbours", share)),
                    neighbours);
        } catch (InputException e) {
            throw new InputException("%s: %s: %s".formatted(matrix.file(), matrix.tensor(), e.getMessage()));
        }
        var ranks = FrequencyRanks.of(known, profiles);
        long used = profiles.used();
        for (int row = 0; row < profiles.rows(); row++) {
            sink.add(line(matrix, profiles.at(row), interference, used, ranks));
        }
    }

    private void tellCost(String label, PackedMatrix matrix) {
        double seconds = neighbours == 0
                ? 0
                : RowProfiles.multiplications(
                                matrix.rows().rows(), matrix.rows().width())
                        / MULTIPLICATIONS_PER_SECOND;
        if (seconds > WORTH_TELLING) {
            int cores = Runtime.getRuntime().availableProcessors();
            told.accept(String.format(
                    Locale.ROOT,
                    "%s: the neighbours take all pairs of %,d rows, in the order of %s minutes on %d cores"
                            + " (--neighbours 0 leaves them out)",
                    label,
                    matrix.rows().rows(),
                    Table.brief(Math.ceil(seconds / 60 / cores)),
                    cores));
        }
    }

    private List<Cell> line(
            PackedMatrix matrix, RowProfile profile, RowInterference interference, long used, FrequencyRanks ranks) {
        int row = Math.toIntExact(profile.row());
        double received = interference.plain(row);
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(TokenText.escaped(matrix.model()));
        cells.add(TokenText.escaped(matrix.tensor()));
        cells.add(matrix.role().name().toLowerCase(Locale.ROOT));
        cells.add(profile.row());
        cells.add(token(matrix, row));
        cells.add(profile.state().label());
        cells.add(profile.norm());
        cells.add(profile.normDeviation());
        cells.add(received);
        cells.add(received / (used - 1));
        cells.add(received / (used - 1) * matrix.rows().width());
        cells.add(interference.weighted(row));
        cells.add(ranks.frequency(row));
        cells.add(ranks.rank(row) > 0 ? ranks.rank(row) : null);
        cells.add(profile.largestOverlap());
        cells.add(profile.sameAs().isPresent() ? profile.sameAs().getAsLong() : null);
        cells.add(profile.paddingCosine());
        cells.add(underTrained(profile));
        cells.add(profile.suspicions().stream()
                .sorted()
                .map(UnderTraining.Reason::label)
                .collect(Collectors.joining(" ")));
        for (int k = 0; k < neighbours; k++) {
            Near near = k < profile.nearest().size() ? profile.nearest().get(k) : null;
            cells.add(near == null ? null : near.row());
            cells.add(near == null ? null : near.cosine());
            cells.add(near == null ? null : token(matrix, near.row()));
        }
        return Table.row(cells.toArray());
    }

    private static @Nullable String token(PackedMatrix matrix, long row) {
        return matrix.tokens().isEmpty() ? null : TokenText.escaped(TokenText.of(matrix, row));
    }

    private static @Nullable Boolean underTrained(RowProfile profile) {
        boolean judged = profile.state() == State.USED || profile.state() == State.ZERO;
        return judged ? !profile.suspicions().isEmpty() : null;
    }
}
