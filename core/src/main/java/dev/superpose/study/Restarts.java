package dev.superpose.study;

import dev.superpose.geometry.Dimensionality;
import dev.superpose.geometry.Plateau;
import dev.superpose.study.JobResult.Trained;
import dev.superpose.theory.SmallModelLoss;
import dev.superpose.theory.SuperpositionPhase;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyModel;
import dev.superpose.toy.ToyTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// Trainings of one small model that differ in their seed alone. Small models end in many local
/// optima, so that only the best of several restarts tells what the model would choose.
///
/// @param trained the restarts, at least one, best first
/// @param losses of each, summed over features; see [#loss]
public record Restarts(List<Trained> trained, List<Double> losses) {
    /// Dimensionalities this near to a plateau's are counted to it.
    private static final double NEAR = 0.03;

    public Restarts {
        trained = List.copyOf(trained);
        losses = List.copyOf(losses);
        if (trained.isEmpty() || trained.size() != losses.size()) {
            throw new IllegalArgumentException("%d restarts with %d losses".formatted(trained.size(), losses.size()));
        }
    }

    /// The restarts of each configuration among `all`, in the order in which these come first.
    public static List<Restarts> of(List<Trained> all) {
        var groups = new LinkedHashMap<String, List<Trained>>();
        for (var one : all) {
            groups.computeIfAbsent(Job.of(one.result().config().withSeed(0)).id(), _ -> new ArrayList<>())
                    .add(one);
        }
        return groups.values().stream().map(Restarts::sorted).toList();
    }

    private record Scored(Trained trained, double loss) {}

    private static Restarts sorted(List<Trained> group) {
        var scored = group.stream()
                .map(one -> new Scored(one, loss(one)))
                .sorted(Comparator.comparingDouble(Scored::loss))
                .toList();
        return new Restarts(
                scored.stream().map(Scored::trained).toList(),
                scored.stream().map(Scored::loss).toList());
    }

    /// The loss that restarts are compared by: exact, by integration, for at most
    /// [SmallModelLoss#MOST_FEATURES] independent features and ReLU; else the test loss,
    /// which is sampled.
    public static double loss(Trained one) {
        var config = one.result().config();
        var model = one.model();
        return exact(config)
                ? SmallModelLoss.of(
                        model.weights(),
                        model.bias().data(),
                        config.probabilities(),
                        config.task().importance().weights(config.features()))
                : one.result().reading().loss().test();
    }

    private static boolean exact(ToyConfig config) {
        return config.features() <= SmallModelLoss.MOST_FEATURES
                && config.task().output() == ToyTask.Output.RELU
                && config.task().correlation().equals(Correlation.INDEPENDENT);
    }

    /// What all restarts share, with the seed of the best one.
    public ToyConfig config() {
        return trained.getFirst().result().config();
    }

    /// The weights of least loss.
    public ToyModel best() {
        return trained.getFirst().model();
    }

    /// The least loss.
    public double leastLoss() {
        return losses.getFirst();
    }

    /// How many restarts lose at most `factor` times the least loss.
    public long within(double factor) {
        return losses.stream().filter(loss -> loss <= factor * leastLoss()).count();
    }

    /// The phase of the best restart, of a model with one dimension fewer than features; empty if
    /// it is in none, or of another shape.
    public Optional<SuperpositionPhase> phase() {
        return SuperpositionPhase.of(best().weights());
    }

    /// What the best restart's features form, such as `5 pentagon` or `4 digon, 1 not
    /// represented`; those that lie on no plateau are `other`.
    public String shape() {
        var measured = Dimensionality.measure(best().weights());
        var counts = Plateau.counts(measured, NEAR);
        var words = new StringJoiner(", ");
        int counted = 0;
        for (var plateau : Plateau.values()) {
            int count = counts.getOrDefault(plateau, 0);
            counted += count;
            if (count > 0) {
                words.add(count + " " + plateau.label());
            }
        }
        if (counted < measured.features()) {
            words.add(measured.features() - counted + " other");
        }
        return words.toString();
    }
}
