package dev.superpose.study;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Fitter;
import dev.superpose.scaling.Form;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.Objective;
import dev.superpose.stat.Moments;
import dev.superpose.theory.WeakRegime;
import dev.superpose.toy.Importance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// The trainings of one condition, which differ in width and seed: one curve of loss against width.
/// Immutable; what its widths gave is computed once.
public final class Series {
    private static final Form POWER = Forms.power(Quantity.WIDTH);
    private static final Form POWER_WITH_FLOOR = Forms.powerWithFloor(Quantity.WIDTH);

    /// A power law is a straight line in logarithms: it has one optimum, which every start finds.
    private static final Fitter LINES = new Fitter(new Objective.LogLeastSquares(), 1, Fitter.USUAL_SEED);

    /// Three parameters of a single size: of many fits, nearly all starts agree in each.
    private static final Fitter CURVES = new Fitter(new Objective.LogLeastSquares(), 16, Fitter.USUAL_SEED);

    private final Study.Condition condition;
    private final String label;
    private final List<JobResult> results;
    private final List<WidthPoint> points;

    /// @param condition what the trainings share
    /// @param label what it is called among the conditions of its study
    /// @param results the finished ones, by width, then seed; at least one
    public Series(Study.Condition condition, String label, List<JobResult> results) {
        if (results.isEmpty()) {
            throw new IllegalArgumentException("a series has at least one result");
        }
        this.condition = condition;
        this.label = label;
        this.results = List.copyOf(results);
        points = measured();
    }

    /// A series whose condition tells enough by [Study.Condition#label].
    public Series(Study.Condition condition, List<JobResult> results) {
        this(condition, condition.label(), results);
    }

    /// What the trainings share.
    public Study.Condition condition() {
        return condition;
    }

    /// What the condition is called among those of its study, see [Study#labels].
    public String label() {
        return label;
    }

    /// What the label adds to [Study.Condition#label], such as `, features 100`; empty where that
    /// alone tells the conditions of the study apart.
    public String distinction() {
        return label.startsWith(condition.label())
                ? label.substring(condition.label().length())
                : "";
    }

    /// n.
    public int features() {
        return condition.features();
    }

    /// The finished trainings, by width, then seed; at least one.
    public List<JobResult> results() {
        return results;
    }

    /// How a condition packs its features.
    public enum Regime {
        /// At least four in five features are represented at every width, whatever room there is:
        /// they overlap.
        STRONG,
        /// About as many features are represented as there are dimensions, at most three to one.
        WEAK,
        /// Neither at all widths.
        BETWEEN
    }

    /// What the seeds of one width gave, on average; NaN where no seed has the quantity.
    ///
    /// @param width m
    /// @param seeds how many trainings
    /// @param loss test loss, summed over features
    /// @param lossStandardError of that mean, by the scatter over seeds; NaN for one seed
    /// @param represented how many features are represented, phi_1/2 · n
    /// @param representedFraction phi_1/2
    /// @param strongFraction phi_1
    /// @param meanSquare mean squared overlap of all rows
    /// @param meanSquareStrong the same of strongly represented rows
    /// @param welchMeanSquare the least possible for all rows
    /// @param welchMeanSquareStrong the least possible for as many rows as are strong
    /// @param randomMeanSquare 1/m, of random directions
    /// @param tailAtRepresented the ideal weak loss with as many features as are represented
    /// @param tailAtWidth the ideal weak loss with as many features as there are dimensions
    public record WidthPoint(
            int width,
            int seeds,
            double loss,
            double lossStandardError,
            double represented,
            double representedFraction,
            double strongFraction,
            double meanSquare,
            double meanSquareStrong,
            double welchMeanSquare,
            double welchMeanSquareStrong,
            double randomMeanSquare,
            double tailAtRepresented,
            double tailAtWidth) {}

    /// One point per width, from narrow to wide.
    public List<WidthPoint> points() {
        return points;
    }

    private List<WidthPoint> measured() {
        var byWidth = new TreeMap<Integer, List<JobResult>>();
        for (var result : results) {
            byWidth.computeIfAbsent(result.config().width(), _ -> new ArrayList<>())
                    .add(result);
        }
        double[] p = probabilities();
        return byWidth.entrySet().stream()
                .map(entry -> point(entry.getKey(), entry.getValue(), p))
                .toList();
    }

    private WidthPoint point(int width, List<JobResult> seeds, double[] p) {
        var importance = condition.task().importance();
        var losses = Moments.of(
                seeds.stream().mapToDouble(r -> r.reading().loss().test()).toArray());
        return new WidthPoint(
                width,
                seeds.size(),
                losses.mean(),
                seeds.size() < 2 ? Double.NaN : losses.standardDeviation() / Math.sqrt(seeds.size()),
                mean(seeds, r -> r.represented(features())),
                mean(seeds, ToyReading::representedFraction),
                mean(seeds, ToyReading::strongFraction),
                mean(seeds, r -> r.overlap().meanSquare()),
                mean(seeds, r -> r.overlap().meanSquareStrong()),
                mean(seeds, r -> r.overlap().welchMeanSquare()),
                mean(seeds, r -> r.overlap().welchMeanSquareStrong()),
                1.0 / width,
                mean(seeds, r -> tailLoss(p, importance, r.represented(features()))),
                tailLoss(p, importance, Math.min(width, features())));
    }

    /// The ideal weak loss with the `represented` features that are worth most.
    ///
    /// @param p p_1 .. p_n
    public static double tailLoss(double[] p, Importance importance, int represented) {
        return importance.equals(Importance.EQUAL)
                ? WeakRegime.tailLoss(p, represented)
                : WeakRegime.tailLoss(p, importance.weights(p.length), represented);
    }

    private static double mean(List<JobResult> seeds, ToDoubleFunction<ToyReading> quantity) {
        return seeds.stream()
                .mapToDouble(result -> quantity.applyAsDouble(result.reading()))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /// p_1 .. p_n of the condition.
    public double[] probabilities() {
        return condition.frequencies().probabilities(features(), condition.density());
    }

    /// How the condition packs its features, judged by the number represented at each width.
    public Regime regime() {
        if (points.stream().allMatch(point -> point.representedFraction() >= 0.8)) {
            return Regime.STRONG;
        }
        return points.stream().allMatch(point -> point.represented() <= 3.0 * point.width())
                ? Regime.WEAK
                : Regime.BETWEEN;
    }

    /// The power law through the geometric mean loss of each width: the trainings of one width
    /// miss the law together, so that counting each seed would make the errors too small. Empty
    /// with fewer than two widths.
    public Optional<Fit> lossLaw() {
        return fit(LINES, POWER, losses());
    }

    /// The same with a floor; empty with fewer than three widths.
    public Optional<Fit> lossLawWithFloor() {
        return fit(CURVES, POWER_WITH_FLOOR, losses());
    }

    private List<Runs.Run> losses() {
        return results.stream()
                .filter(result -> result.reading().loss().test() > 0)
                .map(result ->
                        run(result.config().width(), result.reading().loss().test()))
                .toList();
    }

    /// The power law of the mean squared overlap over width: of strong rows, or of all rows.
    public Optional<Fit> overlapLaw(boolean ofStrongRows) {
        return fit(
                LINES,
                POWER,
                points.stream()
                        .map(point -> new double[] {
                            point.width(), ofStrongRows ? point.meanSquareStrong() : point.meanSquare()
                        })
                        .filter(pair -> pair[1] > 0)
                        .map(pair -> run(pair[0], pair[1]))
                        .toList());
    }

    /// The power law through the ideal weak losses with k = m at the same widths: what a weak
    /// model's exponent can be for this number of features.
    public Optional<Fit> idealWeakLaw() {
        return fit(
                LINES,
                POWER,
                points.stream()
                        .filter(point -> point.tailAtWidth() > 0)
                        .map(point -> run(point.width(), point.tailAtWidth()))
                        .toList());
    }

    private static Runs.Run run(double width, double loss) {
        return new Runs.Run("width %d".formatted((long) width), Sizes.of(Quantity.WIDTH, width), loss);
    }

    private static Optional<Fit> fit(Fitter fitter, Form form, List<Runs.Run> runs) {
        var means = Runs.of(runs).geometricMeans();
        return means.count() < form.parameters(List.of("")).size()
                ? Optional.empty()
                : Optional.of(fitter.fit(form, means));
    }
}
