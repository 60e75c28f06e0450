package dev.superpose.plan;

import dev.superpose.result.Table;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.ScalingLaw;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// All that is said about a plan once its N and D are found.
record PlanDetails(
        Planner planner,
        LossSurface surface,
        BudgetCurve curve,
        Restriction restriction,
        RestrictedSearch.Found found) {

    Plan plan() {
        return new Plan(
                curve.compute(),
                found.choice(),
                planner.draws().map(this::spread),
                restriction instanceof Restriction.None ? basins() : List.of(),
                repeats(),
                bounds());
    }

    private Plan.Spread spread(Draws draws) {
        var optima = draws.laws().parallelStream().map(this::underDraw).toList();
        var settled = optima.stream().flatMap(Optional::stream).toList();
        return new Plan.Spread(
                draws.method(),
                settled.size(),
                interval(settled, drawn -> drawn.best.parameters()),
                interval(settled, drawn -> drawn.best.tokens()),
                interval(settled, drawn -> drawn.best.ratio()),
                interval(settled, Drawn::atPlan),
                interval(settled, drawn -> Math.max(0, drawn.atPlan / drawn.best.loss() - 1)));
    }

    /// @param best the optimum under a draw
    /// @param atPlan the draw's loss at the plan's own N and D
    private record Drawn(Choice best, double atPlan) {}

    private Optional<Drawn> underDraw(ScalingLaw law) {
        var drawn = new LossSurface(law, planner.circumstances());
        double high = curve.highest(planner.circumstances().largestParameters());
        var plan = found.choice();
        return new RestrictedSearch(curve, restriction, high).settle(drawn) instanceof RestrictedSearch.Found settled
                ? Optional.of(new Drawn(settled.choice(), drawn.at(plan.parameters(), plan.tokens())))
                : Optional.empty();
    }

    private Interval interval(List<Drawn> draws, ToDoubleFunction<Drawn> quantity) {
        return Draws.interval(draws.stream().mapToDouble(quantity).toArray(), planner.level());
    }

    private List<Plan.Basin> basins() {
        return Planner.TOLERANCES.stream().map(this::basin).toList();
    }

    private Plan.Basin basin(double tolerance) {
        double limit = found.choice().loss() * (1 + tolerance);
        double middle = Math.log(found.choice().parameters());
        double first = Math.log(Search.LEAST);
        double last = curve.highest(planner.circumstances().largestParameters());
        double low = Search.root(x -> Math.log(Planner.along(surface, curve, x) / limit), first, middle);
        double high = Search.root(x -> Math.log(Planner.along(surface, curve, x) / limit), middle, last);
        double least = Math.exp(Double.isNaN(low) ? first : low);
        double most = Math.exp(Double.isNaN(high) ? last : high);
        return new Plan.Basin(
                tolerance, least, most, curve.tokens(most), curve.tokens(least), Double.isNaN(low), Double.isNaN(high));
    }

    private Optional<Plan.Repeats> repeats() {
        double tokens = found.choice().tokens();
        double unique = planner.circumstances().uniqueTokens().orElse(Double.POSITIVE_INFINITY);
        if (tokens <= unique) {
            return Optional.empty();
        }
        double parameters = found.choice().parameters();
        double loss = found.choice().loss();
        double worth = Search.root(x -> surface.fresh(parameters, Math.exp(x)) - loss, 0, Math.log(tokens) + 1e-9);
        return Optional.of(new Plan.Repeats(
                unique,
                tokens / unique,
                Math.exp(worth),
                surface.fresh(parameters, tokens),
                surface.knowsRepetition()
                        ? planner.law().form().source()
                        : planner.circumstances().repetition().source()));
    }

    private List<String> bounds() {
        var bounds = new ArrayList<String>();
        if (found.held()) {
            bounds.add("N is held back at the largest that is allowed, "
                    + Table.brief(planner.circumstances().largestParameters()));
        }
        repeats()
                .ifPresent(repeats -> bounds.add("tokens are seen %s times, which adds %s to the loss"
                        .formatted(
                                Table.brief(repeats.epochs()),
                                Table.brief(found.choice().loss() - repeats.freshLoss()))));
        return bounds;
    }
}
