package dev.superpose.runs;

import dev.superpose.result.Table;
import dev.superpose.runs.Findings.Journal;
import dev.superpose.stat.LineFit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What may spoil a fit to runs that each look right: too few of them, sizes that do not vary or only together,
/// mixed settings, repeated rows, diverged trainings.
final class SubsetChecks {
    /// A law of N and D has five parameters, so that even six runs leave one degree of freedom.
    private static final int FEW = 6;

    /// Sizes that vary by less, as a factor, fix no exponent.
    private static final double NARROW = 5;

    /// The share of the variance of ln D that ln N leaves when they are all but one size.
    private static final double TOGETHER = 1e-3;

    /// Columns that say how a loss was come by: runs that differ in one of them may belong to different laws.
    private static final Set<String> SETTINGS = Set.of(
            "alpha",
            "decay",
            "frequencies",
            "density",
            "features",
            "schedule",
            "regime",
            "dist",
            "distribution",
            "strategy",
            "arm",
            "optimiser",
            "optimizer",
            "family",
            "dataset",
            "data",
            "traindata",
            "corpus",
            "subset",
            "experiment",
            "tokenizer",
            "routertype",
            "unit");

    /// The same of small studies, which train all widths alike; language models change
    /// them with their size.
    private static final Set<String> SETTINGS_OF_STUDIES = Set.of("steps", "batch", "learningrate");

    /// Sizes that act as settings where a law leaves them out.
    private static final Set<Meaning> LEFT_OUT = Set.of(Meaning.TOKENS, Meaning.UNIQUE_TOKENS, Meaning.VOCABULARY);

    private final List<Measurement> rows;
    private final TextTable table;
    private final ColumnFinder.Found found;
    private final Set<Quantity> needs;
    private final Journal journal;

    /// @param rows at least one
    /// @param needs the sizes of the law to be fitted; empty if it is not known
    SubsetChecks(
            List<Measurement> rows, TextTable table, ColumnFinder.Found found, Set<Quantity> needs, Journal journal) {
        this.rows = rows;
        this.table = table;
        this.found = found;
        this.needs = needs;
        this.journal = journal;
    }

    /// Tells what it finds.
    void check() {
        if (rows.size() < FEW) {
            journal.warn("There %s only %d run%s; a law of N and D has five parameters."
                    .formatted(rows.size() == 1 ? "is" : "are", rows.size(), rows.size() == 1 ? "" : "s"));
        }
        ranges();
        mixed();
        repeats();
        // Each group has constants of its own, so only runs of one group make each other's loss expected.
        rows.stream()
                .collect(Collectors.groupingBy(Measurement::group, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(group -> Divergence.check(group, journal));
    }

    private void ranges() {
        var varying = new ArrayList<Meaning>();
        for (var meaning : independent()) {
            double least =
                    rows.stream().mapToDouble(row -> row.get(meaning)).min().orElseThrow();
            double most =
                    rows.stream().mapToDouble(row -> row.get(meaning)).max().orElseThrow();
            String symbol = meaning.quantity().orElseThrow().symbol();
            if (most <= least * (1 + 1e-9)) {
                journal.warn("All runs have %s = %s: nothing can be learnt of how the loss depends on %s."
                        .formatted(symbol, Table.brief(most), meaning.word()));
            } else {
                varying.add(meaning);
                if (most < NARROW * least) {
                    journal.warn("%s (%s) varies by a factor of %s only; its exponent will be uncertain."
                            .formatted(symbol, meaning.word(), Table.brief(most / least)));
                }
            }
        }
        if (varying.size() == 2 && together(varying.getFirst(), varying.getLast())) {
            journal.warn(("%s and %s grow together in these runs: their effects on the loss cannot be told apart; tie "
                            + "their exponents, or measure runs with another ratio.")
                    .formatted(symbol(varying.getFirst()), symbol(varying.getLast())));
        }
    }

    /// The sizes whose ranges a law rests on: those that it needs, or N and D, or else
    /// whichever there are.
    private List<Meaning> independent() {
        if (!needs.isEmpty()) {
            return needs.stream().map(Meaning::of).filter(rows.getFirst()::has).toList();
        }
        var first = rows.getFirst();
        var sizes = new ArrayList<Meaning>();
        if (first.has(Meaning.PARAMETERS)) {
            sizes.add(Meaning.PARAMETERS);
        } else if (first.has(Meaning.NON_VOCABULARY_PARAMETERS)) {
            sizes.add(Meaning.NON_VOCABULARY_PARAMETERS);
        } else if (first.has(Meaning.WIDTH)) {
            sizes.add(Meaning.WIDTH);
        }
        if (first.has(Meaning.TOKENS)) {
            sizes.add(Meaning.TOKENS);
        } else if (sizes.isEmpty() && first.has(Meaning.COMPUTE)) {
            sizes.add(Meaning.COMPUTE);
        }
        return sizes;
    }

    private boolean together(Meaning one, Meaning other) {
        double[] x = rows.stream().mapToDouble(row -> Math.log(row.get(one))).toArray();
        double[] y = rows.stream().mapToDouble(row -> Math.log(row.get(other))).toArray();
        return rows.size() > 2 && 1 - LineFit.of(x, y).rSquared() < TOGETHER;
    }

    private static String symbol(Meaning meaning) {
        return meaning.quantity().orElseThrow().symbol();
    }

    private void mixed() {
        for (int j = 0; j < table.columns().size(); j++) {
            if (!isSetting(j)) {
                continue;
            }
            int column = j;
            String name = table.columns().get(j);
            var different = new LinkedHashSet<String>();
            rows.forEach(row -> different.add(row.row().cells().get(column)));
            if (different.size() > 1) {
                journal.warn(
                        ("Column %s differs among these runs (%s): fit them apart with --by %s, choose with --where, "
                                        + "or give each constants of its own with --column group=%s.")
                                .formatted(name, Findings.places(List.copyOf(different)), name, name));
            }
        }
    }

    /// Whether runs that differ in a column belong to different laws, by its name or by
    /// what the law leaves out.
    private boolean isSetting(int column) {
        for (var size : found.index().entrySet()) {
            if (size.getValue() == column) {
                boolean ofCompute = needs.contains(Quantity.COMPUTE) && size.getKey() == Meaning.TOKENS;
                return LEFT_OUT.contains(size.getKey()) && !found.needed().contains(size.getKey()) && !ofCompute;
            }
        }
        String key = Meaning.key(table.columns().get(column)).toLowerCase(Locale.ROOT);
        boolean study =
                !rows.getFirst().has(Meaning.PARAMETERS) && !rows.getFirst().has(Meaning.TOKENS);
        return SETTINGS.contains(key) || (study && SETTINGS_OF_STUDIES.contains(key));
    }

    /// Equal sizes and equal losses to the last digit, in rows that differ elsewhere.
    private void repeats() {
        var first = new HashMap<Map<Meaning, Double>, Measurement>();
        var pairs = new ArrayList<String>();
        for (var row : rows) {
            var earlier = first.putIfAbsent(row.values(), row);
            if (earlier != null && earlier.group().equals(row.group())) {
                pairs.add("%s as %s".formatted(row.place(), earlier.place()));
            }
        }
        if (!pairs.isEmpty()) {
            journal.warn("The same sizes and the same loss come again: %s; if these are the same runs, leave them out."
                    .formatted(Findings.places(pairs)));
        }
    }
}
