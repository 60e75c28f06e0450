package dev.superpose.runs;

import static dev.superpose.runs.Meaning.COMPUTE;
import static dev.superpose.runs.Meaning.EPOCHS;
import static dev.superpose.runs.Meaning.NON_VOCABULARY_PARAMETERS;
import static dev.superpose.runs.Meaning.PARAMETERS;
import static dev.superpose.runs.Meaning.TOKENS;
import static dev.superpose.runs.Meaning.UNIQUE_TOKENS;
import static dev.superpose.runs.Meaning.VOCABULARY;
import static dev.superpose.runs.Meaning.VOCABULARY_PARAMETERS;
import static dev.superpose.runs.Meaning.WIDTH;

import dev.superpose.runs.Findings.Journal;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// Sizes that have no column and follow from others.
final class Derivation {
    /// Operations per parameter and token of a training step, forward and backward (Kaplan et al. 2020, section
    /// 2.1).
    static final double OPERATIONS = 6;

    private final Tying tying;
    private final Set<Quantity> needs;
    private final Journal journal;
    private List<Measurement> rows;

    private Derivation(List<Measurement> rows, RunSelection selection, Journal journal) {
        this.rows = rows;
        tying = selection.tying();
        needs = selection.needs();
        this.journal = journal;
    }

    /// The columns from which `quantity` can be had: its own, or those from which it
    /// follows; empty if there are none.
    static Set<Meaning> sources(Quantity quantity, Set<Meaning> found, Tying tying) {
        var own = Meaning.of(quantity);
        if (found.contains(own)) {
            return Set.of(own);
        }
        var parameters = found.contains(PARAMETERS) ? PARAMETERS : NON_VOCABULARY_PARAMETERS;
        var table = tying == Tying.UNKNOWN ? Set.<Meaning>of() : Set.of(WIDTH, VOCABULARY);
        return switch (quantity) {
            case TOKENS -> ifAll(found, Set.of(parameters, COMPUTE));
            case COMPUTE -> ifAll(found, Set.of(parameters, TOKENS));
            case PARAMETERS -> ifAll(found, Set.of(NON_VOCABULARY_PARAMETERS));
            case VOCABULARY_PARAMETERS -> {
                var difference = ifAll(found, Set.of(PARAMETERS, NON_VOCABULARY_PARAMETERS));
                yield difference.isEmpty() ? ifAll(found, table) : difference;
            }
            case NON_VOCABULARY_PARAMETERS -> {
                var difference = ifAll(found, Set.of(PARAMETERS, VOCABULARY_PARAMETERS));
                boolean possible = difference.isEmpty() && !table.isEmpty();
                yield possible ? ifAll(found, Set.of(PARAMETERS, WIDTH, VOCABULARY)) : difference;
            }
            case UNIQUE_TOKENS -> ifAll(found, Set.of(TOKENS, EPOCHS));
            case WIDTH, DEPTH, VOCABULARY -> Set.of();
        };
    }

    private static Set<Meaning> ifAll(Set<Meaning> found, Set<Meaning> wanted) {
        return found.containsAll(wanted) ? wanted : Set.of();
    }

    /// `rows`, all of which have the same sizes, with every size that follows; `journal`
    /// is told of each.
    static List<Measurement> complete(List<Measurement> rows, RunSelection selection, Journal journal) {
        if (rows.isEmpty()) {
            return rows;
        }
        var derivation = new Derivation(rows, selection, journal);
        derivation.vocabulary();
        derivation.parameters();
        derivation.compute();
        derivation.repetition();
        return derivation.rows;
    }

    private void vocabulary() {
        boolean both = has(PARAMETERS) && has(NON_VOCABULARY_PARAMETERS);
        if (both) {
            derive(
                    VOCABULARY_PARAMETERS,
                    row -> row.get(PARAMETERS) - row.get(NON_VOCABULARY_PARAMETERS),
                    "N - N_nv, all parameters less those outside the vocabulary");
        } else if (tying != Tying.UNKNOWN && has(WIDTH) && has(VOCABULARY)) {
            int matrices = tying.matrices();
            derive(
                    VOCABULARY_PARAMETERS,
                    row -> matrices * row.get(WIDTH) * row.get(VOCABULARY),
                    tying == Tying.TIED ? "V m, since the embeddings are tied" : "2 V m, since they are not tied");
        }
    }

    private void parameters() {
        if (has(PARAMETERS) && has(VOCABULARY_PARAMETERS)) {
            derive(
                    NON_VOCABULARY_PARAMETERS,
                    row -> row.get(PARAMETERS) - row.get(VOCABULARY_PARAMETERS),
                    "N - N_v, all parameters less those of the vocabulary");
        } else if (has(NON_VOCABULARY_PARAMETERS) && has(VOCABULARY_PARAMETERS)) {
            derive(
                    PARAMETERS,
                    row -> row.get(NON_VOCABULARY_PARAMETERS) + row.get(VOCABULARY_PARAMETERS),
                    "N_nv + N_v, the parameters outside the vocabulary and those of it");
        } else if (has(NON_VOCABULARY_PARAMETERS)) {
            derive(
                    PARAMETERS,
                    row -> row.get(NON_VOCABULARY_PARAMETERS),
                    "N_nv, since there is no other column: a law of N is here a law of the parameters without those of "
                            + "the vocabulary, and must be asked for such");
        }
    }

    private void compute() {
        if (!has(PARAMETERS)) {
            return;
        }
        if (has(COMPUTE)) {
            derive(
                    TOKENS,
                    row -> row.get(COMPUTE) / (OPERATIONS * row.get(PARAMETERS)),
                    "C/(6 N), six operations per parameter and token");
        } else if (has(TOKENS)) {
            derive(
                    COMPUTE,
                    row -> OPERATIONS * row.get(PARAMETERS) * row.get(TOKENS),
                    "6 N D, six operations per parameter and token");
        }
    }

    private void repetition() {
        if (has(TOKENS) && has(EPOCHS)) {
            derive(
                    UNIQUE_TOKENS,
                    row -> row.get(TOKENS) / Math.max(1, row.get(EPOCHS)),
                    "D/epochs, and D where the data are not gone through once");
        }
    }

    private void derive(Meaning meaning, ToDoubleFunction<Measurement> formula, String words) {
        if (has(meaning)) {
            return;
        }
        var quantity = meaning.quantity().orElseThrow();
        // What the law does not need, a step on the way at most, is not worth a reader's time.
        boolean told = needs.isEmpty() || needs.contains(quantity);
        String symbol = quantity.symbol();
        var impossible = rows.stream()
                .filter(row -> !(formula.applyAsDouble(row) > 0))
                .map(Measurement::place)
                .toList();
        if (impossible.isEmpty()) {
            rows = rows.stream()
                    .map(row -> row.with(meaning, formula.applyAsDouble(row)))
                    .toList();
            if (told) {
                journal.note("%s (%s) has no column: it is taken as %s.".formatted(symbol, meaning.word(), words));
            }
        } else if (told) {
            journal.warn("%s (%s) is not derived: as %s it would not be positive (%s)."
                    .formatted(symbol, meaning.word(), words, Findings.places(impossible)));
        }
    }

    private boolean has(Meaning meaning) {
        return rows.getFirst().has(meaning);
    }
}
