package dev.superpose.cli;

import dev.superpose.result.InputException;
import dev.superpose.runs.Meaning;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.SelectedRuns;
import dev.superpose.runs.TextTable;
import dev.superpose.scaling.Form;
import dev.superpose.scaling.Forms;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The laws that `--law` asks for, and the runs of a table that have the sizes they need.
///
/// @param selected the runs
/// @param forms at least one
/// @param oneSize where the losses are to choose between a power law with and without a floor
/// in this size
/// @param reason why these laws, as a sentence; empty if they were named
record WantedLaws(SelectedRuns selected, List<Form> forms, Optional<Quantity> oneSize, String reason) {
    /// The law is chosen by the columns and the losses.
    static final String AUTO = "auto";

    /// Two sizes are different if they differ by more.
    private static final double VARIES = 1.001;

    /// Reads what `law` asks for: `auto`, `both`, or words separated by commas.
    ///
    /// @throws InputException if the table has not what the laws need
    /// @throws IllegalArgumentException if a word names no law
    static WantedLaws of(String law, TextTable text, TableOptions table, LawOptions options, List<String> by)
            throws InputException {
        if (law.equals(AUTO)) {
            return automatic(text, table, options, by);
        }
        var words = law.equals("both") ? List.of("power", "power-floor") : LawOptions.words(law);
        var size = oneSize(text, table);
        var forms = words.stream()
                .map(word -> options.held(Forms.named(word, size.orElse(Quantity.WIDTH))))
                .toList();
        var needs = EnumSet.noneOf(Quantity.class);
        forms.forEach(form -> needs.addAll(form.quantities()));
        return new WantedLaws(table.select(text, needs, by), forms, Optional.empty(), "");
    }

    /// The same with the simpler laws that a back-test should hold against one that was
    /// chosen by the columns.
    WantedLaws withRivals(LawOptions options) {
        if (forms.size() != 1
                || !forms.getFirst().word().equals(Forms.chinchilla().word())) {
            return this;
        }
        boolean fits = options.held.keySet().stream().noneMatch("beta"::equals);
        return fits
                ? new WantedLaws(selected, List.of(forms.getFirst(), options.held(Forms.tied())), oneSize, reason)
                : this;
    }

    private static WantedLaws automatic(TextTable text, TableOptions table, LawOptions options, List<String> by)
            throws InputException {
        var size = oneSize(text, table);
        var means = meanings(text, table);
        boolean parameters = means.contains(Meaning.PARAMETERS) || means.contains(Meaning.NON_VOCABULARY_PARAMETERS);
        boolean tokens = means.contains(Meaning.TOKENS) || means.contains(Meaning.COMPUTE);
        if (table.size == null && parameters && tokens) {
            var form = options.held(Forms.chinchilla());
            var selected = table.select(text, form.quantities(), by);
            var alone = constant(selected, form.quantities());
            // With nothing that varies there is no other law to fall back on: the fit says what is missing.
            if (alone.isEmpty() || alone.size() == form.quantities().size()) {
                return new WantedLaws(selected, List.of(form), Optional.empty(), "the table has N and D");
            }
            size = form.quantities().stream()
                    .filter(quantity -> !alone.contains(quantity))
                    .findFirst();
        }
        var of = size.orElse(Quantity.WIDTH);
        var selected = table.select(text, Set.of(of), by);
        boolean groups = selected.subsets().stream()
                .anyMatch(subset -> subset.runs().groups().size() > 1);
        return groups
                ? new WantedLaws(
                        selected,
                        List.of(options.held(Forms.widthOverGroups(of))),
                        Optional.empty(),
                        "the table has groups")
                : new WantedLaws(
                        selected,
                        List.of(options.held(Forms.power(of)), options.held(Forms.powerWithFloor(of))),
                        options.held.isEmpty() ? Optional.of(of) : Optional.empty(),
                        "");
    }

    /// Those of `sizes` that are the same in all runs of some subset.
    private static Set<Quantity> constant(SelectedRuns selected, Set<Quantity> sizes) {
        var constant = EnumSet.noneOf(Quantity.class);
        for (var subset : selected.subsets()) {
            for (var size : sizes) {
                var range = subset.runs().range(size);
                if (range.getValue() < VARIES * range.getKey()) {
                    constant.add(size);
                }
            }
        }
        return constant;
    }

    /// The size of a law of one size: that of `--x`, else the first of the usual ones that has a column.
    private static Optional<Quantity> oneSize(TextTable text, TableOptions table) {
        var means = meanings(text, table);
        return table.namedSize()
                .or(() -> TableOptions.USUAL_SIZES.stream()
                        .filter(quantity -> means.contains(Meaning.of(quantity)))
                        .findFirst());
    }

    /// What the columns mean, by the names they were given or usually bear.
    private static Set<Meaning> meanings(TextTable text, TableOptions table) {
        var means = EnumSet.noneOf(Meaning.class);
        text.columns().forEach(column -> Meaning.ofColumn(column).ifPresent(means::add));
        means.addAll(table.namedMeanings());
        return means;
    }
}
