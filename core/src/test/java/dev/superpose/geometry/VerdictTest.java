package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Verdict.Context;
import dev.superpose.geometry.Verdict.Topic;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import dev.superpose.stat.RankFrequency;
import dev.superpose.stat.RankFrequency.PowerLaw;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Matrices whose verdict is known because they were made so.
class VerdictTest {
    private static final int M = 20;

    @Test
    void fewLongRowsAmongManyShortOnesAreWeak() throws IOException {
        FloatMatrix rows = gaussian(200, M, x -> x);
        for (int i = 0; i < rows.rows(); i++) {
            scale(rows, i, i < M ? 0.9 : 0.01);
        }
        Verdict verdict = verdict(rows);
        assertThat(verdict.headline()).startsWith("weak, ");
        assertThat(verdict.about(Topic.REGIME).sentences())
                .contains(
                        "Weak superposition: 10 % of the 200 rows",
                        "nearly given up", "10 % have a norm above 1/2 and 0 % above 1");
        assertThat(number(verdict, Topic.REGIME, "represented_per_dimension")).isEqualTo(1);
    }

    @Test
    void randomRowsAreStrongLikeRandomAndHaveNoCommonDirection() throws IOException {
        Verdict verdict = verdict(gaussian(2000, M, x -> x));
        assertThat(verdict.about(Topic.REGIME).sentences()).startsWith("Strong superposition: ");
        assertThat(verdict.about(Topic.RANDOM).sentences()).startsWith("The rows overlap like random directions");
        assertThat(verdict.about(Topic.COMMON_DIRECTION).sentences()).startsWith("Next to nothing");
        double deviation = number(verdict, Topic.RANDOM, "random_ratio_deviation");
        assertThat(number(verdict, Topic.RANDOM, "ratio")).isCloseTo(1, within(6 * deviation));
        // Random rows are near Welch's bound when there are many: that is no praise, and the words say so.
        assertThat(verdict.about(Topic.BEST_PACKING).sentences()).contains("Welch's bound");
    }

    @Test
    void orthogonalRowsNeedNoSuperposition() throws IOException {
        FloatMatrix rows = FloatMatrix.zeros(10, M);
        for (int i = 0; i < 10; i++) {
            rows.set(i, i, 3);
        }
        Verdict verdict = verdict(rows);
        assertThat(verdict.about(Topic.REGIME).sentences())
                .startsWith("No superposition is needed: 10 rows have 20 dimensions");
        assertThat(verdict.about(Topic.BEST_PACKING).sentences()).contains("they are orthogonal");
        assertThat(verdict.about(Topic.DOUBLED_WIDTH).sentences()).contains("More width is not needed");
    }

    /// The six diagonals of the icosahedron: all |cosines| are 1/√5, the least possible.
    @Test
    void anEquiangularTightFrameReachesWelch() throws IOException {
        double golden = (1 + Math.sqrt(5)) / 2;
        double[][] diagonals = {
            {0, 1, golden}, {0, 1, -golden}, {1, golden, 0}, {1, -golden, 0}, {golden, 0, 1}, {-golden, 0, 1}
        };
        FloatMatrix rows = FloatMatrix.zeros(6, 3);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 3; j++) {
                rows.set(i, j, (float) diagonals[i][j]);
            }
        }
        Verdict verdict = verdict(rows);
        assertThat(number(verdict, Topic.BEST_PACKING, "ratio")).isCloseTo(1, within(1e-6));
        assertThat(verdict.about(Topic.BEST_PACKING).sentences())
                .contains("these reach it: a tight frame", "nearly an equiangular tight frame");
        assertThat(verdict.about(Topic.RANDOM).sentences()).startsWith("The rows overlap less than random");
    }

    @Test
    void aCommonMeanIsFound() throws IOException {
        Verdict verdict = verdict(gaussian(2000, M, x -> x + 2));
        assertThat(verdict.about(Topic.COMMON_DIRECTION).sentences()).contains("one direction that all rows share");
        // Cosines are about 4/5 with the mean of length 2√m, and 1/√m without it.
        assertThat(number(verdict, Topic.COMMON_DIRECTION, "share")).isCloseTo(1 - 1.0 / M / 0.64, within(0.02));
        assertThat(number(verdict, Topic.COMMON_DIRECTION, "centred_ratio_to_random"))
                .isCloseTo(1, within(0.01));
        assertThat(verdict.about(Topic.BEST_PACKING).sentences()).contains("unequal use of directions");
    }

    @Test
    void doubledWidthFollowsTheFamilyOrOneOverWidthAndNamesTheAssumption() throws IOException {
        GeometryReport geometry = report(gaussian(2000, M, x -> x), Geometry.Options.standard());
        WidthTrend trend = WidthTrend.of(new double[] {10, 20, 40, 80}, new double[] {0.2, 0.11, 0.05, 0.026})
                .orElseThrow();
        Verdict alone = Verdict.of(geometry, Context.none());
        assertThat(alone.about(Topic.DOUBLED_WIDTH).sentences())
                .contains("assumed, not measured", "would halve the mean squared overlap, to about 0.025")
                .contains("The least possible there is 0.0245");
        Verdict family = Verdict.of(geometry, new Context(Optional.of(trend), List.of(), Optional.empty()));
        double factor = number(family, Topic.DOUBLED_WIDTH, "factor");
        assertThat(factor).isCloseTo(Math.pow(2, trend.exponent()), within(1e-12));
        assertThat(number(family, Topic.DOUBLED_WIDTH, "factor_low")).isLessThan(factor);
        assertThat(number(family, Topic.DOUBLED_WIDTH, "factor_high")).isGreaterThan(factor);
        assertThat(family.about(Topic.DOUBLED_WIDTH).sentences()).contains("over 4 models", "an extrapolation");
        // 2 · 20 dimensions are enough for 30 rows.
        assertThat(verdict(gaussian(30, M, x -> x)).about(Topic.DOUBLED_WIDTH).sentences())
                .contains("At width 40 there would be a dimension for every row");
    }

    @Test
    void frequenciesTellWhatARankSuffersAndTheirLackIsSaid() throws IOException {
        FloatMatrix rows = gaussian(1200, M, x -> x);
        // The hundred most frequent rows point nearly the same way.
        for (int i = 0; i < 100; i++) {
            rows.set(i, 0, 20);
        }
        Geometry.Options options = Geometry.Options.standard().withFrequencies(row -> 1.0 / (row + 1));
        GeometryReport geometry = report(rows, options);
        List<RankInterference> ranks =
                RankInterference.of(RowInterference.measure(RowBlocks.of(rows), options), row -> 1.0 / (row + 1));
        assertThat(ranks).extracting(RankInterference::rank).containsExactly(1L, 10L, 100L, 1000L);
        assertThat(ranks).extracting(RankInterference::rows).containsExactly(2L, 16L, 151L, 701L);
        double[] frequencies =
                IntStream.rangeClosed(1, 1200).mapToDouble(rank -> 1.0 / rank).toArray();
        PowerLaw law = RankFrequency.of(frequencies).fit(RankFrequency.Method.LOG_UNIFORM);
        Verdict verdict = Verdict.of(geometry, new Context(Optional.empty(), ranks, Optional.of(law)));
        assertThat(verdict.about(Topic.FREQUENCY).sentences())
                .contains("about rank 1,000", "fall as rank^-1.00 over 1,200 ranks");
        assertThat(number(verdict, Topic.FREQUENCY, "rank_frequency_alpha")).isCloseTo(1, within(1e-9));
        assertThat(number(verdict, Topic.FREQUENCY, "rank_10"))
                .isGreaterThan(3 * number(verdict, Topic.FREQUENCY, "rank_1000"));
        assertThat(verdict(rows).about(Topic.FREQUENCY).sentences()).contains("not known here");
    }

    @Test
    void everyTopicHasOneStatementAndOneRowNeedsNoSpecialCare() throws IOException {
        Verdict verdict = verdict(gaussian(1, M, x -> x));
        assertThat(verdict.statements()).extracting(Verdict.Statement::topic).containsExactly(Topic.values());
        assertThat(verdict.headline()).isEqualTo("no superposition, no pair to compare");
        assertThat(verdict.statements()).noneMatch(each -> each.sentences().contains("NaN"));
    }

    private static Verdict verdict(FloatMatrix rows) throws IOException {
        return Verdict.of(report(rows, Geometry.Options.standard()), Context.none());
    }

    @Test
    void rowsThatAreAllEqualShareAllTheyHave() throws IOException {
        FloatMatrix rows = FloatMatrix.zeros(30, M);
        for (int i = 0; i < 30; i++) {
            rows.set(i, 3, 2);
        }
        Verdict verdict = verdict(rows);
        assertThat(verdict.headline()).doesNotContain("NaN");
        assertThat(verdict.about(Topic.COMMON_DIRECTION).sentences())
                .isEqualTo("All of it is one direction: with the mean row taken off, no two rows are left.");
    }

    @Test
    void rowsWithoutOverlapShareNothing() throws IOException {
        FloatMatrix rows = FloatMatrix.zeros(M, M);
        for (int i = 0; i < M; i++) {
            rows.set(i, i, 3);
        }
        Verdict verdict = verdict(rows);
        assertThat(verdict.headline()).isEqualTo("no superposition, 0 x random");
        assertThat(verdict.about(Topic.COMMON_DIRECTION).sentences())
                .isEqualTo("There is no overlap, and no common direction to speak of.");
        assertThat(number(verdict, Topic.COMMON_DIRECTION, "share")).isNaN();
    }

    private static GeometryReport report(FloatMatrix rows, Geometry.Options options) throws IOException {
        return Geometry.measure(RowBlocks.of(rows), options.withThreads(1));
    }

    private static double number(Verdict verdict, Topic topic, String name) {
        return verdict.about(topic).numbers().getOrDefault(name, Double.NaN);
    }

    private static FloatMatrix gaussian(int n, int m, DoubleUnaryOperator shift) {
        var random = new Seed(3).child("verdict").random();
        FloatMatrix rows = FloatMatrix.zeros(n, m);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                rows.set(i, j, (float) shift.applyAsDouble(random.nextGaussian()));
            }
        }
        return rows;
    }

    private static void scale(FloatMatrix rows, int i, double length) {
        double square = 0;
        for (int j = 0; j < rows.columns(); j++) {
            square += rows.at(i, j) * rows.at(i, j);
        }
        for (int j = 0; j < rows.columns(); j++) {
            rows.set(i, j, (float) (rows.at(i, j) * length / Math.sqrt(square)));
        }
    }
}
