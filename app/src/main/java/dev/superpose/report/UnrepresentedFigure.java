package dev.superpose.report;

import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import dev.superpose.report.Trainings.Setting;
import dev.superpose.reproduction.UnrepresentedLosses;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/// What weak models lose, over what theory has of how many features they represent and of which.
final class UnrepresentedFigure {
    private static final int HALF = 320;
    private static final int HEIGHT = 300;
    private static final String REPRESENTED = "number of features represented, φ½ · n";

    private UnrepresentedFigure() {}

    /// Loss over the tail sum of as many features, and over the variances of the very features that
    /// are not represented. Empty where of no training with decay (gamma > 0) the weights
    /// are known.
    static Optional<Figure> of(List<JobResult> results, UnrepresentedLosses losses, String command) {
        var all = new Trainings(results)
                .where(run -> losses.of(run).isPresent() && Trainings.represented(run) > 0 && Trainings.loss(run) > 0)
                .where(run -> !Double.isNaN(Trainings.alpha(run)))
                .sharingAllBut(Setting.LAW, Setting.DECAY);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        ToDoubleFunction<JobResult> byNumber = run -> Trainings.loss(run) / Trainings.tailOfRepresented(run);
        ToDoubleFunction<JobResult> bySet =
                run -> Trainings.loss(run) / losses.of(run).orElse(Double.NaN);
        var left = new Panel("over the ideal of as many features");
        var right = new Panel("over the variances of those not represented");
        int number = 0;
        for (double alpha : WeakFigures.alphas(all)) {
            Style style = Measured.look(number++);
            List<JobResult> runs = all.at(Trainings::alpha, alpha).runs();
            left.points(style, points(runs, byNumber));
            right.points(style, points(runs, bySet)).key("α = " + Words.number(alpha), style, Sample.POINT);
        }
        Style one = Style.of(Ink.GREY).with(Style.DASHED);
        left.across(one, false, 1);
        right.across(one, false, 1);
        double[] numbers = sorted(all.runs(), byNumber);
        double[] sets = sorted(all.runs(), bySet);
        BiFunction<String, Iterable<Double>, Axis> shared = (title, _) ->
                Axis.log(title, List.of(1.0, numbers[0], numbers[numbers.length - 1], sets[0], sets[sets.length - 1]));
        return Optional.of(new Figure(
                "weak-loss-unrepresented",
                "Weak superposition: which features are represented",
                "Every training with decay (γ > 0), one mark each. Left: its loss over Σ(4/3 p − p²) beyond the most"
                        + " frequent features, as many as it represents; %s. Right: the same sum over the very features that it does not represent; %s. Where the right is level at 1 and the left is not, which features are represented sets the loss."
                                .formatted(range(numbers), range(sets)),
                Plot.document(List.of(
                        left.plot(REPRESENTED, Axis::log, "test loss / theory", shared, Corner.TOP_LEFT, HALF, HEIGHT),
                        right.plot(
                                REPRESENTED, Axis::log, "test loss / theory", shared, Corner.OUTSIDE, HALF, HEIGHT))),
                WeakFigures.table(
                        all,
                        List.of(Column.real("unrepresented_sum", "sum over features")),
                        run -> Table.row(losses.of(run).orElse(Double.NaN))),
                command));
    }

    private static List<Point> points(List<JobResult> runs, ToDoubleFunction<JobResult> ratio) {
        return runs.stream()
                .map(run -> new Point(Trainings.represented(run), ratio.applyAsDouble(run), WeakFigures.label(run)))
                .toList();
    }

    private static double[] sorted(List<JobResult> runs, ToDoubleFunction<JobResult> ratio) {
        return runs.stream().mapToDouble(ratio).sorted().toArray();
    }

    private static String range(double[] ascending) {
        return Words.range(ascending[0], ascending[ascending.length - 1]);
    }
}
