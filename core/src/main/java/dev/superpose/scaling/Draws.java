package dev.superpose.scaling;

import dev.superpose.runs.Sizes;
import dev.superpose.stat.Interval;
import dev.superpose.stat.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Laws drawn around a fitted one by resampling: how well the data fix it. What a law says is known
/// as well as the draws agree; that the law itself may fail no draw can show.
///
/// @param method how they were drawn, such as `pairs bootstrap`
/// @param laws the draws, in the order of their numbers
/// @param failed how many further draws ended without a law
public record Draws(String method, List<ScalingLaw> laws, int failed) {
    /// Fewer draws give no tails: intervals from them are NaN.
    public static final int FEWEST = 20;

    /// Beyond this share of failures those that did not fail are a selection.
    private static final double TOO_MANY = 0.02;

    private static final String REMEDY =
            "measure more varied sizes, hold a parameter (--hold), or resample residuals instead (--intervals residual)";

    /// No size or loss is larger.
    private static final double BEYOND = 1e300;

    private static final double ONE_SIGMA = 0.6826894921370859;

    public Draws {
        laws = List.copyOf(laws);
    }

    /// What a reader should know before believing the intervals, as sentences.
    public List<String> warnings() {
        int all = laws.size() + failed;
        if (laws.size() < FEWEST) {
            return List.of("%s: only %d of %d draws fixed the law, so there are no intervals: %s"
                    .formatted(method, laws.size(), all, REMEDY));
        }
        return failed > TOO_MANY * all
                ? List.of("%s: %d of %d draws did not fix the law, so the intervals are too narrow: %s"
                        .formatted(method, failed, all, REMEDY))
                : List.of();
    }

    /// The percentile interval of what `quantity` finds in each draw; draws in which it is NaN do
    /// not count.
    public Interval of(ToDoubleFunction<ScalingLaw> quantity, double level) {
        return interval(laws.stream().mapToDouble(quantity).toArray(), level);
    }

    /// The percentile interval of what was found in each draw, `values`, which may be infinite; NaN ones do not
    /// count, and too few give NaN ends.
    public static Interval interval(double[] values, double level) {
        // A finite stand-in, so that what lies between two infinite draws is infinite.
        double[] known = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .map(value -> Math.min(value, Double.MAX_VALUE))
                .toArray();
        if (known.length < FEWEST) {
            return new Interval(Double.NaN, Double.NaN, level);
        }
        var quantiles = Quantiles.of(known);
        return new Interval(
                endless(quantiles.at(place((1 - level) / 2, known.length))),
                endless(quantiles.at(place((1 + level) / 2, known.length))),
                level);
    }

    private static double endless(double value) {
        return value >= BEYOND ? Double.POSITIVE_INFINITY : value;
    }

    /// Where among `count` draws one more would fall below with chance `share`: at the (count + 1)
    /// share-th (Davison and Hinkley 1997, Bootstrap Methods, ch. 5). Without it 200 draws cover 94
    /// % where 95 % are asked for.
    private static double place(double share, int count) {
        return Math.clamp(((count + 1) * share - 1) / (count - 1), 0, 1);
    }

    /// The percentile interval of the parameter called `name`.
    public Interval parameter(String name, double level) {
        return of(law -> law.parameter(name), level);
    }

    /// The standard error of the parameter called `name`: half the interval that holds as many draws as one
    /// standard deviation of a normal distribution, since a few wild draws of a coefficient ruin a mean of
    /// squares.
    public double standardError(String name) {
        var interval = parameter(name, ONE_SIGMA);
        return (interval.high() - interval.low()) / 2;
    }

    /// The percentile interval of the curve at `sizes`.
    public Interval at(Sizes sizes, double level) {
        return of(law -> law.at(sizes), level);
    }
}
