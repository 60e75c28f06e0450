package dev.superpose.study;

import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A declared experiment: a grid of trainings that vary a few things and keep the rest.
///
/// @param name of its output folder: letters, digits, `.`, `_` and `-`
/// @param description one or two sentences for the report; may be empty
/// @param features n
/// @param widths the m to train
/// @param frequencies the shapes of the feature probabilities to train
/// @param densities the E to train
/// @param decays the gamma to train
/// @param seeds one training each
/// @param optimiser batch, steps, rates and schedule, the same for all
/// @param testBatches fresh batches the test loss is averaged over
/// @param samples files or folders of real models whose geometry is shown beside; may be empty
/// @param inputs the files the study was read from, name → SHA-256
public record Study(
        String name,
        String description,
        int features,
        List<Integer> widths,
        List<FeatureFrequencies> frequencies,
        List<Double> densities,
        List<Double> decays,
        List<Long> seeds,
        ToyConfig.Optimiser optimiser,
        int testBatches,
        List<Path> samples,
        Map<String, String> inputs) {

    /// More trainings than any machine finishes: a slip of the pen, not a plan.
    public static final int MOST_JOBS = 1_000_000;

    public Study {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "a study's name is made of letters, digits, '.', '_' and '-', not \"" + name + "\"");
        }
        widths = axis("widths", widths);
        frequencies = axis("frequencies", frequencies);
        densities = axis("density", densities);
        decays = axis("decay", decays);
        seeds = axis("seeds", seeds);
        samples = List.copyOf(samples);
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
        long count = Math.multiplyExact(
                Math.multiplyExact((long) widths.size(), frequencies.size()),
                Math.multiplyExact(Math.multiplyExact((long) densities.size(), decays.size()), (long) seeds.size()));
        if (count > MOST_JOBS) {
            throw new IllegalArgumentException(
                    "the grid has %,d trainings; at most %,d are possible".formatted(count, MOST_JOBS));
        }
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

    /// Everything but width and seed: the trainings of one condition make one curve of
    /// loss against width.
    ///
    /// @param frequencies the shape of the feature probabilities
    /// @param density E
    /// @param decay gamma
    /// @param task importances, output and correlation
    public record Condition(FeatureFrequencies frequencies, double density, double decay, ToyTask task) {
        /// The condition a configuration belongs to.
        public static Condition of(ToyConfig config) {
            return new Condition(config.frequencies(), config.density(), config.decay(), config.task());
        }

        /// For legends and tables, such as `power(1.0), decay -1.0`.
        public String label() {
            String text = "%s, decay %s".formatted(frequencies.label(), decay);
            String full = density == 1 ? text : text + ", density " + density;
            return task.equals(ToyTask.PLAIN) ? full : full + ", " + task.label();
        }
    }

    /// The conditions, in the order of the file: frequencies, then density, then decay.
    public List<Condition> conditions() {
        var conditions = new ArrayList<Condition>();
        for (var law : frequencies) {
            for (double density : densities) {
                for (double decay : decays) {
                    conditions.add(new Condition(law, density, decay, ToyTask.PLAIN));
                }
            }
        }
        return List.copyOf(conditions);
    }

    /// The trainings, by condition, then width, then seed, as declared. Their ids do not
    /// depend on that
    /// order.
    ///
    /// @throws IllegalArgumentException if a training cannot be, see [ToyConfig]
    public List<Job> jobs() {
        var jobs = new ArrayList<Job>();
        for (var condition : conditions()) {
            for (int width : widths) {
                for (long seed : seeds) {
                    jobs.add(Job.of(config(condition, width, seed)));
                }
            }
        }
        return List.copyOf(jobs);
    }

    /// The configuration of one training.
    ToyConfig config(Condition condition, int width, long seed) {
        return new ToyConfig(
                features,
                width,
                condition.frequencies(),
                condition.density(),
                condition.decay(),
                optimiser,
                testBatches,
                seed,
                condition.task());
    }
}
