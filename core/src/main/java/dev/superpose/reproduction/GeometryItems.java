package dev.superpose.reproduction;

import dev.superpose.study.JobResult;
import dev.superpose.theory.SuperpositionPhase;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What "Toy Models of Superposition" (Elhage et al. 2022) says of few features, held against
/// trainings of the built-in study `geometry`. Of several seeds of one setting the one of least
/// loss counts.
final class GeometryItems {
    /// Features of the sweep over sparsity, and dimensions.
    private static final int UNIFORM_FEATURES = 400;

    private static final int UNIFORM_WIDTH = 30;
    private static final double STICKS = 0.05;

    /// The largest |cosine| between corners of a regular pentagon, cos 36°.
    private static final double PENTAGON = Math.cos(Math.PI / 5);

    private static final double DIGON = 0.95;
    /// Steps from which on 400 features in 30 dimensions may count as settled.
    private static final int SETTLED = 10_000;

    /// The same for the smallest models.
    private static final int SMALL_SETTLED = 1000;

    private static final double ASKED = 0.9;

    /// A loss below this share of the closed form is no matter of sampling.
    private static final double BETTER = 0.9;

    private GeometryItems() {}

    static List<Item> of(Evidence evidence) {
        var items = new ItemList(PaperFigure.GEOMETRY);
        sticky(items, evidence);
        pentagon(items, evidence);
        digons(items, evidence);
        phases(items, evidence, 2);
        phases(items, evidence, 3);
        return items.items();
    }

    /// D* = m/|W|², dimensions per feature.
    private static double perFeature(JobResult result) {
        var norm = result.reading().norm();
        double squares = result.config().features() * (norm.mean() * norm.mean() + norm.std() * norm.std());
        return result.config().width() / squares;
    }

    private static void sticky(ItemList items, Evidence evidence) {
        String statement = "dimensions per feature stick at 1 and at 1/2 as features get sparser";
        String rule = "within %s of 1 at the densest setting, and of 1/2 while the probability falls to a half or less"
                .formatted(STICKS);
        List<JobResult> sweep = evidence.results().stream()
                .filter(result -> result.config().features() == UNIFORM_FEATURES
                        && result.config().width() == UNIFORM_WIDTH
                        && result.config().task().equals(ToyTask.PLAIN))
                .sorted(Comparator.comparingDouble(
                                (JobResult result) -> result.config().density())
                        .reversed())
                .toList();
        if (sweep.isEmpty()) {
            items.untested(statement, 0.5, rule);
            return;
        }
        double dense = perFeature(sweep.getFirst());
        List<JobResult> half = sweep.stream()
                .filter(result -> Math.abs(perFeature(result) - 0.5) <= STICKS)
                .toList();
        double[] probabilities = half.stream()
                .mapToDouble(result -> result.config().density() / UNIFORM_FEATURES)
                .toArray();
        items.claim(
                statement,
                Optional.of(Measured.computed(dense, Double.NaN)),
                1,
                rule,
                sticks(dense, probabilities, sweep.getFirst()),
                String.format(
                        Locale.ROOT,
                        "It is %.3f with every feature active, within %s of 1/2 at %d of %d settings%s, and %.3f at the sparsest, after %,d steps.",
                        dense,
                        STICKS,
                        half.size(),
                        sweep.size(),
                        half.isEmpty()
                                ? ""
                                : " (each feature active with probability "
                                        + Sentences.range(Arrays.stream(probabilities)) + ")",
                        perFeature(sweep.getLast()),
                        sweep.getFirst().config().optimiser().steps()));
    }

    /// A fall that only passes 1/2 is no step.
    private static Verdict sticks(double dense, double[] probabilities, JobResult sample) {
        var range = Arrays.stream(probabilities).summaryStatistics();
        return verdict(Math.abs(dense - 1) <= STICKS && range.getMax() >= 2 * range.getMin(), sample, SETTLED);
    }

    /// Trainings of fewer than `settled` steps speak against nothing.
    private static Verdict verdict(boolean holds, JobResult sample, int settled) {
        if (holds) {
            return Verdict.REPRODUCED;
        }
        return sample.config().optimiser().steps() < settled ? Verdict.CANNOT_TELL : Verdict.DIFFERS;
    }

    private static void pentagon(ItemList items, Evidence evidence) {
        String statement = "five sparse features in two dimensions form a regular pentagon";
        String rule = "largest overlap within 0.02 of cos 36°, lengths equal to 2 %";
        var best = best(
                evidence,
                config -> isFiveInTwo(config) && config.frequencies().equals(new FeatureFrequencies.Power(0)));
        if (best.isEmpty()) {
            items.untested(statement, PENTAGON, rule);
            return;
        }
        var reading = best.get().reading();
        double overlap = reading.overlap().maxAbs();
        double uneven = reading.norm().std() / reading.norm().mean();
        items.claim(
                statement,
                Optional.of(Measured.computed(overlap, Double.NaN)),
                PENTAGON,
                rule,
                verdict(Math.abs(overlap - PENTAGON) <= 0.02 && uneven <= 0.02, best.get(), SMALL_SETTLED),
                String.format(
                        Locale.ROOT,
                        "The training of least loss has the largest overlap %.4f and lengths that differ by %.2g %%.",
                        overlap,
                        100 * uneven));
    }

    private static void digons(ItemList items, Evidence evidence) {
        String statement = "with one feature sparser the pentagon snaps into two digons";
        String rule = "largest overlap above %s at the sparsest, below at the least sparse".formatted(DIGON);
        var byWeight = new TreeMap<Double, JobResult>();
        for (var result : evidence.results()) {
            if (isFiveInTwo(result.config())
                    && result.config().frequencies() instanceof FeatureFrequencies.Given(List<Double> weights)) {
                byWeight.merge(weights.getLast() / weights.getFirst(), result, GeometryItems::better);
            }
        }
        if (byWeight.size() < 2) {
            items.untested(statement, 1, rule);
            return;
        }
        double sparsest = maxOverlap(byWeight.firstEntry().getValue());
        boolean snaps = sparsest >= DIGON && maxOverlap(byWeight.lastEntry().getValue()) < DIGON;
        items.claim(
                statement,
                Optional.of(Measured.computed(sparsest, Double.NaN)),
                1,
                rule,
                verdict(snaps, byWeight.firstEntry().getValue(), SMALL_SETTLED),
                "Largest overlap of the best training by relative frequency of the fifth feature: "
                        + byWeight.entrySet().stream()
                                .map(entry -> String.format(
                                        Locale.ROOT, "%.3f at %s", maxOverlap(entry.getValue()), entry.getKey()))
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    private static double maxOverlap(JobResult result) {
        return result.reading().overlap().maxAbs();
    }

    /// Losses of the smallest models against their phases in closed form, with all of (importance,
    /// density) that was run.
    private static void phases(ItemList items, Evidence evidence, int features) {
        String statement =
                "%d features in %d: the best loss is that of the best phase".formatted(features, features - 1);
        String rule = "not above the closed form by more than 2 %% and two standard errors at %.0f %% of settings"
                .formatted(100 * ASKED);
        Map<List<Double>, JobResult> best = new TreeMap<>(
                Comparator.<List<Double>>comparingDouble(List::getFirst).thenComparing(List::getLast));
        for (var result : evidence.results()) {
            var config = result.config();
            if (config.features() == features
                    && config.width() == features - 1
                    && config.task().output() == ToyTask.Output.RELU) {
                double r = config.task().importance().weights(features)[features - 1];
                best.merge(List.of(r, config.density() / features), result, GeometryItems::better);
            }
        }
        if (best.isEmpty()) {
            items.untested(statement, 1, rule);
            return;
        }
        var ratios = new ArrayList<Double>();
        int within = 0;
        for (var entry : best.entrySet()) {
            double r = entry.getKey().getFirst();
            double p = entry.getKey().getLast();
            double closed = SuperpositionPhase.best(features, p, r).loss(p, r);
            var loss = entry.getValue().reading().loss();
            ratios.add(loss.test() / closed);
            within += loss.test() <= 1.02 * closed + 2 * loss.testStandardError() ? 1 : 0;
        }
        double[] sorted = ratios.stream().mapToDouble(x -> x).sorted().toArray();
        items.claim(
                statement,
                Optional.of(Measured.computed(sorted[sorted.length / 2], Double.NaN)),
                1,
                rule,
                verdict(
                        within >= ASKED * ratios.size(),
                        best.values().iterator().next(),
                        SMALL_SETTLED),
                "%d of %d are; best loss over closed form is %s%s."
                        .formatted(
                                within,
                                ratios.size(),
                                Sentences.range(ratios.stream().mapToDouble(x -> x)),
                                sorted[0] < BETTER
                                        ? ": dense features are answered better than the simple weights of a phase allow"
                                        : ""));
    }

    private static boolean isFiveInTwo(ToyConfig config) {
        return config.features() == 5 && config.width() == 2 && config.task().equals(ToyTask.PLAIN);
    }

    private static Optional<JobResult> best(Evidence evidence, Predicate<ToyConfig> wanted) {
        return evidence.results().stream()
                .filter(result -> wanted.test(result.config()))
                .reduce(GeometryItems::better);
    }

    private static JobResult better(JobResult one, JobResult other) {
        return one.reading().loss().test() <= other.reading().loss().test() ? one : other;
    }
}
