package dev.superpose.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/// Looks for shapes that can be built near the N of a plan, and says what rounding costs.
///
/// Where the law depends on width or depth it chooses between them. Where it does not, all shapes
/// whose loss is within [#ALIKE] of the plan's count as equal, and the one nearest the preferred
/// width over depth comes first.
///
/// @param planner whose law, operations and circumstances hold
/// @param rules which shapes can be built
public record ShapeSearch(Planner planner, ShapeRules rules) {
    /// Relative differences of the loss that no one would notice: seeds differ by more.
    public static final double ALIKE = 1e-4;

    /// Shapes further from the plan's N, as a factor, are no longer near.
    private static final double NEAR = 1.5;

    /// Nothing wider is built.
    private static final long WIDEST = 1 << 20;

    /// The best `most` shapes near `plan`; empty if none has an N within a factor of 1.5 and a
    /// width over depth in range: then a smaller multiple, another vocabulary or a larger budget
    /// helps.
    public List<ShapeCandidate> near(Plan plan, int most) {
        var surface = new LossSurface(planner.law(), planner.circumstances());
        var candidates = new ArrayList<ShapeCandidate>();
        long step = rules.widthStep();
        double largest = plan.best().parameters() * NEAR;
        for (long width = step; width <= WIDEST && shallowest(width) < largest; width += step) {
            for (long depth : depths(width, plan.best().parameters())) {
                add(candidates, surface, plan, rules.shape(width, depth));
            }
        }
        candidates.sort(surface.asksShapes() ? byLoss() : byAspect());
        return List.copyOf(candidates.subList(0, Math.min(most, candidates.size())));
    }

    private void add(List<ShapeCandidate> candidates, LossSurface surface, Plan plan, TransformerShape shape) {
        double parameters = parameters(shape);
        double factor = parameters / plan.best().parameters();
        if (factor > NEAR
                || factor < 1 / NEAR
                || parameters > planner.circumstances().largestParameters()) {
            return;
        }
        double tokens = tokens(shape, plan);
        if (tokens >= 1) {
            double loss = surface.at(shape.dimensions(), tokens);
            candidates.add(new ShapeCandidate(
                    shape, parameters, tokens, loss, loss / plan.best().loss() - 1, shape.overSixN(attention())));
        }
    }

    /// N of the shape of this width with the fewest layers allowed.
    private double shallowest(long width) {
        return parameters(rules.shape(width, Math.max(1, (long) Math.floor(width / rules.highAspect()))));
    }

    /// The depths around the one that gives `parameters` at `width`, if allowed: N grows by the
    /// same with every layer.
    private List<Long> depths(long width, double parameters) {
        double one = parameters(rules.shape(width, 1));
        double layer = parameters(rules.shape(width, 2)) - one;
        long below = (long) Math.floor(1 + (parameters - one) / layer);
        return LongStream.of(below, below + 1)
                .filter(depth -> depth >= 1)
                .filter(depth -> width >= depth * rules.lowAspect() && width <= depth * rules.highAspect())
                .boxed()
                .toList();
    }

    private double parameters(TransformerShape shape) {
        return shape.parameters(planner.circumstances().counting());
    }

    private double tokens(TransformerShape shape, Plan plan) {
        if (!(planner.flops() instanceof FlopModel.Shaped shaped)) {
            return planner.curve(plan.compute()).tokens(parameters(shape));
        }
        double forward = shape.forwardFlopsPerToken(shaped.attention());
        return (plan.compute() - planner.circumstances().servedTokens() * forward) / (3 * forward);
    }

    private AttentionFlops attention() {
        return planner.flops() instanceof FlopModel.Shaped shaped ? shaped.attention() : AttentionFlops.FULL;
    }

    private static Comparator<ShapeCandidate> byLoss() {
        return Comparator.comparingDouble(ShapeCandidate::loss);
    }

    private Comparator<ShapeCandidate> byAspect() {
        double preferred = rules.family().aspect();
        return Comparator.<ShapeCandidate>comparingDouble(candidate -> Math.max(ALIKE, candidate.cost()))
                .thenComparingDouble(
                        candidate -> Math.abs(Math.log(candidate.shape().aspect() / preferred)));
    }
}
