package dev.superpose.cli;

import dev.superpose.report.ForecastReport;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `forecast`: what the loss will be, and where width ends to help.
@Command(
        name = "forecast",
        description = {
            "Forecasts the loss of runs that were not made, and what more of each size still buys.",
            "Two intervals: where the curve may lie, and where one new run may land, calibrated by back-testing on your"
                    + " own runs."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Of several laws the one that forecast best is used: each is fitted to the smaller",
            "runs and asked for the larger ones, at several origins.",
            "",
            "Exit code 1 if no law could be fitted.",
            "",
            "Examples:",
            "  superpose forecast runs.csv --at N=7e9,D=2e12",
            "  superpose forecast runs.csv --law chinchilla,kaplan --report forecast.html",
            "  superpose forecast widths.csv --at width=8192 --target-loss 2.1 --features 5e4"
        })
final class ForecastCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Mixin
    TableOptions table;

    @Option(
            names = "--at",
            paramLabel = "SIZES",
            description = "Where: N=7e9,D=2e12 or width=8192. Repeatable; by default ten times the largest run.")
    List<String> at = List.of();

    @Option(
            names = "--law",
            paramLabel = "LAWS",
            defaultValue = WantedLaws.AUTO,
            description = "The laws to choose from, with commas (see fit); auto: those that suit the columns.")
    String law;

    @Mixin
    LawOptions options;

    @Mixin
    IntervalOptions intervals;

    @Mixin
    WallOptions wall;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Also write a report with figures.")
    @Nullable
    Path report;

    @Option(names = "--json", description = "Print one JSON document, and nothing else.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        var asked = WantedLaws.of(law, table.read(), table, options, List.of());
        var wanted = law.equals(WantedLaws.AUTO) ? asked.withRivals(options) : asked;
        var answer = ForecastAnswer.of(wanted, at, table, options, intervals, wall);
        if (answer.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("superpose: no forecast: none of the laws could be fitted; superpose fit says why");
            return 1;
        }
        var provenance = Provenance.here().withSeed(options.seed).withInput(table.file());
        if (report != null) {
            new ForecastReport(answer.get().forReport(), CommandWords.of(spec), provenance).write(report);
        }
        var out = spec.commandLine().getOut();
        out.print(json ? Json.write(ForecastDocument.of(answer.get(), provenance)) : ForecastText.of(answer.get()));
        out.flush();
        return 0;
    }
}
