package dev.superpose.cli;

import dev.superpose.plan.Plan;
import dev.superpose.plan.TransformerShape;
import dev.superpose.plan.Waste;
import dev.superpose.result.Provenance;
import dev.superpose.stat.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `plan --json` prints.
record PlanDocument(
        double compute,
        Estimate parameters,
        Estimate tokens,
        Estimate tokensPerParameter,
        Estimate loss,
        double level,
        @Nullable String intervalMethod,
        List<Plan.Basin> basin,
        @Nullable Shape shape,
        List<Shape> shapes,
        Cost cost,
        List<Beside> beside,
        @Nullable Judged proposal,
        Plan.@Nullable Repeats repeats,
        @Nullable Target target,
        List<PlanAnswer.Next> nextRuns,
        Law law,
        String flops,
        List<String> notes,
        Provenance provenance) {

    /// A quantity of the plan; without draws of the law its ends are null.
    record Estimate(double best, double low, double high) {
        static Estimate of(double best, Optional<Interval> interval) {
            return new Estimate(
                    best,
                    interval.map(Interval::low).orElse(Double.NaN),
                    interval.map(Interval::high).orElse(Double.NaN));
        }
    }

    record Shape(
            TransformerShape dimensions,
            double parameters,
            double tokens,
            double loss,
            double aboveLeast,
            double overSixNd) {}

    record Cost(
            String gpu,
            int gpus,
            double utilisation,
            double gpuHours,
            double days,
            @Nullable Double money) {}

    record Judged(double parameters, double tokens, double loss, double aboveLeast, double computeWasted) {
        static Judged of(Waste waste) {
            var choice = waste.proposal();
            return new Judged(choice.parameters(), choice.tokens(), choice.loss(), waste.excess(), waste.share());
        }
    }

    record Beside(String rule, String source, Judged judged) {}

    record Target(
            double loss,
            double compute,
            double low,
            double high,
            double reachable,
            @Nullable Double probability) {}

    record Law(String name, String origin, String formula, Map<String, Double> parameters, boolean published) {}

    static PlanDocument of(PlanAnswer answer, Provenance provenance) {
        var plan = answer.plan();
        var best = plan.best();
        var spread = plan.spread();
        var shapes = shapes(answer);
        return new PlanDocument(
                plan.compute(),
                Estimate.of(best.parameters(), spread.map(Plan.Spread::parameters)),
                Estimate.of(best.tokens(), spread.map(Plan.Spread::tokens)),
                Estimate.of(best.ratio(), spread.map(Plan.Spread::ratio)),
                Estimate.of(best.loss(), spread.map(Plan.Spread::loss)),
                answer.planner().level(),
                spread.map(Plan.Spread::method).orElse(null),
                plan.basins(),
                shapes.isEmpty() ? null : shapes.getFirst(),
                shapes,
                cost(answer),
                answer.beside().stream()
                        .map(rule -> new Beside(rule.name(), rule.source(), Judged.of(rule.waste())))
                        .toList(),
                answer.proposal().map(Judged::of).orElse(null),
                plan.repeats().orElse(null),
                target(answer),
                answer.next(),
                new Law(
                        answer.source().law().form().word(),
                        answer.source().origin(),
                        answer.source().law().formula(),
                        answer.source().law().parameters(),
                        answer.source().fit().isEmpty()),
                answer.planner().flops().words(),
                answer.notes(),
                provenance);
    }

    private static List<Shape> shapes(PlanAnswer answer) {
        return answer.shapes().stream()
                .map(shape -> new Shape(
                        shape.shape(),
                        shape.parameters(),
                        shape.tokens(),
                        shape.loss(),
                        shape.cost(),
                        shape.overSixN()))
                .toList();
    }

    private static Cost cost(PlanAnswer answer) {
        var hardware = answer.hardware();
        var cost = answer.cost();
        return new Cost(
                hardware.gpu().name(),
                hardware.count(),
                hardware.utilisation(),
                cost.gpuHours(),
                cost.days(),
                cost.money().isPresent() ? cost.money().getAsDouble() : null);
    }

    private static @Nullable Target target(PlanAnswer answer) {
        return answer.target()
                .map(target -> new Target(
                        target.loss(),
                        target.plan().compute(),
                        target.compute().map(Interval::low).orElse(Double.NaN),
                        target.compute().map(Interval::high).orElse(Double.NaN),
                        target.reachable(),
                        answer.probability().isPresent() ? answer.probability().getAsDouble() : null))
                .orElse(null);
    }
}
