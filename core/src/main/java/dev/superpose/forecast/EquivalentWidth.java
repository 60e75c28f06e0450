package dev.superpose.forecast;

import dev.superpose.result.Table;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/// What a packing is worth in width: the width at which an ordinary model has the same loss (or
/// overlap). It is read off a monotone curve through the measured widths, in logarithms, and never
/// outside them: near a floor the inverse of a fitted law says anything.
///
/// @param width of the packing, m
/// @param equivalent the ordinary width m_eq as good as it, or the end of the measured range
/// @param relation whether m_eq is that width, at least that, or at most that
/// @param interval of m_eq from the standard errors; cut off at the ends of the measured range;
/// both ends NaN if there is none
/// @param notes what a reader should know, as sentences
public record EquivalentWidth(
        double width, double equivalent, Relation relation, Interval interval, List<String> notes) {
    private static final int LEAST_WIDTHS = 3;

    public EquivalentWidth {
        notes = List.copyOf(notes);
    }

    /// How far the measured range lets one see.
    public enum Relation {
        /// Inside it.
        EQUAL("="),
        /// The packing is better than the best measured width.
        AT_LEAST(">="),
        /// The packing is worse than the worst measured width.
        AT_MOST("<=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        /// As a formula writes it.
        public String sign() {
            return sign;
        }
    }

    /// One measured width.
    ///
    /// @param width m
    /// @param value loss or overlap, smaller is better
    /// @param relativeError standard error of ln value; 0 if not known
    public record Point(double width, double value, double relativeError) {
        public Point {
            if (!(width > 0) || !(value > 0) || !(relativeError >= 0) || Double.isInfinite(width * value)) {
                throw new IllegalArgumentException(
                        "width and value are positive and an error not negative, not %s, %s and %s"
                                .formatted(width, value, relativeError));
            }
        }

        /// A point whose error is not known.
        public Point(double width, double value) {
            this(width, value, 0);
        }
    }

    /// m_eq / m: this packing is worth so many times its width, with the relation's sign.
    public double ratio() {
        return equivalent / width;
    }

    /// The equivalent width of `packing` among `baseline`.
    ///
    /// @param baseline ordinary models, at least 3 different widths, each once
    /// @param packing the other one
    /// @param level of the interval
    /// @throws IllegalArgumentException if there are fewer than 3 widths, one comes twice, or
    /// values do not fall at all
    public static EquivalentWidth of(List<Point> baseline, Point packing, double level) {
        var sorted = baseline.stream()
                .sorted(Comparator.comparingDouble(Point::width))
                .toList();
        if (sorted.stream().mapToDouble(Point::width).distinct().count() < Math.max(LEAST_WIDTHS, sorted.size())) {
            throw new IllegalArgumentException("at least %d different widths are needed, each once, not %s"
                    .formatted(LEAST_WIDTHS, sorted.stream().map(Point::width).toList()));
        }
        var levels = falling(sorted);
        if (levels.size() < 2) {
            throw new IllegalArgumentException(
                    "the values do not fall with the width, so no width is equivalent to another");
        }
        var notes = new ArrayList<String>();
        if (levels.size() < sorted.size()) {
            notes.add(
                    "%d of %d widths were not in order: neighbours were averaged until the values fell (isotonic regression)"
                            .formatted(sorted.size() - levels.size(), sorted.size()));
        }
        var scale = new Scale(levels);
        double logValue = Math.log(packing.value);
        var relation = scale.relation(logValue);
        double equivalent = scale.width(logValue);
        if (relation != Relation.EQUAL) {
            notes.add("outside the measured widths: the equivalent width is %s %s, by how much was not measured"
                    .formatted(relation == Relation.AT_LEAST ? "at least" : "at most", Table.brief(equivalent)));
        }
        return new EquivalentWidth(
                packing.width, equivalent, relation, interval(scale, equivalent, packing, level), notes);
    }

    /// The widths at the ends of what the packing's value may be, given its error and that of the
    /// curve beside it.
    private static Interval interval(Scale scale, double equivalent, Point packing, double level) {
        double error = Math.hypot(packing.relativeError, scale.error(Math.log(equivalent)));
        if (error == 0) {
            return new Interval(Double.NaN, Double.NaN, level);
        }
        double half = new NormalDistribution().inverseCumulativeProbability(0.5 + level / 2) * error;
        double logValue = Math.log(packing.value);
        return new Interval(scale.width(logValue + half), scale.width(logValue - half), level);
    }

    /// Neighbours that are not in order, averaged.
    ///
    /// @param points how many
    private record Level(double logWidth, double logValue, double error, int points) {
        static Level of(Point point) {
            return new Level(Math.log(point.width), Math.log(point.value), point.relativeError, 1);
        }

        Level with(Level next) {
            int all = points + next.points;
            return new Level(
                    (points * logWidth + next.points * next.logWidth) / all,
                    (points * logValue + next.points * next.logValue) / all,
                    Math.hypot(points * error, next.points * next.error) / all,
                    all);
        }
    }

    /// Isotonic regression by pooling adjacent violators (Ayer et al. 1955); a pool stands at its
    /// mean width.
    private static List<Level> falling(List<Point> sorted) {
        var levels = new ArrayList<Level>();
        for (var point : sorted) {
            var level = Level.of(point);
            while (!levels.isEmpty() && levels.getLast().logValue <= level.logValue) {
                level = levels.removeLast().with(level);
            }
            levels.add(level);
        }
        return levels;
    }

    /// Widths against values, both ways, within the measured range.
    private static final class Scale {
        private final List<Level> levels;
        private final MonotoneCurve curve;

        Scale(List<Level> levels) {
            this.levels = levels;
            curve = new MonotoneCurve(
                    levels.stream().mapToDouble(Level::logWidth).toArray(),
                    levels.stream().mapToDouble(Level::logValue).toArray());
        }

        Relation relation(double logValue) {
            if (logValue < levels.getLast().logValue) {
                return Relation.AT_LEAST;
            }
            return logValue > levels.getFirst().logValue ? Relation.AT_MOST : Relation.EQUAL;
        }

        double width(double logValue) {
            return Math.exp(
                    switch (relation(logValue)) {
                        case AT_LEAST -> levels.getLast().logWidth;
                        case AT_MOST -> levels.getFirst().logWidth;
                        case EQUAL -> curve.inverse(logValue);
                    });
        }

        /// The standard error of ln value on the curve, between those of its neighbours.
        double error(double logWidth) {
            for (int k = 0; k + 1 < levels.size(); k++) {
                var left = levels.get(k);
                var right = levels.get(k + 1);
                if (logWidth <= right.logWidth) {
                    double share = Math.clamp((logWidth - left.logWidth) / (right.logWidth - left.logWidth), 0, 1);
                    return Math.hypot((1 - share) * left.error, share * right.error);
                }
            }
            return levels.getLast().error;
        }
    }
}
