package dev.superpose.forecast;

import dev.superpose.runs.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/// Runs cut in two by effort: those below are fitted, those above are predicted.
///
/// @param logOrigin the natural logarithm of the largest effort below
/// @param below indexes of runs
/// @param above indexes of runs that are of no cluster below: the later checkpoints of a training
/// whose beginning was fitted would be too easy to predict
public record Split(double logOrigin, List<Integer> below, List<Integer> above) {
    /// The usual largest number of origins.
    public static final int USUAL_ORIGINS = 12;

    /// Gaps of ln effort, widest first, below which neighbouring runs may be of one level, such as
    /// an isoFLOP set whose runs differ by rounding.
    private static final double[] GAPS = {0.1, 0.05, 0.02, 1e-9};

    private static final int ENOUGH_CUTS = 4;

    public Split {
        below = List.copyOf(below);
        above = List.copyOf(above);
    }

    /// Rolling origins, smallest first: cuts between levels of effort, evenly spread over the runs.
    /// A level is never cut: its runs were chosen together.
    ///
    /// @param fewest how many runs must lie below an origin
    /// @param most the largest number of origins
    /// @return empty if there are too few runs or levels
    public static List<Split> rolling(Runs runs, Effort effort, int fewest, int most) {
        if (fewest < 1 || most < 1) {
            throw new IllegalArgumentException(
                    "at least 1 run below and 1 origin, not %d and %d".formatted(fewest, most));
        }
        double[] logs = effort.logs(runs);
        int[] order = IntStream.range(0, logs.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> logs[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return spread(cuts(logs, order, fewest), most).stream()
                .map(cut -> split(runs, logs, order, cut))
                .filter(split -> !split.above.isEmpty())
                .toList();
    }

    /// How many runs may lie below: every place with a gap, by the widest gap that leaves enough of
    /// them.
    private static List<Integer> cuts(double[] logs, int[] order, int fewest) {
        var cuts = new ArrayList<Integer>();
        for (double gap : GAPS) {
            cuts.clear();
            for (int cut = fewest; cut < order.length; cut++) {
                if (logs[order[cut]] - logs[order[cut - 1]] > gap) {
                    cuts.add(cut);
                }
            }
            if (cuts.size() >= ENOUGH_CUTS) {
                break;
            }
        }
        return cuts;
    }

    /// At most `most` of `cuts`, each the nearest to one of as many evenly spread numbers of runs.
    private static List<Integer> spread(List<Integer> cuts, int most) {
        if (cuts.size() <= most) {
            return cuts;
        }
        var chosen = new LinkedHashSet<Integer>();
        int first = cuts.getFirst();
        int last = cuts.getLast();
        for (int k = 0; k < most; k++) {
            double wanted = most == 1 ? (first + last) / 2.0 : first + (double) (last - first) * k / (most - 1);
            cuts.stream()
                    .min(Comparator.comparingDouble(cut -> Math.abs(cut - wanted)))
                    .ifPresent(chosen::add);
        }
        return List.copyOf(chosen);
    }

    private static Split split(Runs runs, double[] logs, int[] order, int cut) {
        int[] below = Arrays.copyOf(order, cut);
        var seen = new LinkedHashSet<Integer>();
        IntStream.of(below).forEach(i -> seen.add(runs.cluster(i)));
        return new Split(
                logs[order[cut - 1]],
                IntStream.of(below).sorted().boxed().toList(),
                IntStream.range(cut, order.length)
                        .map(k -> order[k])
                        .filter(i -> !seen.contains(runs.cluster(i)))
                        .sorted()
                        .boxed()
                        .toList());
    }
}
