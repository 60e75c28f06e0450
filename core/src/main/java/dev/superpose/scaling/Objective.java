package dev.superpose.scaling;

import org.hipparchus.special.Erf;

/// What a fit makes small: a sum over runs, never a mean, so that tolerances keep their meaning whatever the number of
/// runs. Hoffmann et al. (2022) average; Besiroglu et al. (2024, arXiv 2404.10102) trace their odd parameters to a
/// search that stopped early on so small a number.
public sealed interface Objective {
    /// The delta of Hoffmann et al. (2022).
    double USUAL_DELTA = 1e-3;

    /// The name in files, such as `huber_log`.
    String name();

    /// In words.
    String words();

    /// Σ w h(ln L - ln L̂), h(r) = r²/2 within delta of 0 and delta (|r| - delta/2) beyond: outliers pull no more than
    /// delta. Hoffmann et al. 2022, eq. 3.
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

    /// -Σ w ln p(ln L - ln L̂), p the density proportional to exp(-h(r / s)) with its scale s fitted too. The published
    /// parameters of Besiroglu et al. (2024) are its optimum at delta 1e-3.
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
