package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Approach 1 of Hoffmann et al. (2022, section 3.1): of all runs that cost about the same, the one
/// with the lowest loss is taken for compute-optimal. Needs many sizes, each measured at many
/// amounts of data (checkpoints will do).
public sealed interface ComputeFrontier {
    /// Bins of compute per decade that suit a few hundred runs.
    int USUAL_BINS = 4;

    /// Fewer points leave nothing to judge a line by.
    int FEWEST_POINTS = 3;

    /// The runs that no cheaper run equals.
    ///
    /// @param frontier in the order of their compute, which they have
    /// @param optima of N, N_nv and D, those that the runs have: powers of compute through the
    /// frontier
    record Found(Runs frontier, List<Allocation> optima) implements ComputeFrontier {
        public Found {
            optima = List.copyOf(optima);
        }

        /// L(C) = scale · C^-exponent + floor on the frontier; the floor is 0 at its bound where
        /// the losses show none.
        public Fit loss(Fitter fitter) {
            return fitter.fit(Forms.powerWithFloor(Quantity.COMPUTE), frontier);
        }
    }

    /// There is no frontier.
    ///
    /// @param reason why, as a sentence
    /// @param remedy what to do, as a sentence
    record Refused(String reason, String remedy) implements ComputeFrontier {}

    /// The frontier of `runs`, from the lowest loss in each of `binsPerDecade` bins of a decade of
    /// compute.
    ///
    /// @throws IllegalArgumentException if the runs have neither compute nor N and D, or there is
    /// less than one bin
    static ComputeFrontier of(Runs runs, int binsPerDecade) {
        if (binsPerDecade < 1) {
            throw new IllegalArgumentException("at least 1 bin per decade is needed, not " + binsPerDecade);
        }
        var priced = ComputeColumn.in(runs);
        var best = new TreeMap<Long, Integer>();
        for (int i = 0; i < priced.count(); i++) {
            long bin = (long) Math.floor(priced.log(Quantity.COMPUTE, i) / Math.log(10) * binsPerDecade);
            int candidate = i;
            best.merge(bin, i, (a, _) -> priced.loss(candidate) < priced.loss(a) ? candidate : a);
        }
        var indexes = new ArrayList<Integer>();
        double lowest = Double.POSITIVE_INFINITY;
        for (int i : best.values()) {
            if (priced.loss(i) < lowest) {
                lowest = priced.loss(i);
                indexes.add(i);
            }
        }
        if (indexes.size() < FEWEST_POINTS) {
            return new Refused(
                    "only %d of %d bins of compute lower the loss further, %d are needed"
                            .formatted(indexes.size(), best.size(), FEWEST_POINTS),
                    "measure over a wider range of compute, raise --bins, or fit a law of N and D");
        }
        var frontier = priced.select(indexes.stream().mapToInt(i -> i).toArray());
        return new Found(frontier, allocations(frontier));
    }

    private static List<Allocation> allocations(Runs frontier) {
        return IsoFlops.SIZES.stream()
                .filter(frontier::has)
                .map(quantity -> Allocation.of(quantity, frontier))
                .toList();
    }
}
