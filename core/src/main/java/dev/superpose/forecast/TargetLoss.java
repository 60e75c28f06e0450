package dev.superpose.forecast;

import dev.superpose.result.Table;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.ScalingLaw;
import dev.superpose.stat.Interval;
import java.util.Arrays;

/// At which size, along a path, a loss is reached; or why it is not.
public sealed interface TargetLoss {

    /// The loss that is wanted.
    double target();

    /// The law reaches it.
    ///
    /// @param target the loss
    /// @param size where the curve has it: one new run reaches it there with probability one half
    /// @param at all sizes there
    /// @param curve where the curve may have it, by the draws or the fit's covariance; infinite at
    /// the upper end where the law may never reach it
    /// @param forecast from the size at which one new run may have it already to that at which it
    /// almost surely has, by the forecast interval; infinite at the upper end where there is no
    /// such size
    /// @param shareOfDraws share of the draws that reach it at any size; 1 where there are none
    record Reached(double target, double size, Sizes at, Interval curve, Interval forecast, double shareOfDraws)
            implements TargetLoss {}

    /// The law never reaches it along this path.
    ///
    /// @param target the loss
    /// @param floor what the law keeps, however large the size
    /// @param shareOfDraws share of the draws that do reach it; 0 where there are none
    /// @param reason why, as a sentence
    /// @param remedy what to do, as a sentence
    record OutOfReach(double target, double floor, double shareOfDraws, String reason, String remedy)
            implements TargetLoss {}

    /// Searches along `path`.
    ///
    /// @param forecaster the law, with its intervals
    /// @param path all sizes, by the one that leads
    /// @param from the smallest size that is believed, such as the smallest measured: bands are not
    /// followed below it
    /// @param target positive
    static TargetLoss of(Forecaster forecaster, SizePath path, double from, double target) {
        if (!(from > 0 && from < Double.POSITIVE_INFINITY) || !(target > 0)) {
            throw new IllegalArgumentException(
                    "a size and a target loss are positive, not %s and %s".formatted(from, target));
        }
        var crossing = new Crossing(from, target);
        var law = forecaster.fitted().law();
        double size = crossing.of(law, path);
        double[] ofDraws = forecaster.draws().stream()
                .flatMap(draws -> draws.laws().stream())
                .mapToDouble(draw -> crossing.of(draw, path))
                .toArray();
        double share = share(ofDraws, size);
        if (size == Double.POSITIVE_INFINITY) {
            return outOfReach(law, path, crossing, share);
        }
        double level = forecaster.calibration().level();
        double begin = Math.min(from, size);
        var curve = ofDraws.length > 0
                ? percentiles(ofDraws, level)
                : new Interval(
                        crossing.first(begin, x -> forecaster.curve(path.at(x)).low()),
                        crossing.first(begin, x -> forecaster.curve(path.at(x)).high()),
                        level);
        var forecast = new Interval(
                crossing.first(begin, x -> forecaster.interval(path.at(x)).low()),
                crossing.first(begin, x -> forecaster.interval(path.at(x)).high()),
                level);
        return new Reached(target, size, path.at(size), curve, forecast, share);
    }

    /// The share of the draws that reach the target; of none, whether the law does.
    private static double share(double[] ofDraws, double size) {
        return Arrays.stream(ofDraws.length > 0 ? ofDraws : new double[] {size})
                .map(x -> x < Double.POSITIVE_INFINITY ? 1 : 0)
                .average()
                .orElseThrow();
    }

    /// In logarithms: sizes are ratios.
    private static Interval percentiles(double[] ofDraws, double level) {
        var logs = Draws.interval(Arrays.stream(ofDraws).map(Math::log).toArray(), level);
        return new Interval(Math.exp(logs.low()), Math.exp(logs.high()), level);
    }

    private static OutOfReach outOfReach(ScalingLaw law, SizePath path, Crossing crossing, double share) {
        double floor = law.at(path.at(crossing.largest()));
        double target = crossing.target();
        if (!(floor < law.at(path.at(crossing.from())))) {
            return new OutOfReach(
                    target,
                    floor,
                    share,
                    "the law's loss does not fall along this path",
                    "let another size grow with it, or fit a law whose exponents are positive");
        }
        return new OutOfReach(
                target,
                floor,
                share,
                "the law keeps a loss of %s along this path, %s nats (%s %%) above the target; %s %% of the draws reach it"
                        .formatted(
                                Table.brief(floor),
                                Table.brief(floor - target),
                                Table.brief(Math.rint(1e4 * (floor / target - 1)) / 100),
                                Table.brief(Math.rint(1000 * share) / 10)),
                "let the other sizes grow too (such as tokens with parameters), or choose a target above %s"
                        .formatted(Table.brief(floor)));
    }
}
