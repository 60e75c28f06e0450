package dev.superpose.plan;

import dev.superpose.stat.Interval;
import java.util.List;
import java.util.Optional;

/// What to train with a budget.
///
/// @param compute the budget in FLOPs, serving included
/// @param best N, D and the loss there
/// @param spread how far draws of the law agree; empty without draws
/// @param basins the flat bottom around the optimum, one for each of [Planner#TOLERANCES]; none if
/// N or D was given
/// @param repeats what repetition does; empty if no token is seen twice
/// @param bounds what keeps the plan from a lower loss, as sentences
public record Plan(
        double compute,
        Choice best,
        Optional<Spread> spread,
        List<Basin> basins,
        Optional<Repeats> repeats,
        List<String> bounds)
        implements PlanOutcome {

    public Plan {
        basins = List.copyOf(basins);
        bounds = List.copyOf(bounds);
    }

    /// What the data leave open: percentile intervals over draws of the law. That the law itself
    /// may fail no draw can show.
    ///
    /// @param method how the laws were drawn
    /// @param draws how many of them have an optimum at this budget
    /// @param parameters the optimal N of the draws
    /// @param tokens the optimal D
    /// @param ratio the optimal D/N
    /// @param loss at the plan's own N and D
    /// @param regret loss at the plan's own N and D over the least loss of the draw, less 1: what
    /// not knowing the law better costs
    public record Spread(
            String method,
            int draws,
            Interval parameters,
            Interval tokens,
            Interval ratio,
            Interval loss,
            Interval regret) {}

    /// All N along the budget whose loss is within a tolerance of the least.
    ///
    /// @param tolerance relative, such as 0.001
    /// @param lowParameters the smallest N
    /// @param highParameters the largest N
    /// @param lowTokens D of the largest N
    /// @param highTokens D of the smallest N
    /// @param lowOpen whether the smallest N is only where the search ended
    /// @param highOpen whether the largest N is only where the search or the circumstances ended
    public record Basin(
            double tolerance,
            double lowParameters,
            double highParameters,
            double lowTokens,
            double highTokens,
            boolean lowOpen,
            boolean highOpen) {}

    /// What repetition does to a plan.
    ///
    /// @param uniqueTokens how many different tokens there are
    /// @param epochs D over them
    /// @param effectiveTokens fresh tokens with which the same N would reach the same loss
    /// @param freshLoss the loss if all tokens were different
    /// @param source of what repeated tokens are worth
    public record Repeats(
            double uniqueTokens, double epochs, double effectiveTokens, double freshLoss, String source) {}
}
