package dev.superpose.geometry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;

/// How much the rows about one rank of frequency are overlapped by others: means over the ranks
/// from rank/2 to 2·rank, since single rows scatter.
///
/// @param rank of frequency, 1 the most frequent
/// @param rows how many rows the means are over
/// @param frequency p, mean over these rows, normalised over the used rows
/// @param meanSquare cos² with another used row, all others alike
/// @param weighted Σ p_j cos² over the other rows j: the squared overlap with a row met in use
public record RankInterference(long rank, long rows, double frequency, double meanSquare, double weighted) {
    private static final int STEP = 10;

    /// The means about the ranks 1, 10, 100 and so on, as far as there are rows of a
    /// frequency above 0.
    ///
    /// @param interference of the rows, measured with `frequencies`
    /// @param frequencies of the rows, in any unit
    public static List<RankInterference> of(RowInterference interference, LongToDoubleFunction frequencies) {
        int[] used = IntStream.range(0, interference.rows())
                .filter(i -> !Double.isNaN(interference.plain(i)))
                .toArray();
        double total =
                IntStream.of(used).mapToDouble(frequencies::applyAsDouble).sum();
        int[] ranked = IntStream.of(used)
                .filter(i -> frequencies.applyAsDouble(i) > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -frequencies.applyAsDouble(i)))
                .mapToInt(Integer::intValue)
                .toArray();
        List<RankInterference> ranks = new ArrayList<>();
        for (long rank = 1; rank <= ranked.length; rank *= STEP) {
            int from = (int) ((rank + 1) / 2);
            int to = (int) Math.min(2 * rank, ranked.length);
            ranks.add(new RankInterference(
                    rank,
                    to - from + 1,
                    mean(ranked, from, to, i -> frequencies.applyAsDouble(i) / total),
                    mean(ranked, from, to, i -> interference.plain(i) / (used.length - 1)),
                    mean(ranked, from, to, interference::weighted)));
        }
        return List.copyOf(ranks);
    }

    private static double mean(int[] ranked, int from, int to, java.util.function.IntToDoubleFunction value) {
        return IntStream.rangeClosed(from, to)
                .mapToDouble(rank -> value.applyAsDouble(ranked[rank - 1]))
                .average()
                .orElse(Double.NaN);
    }
}
