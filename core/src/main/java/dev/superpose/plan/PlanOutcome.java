package dev.superpose.plan;

/// What planning ends with: a plan, or why there is none.
public sealed interface PlanOutcome permits Plan, PlanOutcome.NoPlan {

    /// Nothing meets what was asked.
    ///
    /// @param reason why, as a sentence
    /// @param remedy what to do, as a sentence
    record NoPlan(String reason, String remedy) implements PlanOutcome {}
}
