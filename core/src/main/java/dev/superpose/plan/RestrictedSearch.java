package dev.superpose.plan;

import dev.superpose.result.Table;

/// The search for N along a budget curve.
///
/// @param curve of equal cost
/// @param restriction what is settled beforehand
/// @param high the largest ln N that may be looked at
record RestrictedSearch(BudgetCurve curve, Restriction restriction, double high) {
    /// An optimum this close to the end of the search, in ln N, lies at the end.
    private static final double AT_END = 1e-6;

    sealed interface Result {}

    /// @param choice what was found
    /// @param held whether the largest N allowed holds it back
    record Found(Choice choice, boolean held) implements Result {}

    /// @param why there is nothing
    record Refused(PlanOutcome.NoPlan why) implements Result {}

    /// Searches the loss of `surface`.
    Result settle(LossSurface surface) {
        return switch (restriction) {
            case Restriction.None() -> free(surface);
            case Restriction.FixedParameters(double parameters) -> atParameters(surface, parameters);
            case Restriction.FixedTokens(double tokens) -> {
                double log = Search.root(x -> curve.logTokens(x) - Math.log(tokens), low(), high);
                yield Double.isNaN(log)
                        ? unaffordable("%s tokens".formatted(Table.brief(tokens)))
                        : found(surface, log);
            }
            case Restriction.FixedRatio(double ratio) -> {
                double log = Search.root(x -> curve.logTokens(x) - Math.log(ratio) - x, low(), high);
                yield Double.isNaN(log)
                        ? unaffordable("%s tokens per parameter".formatted(Table.brief(ratio)))
                        : found(surface, log);
            }
        };
    }

    private Result free(LossSurface surface) {
        var best = Planner.least(surface, curve, high);
        double log = Math.log(best.parameters());
        if (log < low() + AT_END) {
            return new Refused(new PlanOutcome.NoPlan(
                    "along this budget the loss is least for the smallest models, so size buys nothing",
                    "fit a law whose loss falls with size"));
        }
        boolean atEnd = log > high - AT_END;
        if (atEnd && curve.tokens(Math.exp(high)) < 2) {
            return new Refused(new PlanOutcome.NoPlan(
                    "along this budget the loss falls with size down to the last token, so tokens buy nothing",
                    "fit a law whose loss falls with tokens"));
        }
        return new Found(best, atEnd);
    }

    private Result atParameters(LossSurface surface, double parameters) {
        double log = Math.log(parameters);
        boolean affordable = parameters >= 1 && log <= high + AT_END && curve.tokens(parameters) > 0;
        return affordable ? found(surface, log) : unaffordable("%s parameters".formatted(Table.brief(parameters)));
    }

    private static Refused unaffordable(String what) {
        return new Refused(new PlanOutcome.NoPlan(
                "the budget and the largest model allowed leave no run of " + what,
                "give a larger budget, allow larger models, or settle on less"));
    }

    private Found found(LossSurface surface, double log) {
        return new Found(Planner.choice(surface, curve, log), false);
    }

    private static double low() {
        return Math.log(Search.LEAST);
    }
}
