package dev.superpose.runs;

import static dev.superpose.runs.Meaning.COMPUTE;
import static dev.superpose.runs.Meaning.DEPTH;
import static dev.superpose.runs.Meaning.EPOCHS;
import static dev.superpose.runs.Meaning.NON_VOCABULARY_PARAMETERS;
import static dev.superpose.runs.Meaning.PARAMETERS;
import static dev.superpose.runs.Meaning.TOKENS;
import static dev.superpose.runs.Meaning.UNIQUE_TOKENS;
import static dev.superpose.runs.Meaning.VOCABULARY;
import static dev.superpose.runs.Meaning.WIDTH;

import dev.superpose.runs.Findings.Journal;
import dev.superpose.stat.Quantiles;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// Whether what the columns say of the runs agrees: operations with parameters and tokens, parameters with the
/// shape, losses with the vocabulary. Rows have the sizes that have a column, and all the same.
final class SizeChecks {
    /// Operations may be counted with or without attention and vocabulary; beyond this
    /// factor something else is wrong.
    private static final double ODD_FACTOR = 1.5;

    /// Within this factor a ratio is taken to be what it is close to.
    private static final double CLOSE = 1.1;

    /// Parameters of a layer outside the vocabulary, in units of m²: 4 m² of attention and 8 m² of a
    /// feed-forward of width 4 m (Kaplan et al. 2020, table 1).
    private static final double LAYER = 12;

    /// Where the vocabulary is not known, one of the size of Llama 2's.
    private static final double USUAL_VOCABULARY = 32_000;

    /// A mean loss above that of guessing among 160,000 tokens is no loss in nats per token.
    private static final double MOST_NATS = 12;

    private static final Map<Double, String> OPERATION_UNITS = new TreeMap<>(Map.of(
            1e12, "teraflops", 1e15, "petaflops", 1e18, "exaflops", 1e21, "zettaflops", 8.64e19, "petaflop-days"));

    private final List<Measurement> rows;
    private final Journal journal;

    private SizeChecks(List<Measurement> rows, Journal journal) {
        this.rows = rows;
        this.journal = journal;
    }

    /// Checks `rows`, of which there is at least one, and tells `journal`.
    static void check(List<Measurement> rows, Journal journal) {
        var checks = new SizeChecks(rows, journal);
        checks.operations();
        checks.vocabulary();
        checks.shape();
        checks.repetition();
        checks.losses();
    }

    private void operations() {
        var parameters = has(PARAMETERS) ? PARAMETERS : NON_VOCABULARY_PARAMETERS;
        if (!has(COMPUTE) || !has(parameters) || !has(TOKENS)) {
            return;
        }
        var ratios =
                quantiles(row -> row.get(COMPUTE) / (Derivation.OPERATIONS * row.get(parameters) * row.get(TOKENS)));
        double median = ratios.median();
        double least = ratios.at(0);
        double most = ratios.at(1);
        String symbol = parameters.quantity().orElseThrow().symbol();
        String told = "C / (6 %s D) is %s in the median, from %s to %s"
                .formatted(symbol, brief(median), brief(least), brief(most));
        if (median < ODD_FACTOR && median > 1 / ODD_FACTOR) {
            if (most < ODD_FACTOR && least > 1 / ODD_FACTOR) {
                journal.note(told + ".");
            } else {
                journal.warn(told + ": some runs have other operations, parameters or tokens than the table says; look "
                        + "at " + Findings.places(oddPlaces(parameters)) + ".");
            }
        } else {
            journal.warn("%s: %s.".formatted(told, explanation(median, most / least)));
        }
    }

    private List<String> oddPlaces(Meaning parameters) {
        return rows.stream()
                .filter(row -> {
                    double ratio = row.get(COMPUTE) / (Derivation.OPERATIONS * row.get(parameters) * row.get(TOKENS));
                    return !(ratio < ODD_FACTOR && ratio > 1 / ODD_FACTOR);
                })
                .map(Measurement::place)
                .toList();
    }

    private static String explanation(double ratio, double spread) {
        for (var unit : OPERATION_UNITS.entrySet()) {
            double rest = ratio * unit.getKey();
            if (rest < ODD_FACTOR && rest > 1 / ODD_FACTOR) {
                return "the operations look like %s; if they are, say --unit flops=%s"
                        .formatted(unit.getValue(), unit.getValue());
            }
        }
        if (close(ratio, 1.0 / 3)) {
            return "the operations look like 2 N D, those of the forward pass alone; if they are, say --unit flops=3";
        }
        return spread < CLOSE
                ? "a constant factor, so that one of C, N and D is in another unit or counts something else; say --unit "
                        + "MEANING=FACTOR, or leave one of them out with --column"
                : "one of C, N and D is not what it is taken for; check their columns and units";
    }

    /// Whether the embeddings are tied, where N, N_nv, V and m are all known.
    private void vocabulary() {
        if (has(PARAMETERS) && has(NON_VOCABULARY_PARAMETERS)) {
            var wrong = rows.stream()
                    .filter(row -> row.get(NON_VOCABULARY_PARAMETERS) > row.get(PARAMETERS))
                    .map(Measurement::place)
                    .toList();
            if (!wrong.isEmpty()) {
                journal.warn("N is less than N_nv, the parameters without those of the vocabulary, in %s; are the two "
                                .formatted(Findings.places(wrong))
                        + "columns mixed up?");
            } else if (has(VOCABULARY) && has(WIDTH)) {
                matrices(quantiles(row -> (row.get(PARAMETERS) - row.get(NON_VOCABULARY_PARAMETERS))
                                / (row.get(VOCABULARY) * row.get(WIDTH)))
                        .median());
            }
        }
    }

    private void matrices(double ratio) {
        String told = "(N - N_nv) / (V m) is %s in the median".formatted(brief(ratio));
        if (close(ratio, 1)) {
            journal.note(told + ": one matrix serves as embedding and unembedding, or only one of them is counted.");
        } else if (close(ratio, 2)) {
            journal.note(told + ": embedding and unembedding are two matrices.");
        } else {
            journal.warn(told + ", where one or two matrices of V m parameters were expected; check these columns.");
        }
    }

    /// Whether the one column of parameters counts those of the vocabulary.
    private void shape() {
        boolean all = has(PARAMETERS);
        if (all == has(NON_VOCABULARY_PARAMETERS) || !has(WIDTH) || !has(DEPTH)) {
            return;
        }
        var parameters = all ? PARAMETERS : NON_VOCABULARY_PARAMETERS;
        ToDoubleFunction<Measurement> layers = row -> LAYER * row.get(DEPTH) * row.get(WIDTH) * row.get(WIDTH);
        double bare = quantiles(row -> row.get(parameters) / layers.applyAsDouble(row))
                .median();
        if (all && close(bare, 1) && vocabularyMatters(layers)) {
            journal.warn(
                    ("N / (12 l m^2) is %s in the median, so N seems to leave out the parameters of the vocabulary; "
                                    + "if it does, say --column non-vocabulary-parameters=NAME.")
                            .formatted(brief(bare)));
        }
        if (all && has(VOCABULARY)) {
            for (int matrices = 1; matrices <= 2; matrices++) {
                int count = matrices;
                double whole = quantiles(row -> row.get(parameters)
                                / (layers.applyAsDouble(row) + count * row.get(VOCABULARY) * row.get(WIDTH)))
                        .median();
                if (close(whole, 1) && vocabularyMatters(layers)) {
                    journal.note("N / (12 l m^2 + %sV m) is %s in the median: N counts the vocabulary %s."
                            .formatted(count == 1 ? "" : "2 ", brief(whole), count == 1 ? "once" : "twice"));
                    return;
                }
            }
        }
    }

    /// Whether N with and without the vocabulary can be told apart.
    private boolean vocabularyMatters(ToDoubleFunction<Measurement> layers) {
        boolean known = has(VOCABULARY);
        return quantiles(row -> (known ? row.get(VOCABULARY) : USUAL_VOCABULARY)
                                * row.get(WIDTH)
                                / layers.applyAsDouble(row))
                        .median()
                > 2 * (CLOSE - 1);
    }

    private void losses() {
        boolean language = has(PARAMETERS) || has(NON_VOCABULARY_PARAMETERS) || has(TOKENS) || has(COMPUTE);
        double median = quantiles(Measurement::loss).median();
        if (language && median > MOST_NATS) {
            journal.warn(
                    ("The losses are %s in the median, more than guessing among 160,000 tokens costs in nats (12): "
                                    + "if they are perplexities, say --unit loss=perplexity; if sums, divide them.")
                            .formatted(brief(median)));
        } else if (has(VOCABULARY)) {
            var worse = rows.stream()
                    .filter(row -> row.loss() > Math.log(row.get(VOCABULARY)))
                    .map(Measurement::place)
                    .toList();
            if (!worse.isEmpty()) {
                journal.warn(
                        ("%s: the loss is above ln V, what guessing costs in nats; such runs have diverged or are in "
                                        + "another unit (leave them out with --where or --drop-largest).")
                                .formatted(Findings.places(worse)));
            }
        }
    }

    /// Whether tokens are unique tokens times epochs, where all three have a column.
    private void repetition() {
        if (has(TOKENS) && has(UNIQUE_TOKENS)) {
            var more = rows.stream()
                    .filter(row -> row.get(UNIQUE_TOKENS) > CLOSE * row.get(TOKENS))
                    .map(Measurement::place)
                    .toList();
            if (!more.isEmpty()) {
                journal.warn("U, the unique tokens, are more than D, the tokens trained on, in %s; check these columns."
                        .formatted(Findings.places(more)));
            }
        }
        if (has(TOKENS) && has(UNIQUE_TOKENS) && has(EPOCHS)) {
            double ratio = quantiles(row -> row.get(TOKENS) / (row.get(UNIQUE_TOKENS) * Math.max(1, row.get(EPOCHS))))
                    .median();
            if (!(ratio < ODD_FACTOR && ratio > 1 / ODD_FACTOR)) {
                journal.warn("D / (U epochs) is %s in the median, where 1 was expected; check these columns."
                        .formatted(brief(ratio)));
            }
        }
    }

    private boolean has(Meaning meaning) {
        return rows.getFirst().has(meaning);
    }

    private Quantiles quantiles(ToDoubleFunction<Measurement> of) {
        return Quantiles.of(rows.stream().mapToDouble(of).toArray());
    }

    private static String brief(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private static boolean close(double ratio, double target) {
        return ratio < target * CLOSE && ratio > target / CLOSE;
    }
}
