package dev.superpose.plan;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;

/// Roots and minima of functions of one variable, here always the logarithm of a size.
final class Search {
    /// No plan looks at models with fewer parameters.
    static final double LEAST = 1e3;

    private static final double ROOT = 1e-13;

    /// The square root of rounding is as well as values of a function can tell their least.
    private static final double MINIMUM = 1e-9;

    private static final int MOST_EVALUATIONS = 500;

    private Search() {}

    /// Where `function` changes sign between `low` and `high`, by Brent's method; NaN if it has the
    /// same sign at both or is not defined there.
    static double root(DoubleUnaryOperator function, double low, double high) {
        if (!(low < high)) {
            return Double.NaN;
        }
        double atLow = function.applyAsDouble(low);
        double atHigh = function.applyAsDouble(high);
        if (atLow == 0) {
            return low;
        }
        if (atHigh == 0) {
            return high;
        }
        if (!(atLow * atHigh < 0)) {
            return Double.NaN;
        }
        if (high - low <= ROOT * Math.max(1, Math.abs(low))) {
            return (low + high) / 2;
        }
        return new BrentSolver(ROOT, ROOT).solve(MOST_EVALUATIONS, function::applyAsDouble, low, high);
    }

    /// The place of the least value between `low` and `high`: the best of a grid of `points`, then
    /// Brent's method around it. A function with several minima that lie closer than the grid may
    /// be cheated of its least.
    static double minimum(DoubleUnaryOperator function, double low, double high, int points) {
        if (high - low <= MINIMUM) {
            return low;
        }
        double step = (high - low) / (points - 1);
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < points; i++) {
            double value = function.applyAsDouble(low + i * step);
            if (value < least) {
                least = value;
                best = i;
            }
        }
        var interval = new SearchInterval(
                Math.max(low, low + (best - 1) * step), Math.min(high, low + (best + 1) * step), low + best * step);
        return new BrentOptimizer(MINIMUM, MINIMUM)
                .optimize(
                        new MaxEval(MOST_EVALUATIONS),
                        new UnivariateObjectiveFunction(function::applyAsDouble),
                        GoalType.MINIMIZE,
                        interval)
                .getPoint();
    }
}
