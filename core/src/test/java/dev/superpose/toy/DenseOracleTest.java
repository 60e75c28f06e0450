package dev.superpose.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.SplitRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DenseOracleTest {
    static List<Golden> goldens() {
        return Golden.all();
    }

    static Stream<Arguments> runs() {
        return Golden.all().stream().flatMap(g -> g.runs().stream().map(run -> Arguments.of(g, run)));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void agreesWithAutograd(Golden golden) {
        DenseOracle oracle = start(golden);
        double[] x = golden.batches().getFirst();
        var gradient = oracle.gradient(x, 1);
        assertThat(gradient.loss()).isCloseTo(golden.first().loss(), within(1e-15));
        assertThat(oracle.output(x)).containsExactly(golden.first().output(), within(1e-13));
        assertThat(gradient.w()).containsExactly(golden.first().dw(), within(1e-15));
        assertThat(gradient.b()).containsExactly(golden.first().db(), within(1e-15));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void takesTheSameTenSteps(Golden golden, Golden.Run run) {
        DenseOracle oracle = start(golden);
        for (int step = 1; step <= golden.batches().size(); step++) {
            double rate = golden.learningRates()[step - 1];
            double loss = oracle.step(golden.batches().get(step - 1), run.gradientScale(), run.decay(), rate, rate);
            assertThat(loss)
                    .as("loss before step %d", step)
                    .isCloseTo(run.float64().losses()[step - 1], within(1e-12));
            Golden.Weights expected = run.float64().after().get(step);
            if (expected != null) {
                assertThat(oracle.w).as("W after step %d", step).containsExactly(expected.w(), within(1e-10));
                assertThat(oracle.b).as("b after step %d", step).containsExactly(expected.b(), within(1e-10));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, RELU", "2, 1, RELU", "3, 1, RELU", "1, 0.6, RELU", "2, 1, LINEAR", "3, 1.5, LINEAR"})
    void agreesWithCentralDifferences(long seed, double ratio, ToyTask.Output output) {
        var random = new SplitRandom(seed);
        var task = new ToyTask(new Importance.Geometric(ratio), output, Correlation.INDEPENDENT);
        var oracle = new DenseOracle(7, 3, gaussian(random, 21), gaussian(random, 7)).of(task);
        double[] x = sparse(random, 6 * 7);
        double scale = 100;
        var gradient = oracle.gradient(x, scale);
        for (double z : oracle.preActivation(x)) {
            assertThat(Math.abs(z))
                    .as("seed %d: no output may sit on the kink", seed)
                    .isGreaterThan(1e-4);
        }
        for (int i = 0; i < oracle.w.length; i++) {
            assertThat(gradient.w()[i])
                    .as("seed %d, W %d", seed, i)
                    .isCloseTo(scale * slope(oracle, oracle.w, i, x), within(1e-6));
        }
        for (int i = 0; i < oracle.b.length; i++) {
            assertThat(gradient.b()[i])
                    .as("seed %d, b %d", seed, i)
                    .isCloseTo(scale * slope(oracle, oracle.b, i, x), within(1e-6));
        }
    }

    /// With W = 0 the output is ReLU(b) whatever the sample: two squared errors of 1,
    /// over two outputs.
    @Test
    void predictsNothingWithoutWeights() {
        var oracle = new DenseOracle(2, 1, new double[2], new double[] {0.25, -1});
        assertThat(oracle.output(new double[] {1, 1})).containsExactly(0.25, 0);
        assertThat(oracle.loss(new double[] {1.25, 1})).isEqualTo((1 + 1) / 2.0);
    }

    /// Without a gradient (all outputs dead) only the growth rule moves W: every row
    /// tends to length 1 by itself.
    @Test
    void growsAndShrinksRowsToLengthOne() {
        var oracle = new DenseOracle(2, 1, new double[] {0.5, -2}, new double[] {-9, -9});
        oracle.step(new double[] {0, 0}, 1, -1, 0.1, 0.1);
        assertThat(oracle.w).containsExactly(new double[] {0.5 + 0.1 * 0.5, -2 + 0.1 * 1}, within(1e-8));
    }

    private static DenseOracle start(Golden golden) {
        return new DenseOracle(golden.features(), golden.width(), golden.w(), golden.b());
    }

    private static double slope(DenseOracle oracle, double[] parameters, int i, double[] x) {
        double h = 1e-5;
        double at = parameters[i];
        parameters[i] = at + h;
        double above = oracle.loss(x);
        parameters[i] = at - h;
        double below = oracle.loss(x);
        parameters[i] = at;
        return (above - below) / (2 * h);
    }

    private static double[] gaussian(SplitRandom random, int count) {
        var numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextGaussian();
        }
        return numbers;
    }

    private static double[] sparse(SplitRandom random, int count) {
        var numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextDouble() < 0.3 ? 2 * random.nextDouble() : 0;
        }
        return numbers;
    }
}
