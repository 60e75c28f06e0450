package dev.superpose.geometry;

import dev.superpose.geometry.Geometry.Options;
import dev.superpose.geometry.RowProfile.Near;
import dev.superpose.geometry.RowProfile.State;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Every row of a matrix among the others: its norm, its nearest rows, whether it repeats another
/// or looks untrained. How much it is overlapped in all, `RowInterference` tells.
///
/// The rows are read three times, and once more for each 512 of them if neighbours are wanted of
/// a matrix of more than 16 Mi numbers. Memory: some tens of MiB, and 100 bytes and 8 per
/// neighbour for each row. The result does not depend on the number of threads.
public final class RowProfiles {
    /// More neighbours of each row than this are refused.
    public static final int MOST_NEIGHBOURS = 100;

    private static final int BLOCK = 512;

    private final RowSurvey survey;
    private final double[] norms;
    private final int[] firstEqual;
    private final boolean[] repeated;
    private final double[] paddingCosines;
    private final UnderTraining rule;
    private final @Nullable NearestRows nearest;

    private RowProfiles(
            RowSurvey survey,
            double[] norms,
            int[] firstEqual,
            boolean[] repeated,
            double[] paddingCosines,
            UnderTraining rule,
            @Nullable NearestRows nearest) {
        this.survey = survey;
        this.norms = norms;
        this.firstEqual = firstEqual;
        this.repeated = repeated;
        this.paddingCosines = paddingCosines;
        this.rule = rule;
        this.nearest = nearest;
    }

    /// How many multiplications the neighbours of `rows` rows of this width take, n² m / 2: a
    /// processor core does some 10^10 of them a second.
    public static double multiplications(long rows, int width) {
        return 0.5 * rows * rows * width;
    }

    /// Profiles `rows`; of `options` the padding, the threads and the progress count.
    ///
    /// @param neighbours how many of each row; 0 leaves all pairs out
    /// @throws InputException if there is no row to measure
    /// @throws IOException if the rows cannot be read
    public static RowProfiles measure(RowBlocks rows, Options options, int neighbours) throws IOException {
        if (neighbours < 0 || neighbours > MOST_NEIGHBOURS) {
            throw new IllegalArgumentException("neighbours are 0 to %d, not %d".formatted(MOST_NEIGHBOURS, neighbours));
        }
        Geometry.check(rows, options);
        int count = Math.toIntExact(rows.rows());
        try (var workers = new Workers(options.threads())) {
            var survey = new RowSurvey(count, options.padding());
            var norms = new double[count];
            workers.run((count + BLOCK - 1) / BLOCK, block -> survey(rows, block, survey, norms));
            double[] used = survey.usedNorms();
            if (used.length == 0) {
                throw new InputException("no row of %,d has a direction".formatted(count));
            }
            int[] firstEqual = survey.firstEqual();
            boolean[] repeated = repeated(firstEqual);
            var known = new boolean[count];
            for (int i = 0; i < count; i++) {
                known[i] = repeated[i] || (survey.state(i) == State.PADDING && norms[i] > 0);
            }
            double[] cosines = KnownUntrained.cosines(rows, survey, known, workers);
            double[] ofKnown = IntStream.range(0, count)
                    .filter(i -> known[i] && !Double.isNaN(cosines[i]))
                    .mapToDouble(i -> cosines[i])
                    .toArray();
            NearestRows nearest = neighbours == 0
                    ? null
                    : NeighbourSearch.of(new UnitTiles(rows, survey), survey, neighbours, workers, options.progress());
            return new RowProfiles(
                    survey, norms, firstEqual, repeated, cosines, UnderTraining.of(used, ofKnown), nearest);
        }
    }

    private static void survey(RowBlocks rows, int block, RowSurvey survey, double[] norms) throws IOException {
        int width = rows.width();
        int first = block * BLOCK;
        int count = (int) Math.min(BLOCK, rows.rows() - first);
        var values = new float[Math.multiplyExact(count, width)];
        rows.read(first, count, values);
        for (int i = 0; i < count; i++) {
            survey.add(first + i, values, i * width, width);
            double sum = 0;
            for (int j = i * width; j < (i + 1) * width; j++) {
                sum += (double) values[j] * values[j];
            }
            norms[first + i] = Double.isFinite(sum) ? Math.sqrt(sum) : Double.NaN;
        }
    }

    /// Which rows equal another, earlier or later.
    private static boolean[] repeated(int[] firstEqual) {
        var repeated = new boolean[firstEqual.length];
        for (int i = 0; i < repeated.length; i++) {
            if (firstEqual[i] >= 0 && firstEqual[i] != i) {
                repeated[i] = true;
                repeated[firstEqual[i]] = true;
            }
        }
        return repeated;
    }

    /// How many rows the matrix has.
    public int rows() {
        return norms.length;
    }

    /// How many of them are used.
    public long used() {
        return Arrays.stream(firstEqual).filter(first -> first >= 0).count();
    }

    /// The profile of row `i`.
    public RowProfile at(int i) {
        State state = survey.state(i);
        boolean used = state == State.USED;
        Set<UnderTraining.Reason> reasons = state == State.ZERO
                ? Set.of(UnderTraining.Reason.ZERO)
                : used ? rule.reasons(norms[i], repeated[i], paddingCosines[i]) : Set.of();
        NearestRows near = nearest;
        List<Near> company = near == null
                ? List.of()
                : IntStream.range(0, near.size(i))
                        .mapToObj(k -> new Near(near.other(i, k), near.cosine(i, k)))
                        .toList();
        return new RowProfile(
                i,
                state,
                norms[i],
                used ? rule.deviation(norms[i]) : Double.NaN,
                used && firstEqual[i] != i ? OptionalLong.of(firstEqual[i]) : OptionalLong.empty(),
                paddingCosines[i],
                reasons,
                company,
                near == null ? Double.NaN : near.largest(i));
    }
}
