package dev.superpose.plan;

/// A shape that can be built near a plan.
///
/// @param shape the dimensions
/// @param parameters N as the law counts
/// @param tokens D that the budget of the plan pays for with this shape
/// @param loss that the law promises
/// @param cost the loss over that of the plan, less 1: what rounding costs; below 0 where the shape
/// takes fewer operations than the plan assumed
/// @param overSixN the shape's own training FLOPs, attention and head included, over 6 N D
public record ShapeCandidate(
        TransformerShape shape, double parameters, double tokens, double loss, double cost, double overSixN) {}
