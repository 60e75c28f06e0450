package dev.superpose.cli;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Bootstrap;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Profile;
import dev.superpose.stat.Interval;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How the uncertainty of a fitted law is found: shared by all commands that fit laws.
final class IntervalOptions {
    private static final int FEW = 12;

    @Option(
            names = "--intervals",
            paramLabel = "METHOD",
            defaultValue = "auto",
            description = {
                "student (Student's t, linear), profile (of the objective), or a bootstrap: pairs, residual, cluster,"
                        + " wild.",
                "By default cluster where a column tells at least ten trainings apart, else pairs for Huber's objectives"
                        + " and wild for least squares (student below 12 runs)."
            })
    Method method;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "" + Bootstrap.USUAL_COUNT,
            description = "Resamples of a bootstrap (default: ${DEFAULT-VALUE}).")
    int count;

    @Option(
            names = "--level",
            paramLabel = "P",
            defaultValue = "0.95",
            description = "Confidence level of intervals (default: ${DEFAULT-VALUE}).")
    double level;

    /// The methods by the words of the command line.
    enum Method {
        AUTO,
        STUDENT,
        PROFILE,
        PAIRS,
        RESIDUAL,
        CLUSTER,
        WILD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The uncertainty of `fit`, resampled from `seed`.
    Uncertainty of(Fit.Fitted fit, Seed seed) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("--level lies between 0 and 1, is " + level);
        }
        var chosen = method == Method.AUTO ? usual(fit) : method;
        var draws = resampling(chosen).map(of -> new Bootstrap(of, count, seed).draws(fit));
        return new Uncertainty(fit, draws, chosen == Method.PROFILE, level);
    }

    /// Draws of the law of `fit` even where its intervals need none: by residuals then.
    Draws draws(Fit.Fitted fit, Seed seed) {
        var chosen = method == Method.AUTO ? usual(fit) : method;
        return new Bootstrap(resampling(chosen).orElse(Bootstrap.Method.RESIDUAL), count, seed).draws(fit);
    }

    private static Optional<Bootstrap.Method> resampling(Method chosen) {
        return switch (chosen) {
            case AUTO, STUDENT, PROFILE -> Optional.empty();
            case PAIRS -> Optional.of(Bootstrap.Method.PAIRS);
            case RESIDUAL -> Optional.of(Bootstrap.Method.RESIDUAL);
            case CLUSTER -> Optional.of(Bootstrap.Method.CLUSTER);
            case WILD -> Optional.of(Bootstrap.Method.WILD);
        };
    }

    /// What docs/derivations/uncertainty.md found to cover best; signs of few deviations
    /// have too few patterns.
    private static Method usual(Fit.Fitted fit) {
        return switch (Bootstrap.Method.usual(fit)) {
            case CLUSTER -> Method.CLUSTER;
            case PAIRS -> Method.PAIRS;
            case RESIDUAL -> Method.RESIDUAL;
            case WILD -> fit.runs().count() < FEW || fit.degreesOfFreedom() < 1 ? Method.STUDENT : Method.WILD;
        };
    }

    /// How well a fitted law is known.
    ///
    /// @param fit the law
    /// @param draws of a bootstrap; empty for other methods
    /// @param profiled whether parameters have profile intervals
    /// @param level of all intervals
    record Uncertainty(Fit.Fitted fit, Optional<Draws> draws, boolean profiled, double level) {
        /// The interval of every parameter that was fitted, by its name.
        Map<String, Interval> parameters() {
            var intervals = new LinkedHashMap<String, Interval>();
            for (var parameter : fit.form().parameters(fit.runs().groups())) {
                if (!parameter.held()) {
                    intervals.put(parameter.name(), parameter(parameter.name()));
                }
            }
            return intervals;
        }

        private Interval parameter(String name) {
            if (profiled && !fit.certificate().atBound().contains(name)) {
                return Profile.of(fit, name, level).interval();
            }
            return draws.map(all -> all.parameter(name, level)).orElseGet(() -> fit.interval(name, level));
        }

        /// The standard error of the parameter called `name`: the scatter of the draws, or to first order.
        double standardError(String name) {
            return draws.map(all -> all.standardError(name))
                    .orElseGet(() -> fit.standardErrors().getOrDefault(name, Double.NaN));
        }

        /// The interval of the curve at `sizes`.
        Interval curve(Sizes sizes) {
            return draws.map(all -> all.at(sizes, level)).orElseGet(() -> fit.curveAt(sizes, level));
        }

        /// What the intervals of the parameters come from, such as `pairs bootstrap`.
        String method() {
            return draws.map(Draws::method).orElse(profiled ? "profile" : "student_t");
        }
    }
}
