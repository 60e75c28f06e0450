package dev.superpose.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.stat.RankFrequency.Method;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RankFrequencyTest {
    private static final Map<String, Method> METHODS = Map.of(
            "log_uniform", Method.LOG_UNIFORM,
            "every_rank", Method.EVERY_RANK,
            "likeliest", Method.MAXIMUM_LIKELIHOOD);

    /// One line of the oracle's output, with the counts it is about.
    record Expected(List<Double> counts, Method method, int from, int to, double alpha, double intercept) {
        @Override
        public String toString() {
            return method + " " + from + ".." + to;
        }
    }

    /// From NumPy and SciPy: `core/src/test/python/rank_frequency_oracle.py`.
    static Stream<Expected> oracle() throws IOException {
        List<Expected> all = new ArrayList<>();
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RankFrequencyTest.class.getResourceAsStream("rank-frequency.txt")),
                StandardCharsets.UTF_8))) {
            List<Double> counts = List.of();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("counts")) {
                    counts = Arrays.stream(words).skip(1).map(Double::valueOf).toList();
                } else {
                    all.add(new Expected(
                            counts,
                            Objects.requireNonNull(METHODS.get(words[0])),
                            Integer.parseInt(words[1]),
                            Integer.parseInt(words[2]),
                            Double.parseDouble(words[3]),
                            Double.parseDouble(words[4])));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("oracle")
    void agreesWithScipy(Expected expected) {
        double[] counts = expected.counts().stream().mapToDouble(count -> count).toArray();
        var law = RankFrequency.of(counts).fit(expected.method(), expected.from(), expected.to());

        double tolerance = expected.method() == Method.MAXIMUM_LIKELIHOOD ? 1e-7 : 1e-11;
        assertThat(law.alpha()).isCloseTo(expected.alpha(), within(tolerance));
        assertThat(law.intercept()).isCloseTo(expected.intercept(), within(10 * tolerance));
    }

    @ParameterizedTest
    @EnumSource
    void findsAnExactPowerLaw(Method method) {
        var law = RankFrequency.of(zipf(5000, 1.07)).fit(method);

        assertThat(law.alpha()).isCloseTo(1.07, within(1e-9));
        assertThat(law.at(10)).isCloseTo(zipf(5000, 1.07)[9], withinPercentage(1e-6));
        assertThat(law.standardError()).as("shares have no sampling error").isNaN();
    }

    /// The mean of 300 samples lies at the truth, and their spread is the error that each states.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EVERY_RANK")
    void statesAnErrorThatReplicatesShow(Method method) {
        var seed = new Seed(20261125);
        var alphas = new Moments();
        var errors = new Moments();
        for (int k = 0; k < 300; k++) {
            double[] counts =
                    sample(zipf(300, 1), 30_000, seed.child("sample " + k).random());
            var law = RankFrequency.of(counts).fit(method);
            alphas.add(law.alpha());
            errors.add(law.standardError());
        }

        assertThat(alphas.mean()).as("seed %s", seed).isCloseTo(1, offset(0.005));
        // The spread of 300 samples is itself known to 4 %.
        assertThat(errors.mean()).as("seed %s", seed).isCloseTo(alphas.standardDeviation(), withinPercentage(15));
    }

    @Test
    void weighsRanksAsDrawsUniformInLogRankDo() {
        double[] counts =
                sample(zipf(2000, 1.2), 20_000, new Seed(7).child("counts").random());
        var frequencies = RankFrequency.of(counts);
        int n = frequencies.distinct();
        var random = new Seed(7).child("ranks").random();
        int draws = 400_000;
        double[] x = new double[draws];
        double[] y = new double[draws];
        for (int i = 0; i < draws; i++) {
            double rank = Math.exp(Math.log(0.5) + random.nextDouble() * Math.log((n + 0.5) / 0.5));
            int whole = Math.clamp(Math.round(rank), 1, n);
            x[i] = Math.log(whole);
            y[i] = Math.log(frequencies.at(whole));
        }

        var line = LineFit.of(x, y);
        var law = frequencies.fit(Method.LOG_UNIFORM);
        assertThat(law.alpha()).as("seed 7").isCloseTo(-line.slope(), within(5 * line.slopeStandardError()));
        assertThat(law.lineStandardError())
                .isCloseTo(
                        line.slopeStandardError() * Math.sqrt(draws / (double) RankFrequency.POINTS),
                        withinPercentage(2));
    }

    @Test
    void takesFrequenciesInAnyOrderAndGivesZerosNoRank() {
        var frequencies = RankFrequency.of(new double[] {0, 2, 0, 7, 3, 0});

        assertThat(frequencies.distinct()).isEqualTo(3);
        assertThat(frequencies.total()).isEqualTo(12);
        assertThat(frequencies.counts()).isTrue();
        assertThat(IntStream.rangeClosed(1, 3).mapToDouble(frequencies::at)).containsExactly(7.0, 3.0, 2.0);
    }

    @Test
    void isFlatWhereAllAreEqual() {
        var law = RankFrequency.of(DoubleStream.generate(() -> 5).limit(50).toArray())
                .fit(Method.MAXIMUM_LIKELIHOOD);

        assertThat(law.alpha()).isCloseTo(0, within(1e-9));
        assertThat(law.at(1)).isCloseTo(5, within(1e-6));
    }

    @Test
    void refusesWhatIsNoFrequencyAndTooFewRanks() {
        assertThatThrownBy(() -> RankFrequency.of(new double[] {1, -1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a frequency must be finite and at least 0, is -1.0");
        assertThatThrownBy(() -> RankFrequency.of(new double[] {Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class);
        var two = RankFrequency.of(new double[] {4, 1});
        assertThatThrownBy(() -> two.fit(Method.LOG_UNIFORM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a power law needs three ranks or more between 1 and 2, not 1 to 2");
    }

    private static double[] zipf(int n, double alpha) {
        double[] p = new double[n];
        for (int i = 0; i < n; i++) {
            p[i] = Math.pow(i + 1.0, -alpha);
        }
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(value -> value / sum).toArray();
    }

    private static double[] sample(double[] p, int total, SplitRandom random) {
        double[] upTo = p.clone();
        Arrays.parallelPrefix(upTo, Double::sum);
        double[] counts = new double[p.length];
        for (int k = 0; k < total; k++) {
            int at = Arrays.binarySearch(upTo, random.nextDouble());
            counts[Math.min(at < 0 ? -at - 1 : at, p.length - 1)]++;
        }
        return counts;
    }
}
