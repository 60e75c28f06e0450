package dev.superpose.report;

import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Fit;
import dev.superpose.study.JobResult;
import dev.superpose.study.Series;
import dev.superpose.study.Series.Regime;
import dev.superpose.study.Series.WidthPoint;
import dev.superpose.study.Study.Condition;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// A series as it is drawn: the same look in every figure that has width on its x axis.
///
/// @param series the trainings
/// @param label for keys, such as `strong, γ = −1`
/// @param style how its marks and lines look
record Curve(Series series, String label, Style style) {
    /// As many curves as a reader can tell apart in one figure.
    static final int MOST = 6;

    private static final List<Ink> STRONG = List.of(Ink.BLUE, Ink.GREEN, Ink.SKY);
    private static final List<Ink> OTHER = List.of(Ink.VERMILLION, Ink.ORANGE, Ink.PURPLE);
    private static final int STEPS_OF_A_LINE = 24;

    /// The curves of `all`, strong ones first. Of more than [#MOST] some are picked,
    /// evenly from first to last.
    static List<Curve> of(List<Series> all) {
        boolean oneLaw = same(all, Condition::frequencies);
        boolean oneDensity = same(all, Condition::density);
        boolean oneTask = same(all, Condition::task);
        var ordered = new ArrayList<Series>();
        for (Regime regime : List.of(Regime.STRONG, Regime.BETWEEN, Regime.WEAK)) {
            all.stream().filter(series -> series.regime() == regime).forEach(ordered::add);
        }
        var inks = new ArrayList<Ink>();
        var curves = new ArrayList<Curve>();
        int count = Math.min(MOST, ordered.size());
        for (int i = 0; i < count; i++) {
            Series series = ordered.get(count == 1 ? 0 : (int) Math.round(i * (ordered.size() - 1.0) / (count - 1)));
            boolean strong = series.regime() == Regime.STRONG;
            Ink ink = firstUnused(strong ? STRONG : OTHER, strong ? OTHER : STRONG, inks);
            inks.add(ink);
            curves.add(new Curve(series, label(series, oneLaw, oneDensity, oneTask), Style.of(ink)));
        }
        return List.copyOf(curves);
    }

    private static boolean same(List<Series> all, java.util.function.Function<Condition, Object> part) {
        return all.stream().map(Series::condition).map(part).distinct().count() <= 1;
    }

    private static Ink firstUnused(List<Ink> wanted, List<Ink> others, List<Ink> used) {
        var candidates = new ArrayList<>(wanted);
        candidates.addAll(others);
        candidates.removeAll(used);
        return candidates.getFirst();
    }

    private static String label(Series series, boolean oneLaw, boolean oneDensity, boolean oneTask) {
        Condition condition = series.condition();
        String regime = switch (series.regime()) {
            case STRONG -> "strong";
            case WEAK -> "weak";
            case BETWEEN -> "between";
        };
        String words = regime + ", γ = " + Words.number(condition.decay());
        if (!oneLaw) {
            words += ", " + frequencies(condition.frequencies());
        }
        if (!oneDensity) {
            words += ", E = " + Words.number(condition.density());
        }
        if (!oneTask) {
            words += ", "
                    + (condition.task().equals(ToyTask.PLAIN)
                            ? "plain"
                            : condition.task().label());
        }
        // What else tells the conditions of the study apart, such as the number of features.
        return words + series.distinction().replace("features ", "n = ");
    }

    /// A law of frequencies in few signs.
    static String frequencies(FeatureFrequencies frequencies) {
        return frequencies instanceof FeatureFrequencies.Power(double alpha)
                ? "α = " + Words.number(alpha)
                : Words.law(frequencies);
    }

    List<JobResult> runs() {
        return series.results();
    }

    boolean strong() {
        return series.regime() == Regime.STRONG;
    }

    boolean weak() {
        return series.regime() == Regime.WEAK;
    }

    /// A point for every training whose value can be drawn on a logarithmic axis.
    List<Point> points(ToDoubleFunction<JobResult> measure) {
        return runs().stream()
                .filter(run -> drawable(measure.applyAsDouble(run)))
                .map(run -> new Point(
                        run.config().width(),
                        measure.applyAsDouble(run),
                        label + ", seed " + run.config().seed()))
                .toList();
    }

    /// A point for every width whose mean can be drawn on a logarithmic axis.
    List<Point> means(ToDoubleFunction<WidthPoint> measure) {
        return series.points().stream()
                .filter(point -> drawable(measure.applyAsDouble(point)))
                .map(point -> new Point(point.width(), measure.applyAsDouble(point), ""))
                .toList();
    }

    /// The power law of the loss, if the data fix one.
    Optional<Fit.Fitted> lossLaw() {
        return series.lossLaw()
                .flatMap(fit -> fit instanceof Fit.Fitted fitted ? Optional.of(fitted) : Optional.empty());
    }

    /// The law between the smallest and the largest width.
    List<Point> line(Fit.Fitted fit) {
        return between()
                .mapToObj(m -> new Point(m, fit.law().at(Sizes.of(Quantity.WIDTH, m)), ""))
                .toList();
    }

    /// Where the law lies with 95 % confidence; about the curve, not about single trainings. Empty
    /// where two widths leave nothing to judge by.
    List<Interval> band(Fit.Fitted fit) {
        if (fit.degreesOfFreedom() < 1) {
            return List.of();
        }
        return between()
                .mapToObj(m -> {
                    var interval = fit.curveAt(Sizes.of(Quantity.WIDTH, m), 0.95);
                    return new Interval(m, interval.low(), interval.high());
                })
                .filter(interval -> drawable(interval.low()) && drawable(interval.high()))
                .toList();
    }

    private DoubleStream between() {
        List<WidthPoint> points = series.points();
        double from = points.getFirst().width();
        double ratio = points.getLast().width() / from;
        return IntStream.rangeClosed(0, STEPS_OF_A_LINE)
                .mapToDouble(i -> from * Math.pow(ratio, i / (double) STEPS_OF_A_LINE));
    }

    /// Whether a logarithmic axis has a place for `value`.
    static boolean drawable(double value) {
        return value > 0 && Double.isFinite(value);
    }
}
