package dev.superpose.scaling;

import dev.superpose.result.Table;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.stat.LineFit;
import dev.superpose.stat.Parabola;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Approach 2 of Hoffmann et al. (2022, section 3.2): runs of equal compute, a parabola of the loss
/// in the logarithm of a size for each budget, and a power law through the minima.
///
/// A function of runs alone: give a resample, or other weights, to learn how certain its result is.
public sealed interface IsoFlops {
    /// The sizes whose optimum is told.
    List<Quantity> SIZES = List.of(Quantity.PARAMETERS, Quantity.NON_VOCABULARY_PARAMETERS, Quantity.TOKENS);

    /// Fewer budgets leave nothing to judge a line by.
    int FEWEST_BUDGETS = 3;

    /// The budgets with a minimum, in the order of their compute.
    List<Budget> budgets();

    /// The budgets without, in the order of their compute.
    List<LeftOut> leftOut();

    /// How runs are grouped.
    ///
    /// @param axis the size along which parabolas are fitted
    /// @param tolerance runs belong to one budget if their compute exceeds that of the cheapest of
    /// them by no more than this share
    /// @param leastSizes how many different sizes a budget needs; 3 fix a parabola and leave
    /// nothing to judge it by
    record Options(Quantity axis, double tolerance, int leastSizes) {
        public Options {
            if (axis == Quantity.COMPUTE) {
                throw new IllegalArgumentException("compute is what isoFLOP budgets hold constant");
            }
            if (!(tolerance >= 0 && tolerance < 10)) {
                throw new IllegalArgumentException("the tolerance must be in 0..10, is " + tolerance);
            }
            if (leastSizes < 3) {
                throw new IllegalArgumentException("a parabola needs at least 3 sizes, not " + leastSizes);
            }
        }

        /// Budgets within 10 %, of at least 4 sizes.
        public static Options along(Quantity axis) {
            return new Options(axis, 0.1, 4);
        }
    }

    /// Runs of about one compute, with the minimum of their loss.
    ///
    /// @param compute the geometric mean of the runs' compute
    /// @param runs their numbers
    /// @param parabola loss over the natural logarithm of the axis
    /// @param optimum the sizes at the minimum: along the axis by the parabola, others by a line
    /// through the runs
    record Budget(double compute, List<Integer> runs, Parabola parabola, Sizes optimum) {
        public Budget {
            runs = List.copyOf(runs);
        }
    }

    /// Runs of about one compute that show no minimum.
    ///
    /// @param compute the geometric mean of the runs' compute
    /// @param runs their numbers
    /// @param flaw what is wrong
    /// @param parabola if there are sizes enough for one
    record LeftOut(double compute, List<Integer> runs, Flaw flaw, Optional<Parabola> parabola) {
        public LeftOut {
            runs = List.copyOf(runs);
        }
    }

    /// Why a budget shows no minimum.
    enum Flaw {
        /// Not enough different sizes.
        TOO_FEW_SIZES("too few sizes", "train more sizes at this compute, or widen the tolerance (--tolerance)"),
        /// The loss bends downwards.
        NOT_CONVEX("no upward curvature", "train sizes further apart, or look for wrong points among the losses"),
        /// The minimum lies outside the measured sizes.
        NO_MINIMUM_INSIDE("no minimum within its sizes", "train sizes beyond the best one at this compute");

        private final String words;
        private final String remedy;

        Flaw(String words, String remedy) {
            this.words = words;
            this.remedy = remedy;
        }

        /// What is wrong, such as `too few sizes`.
        public String words() {
            return words;
        }

        /// What to do, as a sentence.
        public String remedy() {
            return remedy;
        }
    }

    /// The optimum as a power of compute.
    ///
    /// @param optima of the axis first, then of the others of [#SIZES] that the runs have
    record Found(List<Budget> budgets, List<LeftOut> leftOut, List<Allocation> optima) implements IsoFlops {
        public Found {
            budgets = List.copyOf(budgets);
            leftOut = List.copyOf(leftOut);
            optima = List.copyOf(optima);
        }

        /// The minima as runs, with compute, the sizes at the optimum and the loss there: what L(C)
        /// is fitted to.
        public Runs minima() {
            return IsoFlops.minima(budgets);
        }
    }

    /// Too few budgets show a minimum.
    ///
    /// @param reason why, as a sentence
    /// @param remedy what to do, as a sentence
    record Refused(List<Budget> budgets, List<LeftOut> leftOut, String reason, String remedy) implements IsoFlops {
        public Refused {
            budgets = List.copyOf(budgets);
            leftOut = List.copyOf(leftOut);
        }
    }

    /// Groups `runs` by compute and finds the optimum of each group.
    ///
    /// @throws IllegalArgumentException if the runs lack the axis, or have neither compute nor N
    /// and D
    static IsoFlops of(Runs runs, Options options) {
        var priced = ComputeColumn.in(runs);
        var budgets = new ArrayList<Budget>();
        var leftOut = new ArrayList<LeftOut>();
        for (var members : groups(priced, options.tolerance())) {
            budget(priced, members, options, budgets, leftOut);
        }
        if (budgets.size() < FEWEST_BUDGETS) {
            return refused(budgets, leftOut);
        }
        var minima = minima(budgets);
        var optima = new ArrayList<Allocation>();
        optima.add(Allocation.of(options.axis(), minima));
        SIZES.stream()
                .filter(size -> size != options.axis() && minima.has(size))
                .forEach(size -> optima.add(Allocation.of(size, minima)));
        return new Found(budgets, leftOut, optima);
    }

    private static Refused refused(List<Budget> budgets, List<LeftOut> leftOut) {
        var counts = new EnumMap<Flaw, Integer>(Flaw.class);
        leftOut.forEach(budget -> counts.merge(budget.flaw(), 1, Integer::sum));
        String why = String.join(
                ", ",
                counts.entrySet().stream()
                        .map(entry -> "%d with %s"
                                .formatted(entry.getValue(), entry.getKey().words()))
                        .toList());
        String remedy = counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey().remedy())
                .orElse("train runs at more budgets");
        return new Refused(
                budgets,
                leftOut,
                "%d budgets of compute have a minimum, %d are needed%s"
                        .formatted(budgets.size(), FEWEST_BUDGETS, why.isEmpty() ? "" : " (left out: " + why + ")"),
                remedy + "; or fit a law of N and D, which needs no budgets (--law chinchilla)");
    }

    /// Numbers of runs of about equal compute, groups and members in the order of compute.
    private static List<List<Integer>> groups(Runs runs, double tolerance) {
        var order = IntStream.range(0, runs.count())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> runs.log(Quantity.COMPUTE, i)))
                .toList();
        // Rounding of 6 N D must not part runs of one budget.
        double reach = Math.log1p(tolerance) + 1e-9;
        var groups = new ArrayList<List<Integer>>();
        double cheapest = Double.NEGATIVE_INFINITY;
        for (int i : order) {
            double log = runs.log(Quantity.COMPUTE, i);
            if (log - cheapest > reach) {
                groups.add(new ArrayList<>());
                cheapest = log;
            }
            groups.getLast().add(i);
        }
        return groups;
    }

    /// Adds the budget of the runs numbered `members` to `budgets` or `leftOut`.
    private static void budget(
            Runs runs, List<Integer> members, Options options, List<Budget> budgets, List<LeftOut> leftOut) {
        var own = runs.select(members.stream().mapToInt(i -> i).toArray());
        double[] logs = own.logs(options.axis());
        double[] losses = new double[logs.length];
        double[] weights = new double[logs.length];
        double logCompute = 0;
        for (int i = 0; i < logs.length; i++) {
            losses[i] = own.loss(i);
            weights[i] = own.weight(i);
            logCompute += own.log(Quantity.COMPUTE, i) / logs.length;
        }
        double compute = Math.exp(logCompute);
        var sorted = IntStream.range(0, logs.length)
                .mapToDouble(i -> logs[i])
                .sorted()
                .distinct()
                .toArray();
        if (sorted.length < options.leastSizes()) {
            leftOut.add(new LeftOut(compute, members, Flaw.TOO_FEW_SIZES, Optional.empty()));
            return;
        }
        var parabola = Parabola.weighted(logs, losses, weights);
        double vertex = parabola.vertex();
        if (!(parabola.curvature() > 0)) {
            leftOut.add(new LeftOut(compute, members, Flaw.NOT_CONVEX, Optional.of(parabola)));
        } else if (!(vertex > sorted[0] && vertex < sorted[sorted.length - 1] && parabola.value() > 0)) {
            leftOut.add(new LeftOut(compute, members, Flaw.NO_MINIMUM_INSIDE, Optional.of(parabola)));
        } else {
            budgets.add(new Budget(compute, members, parabola, optimum(own, options.axis(), logCompute, vertex)));
        }
    }

    private static Sizes optimum(Runs own, Quantity axis, double logCompute, double vertex) {
        var values = new EnumMap<Quantity, Double>(Quantity.class);
        for (var size : SIZES) {
            if (size != axis && own.has(size)) {
                values.put(
                        size,
                        Math.exp(LineFit.of(own.logs(axis), own.logs(size)).at(vertex)));
            }
        }
        values.put(axis, Math.exp(vertex));
        values.put(Quantity.COMPUTE, Math.exp(logCompute));
        return new Sizes(values, "");
    }

    private static Runs minima(List<Budget> budgets) {
        return Runs.of(budgets.stream()
                .map(budget -> new Runs.Run(
                        "budget " + Table.brief(budget.compute()),
                        budget.optimum(),
                        budget.parabola().value()))
                .toList());
    }
}
