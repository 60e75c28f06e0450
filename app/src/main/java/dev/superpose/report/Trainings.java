package dev.superpose.report;

import dev.superpose.study.JobResult;
import dev.superpose.theory.WeakRegime;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/// Finished trainings, told apart by their settings: what the figures of a study are drawn from.
///
/// @param runs in any order
record Trainings(List<JobResult> runs) {
    Trainings {
        runs = List.copyOf(runs);
    }

    /// What trainings of one figure may differ in; widths and seeds always may.
    enum Setting {
        FEATURES,
        LAW,
        DENSITY,
        DECAY,
        /// What the model is asked to do, how its features occur together among it.
        TASK,
        /// How long and on how many samples they train.
        LENGTH;

        private Object of(ToyConfig config) {
            return switch (this) {
                case FEATURES -> config.features();
                case LAW -> config.frequencies();
                case DENSITY -> config.density();
                case DECAY -> config.decay();
                case TASK -> config.task();
                case LENGTH ->
                    List.of(config.optimiser().steps(), config.optimiser().batch());
            };
        }
    }

    /// The exponent of a power law of frequencies; NaN of any other law.
    static double alpha(JobResult run) {
        return run.config().frequencies() instanceof FeatureFrequencies.Power(double alpha) ? alpha : Double.NaN;
    }

    static double decay(JobResult run) {
        return run.config().decay();
    }

    static double density(JobResult run) {
        return run.config().density();
    }

    static double width(JobResult run) {
        return run.config().width();
    }

    static double features(JobResult run) {
        return run.config().features();
    }

    static double loss(JobResult run) {
        return run.reading().loss().test();
    }

    /// How many features are represented: phi_1/2 · n.
    static int represented(JobResult run) {
        return run.reading().represented(run.config().features());
    }

    /// The tail sum beyond as many features as the training represents.
    static double tailOfRepresented(JobResult run) {
        return WeakRegime.tailLoss(run.config().probabilities(), represented(run));
    }

    /// The tail sum beyond one feature per dimension.
    static double tailOfWidth(JobResult run) {
        return WeakRegime.tailLoss(
                run.config().probabilities(),
                Math.min(run.config().width(), run.config().features()));
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    Trainings where(Predicate<JobResult> wanted) {
        return new Trainings(runs.stream().filter(wanted).toList());
    }

    /// Those whose `setting` is `value`, to a millionth: decays such as -5/9 are written
    /// in many ways.
    Trainings at(ToDoubleFunction<JobResult> setting, double value) {
        return where(run -> Math.abs(setting.applyAsDouble(run) - value) < 1e-6);
    }

    /// Those whose `setting` is the one next to `wanted`; none if none has it.
    Trainings nearest(ToDoubleFunction<JobResult> setting, double wanted) {
        return values(setting).stream()
                .min(Comparator.comparingDouble(value -> Math.abs(value - wanted)))
                .map(value -> at(setting, value))
                .orElse(new Trainings(List.of()));
    }

    /// The one value that `setting` has in all of them.
    double the(ToDoubleFunction<JobResult> setting) {
        return setting.applyAsDouble(runs.getFirst()) + 0.0;
    }

    /// n of the first of them.
    int features() {
        return runs.getFirst().config().features();
    }

    /// The trainings by one setting, from the least value; those that have none (NaN) left out.
    SortedMap<Double, Trainings> by(ToDoubleFunction<JobResult> setting) {
        var groups = new TreeMap<Double, List<JobResult>>();
        for (JobResult run : runs) {
            double value = setting.applyAsDouble(run);
            if (!Double.isNaN(value)) {
                // -0.0 and 0.0 train to the same numbers and are one value.
                groups.computeIfAbsent(value + 0.0, _ -> new ArrayList<>()).add(run);
            }
        }
        var trainings = new TreeMap<Double, Trainings>();
        groups.forEach((value, those) -> trainings.put(value, new Trainings(those)));
        return Collections.unmodifiableSortedMap(trainings);
    }

    /// The different values of one setting, from the least.
    List<Double> values(ToDoubleFunction<JobResult> setting) {
        return List.copyOf(by(setting).keySet());
    }

    /// The part with most settings whose trainings share all but the named ones: what may stand in
    /// one figure. Seeds do not count; of parts of one size the one trained longest.
    Trainings sharingAllBut(Setting... varying) {
        return sharingAllBut(
                part -> (int) part.runs.stream()
                        .map(run -> run.config().withSeed(0))
                        .distinct()
                        .count(),
                varying);
    }

    /// Of such parts the one of greatest `worth`, which is how much of a figure it can fill; of
    /// equal ones the one trained longest. Empty if none is worth anything.
    Trainings sharingAllBut(ToIntFunction<Trainings> worth, Setting... varying) {
        Map<List<Object>, List<JobResult>> parts = new LinkedHashMap<>();
        for (JobResult run : runs) {
            parts.computeIfAbsent(allBut(run, varying), _ -> new ArrayList<>()).add(run);
        }
        record Valued(Trainings part, int worth, long samples) {}
        return parts.values().stream()
                .map(Trainings::new)
                .map(part -> new Valued(part, worth.applyAsInt(part), part.samples()))
                .filter(valued -> valued.worth > 0)
                .max(Comparator.comparingInt(Valued::worth).thenComparingLong(Valued::samples))
                .map(Valued::part)
                .orElse(new Trainings(List.of()));
    }

    /// How many samples the first of them saw.
    private long samples() {
        return runs.getFirst().config().optimiser().samples();
    }

    /// Those that share all settings but the named ones with `one`.
    Trainings like(JobResult one, Setting... varying) {
        List<Object> key = allBut(one, varying);
        return where(run -> allBut(run, varying).equals(key));
    }

    /// What a training's settings are, the named ones left out.
    private static List<Object> allBut(JobResult run, Setting... varying) {
        Set<Setting> fixed = EnumSet.allOf(Setting.class);
        fixed.removeAll(List.of(varying));
        return fixed.stream().map(setting -> setting.of(run.config())).toList();
    }

    /// At most `most` of `values`, those that are among `better` first of all where at least two
    /// are; to a thousandth.
    static List<Double> spread(List<Double> values, List<Double> better, int most) {
        List<Double> chosen = values.stream()
                .filter(value -> better.stream().anyMatch(other -> Math.abs(other - value) < 1e-3))
                .toList();
        return spread(chosen.size() >= 2 ? chosen : values, most);
    }

    /// At most `most` of `values`, evenly from first to last.
    static List<Double> spread(List<Double> values, int most) {
        if (values.size() <= most) {
            return values;
        }
        var chosen = new ArrayList<Double>();
        for (int i = 0; i < most; i++) {
            chosen.add(values.get((int) Math.round(i * (values.size() - 1.0) / (most - 1))));
        }
        return List.copyOf(chosen);
    }
}
