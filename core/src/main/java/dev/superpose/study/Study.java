package dev.superpose.study;

import dev.superpose.result.Table;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// A declared experiment: the union of one or more grids of trainings. A training that several
/// grids have counts once.
///
/// @param name of its output folder: letters, digits, `.`, `_` and `-`
/// @param scale which of the sizes that its file declares; empty if it is the file as it stands
/// @param description one or two sentences for the report; may be empty
/// @param grids at least one
/// @param samples files or folders of real models whose geometry is shown beside; may be empty
/// @param inputs the files the study was read from, name → SHA-256
public record Study(
        String name,
        Optional<Scale> scale,
        String description,
        List<Grid> grids,
        List<Path> samples,
        Map<String, String> inputs) {

    /// More trainings than any machine finishes: a slip of the pen, not a plan.
    public static final int MOST_JOBS = 1_000_000;

    public Study {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "a study's name is made of letters, digits, '.', '_' and '-', not \"" + name + "\"");
        }
        grids = List.copyOf(grids);
        if (grids.isEmpty()) {
            throw new IllegalArgumentException("a study has at least one grid");
        }
        samples = List.copyOf(samples);
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
        long count = grids.stream().mapToLong(Grid::count).reduce(0, Math::addExact);
        if (count > MOST_JOBS) {
            throw new IllegalArgumentException(
                    "the grid has %,d trainings; at most %,d are possible".formatted(count, MOST_JOBS));
        }
    }

    /// The study of one grid, read from no file.
    public static Study of(String name, Grid grid) {
        return new Study(name, Optional.empty(), "", List.of(grid), List.of(), Map.of());
    }

    /// Everything but width and seed: the trainings of one condition make one curve of
    /// loss against width.
    ///
    /// @param features n
    /// @param frequencies the shape of the feature probabilities
    /// @param density E
    /// @param decay gamma
    /// @param task importances, output and correlation
    /// @param recipe how they are trained; its rates may be rules of the width
    public record Condition(
            int features, FeatureFrequencies frequencies, double density, double decay, ToyTask task, Recipe recipe) {
        /// The condition of one training, its rates taken for those of every width.
        public static Condition of(ToyConfig config) {
            return new Condition(
                    config.features(),
                    config.frequencies(),
                    config.density(),
                    config.decay(),
                    config.task(),
                    Recipe.of(config));
        }

        /// The configuration of one of its trainings.
        ///
        /// @throws IllegalArgumentException if there can be none
        public ToyConfig config(int width, long seed) {
            return new ToyConfig(
                    features, width, frequencies, density, decay, recipe.at(width), recipe.testBatches(), seed, task);
        }

        /// For legends and tables, such as `power(1.0), decay -1.0`: what tells most conditions
        /// apart, see [Study#labels] for what tells all of one study apart.
        public String label() {
            String text = "%s, decay %s".formatted(frequencies.label(), brief(decay));
            String full = density == 1 ? text : text + ", density " + brief(density);
            return task.equals(ToyTask.PLAIN) ? full : full + ", " + task.label();
        }

        /// Four digits of a number that has many, such as -7/9.
        private static String brief(double value) {
            String exact = Double.toString(value);
            return exact.length() <= 8 ? exact : Table.brief(value);
        }

        /// What [#label] leaves out, by the names of a study file.
        private Map<String, String> settings() {
            var settings = new LinkedHashMap<String, String>();
            settings.put("features", "" + features);
            settings.putAll(recipe.settings());
            return settings;
        }
    }

    /// The conditions, in the order of the grids; each once.
    public List<Condition> conditions() {
        return grids.stream()
                .flatMap(grid -> grid.conditions().stream())
                .distinct()
                .toList();
    }

    /// A name for each condition: its [Condition#label] and those settings in which the conditions
    /// of this study differ.
    public Map<Condition, String> labels() {
        var values = new HashMap<String, Set<String>>();
        var conditions = conditions();
        for (var condition : conditions) {
            condition
                    .settings()
                    .forEach((key, value) ->
                            values.computeIfAbsent(key, _ -> new HashSet<>()).add(value));
        }
        values.values().removeIf(different -> different.size() < 2);
        var labels = new LinkedHashMap<Condition, String>();
        for (var condition : conditions) {
            var label = new StringBuilder(condition.label());
            condition.settings().forEach((key, value) -> {
                if (values.containsKey(key)) {
                    label.append(", ").append(key.replace('_', ' ')).append(' ').append(value);
                }
            });
            labels.put(condition, label.toString());
        }
        return Collections.unmodifiableMap(labels);
    }

    /// The trainings of each condition, by width, then seed, as declared.
    ///
    /// @throws IllegalArgumentException if a training cannot be, see [ToyConfig]
    public Map<Condition, List<Job>> trainings() {
        var byCondition = new LinkedHashMap<Condition, Map<String, Job>>();
        for (var grid : grids) {
            for (var condition : grid.conditions()) {
                var jobs = byCondition.computeIfAbsent(condition, _ -> new LinkedHashMap<>());
                grid.jobs(condition).forEach(job -> jobs.putIfAbsent(job.id(), job));
            }
        }
        var trainings = new LinkedHashMap<Condition, List<Job>>();
        byCondition.forEach((condition, jobs) -> trainings.put(condition, List.copyOf(jobs.values())));
        return Collections.unmodifiableMap(trainings);
    }

    /// The trainings, by condition, then width, then seed, as declared, each once. Their ids do not
    /// depend on that order.
    ///
    /// @throws IllegalArgumentException if a training cannot be, see [ToyConfig]
    public List<Job> jobs() {
        var jobs = new LinkedHashMap<String, Job>();
        trainings().values().forEach(those -> those.forEach(job -> jobs.putIfAbsent(job.id(), job)));
        return List.copyOf(jobs.values());
    }

    /// All n, as declared.
    public List<Integer> features() {
        return all(Grid::features);
    }

    /// All m, as declared.
    public List<Integer> widths() {
        return all(Grid::allWidths);
    }

    /// All shapes of the feature probabilities, as declared.
    public List<FeatureFrequencies> frequencies() {
        return all(Grid::frequencies);
    }

    /// All E, as declared.
    public List<Double> densities() {
        return all(Grid::densities);
    }

    /// All gamma, as declared.
    public List<Double> decays() {
        return all(Grid::decays);
    }

    /// All tasks, as declared.
    public List<ToyTask> tasks() {
        return all(Grid::tasks);
    }

    /// All seeds, as declared.
    public List<Long> seeds() {
        return all(Grid::seeds);
    }

    /// All ways to train, as declared.
    public List<Recipe> recipes() {
        return all(grid -> List.of(grid.recipe()));
    }

    private <T> List<T> all(Function<Grid, List<T>> axis) {
        var values = new ArrayList<T>();
        grids.forEach(grid -> values.addAll(axis.apply(grid)));
        return values.stream().distinct().toList();
    }
}
