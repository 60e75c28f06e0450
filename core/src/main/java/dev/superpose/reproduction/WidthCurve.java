package dev.superpose.reproduction;

import dev.superpose.stat.LineFit;
import dev.superpose.stat.Moments;
import dev.superpose.study.JobResult;
import dev.superpose.study.ToyReading;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// Trainings that differ in width and seed only.
///
/// @param training how they were trained
/// @param results at least one
public record WidthCurve(Training training, List<JobResult> results) {
    public WidthCurve {
        results = List.copyOf(results);
        if (results.isEmpty()) {
            throw new IllegalArgumentException("a curve has at least one training");
        }
    }

    /// The widths it has, from narrow to wide.
    public List<Integer> widths() {
        return List.copyOf(byWidth(results).keySet());
    }

    /// The fewest seeds that a width has.
    public int seeds() {
        return byWidth(results).values().stream().mapToInt(List::size).min().orElseThrow();
    }

    /// The line through the means over seeds of ln `quantity`, on ln m: plain least squares, as
    /// the paper fits, whether or not it is straight.
    ///
    /// @param from the least width it goes through
    public LineFit line(ToDoubleFunction<ToyReading> quantity, int from) {
        return line(results, quantity, from);
    }

    /// Minus the slope of that line for the test loss, alpha_m, with its standard error and the
    /// scatter of the slopes of single seeds.
    ///
    /// @param from the least width it goes through
    public Measured exponent(int from) {
        return exponent(reading -> reading.loss().test(), from);
    }

    /// The same of another quantity.
    public Measured exponent(ToDoubleFunction<ToyReading> quantity, int from) {
        var line = line(quantity, from);
        return new Measured(-line.slope(), line.slopeStandardError(), scatter(quantity, from), seeds(), training);
    }

    /// Minus the slope of ln test loss on ln m from one width to another, both of which it has.
    public double exponentBetween(int narrow, int wide) {
        var logs = means(reading -> Math.log(reading.loss().test()));
        Double from = logs.get(narrow);
        Double to = logs.get(wide);
        if (from == null || to == null) {
            throw new IllegalArgumentException("widths %d and %d, of %s".formatted(narrow, wide, logs.keySet()));
        }
        return (from - to) / Math.log((double) wide / narrow);
    }

    /// Means over seeds of `quantity`, by width.
    public NavigableMap<Integer, Double> means(ToDoubleFunction<ToyReading> quantity) {
        var means = new TreeMap<Integer, Double>();
        byWidth(results).forEach((width, seeds) -> means.put(width, mean(seeds, quantity)));
        return means;
    }

    private double scatter(ToDoubleFunction<ToyReading> quantity, int from) {
        var bySeed = new TreeMap<Long, List<JobResult>>();
        for (var result : results) {
            bySeed.computeIfAbsent(result.config().seed(), _ -> new ArrayList<>())
                    .add(result);
        }
        int full = widths().size();
        double[] slopes = bySeed.values().stream()
                .filter(seed -> seed.size() == full)
                .mapToDouble(seed -> line(seed, quantity, from).slope())
                .toArray();
        return slopes.length < 2 ? Double.NaN : Moments.of(slopes).standardDeviation();
    }

    private static LineFit line(List<JobResult> results, ToDoubleFunction<ToyReading> quantity, int from) {
        var logs = new TreeMap<Integer, Double>();
        byWidth(results)
                .forEach((width, seeds) ->
                        logs.put(width, mean(seeds, reading -> Math.log(quantity.applyAsDouble(reading)))));
        var used = logs.tailMap(from);
        return LineFit.of(
                used.keySet().stream().mapToDouble(Math::log).toArray(),
                used.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double mean(List<JobResult> seeds, ToDoubleFunction<ToyReading> quantity) {
        return seeds.stream()
                .mapToDouble(result -> quantity.applyAsDouble(result.reading()))
                .average()
                .orElseThrow();
    }

    private static NavigableMap<Integer, List<JobResult>> byWidth(List<JobResult> results) {
        var byWidth = new TreeMap<Integer, List<JobResult>>();
        for (var result : results) {
            byWidth.computeIfAbsent(result.config().width(), _ -> new ArrayList<>())
                    .add(result);
        }
        return byWidth;
    }
}
