package dev.superpose.runs;

import dev.superpose.result.InputException;
import dev.superpose.result.Table;
import dev.superpose.runs.Findings.Journal;
import dev.superpose.stat.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether the numbers of a column can be what they are taken for. A unit that was stated is believed;
/// otherwise what is plainly something else is refused, and what only looks odd is warned of.
final class UnitChecks {
    private static final String AS_GIVEN = "as given";

    /// A factor from the middle of its column by which one number is likely in another
    /// unit than the rest.
    private static final double STRANGER = 1e5;

    private final RunSelection selection;
    private final String source;
    private final List<String> columns;
    private final Journal journal;
    private String lossUnit = AS_GIVEN;

    UnitChecks(RunSelection selection, String source, List<String> columns, Journal journal) {
        this.selection = selection;
        this.source = source;
        this.columns = columns;
        this.journal = journal;
    }

    /// What the losses are in, once their column is checked.
    String lossUnit() {
        return lossUnit;
    }

    /// Whether the column at `index` can be used as what it is taken for, `meaning`.
    ///
    /// @throws InputException if it cannot and is needed
    boolean isUsable(Meaning meaning, int index, List<TextTable.Row> rows, Set<Meaning> needed) throws InputException {
        String name = columns.get(index);
        var unit = selection.units().get(meaning);
        if (unit != null && !unit.equals(Unit.ONES) && !unit.equals(Unit.NATS)) {
            journal.note("Column %s (%s) is read in the unit %s.".formatted(name, meaning.word(), unit.name()));
        }
        if (needed.contains(meaning)) {
            requireNumbers(meaning, name, index, rows);
        }
        if (meaning == Meaning.LOSS) {
            checkLoss(name, unit);
        }
        if (unit == null && meaning.quantity().isPresent()) {
            double[] numbers = rows.stream()
                    .mapToDouble(row -> Cells.count(row.cells().get(index)))
                    .filter(number -> number > 0 && number < Double.POSITIVE_INFINITY)
                    .toArray();
            if (numbers.length > 0) {
                checkStrangers(meaning, index, rows, Quantiles.of(numbers).median());
                return isPlausible(meaning, name, numbers, needed.contains(meaning));
            }
        }
        return true;
    }

    /// Refuses a column in which most cells are words, or most numbers are zero or less.
    private void requireNumbers(Meaning meaning, String name, int index, List<TextTable.Row> rows)
            throws InputException {
        var words = new ArrayList<TextTable.Row>();
        var negative = new ArrayList<TextTable.Row>();
        for (var row : rows) {
            String cell = row.cells().get(index);
            double number = Cells.count(cell);
            if (Double.isNaN(number) && !Cells.isMissing(cell) && !Cells.isInfinite(cell)) {
                words.add(row);
            } else if (selection.unit(meaning).value(number) <= 0) {
                negative.add(row);
            }
        }
        if (2 * words.size() > rows.size()) {
            throw refusal(
                    words.getFirst(),
                    name,
                    "numbers of " + meaning.word(),
                    "\"%s\" and other words in %d of %d rows"
                            .formatted(words.getFirst().cells().get(index), words.size(), rows.size()),
                    "choose another column for %s with --column %s=NAME".formatted(meaning.word(), meaning.word()));
        }
        if (2 * negative.size() > rows.size()) {
            throw refusal(
                    negative.getFirst(),
                    name,
                    "positive numbers of " + meaning.word(),
                    "%s and the like in %d of %d rows"
                            .formatted(negative.getFirst().cells().get(index), negative.size(), rows.size()),
                    "choose another column; if these are logarithms, say --unit %s=ln or log10"
                            .formatted(meaning.word()));
        }
    }

    private void checkLoss(String name, @Nullable Unit unit) throws InputException {
        String key = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        if (unit != null) {
            boolean logarithm = unit.scale() != Unit.Scale.LINEAR && unit.scale() != Unit.Scale.EXPONENTIAL;
            lossUnit = logarithm ? AS_GIVEN : unit.lossUnit();
        } else if (key.contains("perplexity") || key.contains("ppl")) {
            throw new InputException(
                    source,
                    "column " + name,
                    "losses in nats per token",
                    "a perplexity, by its name",
                    "say --unit loss=perplexity to take its logarithm, or --unit loss=nats if the name misleads");
        } else if (key.contains("bpb") || key.contains("bitsperbyte")) {
            lossUnit = "bits per byte";
            journal.warn(
                    ("Column %s is in bits per byte, by its name: losses and laws are in bits per byte; say --unit "
                                    + "loss=bits-per-byte:X with X bytes per token to have nats per token.")
                            .formatted(name));
        } else if (key.contains("bpc") || key.contains("bitsper")) {
            journal.warn("Column %s is in bits, by its name; say --unit loss=bits to have nats.".formatted(name));
        } else if (key.contains("nats")) {
            lossUnit = Unit.NATS.lossUnit();
        }
    }

    private boolean isPlausible(Meaning meaning, String name, double[] numbers, boolean needed) throws InputException {
        double least = Arrays.stream(numbers).min().orElseThrow();
        double most = Arrays.stream(numbers).max().orElseThrow();
        boolean whole = Arrays.stream(numbers).allMatch(number -> number == Math.rint(number));
        var range = Plausible.of(meaning);
        if (most >= range.least) {
            if (!whole && range.whole) {
                journal.warn(("Column %s (%s) holds numbers that are not whole, from %s to %s; if they are "
                                + "logarithms, say --unit %s=log2 or another.")
                        .formatted(name, meaning.word(), Table.brief(least), Table.brief(most), meaning.word()));
            }
            return true;
        }
        boolean logarithms = !whole && least >= range.leastLog10 && most <= range.mostLog10;
        String guess =
                logarithms ? "log10 (or %s)".formatted(range.likelyUnit) : "%s (or log10)".formatted(range.likelyUnit);
        String found = "numbers from %s to %s, which look like %s"
                .formatted(Table.brief(least), Table.brief(most), logarithms ? "their log10" : range.likely);
        if (needed) {
            throw new InputException(
                    source,
                    "column " + name,
                    range.expected,
                    found,
                    "say --unit %s=%s, or %s=ones if they are right".formatted(meaning.word(), guess, meaning.word()));
        }
        journal.warn("Column %s (%s) is not used: it holds %s; say --unit %s=%s if it is so."
                .formatted(name, meaning.word(), found, meaning.word(), guess));
        return false;
    }

    private void checkStrangers(Meaning meaning, int index, List<TextTable.Row> rows, double median) {
        var strangers = rows.stream()
                .filter(row -> {
                    double number = Cells.count(row.cells().get(index));
                    return number > 0 && (number > STRANGER * median || number < median / STRANGER);
                })
                .map(TextTable.Row::place)
                .toList();
        if (!strangers.isEmpty()) {
            journal.warn(("Column %s (%s): %s lie more than a factor of 100,000 from the median %s, as if in another "
                            + "unit; mend them, or leave them out with --where.")
                    .formatted(columns.get(index), meaning.word(), Findings.places(strangers), Table.brief(median)));
        }
    }

    private InputException refusal(TextTable.Row row, String name, String expected, String found, String remedy) {
        return new InputException(source, "%s, column %s".formatted(row.place(), name), expected, found, remedy);
    }

    /// What sizes of language models come to, wide enough for toys.
    private enum Plausible {
        PARAMETERS("numbers of parameters", 1000, 3, 14, "millions or billions", "millions, billions", false),
        TOKENS("numbers of tokens", 20_000, 4, 16, "billions", "billions", false),
        COMPUTE("numbers of FLOPs", 1e6, 7, 30, "exaflops or petaflop-days", "exaflops, petaflop-days", false),
        COUNT("whole numbers", 0, 0, 0, "", "", true);

        private final String expected;
        /// A column that stays below is something else.
        private final double least;

        private final double leastLog10;
        private final double mostLog10;
        private final String likely;
        private final String likelyUnit;
        private final boolean whole;

        Plausible(
                String expected,
                double least,
                double leastLog10,
                double mostLog10,
                String likely,
                String likelyUnit,
                boolean whole) {
            this.expected = expected;
            this.least = least;
            this.leastLog10 = leastLog10;
            this.mostLog10 = mostLog10;
            this.likely = likely;
            this.likelyUnit = likelyUnit;
            this.whole = whole;
        }

        static Plausible of(Meaning meaning) {
            return switch (meaning) {
                case PARAMETERS, NON_VOCABULARY_PARAMETERS, VOCABULARY_PARAMETERS -> PARAMETERS;
                case TOKENS, UNIQUE_TOKENS -> TOKENS;
                case COMPUTE -> COMPUTE;
                case WIDTH, DEPTH, VOCABULARY -> COUNT;
                case EPOCHS, LOSS, WEIGHT, GROUP, RUN ->
                    throw new IllegalArgumentException(meaning.word() + " is no size");
            };
        }
    }
}
