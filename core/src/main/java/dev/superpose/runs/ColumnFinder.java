package dev.superpose.runs;

import dev.superpose.result.InputException;
import dev.superpose.runs.Findings.Journal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Finds the columns of a table by what they mean.
final class ColumnFinder {
    private static final Pattern LOSS_LIKE =
            Pattern.compile("loss|perplexity|ppl|bpb|nll|entropy", Pattern.CASE_INSENSITIVE);

    private final RunSelection selection;
    private final TextTable table;
    private final Journal journal;
    private final Map<Meaning, Integer> found = new EnumMap<>(Meaning.class);

    ColumnFinder(RunSelection selection, TextTable table, Journal journal) {
        this.selection = selection;
        this.table = table;
        this.journal = journal;
    }

    /// The columns.
    ///
    /// @param index of each meaning that has one
    /// @param needed meanings without which a row cannot be used
    record Found(Map<Meaning, Integer> index, Set<Meaning> needed) {}

    Found find() throws InputException {
        for (var named : selection.columns().entrySet()) {
            found.put(named.getKey(), table.require(named.getValue()));
        }
        for (var meaning : Meaning.values()) {
            if (!found.containsKey(meaning)) {
                findUsual(meaning);
            }
        }
        if (!found.containsKey(Meaning.LOSS)) {
            throw missing("a column of losses", Meaning.LOSS, "--y NAME");
        }
        for (var unit : selection.units().keySet()) {
            if (!found.containsKey(unit)) {
                throw missing("a column of " + unit.word(), unit, "--column %s=NAME".formatted(unit.word()));
            }
        }
        var needed = EnumSet.of(Meaning.LOSS);
        needed.addAll(selection.columns().keySet());
        needed.addAll(selection.needs().isEmpty() ? allFound() : sources());
        needed.removeIf(meaning -> !meaning.isNumber());
        return new Found(found, needed);
    }

    private void findUsual(Meaning meaning) throws InputException {
        var taken = found.values();
        var candidates = candidates(meaning::isUsual, taken);
        if (candidates.isEmpty()) {
            // config.width and summary/loss: what a column is called within its part of a nested document.
            candidates = candidates(name -> meaning.isUsual(name.substring(name.lastIndexOf('.') + 1)), taken);
        }
        if (candidates.size() > 1 && meaning != Meaning.RUN && !allSame(candidates)) {
            ambiguous(meaning, candidates);
        } else if (!candidates.isEmpty()) {
            if (candidates.size() > 1) {
                journal.note("Column %s is taken for the %s; %s would do as well."
                        .formatted(name(candidates.getFirst()), meaning.word(), names(candidates, 1)));
            }
            found.put(meaning, candidates.getFirst());
        }
    }

    private List<Integer> candidates(Predicate<String> usual, Collection<Integer> taken) {
        return IntStream.range(0, table.columns().size())
                .filter(i -> usual.test(name(i)) && !taken.contains(i))
                .boxed()
                .toList();
    }

    private boolean allSame(List<Integer> columns) {
        return table.rows().stream()
                .allMatch(
                        row -> columns.stream().map(row.cells()::get).distinct().count() == 1);
    }

    /// Several columns may be meant: asked for if it matters, told and left aside if not.
    private void ambiguous(Meaning meaning, List<Integer> candidates) throws InputException {
        boolean matters = selection.needs().isEmpty()
                || meaning == Meaning.LOSS
                || meaning.quantity().filter(selection.needs()::contains).isPresent();
        String option = meaning == Meaning.LOSS ? "--y" : "--column " + meaning.word() + "=NAME, such as --column";
        String first = meaning == Meaning.LOSS ? " " : " " + meaning.word() + "=";
        if (matters) {
            throw new InputException(
                    table.source(),
                    "",
                    "one column of " + (meaning == Meaning.LOSS ? "losses" : meaning.word()),
                    names(candidates, 0),
                    "name the one with " + option + first + name(candidates.getFirst()));
        }
        journal.note("No column of %s is used, since %s may be meant; name one with --column %s=NAME."
                .formatted(meaning.word(), names(candidates, 0), meaning.word()));
    }

    /// Every size with a column in which most rows have something.
    private Set<Meaning> allFound() throws InputException {
        var all = EnumSet.noneOf(Meaning.class);
        boolean anySize = false;
        for (var entry : new EnumMap<>(found).entrySet()) {
            var meaning = entry.getKey();
            int column = entry.getValue();
            long missing = table.rows().stream()
                    .filter(row -> Cells.isMissing(row.cells().get(column)))
                    .count();
            if (2 * missing > table.rows().size() && meaning != Meaning.LOSS && !isNamed(meaning)) {
                journal.warn("Column %s (%s) is not used: %d of %d rows have nothing there."
                        .formatted(
                                name(column),
                                meaning.word(),
                                missing,
                                table.rows().size()));
                found.remove(meaning);
            } else {
                all.add(meaning);
                anySize |= meaning.quantity().isPresent();
            }
        }
        if (!anySize) {
            throw new InputException(
                    table.source(),
                    "",
                    "a column of sizes, such as N, D, flops, width",
                    String.join(", ", table.columns()),
                    "name one with --column MEANING=NAME, such as --column parameters=NAME");
        }
        return all;
    }

    /// The columns from which the needed sizes can be had.
    private Set<Meaning> sources() throws InputException {
        var sources = EnumSet.noneOf(Meaning.class);
        for (var quantity : selection.needs()) {
            var of = Derivation.sources(quantity, found.keySet(), selection.tying());
            if (of.isEmpty()) {
                var meaning = Meaning.of(quantity);
                boolean ofVocabulary =
                        quantity == Quantity.VOCABULARY_PARAMETERS || quantity == Quantity.NON_VOCABULARY_PARAMETERS;
                String remedy = "--column %s=NAME".formatted(meaning.word())
                        + (ofVocabulary ? ", or say whether the embeddings are tied" : "");
                throw missing("a column of " + meaning.word(), meaning, remedy);
            }
            sources.addAll(of);
        }
        return sources;
    }

    private boolean isNamed(Meaning meaning) {
        return selection.columns().containsKey(meaning);
    }

    /// What the table has instead: of losses, the columns whose names speak of one.
    private String instead(Meaning meaning) {
        var like = table.columns().stream()
                .filter(name ->
                        meaning == Meaning.LOSS && LOSS_LIKE.matcher(name).find())
                .toList();
        return String.join(", ", like.isEmpty() ? table.columns() : like);
    }

    private InputException missing(String what, Meaning meaning, String option) {
        return new InputException(
                table.source(),
                "",
                "%s (%s)".formatted(what, String.join(", ", meaning.aliases())),
                instead(meaning),
                "name the column with " + option);
    }

    private String name(int column) {
        return table.columns().get(column);
    }

    private String names(List<Integer> columns, int from) {
        var names = new ArrayList<String>();
        columns.subList(from, columns.size()).forEach(column -> names.add(name(column)));
        return String.join(", ", names);
    }
}
