package dev.superpose.report;

import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.study.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// What the seeds gave at one place of a figure.
///
/// @param x the place
/// @param mean over the seeds
/// @param least of them
/// @param most of them
/// @param seeds how many
record Spread(double x, double mean, double least, double most, int seeds) {

    /// One spread for each x of `runs`, from the least; values that are no finite number
    /// are left out.
    static <T> List<Spread> of(List<T> runs, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        Map<Double, List<Double>> places = new TreeMap<>();
        for (T run : runs) {
            double value = y.applyAsDouble(run);
            if (Double.isFinite(value)) {
                places.computeIfAbsent(x.applyAsDouble(run), _ -> new ArrayList<>())
                        .add(value);
            }
        }
        return places.entrySet().stream()
                .map(place -> of(place.getKey(), place.getValue()))
                .toList();
    }

    static Spread of(double x, List<Double> values) {
        var range = values.stream().mapToDouble(value -> value).summaryStatistics();
        return new Spread(x, range.getAverage(), range.getMin(), range.getMax(), values.size());
    }

    Point point(String note) {
        return new Point(x, mean, seeds == 1 ? note : note + ", mean of " + seeds + " seeds");
    }

    Interval interval() {
        return new Interval(x, least, most);
    }

    /// What marks and bars are, for a caption.
    static String words(List<JobResult> runs) {
        long seeds = runs.stream().map(run -> run.config().seed()).distinct().count();
        return seeds <= 1
                ? "One seed each: no spread is known."
                : "Marks are means over up to %d seeds, bars reach from the least to the most.".formatted(seeds);
    }
}
