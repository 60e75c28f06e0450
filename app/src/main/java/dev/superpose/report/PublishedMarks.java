package dev.superpose.report;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.published.ToyValue;
import dev.superpose.report.Layer.Point;
import dev.superpose.reproduction.Evidence;
import dev.superpose.reproduction.Training;
import dev.superpose.study.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Published values beside the trainings that have their settings: Liu, Liu and Gore 2025, arXiv
/// 2505.10465, read off its figures, one seed each, 20,000 steps of 2,048 samples.
final class PublishedMarks {
    private PublishedMarks() {}

    /// Those of `values` whose settings, widths included, some of `runs` have.
    static List<ToyValue> matching(List<ToyValue> values, List<JobResult> runs) {
        List<ToySetting> ours = settings(runs);
        return values.stream()
                .filter(value -> ours.stream().anyMatch(value.setting()::isNear))
                .toList();
    }

    /// The same as points of a figure.
    ///
    /// @param x what of a setting is along the x axis
    static List<Point> points(List<ToyValue> values, List<JobResult> runs, ToDoubleFunction<ToySetting> x) {
        return matching(values, runs).stream()
                .map(value -> new Point(x.applyAsDouble(value.setting()), value.value(), "published"))
                .toList();
    }

    /// Every published test loss, each setting once: of several figures the first.
    static List<ToyValue> losses() {
        var losses = new ArrayList<ToyValue>();
        Stream.of(
                        PublishedToy.largeLosses(),
                        PublishedToy.densityLosses(),
                        PublishedToy.weakPoints().stream()
                                .map(PublishedToy.WeakPoint::loss)
                                .toList(),
                        PublishedToy.densityWidthLosses())
                .flatMap(List::stream)
                .filter(value ->
                        losses.stream().noneMatch(known -> known.setting().isNear(value.setting())))
                .forEach(losses::add);
        return losses;
    }

    /// The settings of some trainings, as far as the paper has their kind.
    static List<ToySetting> settings(List<JobResult> runs) {
        return runs.stream()
                .flatMap(run -> Evidence.setting(run.config()).stream())
                .distinct()
                .toList();
    }

    /// Whether exponents over the widths of `runs` can be set beside the published ones: only over
    /// the same widths.
    static boolean sameWidths(List<JobResult> runs) {
        return runs.stream()
                .map(run -> run.config().width())
                .collect(Collectors.toCollection(TreeSet::new))
                .equals(new TreeSet<>(ToySetting.WIDTHS));
    }

    /// What the open marks are, for a key.
    static String key(List<JobResult> runs) {
        boolean same = runs.stream().allMatch(run -> Training.of(run.config()).asPublished());
        return same ? "published" : "published (%,d steps of %,d)".formatted(Training.STEPS, Training.BATCH);
    }
}
