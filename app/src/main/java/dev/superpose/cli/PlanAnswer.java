package dev.superpose.cli;

import dev.superpose.plan.Beside;
import dev.superpose.plan.Hardware;
import dev.superpose.plan.Knowledge;
import dev.superpose.plan.Memory;
import dev.superpose.plan.NextRun;
import dev.superpose.plan.OptimumRule;
import dev.superpose.plan.ParameterCount;
import dev.superpose.plan.Plan;
import dev.superpose.plan.Planner;
import dev.superpose.plan.PublishedLaws;
import dev.superpose.plan.Reach;
import dev.superpose.plan.ShapeCandidate;
import dev.superpose.plan.ShapeRules;
import dev.superpose.plan.ShapeSearch;
import dev.superpose.plan.TargetOutcome;
import dev.superpose.plan.Waste;
import dev.superpose.report.PlanReport;
import dev.superpose.runs.Quantity;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.IsoFlops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// All that `plan` has to say.
///
/// @param planner by whose law
/// @param source of the law
/// @param plan the best plan
/// @param target what the target loss takes, if one was given
/// @param probability that the target is met by the plan, as far as draws of the law say
/// @param hardware what it runs on
/// @param cost of the plan
/// @param beside what rules recommend for the same compute
/// @param proposal what the user proposed
/// @param shapes that can be built, the nearest first
/// @param next runs that would teach most about the plan's loss, per FLOP and in all
/// @param isoFlops parabolas through the runs, where there are some
/// @param notes what a reader should know
record PlanAnswer(
        Planner planner,
        LawSource source,
        Plan plan,
        Optional<TargetOutcome.Reached> target,
        OptionalDouble probability,
        Hardware hardware,
        Hardware.Cost cost,
        List<Beside> beside,
        Optional<Waste> proposal,
        List<ShapeCandidate> shapes,
        List<Next> next,
        Optional<IsoFlops.Found> isoFlops,
        List<String> notes) {
    private static final int SHAPES = 5;
    private static final int NEXT_RUNS = 2;
    private static final int NEXT_STEPS = 9;

    /// A run that is proposed.
    ///
    /// @param reason for which it comes first
    /// @param value what it would teach
    record Next(String reason, NextRun.Value value) {}

    /// Runs that are proposed cost from a ten-thousandth to a tenth of the plan.
    private static final double CHEAPEST = 1e-4;

    private static final double DEAREST = 0.1;

    static PlanAnswer of(
            Planner planner,
            LawSource source,
            Plan plan,
            Optional<TargetOutcome.Reached> target,
            Hardware hardware,
            PlanConstraints constraints) {
        var isoFlops = source.fit().flatMap(PlanAnswer::isoFlops);
        var rules = new ArrayList<OptimumRule>();
        isoFlops.ifPresent(found -> rules.add(OptimumRule.of(
                "approach-2, your runs", found.optima().getFirst(), "parabolas through your runs of equal compute")));
        rules.addAll(PublishedLaws.rules());
        var rulesOfShape = ShapeRules.usual(constraints.shapes());
        var shapes = new ShapeSearch(planner, rulesOfShape).near(plan, SHAPES);
        return new PlanAnswer(
                planner,
                source,
                plan,
                target,
                target.isPresent()
                        ? planner.probability(plan.best(), target.get().loss())
                        : OptionalDouble.empty(),
                hardware,
                hardware.cost(plan.compute()),
                planner.beside(plan.compute(), rules),
                constraints.proposal().map(proposed -> planner.waste(proposed[0], proposed[1])),
                shapes,
                source.fit().map(fit -> next(planner, source, fit, plan)).orElse(List.of()),
                isoFlops,
                notes(planner, source, plan, hardware, shapes, constraints));
    }

    private static Optional<IsoFlops.Found> isoFlops(Fit.Fitted fit) {
        return IsoFlops.of(fit.runs(), IsoFlops.Options.along(Quantity.PARAMETERS)) instanceof IsoFlops.Found found
                ? Optional.of(found)
                : Optional.empty();
    }

    private static List<Next> next(Planner planner, LawSource source, Fit.Fitted fit, Plan plan) {
        double deviation = fit.residualStandardDeviation();
        if (!(deviation > 0)) {
            return List.of();
        }
        var knowledge = source.draws().isPresent()
                ? Knowledge.of(source.draws().get(), planner.circumstances())
                : Knowledge.of(fit, planner.circumstances());
        var design = new NextRun(knowledge, deviation, planner.flops());
        double least = CHEAPEST * plan.compute();
        double most = DEAREST * plan.compute();
        return Stream.concat(
                        design.perFlop(plan.best(), least, most, NEXT_STEPS).stream()
                                .limit(NEXT_RUNS)
                                .map(value -> new Next("most per FLOP", value)),
                        design.inAll(plan.best(), least, most, NEXT_STEPS).stream()
                                .limit(NEXT_RUNS)
                                .map(value -> new Next("most in all", value)))
                .toList();
    }

    private static List<String> notes(
            Planner planner,
            LawSource source,
            Plan plan,
            Hardware hardware,
            List<ShapeCandidate> shapes,
            PlanConstraints constraints) {
        var notes = new ArrayList<>(source.warnings());
        notes.addAll(plan.bounds());
        notes.add("FLOPs are counted as " + planner.flops().words());
        source.fit().map(fit -> Reach.of(fit.runs(), plan.best())).ifPresent(reach -> {
            if (!reach.inside()) {
                notes.add("extrapolated: " + reach.words());
            }
        });
        plan.repeats().ifPresent(repeats -> notes.add("what repeated tokens are worth: " + repeats.source()));
        shapes.stream().findFirst().ifPresent(shape -> {
            long needed =
                    Memory.USUAL.gpusToTrain((double) shape.shape().parameters(ParameterCount.ALL), hardware.gpu());
            if (needed > hardware.count()) {
                notes.add("training states of this model (%s) need at least %d %s; you have %d"
                        .formatted(
                                Memory.USUAL.state().words(),
                                needed,
                                hardware.gpu().name(),
                                hardware.count()));
            }
        });
        if (constraints.served > 0) {
            notes.add("the budget pays for training and for serving %.3g tokens".formatted(constraints.served));
        }
        return List.copyOf(notes);
    }

    PlanReport.Answer forReport() {
        return new PlanReport.Answer(
                planner, source.origin(), plan, hardware, beside, proposal, shapes, source.fit(), isoFlops, notes);
    }
}
