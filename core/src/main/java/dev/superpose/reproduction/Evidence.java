package dev.superpose.reproduction;

import dev.superpose.published.FrequencyLaw;
import dev.superpose.published.ToySetting;
import dev.superpose.stat.Moments;
import dev.superpose.study.JobResult;
import dev.superpose.study.ToyReading;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The trainings that were done, found by what a published value belongs to.
public final class Evidence {
    /// The exponential law falls by e over this share of the features, 400 of 10,240.
    private static final double EXPONENTIAL_SHARE = 400.0 / ToySetting.LARGE;

    private final List<JobResult> results;
    private final List<Placed> placed;
    private final UnrepresentedLosses unrepresented;

    private Evidence(Collection<JobResult> results, UnrepresentedLosses unrepresented) {
        this.results = List.copyOf(results);
        this.unrepresented = unrepresented;
        this.placed = results.stream()
                .flatMap(result -> setting(result.config()).stream()
                        .map(setting -> new Placed(setting, Training.of(result.config()), result)))
                .toList();
    }

    /// All that `results` hold. Those of frequencies or tasks that the paper does not
    /// have are left out.
    public static Evidence of(Collection<JobResult> results) {
        return new Evidence(results, UnrepresentedLosses.NONE);
    }

    /// The same, with what their weights say of weak models.
    public static Evidence of(Collection<JobResult> results, UnrepresentedLosses unrepresented) {
        return new Evidence(results, unrepresented);
    }

    UnrepresentedLosses unrepresented() {
        return unrepresented;
    }

    /// All trainings, also those of settings that the paper does not have.
    List<JobResult> results() {
        return results;
    }

    private record Placed(ToySetting setting, Training training, JobResult result) {}

    /// The trainings of one setting that were trained alike; they differ in their seeds.
    ///
    /// @param training how
    /// @param results at least one
    public record Sample(Training training, List<JobResult> results) {
        public Sample {
            results = List.copyOf(results);
        }

        /// The mean of what `quantity` reads, with its scatter from seed to seed; empty where no
        /// seed has it.
        public Optional<Measured> measured(ToDoubleFunction<ToyReading> quantity) {
            double[] values = results.stream()
                    .mapToDouble(result -> quantity.applyAsDouble(result.reading()))
                    .filter(Double::isFinite)
                    .toArray();
            if (values.length == 0) {
                return Optional.empty();
            }
            var moments = Moments.of(values);
            double scatter = values.length < 2 ? Double.NaN : moments.standardDeviation();
            return Optional.of(
                    new Measured(moments.mean(), scatter / Math.sqrt(values.length), scatter, values.length, training));
        }
    }

    /// What was trained at `setting`: as published if that was done, else whatever saw
    /// most samples.
    public Optional<Sample> at(ToySetting setting) {
        return byTraining(one -> one.setting.isNear(setting)).entrySet().stream()
                .max(Map.Entry.comparingByKey(BEST))
                .map(entry -> new Sample(entry.getKey(), entry.getValue()));
    }

    private static final Comparator<Training> BEST =
            Comparator.comparing(Training::asPublished).thenComparingLong(Training::samples);

    /// What was trained at `setting`, whatever its width, with one training that has all of
    /// `widths`: as published if there is one, else the one that saw most samples. Other widths
    /// are left out.
    public Optional<WidthCurve> curve(ToySetting setting, List<Integer> widths) {
        return curve(setting, widths::contains, widths.size());
    }

    /// What was trained at `setting` at any widths from `least` to `most`, with one training that
    /// has at least `enough` of them.
    public Optional<WidthCurve> curveWithin(ToySetting setting, int least, int most, int enough) {
        return curve(setting, width -> width >= least && width <= most, enough);
    }

    /// What was trained at `setting` but with another number of features, at least
    /// `features` and at
    /// least at `enough` widths: it can stand in where only the shape of a curve is asked for.
    public Optional<WidthCurve> standIn(ToySetting setting, int features, int enough) {
        return best(
                one -> one.setting.features() >= features
                        && one.setting.features() != setting.features()
                        && one.setting.withFeatures(setting.features()).isNearAtAnyWidth(setting),
                enough);
    }

    private Optional<WidthCurve> curve(ToySetting setting, IntPredicate widths, int enough) {
        return best(one -> one.setting.isNearAtAnyWidth(setting) && widths.test(one.setting.width()), enough);
    }

    private Optional<WidthCurve> best(Predicate<Placed> wanted, int enough) {
        return byTraining(wanted).entrySet().stream()
                .map(entry -> new WidthCurve(entry.getKey(), entry.getValue()))
                .filter(curve -> curve.widths().size() >= enough)
                .max(Comparator.comparing(WidthCurve::training, BEST));
    }

    private Map<Training, List<JobResult>> byTraining(Predicate<Placed> wanted) {
        return placed.stream()
                .filter(wanted)
                .collect(Collectors.groupingBy(
                        Placed::training, LinkedHashMap::new, Collectors.mapping(Placed::result, Collectors.toList())));
    }

    /// The setting under which the paper would publish values of such a training; empty for
    /// frequencies and tasks that it does not have.
    public static Optional<ToySetting> setting(ToyConfig config) {
        if (!config.task().equals(ToyTask.PLAIN)) {
            return Optional.empty();
        }
        return switch (config.frequencies()) {
            case FeatureFrequencies.Power(double alpha) -> Optional.of(placed(config, FrequencyLaw.POWER, alpha));
            case FeatureFrequencies.Linear() -> Optional.of(placed(config, FrequencyLaw.LINEAR, Double.NaN));
            case FeatureFrequencies.Exponential(double scale) ->
                Math.abs(scale / config.features() - EXPONENTIAL_SHARE) < 1e-3 * EXPONENTIAL_SHARE
                        ? Optional.of(placed(config, FrequencyLaw.EXPONENTIAL, Double.NaN))
                        : Optional.empty();
            case FeatureFrequencies.Given _ -> Optional.empty();
        };
    }

    private static ToySetting placed(ToyConfig config, FrequencyLaw law, double alpha) {
        return new ToySetting(config.features(), law, alpha, config.density(), config.decay(), config.width());
    }
}
