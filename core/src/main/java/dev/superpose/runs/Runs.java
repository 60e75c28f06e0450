package dev.superpose.runs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Measured losses with the sizes at which they were measured, column by column; immutable.
///
/// Every run has the same sizes. A run is called by its label (the line of the table it came
/// from), belongs to a group (such as a data set; all to the group `""` where there are none) and
/// to a cluster (such as the training of which it is one checkpoint; each to its own where nothing
/// is known).
public final class Runs {
    private final EnumMap<Quantity, double[]> logs;
    private final double[] losses;
    private final double[] weights;
    private final List<String> labels;
    private final List<String> groupNames;
    private final int[] groups;
    private final int[] clusters;

    private Runs(
            EnumMap<Quantity, double[]> logs,
            double[] losses,
            double[] weights,
            List<String> labels,
            List<String> groupNames,
            int[] groups,
            int[] clusters) {
        this.logs = logs;
        this.losses = losses;
        this.weights = weights;
        this.labels = labels;
        this.groupNames = groupNames;
        this.groups = groups;
        this.clusters = clusters;
    }

    /// One measured run.
    ///
    /// @param label what messages call it, such as `line 12`
    /// @param sizes at which it was measured, with its group
    /// @param loss positive
    /// @param weight inversely proportional to the variance of ln loss, 1 if nothing is known
    /// @param cluster runs of one cluster are not independent; empty if it stands alone
    public record Run(String label, Sizes sizes, double loss, double weight, String cluster) {
        public Run {
            checkPositive("loss", label, loss);
            checkPositive("weight", label, weight);
        }

        /// A run of weight 1 that stands alone.
        public Run(String label, Sizes sizes, double loss) {
            this(label, sizes, loss, 1, "");
        }

        private static void checkPositive(String what, String label, double value) {
            if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "%s: a %s must be positive and finite, is %s".formatted(label, what, value));
            }
        }
    }

    /// The runs in the order given; they keep the sizes that all of them have.
    public static Runs of(List<Run> runs) {
        var common = EnumSet.allOf(Quantity.class);
        runs.forEach(run -> common.retainAll(run.sizes().values().keySet()));
        if (runs.isEmpty()) {
            common.clear();
        }
        var logs = new EnumMap<Quantity, double[]>(Quantity.class);
        for (var quantity : common) {
            logs.put(
                    quantity,
                    runs.stream()
                            .mapToDouble(run -> Math.log(run.sizes().get(quantity)))
                            .toArray());
        }
        var groupIndex = new LinkedHashMap<String, Integer>();
        var clusterIndex = new LinkedHashMap<String, Integer>();
        int[] groups = new int[runs.size()];
        int[] clusters = new int[runs.size()];
        for (int i = 0; i < groups.length; i++) {
            var run = runs.get(i);
            groups[i] = groupIndex.computeIfAbsent(run.sizes().group(), _ -> groupIndex.size());
            // A run that stands alone gets a cluster that no name can collide with.
            String cluster = run.cluster().isEmpty() ? "\0" + i : run.cluster();
            clusters[i] = clusterIndex.computeIfAbsent(cluster, _ -> clusterIndex.size());
        }
        return new Runs(
                logs,
                runs.stream().mapToDouble(Run::loss).toArray(),
                runs.stream().mapToDouble(Run::weight).toArray(),
                runs.stream().map(Run::label).toList(),
                List.copyOf(groupIndex.keySet()),
                groups,
                clusters);
    }

    /// The number of runs.
    public int count() {
        return losses.length;
    }

    /// The sizes that all runs have.
    public Set<Quantity> quantities() {
        return Collections.unmodifiableSet(logs.keySet());
    }

    /// Whether every run has this size.
    public boolean has(Quantity quantity) {
        return logs.containsKey(quantity);
    }

    /// The natural logarithm of `quantity` of run `i`.
    ///
    /// @throws IllegalArgumentException if not every run has it
    public double log(Quantity quantity, int i) {
        return column(quantity)[i];
    }

    /// The natural logarithms of `quantity`, `(runs)`.
    public double[] logs(Quantity quantity) {
        return column(quantity).clone();
    }

    /// The loss of run `i`.
    public double loss(int i) {
        return losses[i];
    }

    /// ln loss of every run, `(runs)`.
    public double[] logLosses() {
        double[] logLosses = new double[losses.length];
        for (int i = 0; i < losses.length; i++) {
            logLosses[i] = Math.log(losses[i]);
        }
        return logLosses;
    }

    /// The weight of run `i`.
    public double weight(int i) {
        return weights[i];
    }

    /// What messages call run `i`.
    public String label(int i) {
        return labels.get(i);
    }

    /// The names of the groups, in the order in which they first came; `[""]` where there are none.
    public List<String> groups() {
        return groupNames;
    }

    /// The index in [#groups()] of the group of run `i`.
    public int group(int i) {
        return groups[i];
    }

    /// A number for the cluster of run `i`: equal for runs of one cluster.
    public int cluster(int i) {
        return clusters[i];
    }

    /// The sizes and group of run `i`.
    public Sizes sizes(int i) {
        var values = new EnumMap<Quantity, Double>(Quantity.class);
        logs.forEach((quantity, column) -> values.put(quantity, Math.exp(column[i])));
        return new Sizes(values, groupNames.get(groups[i]));
    }

    /// The runs at `indexes`, `(any number)`, in that order; an index may come several times, as
    /// in a bootstrap. Groups keep their numbers, also those of which no run is left.
    public Runs select(int[] indexes) {
        var columns = new EnumMap<Quantity, double[]>(Quantity.class);
        logs.forEach((quantity, column) -> columns.put(
                quantity, IntStream.of(indexes).mapToDouble(i -> column[i]).toArray()));
        return new Runs(
                columns,
                IntStream.of(indexes).mapToDouble(i -> losses[i]).toArray(),
                IntStream.of(indexes).mapToDouble(i -> weights[i]).toArray(),
                IntStream.of(indexes).mapToObj(labels::get).toList(),
                groupNames,
                IntStream.of(indexes).map(i -> groups[i]).toArray(),
                IntStream.of(indexes).map(i -> clusters[i]).toArray());
    }

    /// One run for each set of sizes and group: the weighted geometric mean of its losses, with
    /// the sum of their weights, alone in its cluster. A law through them gets its errors from how
    /// the sizes scatter about it, not the seeds; use it where repeats agree better than the law
    /// does.
    public Runs geometricMeans() {
        var bySizes = new LinkedHashMap<Sizes, List<Integer>>();
        for (int i = 0; i < count(); i++) {
            bySizes.computeIfAbsent(sizes(i), _ -> new ArrayList<>()).add(i);
        }
        var means = new ArrayList<Run>();
        bySizes.forEach((sizes, repeats) -> {
            double weight = 0;
            double sum = 0;
            for (int i : repeats) {
                weight += weights[i];
                sum += weights[i] * Math.log(losses[i]);
            }
            String label = labels.get(repeats.getFirst());
            means.add(new Run(
                    repeats.size() == 1 ? label : "%s and %d repeats".formatted(label, repeats.size() - 1),
                    sizes,
                    Math.exp(sum / weight),
                    weight,
                    ""));
        });
        return of(means);
    }

    /// The same runs with other losses, `(runs)`, each positive.
    public Runs withLosses(double[] others) {
        if (others.length != losses.length) {
            throw new IllegalArgumentException("%d losses for %d runs".formatted(others.length, losses.length));
        }
        for (int i = 0; i < others.length; i++) {
            Run.checkPositive("loss", labels.get(i), others[i]);
        }
        return new Runs(logs, others.clone(), weights, labels, groupNames, groups, clusters);
    }

    /// The same runs with one more size, or other values of it: natural logarithms, `(runs)`.
    public Runs withLogs(Quantity quantity, double[] values) {
        if (values.length != losses.length) {
            throw new IllegalArgumentException("%d values for %d runs".formatted(values.length, losses.length));
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("%s must be positive and finite".formatted(quantity.word()));
            }
        }
        var more = new EnumMap<>(logs);
        more.put(quantity, values.clone());
        return new Runs(more, losses, weights, labels, groupNames, groups, clusters);
    }

    /// Smallest and largest value of `quantity`.
    public Map.Entry<Double, Double> range(Quantity quantity) {
        var statistics = IntStream.range(0, count())
                .mapToDouble(i -> column(quantity)[i])
                .summaryStatistics();
        return Map.entry(Math.exp(statistics.getMin()), Math.exp(statistics.getMax()));
    }

    /// The runs one by one, as [#of(List)] takes them.
    public List<Run> list() {
        var list = new ArrayList<Run>();
        for (int i = 0; i < count(); i++) {
            list.add(new Run(labels.get(i), sizes(i), losses[i], weights[i], "cluster " + clusters[i]));
        }
        return List.copyOf(list);
    }

    private double[] column(Quantity quantity) {
        double[] column = logs.get(quantity);
        if (column == null) {
            throw new IllegalArgumentException("not every run has the size %s (%s); all have %s"
                    .formatted(quantity.symbol(), quantity.word(), logs.keySet()));
        }
        return column;
    }
}
