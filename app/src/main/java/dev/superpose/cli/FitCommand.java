package dev.superpose.cli;

import dev.superpose.result.Csv;
import dev.superpose.result.InputException;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import dev.superpose.runs.Condition;
import dev.superpose.scaling.LawChoice;
import dev.superpose.scaling.LawFit;
import dev.superpose.scaling.LawForm;
import dev.superpose.scaling.Observations;
import dev.superpose.scaling.TableSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fit`: scaling laws through the losses of a table.
@Command(
        name = "fit",
        description = "Fits scaling laws to the losses of a table, with a certificate.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A law is fitted to ln loss by least squares. Lines whose size or loss is",
            "missing or infinite are left out and counted. Exit code 1 if the data do not",
            "fix any of the laws asked for.",
            "",
            "Examples:",
            "  superpose fit study/results.csv --by alpha,decay",
            "  superpose fit losses.csv --x d_model --where dataset=pile --json"
        })
final class FitCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "TABLE", description = "Comma-separated values with a line of column names.")
    Path table;

    @Option(
            names = "--x",
            paramLabel = "COLUMN",
            defaultValue = "",
            description = "The sizes; by default the first column called width, d_model, m, hidden_size or n_embd.")
    String size;

    @Option(
            names = "--y",
            paramLabel = "COLUMN",
            defaultValue = "",
            description = "The losses; by default the first column called test_loss, loss, L, val_loss or "
                    + "validation_loss.")
    String loss;

    @Option(
            names = "--where",
            paramLabel = "COLUMN=VALUE",
            description = "Take only lines that meet this; also with !=, <, <=, >, >= (quote them). Repeatable.")
    List<String> where = List.of();

    @Option(
            names = "--by",
            paramLabel = "COLUMN",
            split = ",",
            description = "Fit the lines apart for each value of this column, or of several.")
    List<String> by = List.of();

    @Option(
            names = "--law",
            paramLabel = "LAW",
            defaultValue = "auto",
            description = "One of ${COMPLETION-CANDIDATES}: L = A m^-a, L = A m^-a + B, both of them, or (the "
                    + "default) the one that the losses support.")
    Choice law;

    @Option(names = "--means", description = "Fit the geometric mean of the losses at each size instead of every loss.")
    boolean means;

    @Option(names = "--json", description = "Print one JSON document.")
    boolean json;

    /// The laws that can be asked for.
    enum Choice {
        POWER("power"),
        POWER_FLOOR("power-floor"),
        BOTH("both"),
        AUTO("auto");

        private final String word;

        Choice(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    @Override
    public Integer call() throws IOException {
        var conditions = where.stream().map(Condition::parse).toList();
        var csv = Csv.read(table);
        var selected = new TableSelection(size, loss, conditions, by).from(csv);
        requireSomethingToFit(selected);
        var fits = new ArrayList<FitReport>();
        boolean everyGroupFitted = true;
        for (var group : selected.groups()) {
            var ofGroup = fit(group);
            everyGroupFitted &= ofGroup.stream().anyMatch(FitReport::fitted);
            fits.addAll(ofGroup);
        }
        var out = spec.commandLine().getOut();
        if (json) {
            var provenance = Provenance.here().withInput(table);
            var documents = fits.stream().map(fit -> fit.document(provenance)).toList();
            out.print(Json.write(documents.size() == 1 ? documents.getFirst() : documents));
        } else {
            out.print(FitReport.text(selected, fits));
        }
        out.flush();
        return everyGroupFitted ? 0 : 1;
    }

    /// A table whose losses are all at one size is bad input; one group among others that
    /// is so is told in its
    /// place.
    private void requireSomethingToFit(TableSelection.Selected selected) throws InputException {
        for (var group : selected.groups()) {
            if (sizes(group) >= 2) {
                return;
            }
        }
        var group = selected.groups().getFirst();
        throw new InputException(
                table,
                "",
                "losses at two different sizes or more" + (by.isEmpty() ? "" : " in one of the groups"),
                "%d loss(es) at %d size(s), left out %s"
                        .formatted(group.points().size(), sizes(group), group.dropped()),
                "measure more sizes, or check --x and --where");
    }

    private List<FitReport> fit(TableSelection.Group group) {
        var forms = switch (law) {
            case POWER -> List.of(LawForm.POWER);
            case POWER_FLOOR -> List.of(LawForm.POWER_WITH_FLOOR);
            case BOTH -> List.of(LawForm.POWER, LawForm.POWER_WITH_FLOOR);
            case AUTO -> List.<LawForm>of();
        };
        if (sizes(group) < 2) {
            return List.of(new FitReport(group, tooFew(forms, group), ""));
        }
        var all = new Observations(group.points());
        var observations = means ? all.geometricMeans() : all;
        if (forms.isEmpty()) {
            var choice = LawChoice.of(observations);
            return List.of(new FitReport(group, choice.fit(), choice.reason()));
        }
        return forms.stream()
                .map(form -> new FitReport(group, LawFit.of(form, observations), ""))
                .toList();
    }

    private static LawFit tooFew(List<LawForm> forms, TableSelection.Group group) {
        var form = forms.isEmpty() ? LawForm.POWER : forms.getFirst();
        return new LawFit.NotIdentified(
                form,
                "%d loss(es) at %d size(s) fix no law".formatted(group.points().size(), sizes(group)),
                "measure at least two sizes");
    }

    private static long sizes(TableSelection.Group group) {
        return group.points().stream()
                .mapToDouble(point -> point.size())
                .distinct()
                .count();
    }
}
