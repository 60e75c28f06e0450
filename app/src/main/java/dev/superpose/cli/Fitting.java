package dev.superpose.cli;

import dev.superpose.cli.IntervalOptions.Uncertainty;
import dev.superpose.report.LawReport;
import dev.superpose.runs.Findings;
import dev.superpose.runs.SelectedRuns;
import dev.superpose.runs.SelectedRuns.Subset;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Influence;
import dev.superpose.scaling.ResidualChecks;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One law fitted to one subset of a table, with all that is told of it.
///
/// @param table how the table was read
/// @param subset what was fitted
/// @param fit how it ended
/// @param choice why this law, as a sentence; empty if it was named
/// @param judged what is known of a law that was found; empty if there is none
/// @param seconds of the fit and its intervals
record Fitting(
        SelectedRuns.Account table, Subset subset, Fit fit, String choice, Optional<Judged> judged, double seconds) {

    /// What is known of a law that was found.
    ///
    /// @param uncertainty how well it is known
    /// @param intervals of its parameters
    /// @param residuals what the runs say against it
    /// @param influence which single runs it hangs on
    record Judged(
            Uncertainty uncertainty, Map<String, Interval> intervals, ResidualChecks residuals, Influence influence) {}

    /// Judges `fit`.
    ///
    /// @param started when the fit began, by [System#nanoTime()]
    static Fitting of(
            SelectedRuns selected,
            Subset subset,
            Fit fit,
            String choice,
            IntervalOptions intervals,
            LawOptions options,
            long started) {
        Optional<Judged> judged = Optional.empty();
        if (fit instanceof Fit.Fitted fitted) {
            var uncertainty = intervals.of(fitted, options.resamples());
            judged = Optional.of(new Judged(
                    uncertainty, uncertainty.parameters(), ResidualChecks.of(fitted), Influence.of(fitted, List.of())));
        }
        return new Fitting(selected.account(), subset, fit, choice, judged, (System.nanoTime() - started) / 1e9);
    }

    boolean fitted() {
        return fit instanceof Fit.Fitted;
    }

    /// The name of the law and of the subset, such as `power alpha=1`.
    String name() {
        var name = new StringBuilder(fit.form().word());
        subset.values()
                .forEach(
                        (key, value) -> name.append(' ').append(key).append('=').append(value));
        return name.toString();
    }

    /// Rows left out, by reason.
    Map<String, List<String>> dropped() {
        var dropped = new LinkedHashMap<String, List<String>>();
        for (var findings : List.of(table.findings(), subset.findings())) {
            findings.dropped()
                    .forEach(reason -> dropped.merge(reason.reason(), reason.places(), (a, b) -> {
                        var both = new ArrayList<>(a);
                        both.addAll(b);
                        return List.copyOf(both);
                    }));
        }
        return dropped;
    }

    int droppedRows() {
        return table.findings().droppedRows() + subset.findings().droppedRows();
    }

    /// What was done to the table, as sentences.
    List<String> notes() {
        return join(table.findings(), subset.findings(), false);
    }

    /// What a reader should know before believing the law, as sentences.
    List<String> warnings() {
        var warnings = new ArrayList<>(join(table.findings(), subset.findings(), true));
        warnings.addAll(lawWarnings());
        return List.copyOf(warnings);
    }

    /// What of it concerns the law, not the table.
    List<String> lawWarnings() {
        var warnings = new ArrayList<String>();
        if (fit instanceof Fit.Fitted fitted) {
            warnings.addAll(fitted.warnings());
        }
        judged.ifPresent(known -> {
            known.uncertainty().draws().ifPresent(draws -> warnings.addAll(draws.warnings()));
            warnings.addAll(known.residuals().warnings());
            warnings.addAll(known.influence().warnings());
        });
        return List.copyOf(warnings);
    }

    private static List<String> join(Findings table, Findings subset, boolean warnings) {
        var all = new ArrayList<>(warnings ? table.warnings() : table.notes());
        all.addAll(warnings ? subset.warnings() : subset.notes());
        return List.copyOf(all);
    }

    private Map<String, Double> standardErrors(Fit.Fitted fitted) {
        var errors = new LinkedHashMap<String, Double>();
        FitDocument.parameters(this, fitted).forEach((name, estimate) -> errors.put(name, estimate.standardError()));
        return errors;
    }

    /// What the report shows of it; empty without a law.
    Optional<LawReport.Law> forReport() {
        return fit instanceof Fit.Fitted fitted
                ? judged.map(known -> new LawReport.Law(
                        name(),
                        fitted,
                        known.intervals(),
                        standardErrors(fitted),
                        known.uncertainty().method(),
                        known.uncertainty()::curve,
                        known.residuals(),
                        choice,
                        dropped(),
                        notes(),
                        warnings()))
                : Optional.empty();
    }
}
