package dev.superpose.cli;

import dev.superpose.result.InputException;
import dev.superpose.runs.Condition;
import dev.superpose.runs.Meaning;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.RunSelection;
import dev.superpose.runs.SelectedRuns;
import dev.superpose.runs.TextTable;
import dev.superpose.runs.Tying;
import dev.superpose.store.TableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which table of runs a command reads, and how: shared by all commands that fit laws.
final class TableOptions {
    /// What is on the horizontal axis of a law of one size, if nobody says.
    static final List<Quantity> USUAL_SIZES = List.of(
            Quantity.WIDTH,
            Quantity.PARAMETERS,
            Quantity.NON_VOCABULARY_PARAMETERS,
            Quantity.TOKENS,
            Quantity.COMPUTE,
            Quantity.DEPTH,
            Quantity.VOCABULARY);

    @Parameters(
            paramLabel = "TABLE",
            arity = "0..1",
            description = "Measured runs: CSV, TSV, JSON lines or Parquet, also gzipped.")
    @Nullable
    Path table;

    @Option(
            names = "--x",
            paramLabel = "COLUMN",
            description = "The size of a law of one size, by its column or its name (N, D, width); by default a column"
                    + " called width, params, tokens or flops, or by another usual name.")
    @Nullable
    String size;

    @Option(names = "--y", paramLabel = "COLUMN", description = "The losses; by default loss, test_loss or the like.")
    @Nullable
    String loss;

    @Option(
            names = "--column",
            paramLabel = "MEANING=NAME",
            description = "A column that bears no usual name, such as tokens=seen. Repeatable.")
    List<String> columns = List.of();

    @Option(
            names = "--unit",
            paramLabel = "MEANING=UNIT",
            description = "A column's unit: tokens=billions, params=log10, loss=perplexity, loss=bits-per-byte:4.3."
                    + " Repeatable.")
    List<String> units = List.of();

    @Option(
            names = "--where",
            paramLabel = "COLUMN=VALUE",
            description = "Take only rows that meet this; also with !=, <, <=, >, >= (quote them). Repeatable.")
    List<String> where = List.of();

    @Option(
            names = "--drop-largest",
            paramLabel = "K",
            defaultValue = "0",
            description = "Leave out the K largest losses (and those as large), told with the rest.")
    int dropLargest;

    @Option(names = "--tied", description = "Embedding and unembedding are one matrix (to tell parameters apart).")
    boolean tied;

    @Option(names = "--untied", description = "They are two.")
    boolean untied;

    @Option(names = "--means", description = "Fit the geometric mean of the losses at each size instead of every loss.")
    boolean means;

    /// The table that was named.
    ///
    /// @throws IllegalArgumentException if none was
    Path file() {
        if (table == null) {
            throw new IllegalArgumentException("a TABLE of runs is needed; see --help");
        }
        return table;
    }

    TextTable read() throws IOException {
        return TableFiles.read(file());
    }

    /// The runs of `text`, for a law that needs `sizes`; with all sizes that have a column if that is empty.
    SelectedRuns select(TextTable text, Set<Quantity> sizes, List<String> by) throws InputException {
        if (tied && untied) {
            throw new IllegalArgumentException("embeddings are --tied or --untied, not both");
        }
        var selection = RunSelection.USUAL
                .withNeeds(sizes)
                .withTying(tied ? Tying.TIED : untied ? Tying.UNTIED : Tying.UNKNOWN)
                .dropLargest(dropLargest)
                .by(by);
        String named = size;
        // --x N may be said of a column called params: then it only tells which size is meant.
        if (named != null
                && (text.indexOf(named) >= 0 || Meaning.ofColumn(named).isEmpty())) {
            selection = selection.withColumn(Meaning.of(namedSize().orElseThrow()), named);
        }
        if (loss != null) {
            selection = selection.withColumn(Meaning.LOSS, loss);
        }
        for (String column : columns) {
            selection = selection.withColumn(column);
        }
        for (String unit : units) {
            selection = selection.withUnit(unit);
        }
        for (String condition : where) {
            selection = selection.where(Condition.parse(condition));
        }
        return selection.from(text);
    }

    /// The size that `--x` names: by the name of its column, which is taken for a width if it says nothing.
    Optional<Quantity> namedSize() {
        return Optional.ofNullable(size)
                .map(column ->
                        Meaning.ofColumn(column).flatMap(Meaning::quantity).orElse(Quantity.WIDTH));
    }

    /// What the columns mean that were named by `--column`.
    Set<Meaning> namedMeanings() {
        var means = EnumSet.noneOf(Meaning.class);
        for (String column : columns) {
            int equals = column.indexOf('=');
            if (equals > 0) {
                means.add(Meaning.parse(column.substring(0, equals)));
            }
        }
        return means;
    }
}
