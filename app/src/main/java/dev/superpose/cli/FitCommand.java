package dev.superpose.cli;

import dev.superpose.report.LawReport;
import dev.superpose.report.OptimumReport;
import dev.superpose.result.InputException;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import dev.superpose.runs.Meaning;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.SelectedRuns.Subset;
import dev.superpose.runs.TextTable;
import dev.superpose.scaling.ComputeFrontier;
import dev.superpose.scaling.FloorChoice;
import dev.superpose.scaling.Form;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fit`: scaling laws through the losses of a table.
@Command(
        name = "fit",
        description = "Fits scaling laws to the losses of a table, with a certificate and intervals.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Laws: power, power-floor, chinchilla, chinchilla-tied, kaplan, width-groups,",
            "width-depth-data, gemstones, repeated, repeated-untied, vocabulary and",
            "broken-power; several with commas. auto takes chinchilla where N and D vary,",
            "width-groups where there is a column group, else a power law, with a floor if",
            "the losses show one. approach-1 and approach-2 give the compute-optimal sizes",
            "(Hoffmann et al. 2022): by the frontier of all runs, by parabolas through runs",
            "of equal compute.",
            "",
            "Exit code 1 if the data do not fix any of the laws asked for.",
            "",
            "Examples:",
            "  superpose fit study/results.csv --by alpha,decay",
            "  superpose fit runs.csv --law chinchilla --drop-largest 5 --report fit.html",
            "  superpose fit runs.parquet --law chinchilla --hold E=1.69 --json"
        })
final class FitCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Mixin
    TableOptions table;

    @Option(
            names = "--by",
            paramLabel = "COLUMN",
            split = ",",
            description = "Fit the rows apart for each value of this column, or of several.")
    List<String> by = List.of();

    @Option(
            names = "--law",
            paramLabel = "LAW",
            defaultValue = WantedLaws.AUTO,
            description = "Which law, see below (default: ${DEFAULT-VALUE}).")
    String law;

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description = "approach-2: runs of one budget differ in compute by no more (default: ${DEFAULT-VALUE}).")
    double tolerance;

    @Option(
            names = "--axis",
            paramLabel = "SIZE",
            defaultValue = "params",
            description = "approach-2: parabolas over params or tokens (default: ${DEFAULT-VALUE}).")
    String axis;

    @Option(
            names = "--bins",
            paramLabel = "N",
            defaultValue = "" + ComputeFrontier.USUAL_BINS,
            description = "approach-1: bins of compute per decade (default: ${DEFAULT-VALUE}).")
    int bins;

    @Mixin
    LawOptions options;

    @Mixin
    IntervalOptions intervals;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Also write a report with figures, if a law was found.")
    @Nullable
    Path report;

    @Option(names = "--json", description = "Print one JSON document, and nothing else.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        var text = table.read();
        if (ComputeOptimal.named(law)) {
            return computeOptimal(text);
        }
        var wanted = WantedLaws.of(law, text, table, options, by);
        requireSomethingToFit(wanted);
        var fittings = new ArrayList<Fitting>();
        boolean everySubsetFitted = true;
        for (var subset : wanted.selected().subsets()) {
            var ofSubset = fit(wanted, subset);
            everySubsetFitted &= ofSubset.stream().anyMatch(Fitting::fitted);
            fittings.addAll(ofSubset);
        }
        var provenance = Provenance.here().withSeed(options.seed).withInput(table.file());
        var laws = fittings.stream()
                .flatMap(fitting -> fitting.forReport().stream())
                .toList();
        if (report != null && !laws.isEmpty()) {
            new LawReport(laws, CommandWords.of(spec), provenance).write(report);
        }
        var out = spec.commandLine().getOut();
        out.print(json ? Json.write(documents(fittings, provenance)) : FitText.of(wanted.selected(), fittings));
        out.flush();
        return everySubsetFitted ? 0 : 1;
    }

    /// Approach 1 or 2, which are laws of the optimum, not of the loss of every run.
    private int computeOptimal(TextTable text) throws IOException {
        var needs = EnumSet.of(Quantity.PARAMETERS, Quantity.TOKENS, Quantity.COMPUTE);
        var optimal = table.select(text, needs, by).subsets().stream()
                .map(subset -> ComputeOptimal.of(law, subset, options, axis(), tolerance, bins))
                .toList();
        var provenance = Provenance.here().withSeed(options.seed).withInput(table.file());
        var parts = optimal.stream().flatMap(part -> part.forReport().stream()).toList();
        if (report != null && !parts.isEmpty()) {
            new OptimumReport(parts, CommandWords.of(spec), provenance).write(report);
        }
        var documents = optimal.stream().map(part -> part.document(provenance)).toList();
        var out = spec.commandLine().getOut();
        if (json) {
            out.print(Json.write(documents.size() == 1 ? documents.getFirst() : documents));
        } else {
            optimal.forEach(part -> out.print(part.text()));
        }
        out.flush();
        return optimal.stream().allMatch(ComputeOptimal::found) ? 0 : 1;
    }

    private Quantity axis() {
        return Meaning.parse(axis)
                .quantity()
                .orElseThrow(() -> new IllegalArgumentException("--axis is params or tokens, not " + axis));
    }

    private static Object documents(List<Fitting> fittings, Provenance provenance) {
        var documents = fittings.stream()
                .map(fitting -> FitDocument.of(fitting, provenance))
                .toList();
        return documents.size() == 1 ? documents.getFirst() : documents;
    }

    private List<Fitting> fit(WantedLaws wanted, Subset subset) {
        var runs = table.means ? subset.runs().geometricMeans() : subset.runs();
        if (wanted.oneSize().isPresent()) {
            var started = System.nanoTime();
            var fitter = options.fitter(wanted.forms().getFirst());
            var choice = FloorChoice.of(fitter, wanted.oneSize().get(), runs);
            return List.of(
                    Fitting.of(wanted.selected(), subset, choice.fit(), choice.reason(), intervals, options, started));
        }
        var fittings = new ArrayList<Fitting>();
        for (Form form : wanted.forms()) {
            var started = System.nanoTime();
            var fit = options.fitter(form).fit(form, runs);
            fittings.add(Fitting.of(wanted.selected(), subset, fit, wanted.reason(), intervals, options, started));
        }
        return fittings;
    }

    /// A table with a single run in every subset is bad input; one subset among others that is so
    /// is told in its place.
    private void requireSomethingToFit(WantedLaws wanted) throws InputException {
        var subsets = wanted.selected().subsets();
        if (subsets.stream().anyMatch(subset -> subset.runs().geometricMeans().count() >= 2)) {
            return;
        }
        var first = subsets.getFirst();
        throw new InputException(
                table.file(),
                "",
                "losses at two different sizes or more" + (by.isEmpty() ? "" : " in one of the groups"),
                "%d loss(es) at %d size(s), left out %d"
                        .formatted(
                                first.runs().count(),
                                first.runs().geometricMeans().count(),
                                first.findings().droppedRows()
                                        + wanted.selected().account().findings().droppedRows()),
                "measure more sizes, or check --x, --column and --where");
    }
}
