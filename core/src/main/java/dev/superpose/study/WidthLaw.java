package dev.superpose.study;

import dev.superpose.stat.LineFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// The power law y = A · m^-exponent through the geometric mean of y at each width m: the straight
/// line of ln y over ln m by ordinary least squares, unweighted, as Liu, Liu and Gore fit their
/// exponents alpha_m (arXiv 2505.10465, section 2). The same estimator as a power law fitted by
/// least squares in ln loss, in closed form.
///
/// @param line of ln y over ln m
public record WidthLaw(LineFit line) {
    /// The law of the test loss of some trainings that differ in width and seed; empty where fewer
    /// than two widths have a loss above 0.
    public static Optional<WidthLaw> ofLoss(List<JobResult> results) {
        return of(results, result -> result.reading().loss().test());
    }

    /// The law of any positive quantity of some trainings; trainings without a positive number are
    /// left out. Empty where fewer than two widths have one.
    public static Optional<WidthLaw> of(List<JobResult> results, ToDoubleFunction<JobResult> quantity) {
        var logs = new TreeMap<Integer, List<Double>>();
        for (var result : results) {
            double value = quantity.applyAsDouble(result);
            if (value > 0 && Double.isFinite(value)) {
                logs.computeIfAbsent(result.config().width(), _ -> new ArrayList<>())
                        .add(Math.log(value));
            }
        }
        if (logs.size() < 2) {
            return Optional.empty();
        }
        double[] x = logs.keySet().stream().mapToDouble(Math::log).toArray();
        double[] y = logs.values().stream()
                .mapToDouble(values ->
                        values.stream().mapToDouble(log -> log).average().orElseThrow())
                .toArray();
        return Optional.of(new WidthLaw(LineFit.of(x, y)));
    }

    /// The exponent, positive where y falls with width.
    public double exponent() {
        return -line.slope();
    }

    /// The standard error of the exponent, by the scatter about the line; NaN for two widths.
    public double standardError() {
        return line.slopeStandardError();
    }

    /// How much of the variance of ln y the line explains.
    public double rSquared() {
        return line.rSquared();
    }

    /// How many widths it goes through.
    public int widths() {
        return line.points();
    }

    /// The law at width `m`.
    public double at(double m) {
        return Math.exp(line.at(Math.log(m)));
    }
}
