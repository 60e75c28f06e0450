package dev.superpose.cli;

import dev.superpose.plan.ParameterCount;
import dev.superpose.plan.PublishedLaw;
import dev.superpose.plan.PublishedLaws;
import dev.superpose.result.InputException;
import dev.superpose.runs.Meaning;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Form;
import dev.superpose.scaling.ScalingLaw;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The law by which is planned or forecast: fitted to the user's runs, or published.
///
/// @param law with all its parameters
/// @param draws of a fitted law
/// @param fit of a fitted law
/// @param counting what its N counts
/// @param origin in words: `fitted to 240 runs of runs.csv`, or a paper with the mark that it
/// is not the user's
/// @param warnings what a reader should know of it
record LawSource(
        ScalingLaw law,
        Optional<Draws> draws,
        Optional<Fit.Fitted> fit,
        ParameterCount counting,
        String origin,
        List<String> warnings) {

    /// The published law called `name`; the first of the list if that is null.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    static LawSource published(@Nullable String name) {
        var laws = PublishedLaws.laws();
        PublishedLaw law = name == null
                ? laws.getFirst()
                : PublishedLaws.find(name)
                        .orElseThrow(() ->
                                new IllegalArgumentException("no published law is called \"%s\"; there are %s"
                                        .formatted(
                                                name,
                                                laws.stream()
                                                        .map(PublishedLaw::name)
                                                        .collect(Collectors.joining(", ")))));
        return new LawSource(
                law.law(),
                Optional.empty(),
                Optional.empty(),
                law.counting(),
                "%s, %s".formatted(law.name(), PublishedLaw.MARK),
                List.of(
                        "the law: %s".formatted(law.source()),
                        "it was fitted to %s; another corpus, tokenizer or architecture has another law"
                                .formatted(law.data()),
                        "of this law: %s".formatted(law.note())));
    }

    /// The law called `law`, fitted to a table. Draws are made for it whatever the method of its intervals,
    /// since a plan needs whole laws.
    ///
    /// @throws InputException if the data do not fix the law, or the table is divided
    static LawSource fitted(String law, TableOptions table, LawOptions options, IntervalOptions intervals)
            throws IOException {
        var started = System.nanoTime();
        var wanted = WantedLaws.of(law, table.read(), table, options, List.of());
        if (wanted.forms().size() > 1) {
            throw new IllegalArgumentException("name one law with --law, not " + law);
        }
        var form = wanted.forms().getFirst();
        var subset = wanted.selected().subsets().getFirst();
        var runs = table.means ? subset.runs().geometricMeans() : subset.runs();
        var fit = options.fitter(form).fit(form, runs);
        return switch (fit) {
            case Fit.Fitted fitted -> {
                var fitting = Fitting.of(wanted.selected(), subset, fit, "", intervals, options, started);
                var draws = intervals.draws(fitted, options.resamples());
                boolean bare =
                        wanted.selected().account().column(Meaning.PARAMETERS).isEmpty();
                yield new LawSource(
                        fitted.law(),
                        Optional.of(draws),
                        Optional.of(fitted),
                        bare ? ParameterCount.WITHOUT_EMBEDDINGS : ParameterCount.ALL,
                        "%s fitted to %d runs of %s".formatted(form.word(), runs.count(), table.file()),
                        fitting.warnings());
            }
            case Fit.NotIdentified(var _, var reason, var remedy) -> throw refused(table, form, reason, remedy);
            case Fit.NotConverged(var _, var reason, var remedy) -> throw refused(table, form, reason, remedy);
        };
    }

    private static InputException refused(TableOptions table, Form form, String reason, String remedy) {
        return new InputException(table.file(), "", "runs that fix " + form.word(), reason, remedy);
    }
}
