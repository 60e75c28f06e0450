package dev.superpose.plan;

import dev.superpose.result.Table;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.ScalingLaw;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Chooses N and D along a budget so that a law promises the least loss.
///
/// The search is numeric, in ln N along the curve of equal cost, so that it serves any law of N and
/// D and any count of operations; for Chinchilla's law and 6 N D it agrees with the closed form
/// (docs/derivations/plan.md).
///
/// @param law over N and D
/// @param draws of the law, for intervals; empty if there are none, as for a published law
/// @param level of the intervals
/// @param flops operations per token
/// @param circumstances what the plan has to live with
public record Planner(
        ScalingLaw law, Optional<Draws> draws, double level, FlopModel flops, Circumstances circumstances) {
    /// The tolerances of the basins, relative to the least loss.
    public static final List<Double> TOLERANCES = List.of(0.001, 0.005, 0.01);

    private static final int GRID = 33;

    /// In place of ln loss where nothing can be trained.
    private static final double NOTHING = 1e3;

    /// Compute below this cannot train the least model on one token.
    private static final double LEAST_COMPUTE = 1e5;

    private static final double MOST_COMPUTE = 1e40;

    public Planner {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a level lies between 0 and 1, is " + level);
        }
        // Refuses a law that cannot be asked.
        new LossSurface(law, circumstances);
    }

    /// A planner at 6 N D with fresh tokens, without draws.
    public static Planner of(ScalingLaw law) {
        return new Planner(law, Optional.empty(), 0.95, new FlopModel.SixN(), Circumstances.FREE);
    }

    /// The same with draws of the law.
    public Planner withDraws(Draws others, double atLevel) {
        return new Planner(law, Optional.of(others), atLevel, flops, circumstances);
    }

    /// The same with another count of operations.
    public Planner withFlops(FlopModel other) {
        return new Planner(law, draws, level, other, circumstances);
    }

    /// The same under other circumstances.
    public Planner under(Circumstances other) {
        return new Planner(law, draws, level, flops, other);
    }

    /// The best plan for `compute` FLOPs, serving included.
    public PlanOutcome plan(double compute) {
        return plan(compute, new Restriction.None());
    }

    /// The best plan for `compute` FLOPs, serving included, that keeps to `restriction`.
    public PlanOutcome plan(double compute, Restriction restriction) {
        var curve = curve(compute);
        var surface = new LossSurface(law, circumstances);
        double high = curve.highest(circumstances.largestParameters());
        if (high == Double.NEGATIVE_INFINITY) {
            String serving = circumstances.servedTokens() > 0 ? " after paying for the served tokens" : "";
            return new PlanOutcome.NoPlan(
                    "%s FLOPs do not train even %s parameters%s"
                            .formatted(Table.brief(compute), Table.brief(Search.LEAST), serving),
                    "give a larger budget, serve fewer tokens, or allow larger models");
        }
        return switch (new RestrictedSearch(curve, restriction, high).settle(surface)) {
            case RestrictedSearch.Found found -> new PlanDetails(this, surface, curve, restriction, found).plan();
            case RestrictedSearch.Refused(var why) -> why;
        };
    }

    /// What training `parameters` on `tokens` loses against the best plan of the same compute.
    ///
    /// @throws IllegalArgumentException if no plan has that compute
    public Waste waste(double parameters, double tokens) {
        return waste(new LossSurface(law, circumstances), parameters, tokens);
    }

    /// The interval of [Waste#share()] of the same proposal over the draws; empty without draws.
    ///
    /// @throws IllegalArgumentException if no plan has that compute
    public Optional<Interval> wasteInterval(double parameters, double tokens) {
        return draws.map(drawn -> Draws.interval(
                drawn.laws().parallelStream()
                        .mapToDouble(one -> waste(new LossSurface(one, circumstances), parameters, tokens)
                                .share())
                        .toArray(),
                level));
    }

    private Waste waste(LossSurface surface, double parameters, double tokens) {
        double compute = BudgetCurve.spent(flops, circumstances.servedTokens(), parameters, tokens);
        var proposal = new Choice(parameters, tokens, surface.at(parameters, tokens));
        var best = least(surface, compute)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no plan for the %s FLOPs of the proposal".formatted(Table.brief(compute))));
        if (proposal.loss() <= best.loss()) {
            // To within rounding, or larger than the circumstances allow.
            return new Waste(proposal, compute, best, compute);
        }
        double same = computeFor(surface, proposal.loss(), compute).orElse(Math.min(LEAST_COMPUTE, compute));
        return new Waste(proposal, compute, best, same);
    }

    /// What the 20 tokens per parameter that Hoffmann et al. 2022 are remembered for, and `rules`,
    /// recommend for `compute` FLOPs, judged by this planner's law. Rules that the budget or the
    /// circumstances do not allow are left out.
    public List<Beside> beside(double compute, List<OptimumRule> rules) {
        var beside = new ArrayList<Beside>();
        add(beside, "20:1", "rule of thumb after Hoffmann et al. 2022", compute, new Restriction.FixedRatio(20));
        for (var rule : rules) {
            add(beside, rule.name(), rule.source(), compute, rule.restriction(compute));
        }
        return List.copyOf(beside);
    }

    private void add(List<Beside> beside, String name, String source, double compute, Restriction restriction) {
        var bare = new Planner(law, Optional.empty(), level, flops, circumstances);
        if (bare.plan(compute, restriction) instanceof Plan plan) {
            var choice = plan.best();
            beside.add(new Beside(name, source, choice, waste(choice.parameters(), choice.tokens())));
        }
    }

    /// The least compute with which the best plan reaches `loss`, and that plan.
    public TargetOutcome target(double loss) {
        if (!(loss > 0)) {
            throw new IllegalArgumentException("a loss must be positive, is " + loss);
        }
        var surface = new LossSurface(law, circumstances);
        var compute = computeFor(surface, loss);
        if (compute.isEmpty()) {
            return new TargetOutcome.OutOfReach(
                    "the law reaches no loss of %s with less than %s FLOPs"
                            .formatted(Table.brief(loss), Table.brief(MOST_COMPUTE)),
                    "ask for a loss further above the law's floor, find more different tokens, or allow larger models");
        }
        return switch (plan(compute.getAsDouble())) {
            case Plan plan -> TargetOutcome.Reached.of(this, loss, plan);
            case PlanOutcome.NoPlan(var reason, var remedy) -> new TargetOutcome.OutOfReach(reason, remedy);
        };
    }

    /// The share of the draws whose curve at the plan's N and D is at most `loss`: the probability
    /// that the target is met as far as the data fix the law, without the noise of single runs.
    /// Empty without draws.
    public OptionalDouble probability(Choice plan, double loss) {
        if (draws.isEmpty()) {
            return OptionalDouble.empty();
        }
        var laws = draws.get().laws();
        long met = laws.parallelStream()
                .filter(drawn -> new LossSurface(drawn, circumstances).at(plan.parameters(), plan.tokens()) <= loss)
                .count();
        return OptionalDouble.of((double) met / laws.size());
    }

    BudgetCurve curve(double compute) {
        return new BudgetCurve(flops, circumstances.servedTokens(), compute);
    }

    /// The least loss for `compute`; empty if nothing can be trained with it.
    Optional<Choice> least(LossSurface surface, double compute) {
        var curve = curve(compute);
        double high = curve.highest(circumstances.largestParameters());
        return high == Double.NEGATIVE_INFINITY ? Optional.empty() : Optional.of(least(surface, curve, high));
    }

    static Choice least(LossSurface surface, BudgetCurve curve, double high) {
        double log = Search.minimum(x -> along(surface, curve, x), Math.log(Search.LEAST), high, GRID);
        return choice(surface, curve, log);
    }

    static Choice choice(LossSurface surface, BudgetCurve curve, double log) {
        double parameters = Math.exp(log);
        double tokens = curve.tokens(parameters);
        return new Choice(parameters, tokens, surface.at(parameters, tokens));
    }

    static double along(LossSurface surface, BudgetCurve curve, double log) {
        double parameters = Math.exp(log);
        double tokens = curve.tokens(parameters);
        return tokens > 0 ? surface.at(parameters, tokens) : Double.POSITIVE_INFINITY;
    }

    /// The compute at which the least loss is `loss`; empty if there is none.
    OptionalDouble computeFor(LossSurface surface, double loss) {
        return computeFor(surface, loss, MOST_COMPUTE);
    }

    private OptionalDouble computeFor(LossSurface surface, double loss, double most) {
        double log = Search.root(
                x -> least(surface, Math.exp(x))
                        .map(best -> Math.log(best.loss() / loss))
                        .orElse(NOTHING),
                Math.log(LEAST_COMPUTE),
                Math.log(most));
        return Double.isNaN(log) ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(log));
    }
}
