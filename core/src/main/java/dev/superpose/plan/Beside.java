package dev.superpose.plan;

/// What a rule recommends for the same compute, beside the plan.
///
/// @param name of the rule
/// @param source of the rule
/// @param choice N and D, with the loss that the planner's own law promises there
/// @param waste against the best plan
public record Beside(String name, String source, Choice choice, Waste waste) {}
