package dev.superpose.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which run to make next, so that the loss at a target is known better: c-optimal design, one run
/// at a time.
///
/// A run at x with residuals of standard deviation s takes the variance v of ln loss at the target
/// to v - cov(target, x)² / (var(x) + s²): the update of a linear model with normal errors (for
/// instance Pukelsheim 2006, Optimal Design of Experiments, chapter 2, or one step of Kalman's
/// filter).
///
/// @param knowledge of the law
/// @param deviation s, of ln loss about the law, positive
/// @param flops what a run costs
public record NextRun(Knowledge knowledge, double deviation, FlopModel flops) {
    /// Tokens per parameter that are tried.
    private static final double[] RATIOS = {1, 2, 5, 10, 20, 40, 80, 160, 320, 640};

    public NextRun {
        if (!(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the deviation of single runs must be positive, is %s; a law that goes through every run says nothing of it"
                            .formatted(deviation));
        }
    }

    /// What a run would teach.
    ///
    /// @param parameters N of the run
    /// @param tokens D of the run
    /// @param compute of its training, FLOPs
    /// @param before the standard deviation of ln loss at the target now
    /// @param after the same with the run
    public record Value(double parameters, double tokens, double compute, double before, double after) {
        /// The share of the variance at the target that the run removes, in 0 .. 1.
        public double removed() {
            return 1 - after * after / (before * before);
        }

        /// [#removed()] per FLOP.
        public double removedPerFlop() {
            return removed() / compute;
        }
    }

    /// Judges runs on a grid: `steps` budgets from `least` to `most` FLOPs, at 1 to 640 tokens per
    /// parameter; the one that removes most of the target's variance per FLOP comes first.
    ///
    /// @param target N and D at which the loss matters
    public List<Value> perFlop(Choice target, double least, double most, int steps) {
        return ranked(target, least, most, steps, Comparator.comparingDouble(Value::removedPerFlop));
    }

    /// The same runs; the one that removes most in all comes first, whatever it costs within the
    /// budget.
    public List<Value> inAll(Choice target, double least, double most, int steps) {
        return ranked(target, least, most, steps, Comparator.comparingDouble(Value::removed));
    }

    /// What one run would teach.
    public Value value(Choice target, double parameters, double tokens) {
        return value(
                knowledge.features(target.parameters(), target.tokens()),
                parameters,
                tokens,
                flops.trainingPerToken(parameters) * tokens);
    }

    private List<Value> ranked(Choice target, double least, double most, int steps, Comparator<Value> order) {
        if (!(least > 0 && least <= most) || steps < 1) {
            throw new IllegalArgumentException(
                    "cannot try %d budgets from %s to %s FLOPs".formatted(steps, least, most));
        }
        double[] wanted = knowledge.features(target.parameters(), target.tokens());
        var values = new ArrayList<Value>();
        for (int i = 0; i < steps; i++) {
            double share = steps == 1 ? 0 : (double) i / (steps - 1);
            double compute = least * Math.pow(most / least, share);
            for (double ratio : RATIOS) {
                double log = Search.root(
                        x -> Math.log(flops.trainingPerToken(Math.exp(x))) + Math.log(ratio) + x - Math.log(compute),
                        Math.log(Search.LEAST),
                        Math.log(compute));
                if (!Double.isNaN(log)) {
                    values.add(value(wanted, Math.exp(log), ratio * Math.exp(log), compute));
                }
            }
        }
        values.sort(order.reversed());
        return List.copyOf(values);
    }

    private Value value(double[] wanted, double parameters, double tokens, double compute) {
        double[] run = knowledge.features(parameters, tokens);
        double before = knowledge.covariance(wanted, wanted);
        double shared = knowledge.covariance(wanted, run);
        double after = before - shared * shared / (knowledge.covariance(run, run) + deviation * deviation);
        return new Value(parameters, tokens, compute, Math.sqrt(before), Math.sqrt(Math.max(0, after)));
    }
}
