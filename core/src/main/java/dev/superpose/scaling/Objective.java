package dev.superpose.scaling;

import dev.superpose.runs.Runs;
import java.util.Arrays;
import org.hipparchus.special.Erf;

/// What a fit makes small: a sum over runs, never a mean, so that tolerances keep their meaning
/// whatever the number of runs. Hoffmann et al. (2022) average; Besiroglu et al. (2024, arXiv
/// 2404.10102) trace their odd parameters to a search that stopped early on so small a number.
public sealed interface Objective {
    /// The delta of Hoffmann et al. (2022).
    double USUAL_DELTA = 1e-3;

    /// The name in files, such as `huber_log`.
    String name();

    /// In words.
    String words();

    /// The objective of `law` on `runs`, whoever fitted it; for a density at the scale that suits
    /// the law best.
    ///
    /// @throws IllegalArgumentException if the runs lack a size or have a group that the law does
    /// not know
    default double of(ScalingLaw law, Runs runs) {
        double value = 0;
        double[] residuals = residuals(law, runs);
        double scale = this instanceof HuberDensity density ? density.scale(law, runs) : 1;
        for (int i = 0; i < residuals.length; i++) {
            double residual = residuals[i];
            value += runs.weight(i)
                    * switch (this) {
                        case HuberLog(double delta) -> huber(residual, delta);
                        case LogLeastSquares _ -> residual * residual;
                        case LeastSquares _ -> Math.pow(runs.loss(i) * Math.expm1(residual), 2);
                        case HuberDensity density ->
                            Math.log(scale) + density.logNorm() + huber(residual / scale, density.delta);
                    };
        }
        return value;
    }

    /// ln L̂ - ln L of every run, `(runs)`.
    private static double[] residuals(ScalingLaw law, Runs runs) {
        double[] residuals = new double[runs.count()];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = Math.log(law.at(runs.sizes(i))) - Math.log(runs.loss(i));
        }
        return residuals;
    }

    private static double huber(double residual, double delta) {
        double size = Math.abs(residual);
        return size <= delta ? residual * residual / 2 : delta * (size - delta / 2);
    }

    /// Σ w h(ln L - ln L̂), h(r) = r²/2 within delta of 0 and delta (|r| - delta/2) beyond:
    /// outliers pull no more than delta. Hoffmann et al. 2022, eq. 3.
    ///
    /// @param delta positive
    record HuberLog(double delta) implements Objective {
        public HuberLog {
            checkDelta(delta);
        }

        @Override
        public String name() {
            return "huber_log";
        }

        @Override
        public String words() {
            return "sum of Huber's function of ln loss, delta " + delta;
        }
    }

    /// Σ w (ln L - ln L̂)²: relative deviations count alike at all sizes.
    record LogLeastSquares() implements Objective {
        @Override
        public String name() {
            return "log_least_squares";
        }

        @Override
        public String words() {
            return "least squares of ln loss";
        }
    }

    /// Σ w (L - L̂)²: deviations in nats.
    record LeastSquares() implements Objective {
        @Override
        public String name() {
            return "least_squares";
        }

        @Override
        public String words() {
            return "least squares of the loss";
        }
    }

    /// -Σ w ln p(ln L - ln L̂), p the density proportional to exp(-h(r / s)) with its scale s
    /// fitted too. The published parameters of Besiroglu et al. (2024) are its optimum at delta
    /// 1e-3.
    ///
    /// @param delta positive
    record HuberDensity(double delta) implements Objective {
        public HuberDensity {
            checkDelta(delta);
        }

        @Override
        public String name() {
            return "huber_density";
        }

        @Override
        public String words() {
            return "likelihood of Huber's density with a free scale, delta " + delta;
        }

        /// The scale s that suits `law` on `runs` best: where Σ w (1 - u h'(u)) = 0, u = (ln L - ln
        /// L̂) / s.
        ///
        /// @throws IllegalArgumentException if the law goes through every point, which no positive
        /// scale suits
        public double scale(ScalingLaw law, Runs runs) {
            double[] residuals = residuals(law, runs);
            double largest = Arrays.stream(residuals).map(Math::abs).max().orElse(0);
            if (!(largest > 0)) {
                throw new IllegalArgumentException("a law without residuals has no scale");
            }
            // The sum grows with s: below this s every |u| is beyond delta and more than 1 / delta, above it below 1.
            double low = Math.log(largest) - 50;
            double high = Math.log(largest) + Math.log1p(delta) + 1;
            for (int halving = 0; halving < 100; halving++) {
                double middle = (low + high) / 2;
                double sum = 0;
                for (int i = 0; i < residuals.length; i++) {
                    double unit = residuals[i] / Math.exp(middle);
                    sum += runs.weight(i) * (1 - unit * Math.clamp(unit, -delta, delta));
                }
                low = sum < 0 ? middle : low;
                high = sum < 0 ? high : middle;
            }
            return Math.exp((low + high) / 2);
        }

        /// ln ∫ exp(-h(u)) du.
        double logNorm() {
            double centre = Math.sqrt(2 * Math.PI) * Erf.erf(delta / Math.sqrt(2));
            return Math.log(centre + 2 * Math.exp(-delta * delta / 2) / delta);
        }
    }

    private static void checkDelta(double delta) {
        if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("delta must be positive and finite, is " + delta);
        }
    }
}
