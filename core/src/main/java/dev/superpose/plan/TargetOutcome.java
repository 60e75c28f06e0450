package dev.superpose.plan;

import dev.superpose.scaling.Draws;
import dev.superpose.stat.Interval;
import java.util.Arrays;
import java.util.Optional;

/// What a target loss takes: a budget and its plan, or why there is none.
public sealed interface TargetOutcome {

    /// The target is met.
    ///
    /// @param loss the target
    /// @param plan the cheapest that meets it, with its compute
    /// @param compute the interval of the least compute over draws of the law, infinite at its
    /// upper end if too many of them never reach the target; empty without draws
    /// @param reachable the share of draws that reach the target at all; 1 without draws
    record Reached(double loss, Plan plan, Optional<Interval> compute, double reachable) implements TargetOutcome {

        static Reached of(Planner planner, double loss, Plan plan) {
            if (planner.draws().isEmpty()) {
                return new Reached(loss, plan, Optional.empty(), 1);
            }
            double[] computes = planner.draws().get().laws().parallelStream()
                    .mapToDouble(law -> planner.computeFor(new LossSurface(law, planner.circumstances()), loss)
                            .orElse(Double.POSITIVE_INFINITY))
                    .toArray();
            long reaching = Arrays.stream(computes).filter(Double::isFinite).count();
            return new Reached(
                    loss,
                    plan,
                    Optional.of(Draws.interval(computes, planner.level())),
                    (double) reaching / computes.length);
        }
    }

    /// No budget meets the target.
    ///
    /// @param reason why, as a sentence
    /// @param remedy what to do, as a sentence
    record OutOfReach(String reason, String remedy) implements TargetOutcome {}
}
