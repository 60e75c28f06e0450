package dev.superpose.study;

import dev.superpose.study.Study.Condition;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// One grid of trainings: every combination of the values of its axes, all trained alike.
///
/// @param name what it is called among the grids of its study; may be empty
/// @param features the n to train
/// @param widths the m to train
/// @param frequencies the shapes of the feature probabilities to train
/// @param densities the E to train
/// @param decays the gamma to train
/// @param tasks the importances, outputs and correlations to train
/// @param seeds one training each
/// @param recipe how each is trained
public record Grid(
        String name,
        List<Integer> features,
        Widths widths,
        List<FeatureFrequencies> frequencies,
        List<Double> densities,
        List<Double> decays,
        List<ToyTask> tasks,
        List<Long> seeds,
        Recipe recipe) {

    public Grid {
        features = axis("features", features);
        frequencies = axis("frequencies", frequencies);
        densities = axis("density", densities);
        decays = axis("decay", decays);
        tasks = axis("tasks", tasks);
        seeds = axis("seeds", seeds);
    }

    private static <T> List<T> axis(String name, List<T> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(name + " must differ from each other: " + values);
        }
        return List.copyOf(values);
    }

    /// All its m: those of each n, as declared.
    public List<Integer> allWidths() {
        return features.stream().flatMap(n -> widths.of(n).stream()).distinct().toList();
    }

    /// How many trainings it has.
    ///
    /// @throws ArithmeticException if there are more than a `long` can count
    public long count() {
        long points = features.stream().mapToLong(n -> widths.of(n).size()).reduce(0, Math::addExact);
        for (var axis : List.of(frequencies, densities, decays, tasks, seeds)) {
            points = Math.multiplyExact(points, axis.size());
        }
        return points;
    }

    /// Its conditions: by features, then frequencies, density, decay and task, as declared.
    public List<Condition> conditions() {
        var conditions = new ArrayList<Condition>();
        for (int n : features) {
            for (var law : frequencies) {
                for (double density : densities) {
                    for (double decay : decays) {
                        for (var task : tasks) {
                            conditions.add(new Condition(n, law, density, decay, task, recipe));
                        }
                    }
                }
            }
        }
        return List.copyOf(conditions);
    }

    /// The trainings of one of its conditions, by width, then seed.
    ///
    /// @throws IllegalArgumentException if a training cannot be, see [dev.superpose.toy.ToyConfig]
    List<Job> jobs(Condition condition) {
        var jobs = new ArrayList<Job>();
        for (int width : widths.of(condition.features())) {
            for (long seed : seeds) {
                jobs.add(Job.of(condition.config(width, seed)));
            }
        }
        return jobs;
    }
}
