package dev.superpose.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Measured losses at two different sizes or more. Several losses at one size, such as those of several seeds, are
/// replicates and all count.
///
/// @param points in any order
public record Observations(List<Observation> points) {

    public Observations {
        points = List.copyOf(points);
        if (distinct(points) < 2) {
            throw new IllegalArgumentException(
                    "a law needs losses at two different sizes or more, has %d loss(es) at %d size(s); measure more sizes"
                            .formatted(points.size(), distinct(points)));
        }
    }

    /// Observations of weight 1.
    ///
    /// @param sizes `(points)`
    /// @param losses `(points)`
    public static Observations of(double[] sizes, double[] losses) {
        if (sizes.length != losses.length) {
            throw new IllegalArgumentException("%d sizes for %d losses".formatted(sizes.length, losses.length));
        }
        var points = new ArrayList<Observation>();
        for (int i = 0; i < sizes.length; i++) {
            points.add(new Observation(sizes[i], losses[i]));
        }
        return new Observations(points);
    }

    /// The number of points.
    public int count() {
        return points.size();
    }

    /// The number of different sizes.
    public int distinctSizes() {
        return distinct(points);
    }

    /// The smallest size.
    public double smallest() {
        return points.stream().mapToDouble(Observation::size).min().orElseThrow();
    }

    /// The largest size.
    public double largest() {
        return points.stream().mapToDouble(Observation::size).max().orElseThrow();
    }

    /// One point per size: the weighted geometric mean of its losses, with the sum of their weights, in order of
    /// size. The pure power law through them is that through all points, but its errors then come from how the
    /// sizes scatter about the law, not the seeds; use it where replicates agree better than the law does.
    public Observations geometricMeans() {
        var bySize = new TreeMap<Double, List<Observation>>();
        for (var point : points) {
            bySize.computeIfAbsent(point.size(), _ -> new ArrayList<>()).add(point);
        }
        var means = new ArrayList<Observation>();
        bySize.forEach((size, replicates) -> {
            double weight = 0;
            double sum = 0;
            for (var point : replicates) {
                weight += point.weight();
                sum += point.weight() * Math.log(point.loss());
            }
            means.add(new Observation(size, Math.exp(sum / weight), weight));
        });
        return new Observations(means);
    }

    /// ln size of each point, `(points)`.
    public double[] logSizes() {
        return points.stream().mapToDouble(p -> Math.log(p.size())).toArray();
    }

    /// ln loss of each point, `(points)`.
    public double[] logLosses() {
        return points.stream().mapToDouble(p -> Math.log(p.loss())).toArray();
    }

    /// The weight of each point, `(points)`.
    public double[] weights() {
        return points.stream().mapToDouble(Observation::weight).toArray();
    }

    private static int distinct(List<Observation> points) {
        return (int) points.stream().mapToDouble(Observation::size).distinct().count();
    }
}
