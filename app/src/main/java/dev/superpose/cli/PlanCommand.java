package dev.superpose.cli;

import dev.superpose.plan.Hardware;
import dev.superpose.plan.Plan;
import dev.superpose.plan.PlanOutcome;
import dev.superpose.plan.Planner;
import dev.superpose.plan.TargetOutcome;
import dev.superpose.report.PlanReport;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `plan`: what to train with a budget.
@Command(
        name = "plan",
        description = {
            "Plans a training for a budget of compute, money or time.",
            "N, D and the loss with an interval, the flat basin around the optimum, shapes that can be built, what other"
                    + " rules say, and which run to make next.",
            "By a law fitted to a table of your runs, or a published one (--list)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Exit code 1 if no plan meets what is asked.",
            "",
            "Examples:",
            "  superpose plan --compute 5.76e23",
            "  superpose plan runs.csv --days 30 --gpu H100-SXM --gpus 64 --mfu 0.4 --price 2.5",
            "  superpose plan --compute 1e22 --unique-tokens 5e10 --serve 1e12 --propose 7e9,1e12",
            "  superpose plan runs.csv --target-loss 2.1 --report plan.html"
        })
final class PlanCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Mixin
    TableOptions table;

    @Mixin
    BudgetOptions budgets;

    @Option(
            names = "--target-loss",
            paramLabel = "LOSS",
            description = "The least budget that reaches this loss, in place of a budget.")
    @Nullable
    Double target;

    @Option(
            names = "--published",
            paramLabel = "NAME",
            description = "A published law, see --list; without a table the first of them.")
    @Nullable
    String published;

    @Option(names = "--list", description = "List the published laws, rules and accelerators, with sources, and stop.")
    boolean list;

    @Mixin
    PlanConstraints constraints;

    @Option(
            names = "--law",
            paramLabel = "LAW",
            defaultValue = "chinchilla",
            description = "The law of N and D that is fitted to the table (default: ${DEFAULT-VALUE}).")
    String law;

    @Mixin
    LawOptions options;

    @Mixin
    IntervalOptions intervals;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Also write a report with figures.")
    @Nullable
    Path report;

    @Option(names = "--json", description = "Print one JSON document, and nothing else.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        if (list) {
            out.print(PlanText.catalogue());
            out.flush();
            return 0;
        }
        var source = source();
        var hardware = budgets.hardware();
        var planner = new Planner(
                source.law(),
                source.draws(),
                intervals.level,
                constraints.flops(source.counting()),
                constraints.circumstances(source.counting(), hardware));
        var answer = answer(planner, source, hardware);
        if (answer.isEmpty()) {
            return 1;
        }
        var provenance = Provenance.here().withSeed(options.seed);
        if (table.table != null) {
            provenance = provenance.withInput(table.file());
        }
        if (report != null) {
            new PlanReport(answer.get().forReport(), CommandWords.of(spec), provenance).write(report);
        }
        out.print(json ? Json.write(PlanDocument.of(answer.get(), provenance)) : PlanText.of(answer.get()));
        out.flush();
        return 0;
    }

    /// The plan with all that is said of it; empty, and told, if there is none.
    private Optional<PlanAnswer> answer(Planner planner, LawSource source, Hardware hardware) {
        var budget = budgets.budget();
        if (budget.isPresent() == (target != null)) {
            throw new IllegalArgumentException("give either a budget (--compute, --money, --days) or --target-loss");
        }
        if (target != null) {
            return switch (planner.target(target)) {
                case TargetOutcome.Reached reached ->
                    Optional.of(PlanAnswer.of(
                            planner, source, reached.plan(), Optional.of(reached), hardware, constraints));
                case TargetOutcome.OutOfReach(var reason, var remedy) -> refuse(reason, remedy);
            };
        }
        return switch (planner.plan(budget.orElseThrow().flops(hardware), constraints.restriction())) {
            case Plan plan ->
                Optional.of(PlanAnswer.of(planner, source, plan, Optional.empty(), hardware, constraints));
            case PlanOutcome.NoPlan(var reason, var remedy) -> refuse(reason, remedy);
        };
    }

    private Optional<PlanAnswer> refuse(String reason, String remedy) {
        spec.commandLine().getErr().println("superpose: no plan: %s; %s".formatted(reason, remedy));
        return Optional.empty();
    }

    /// The law fitted to the table, or a published one.
    private LawSource source() throws IOException {
        if (table.table == null) {
            return LawSource.published(published);
        }
        if (published != null) {
            throw new IllegalArgumentException("a law is fitted to the TABLE or --published, not both");
        }
        return LawSource.fitted(law, table, options, intervals);
    }
}
