package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
    private static final Seed SEED = new Seed(Long.getLong("superpose.seed", 7311));

    static Stream<String> words() {
        return Forms.all(Quantity.WIDTH).stream().map(Form::word);
    }

    /// Also of forms with a parameter held, whose coordinates are not centred.
    static Stream<Form> forms() {
        return Forms.all(Quantity.WIDTH).stream().flatMap(form -> {
            var law = PlantedLaw.of(form.word(), 40, SEED).law();
            return Stream.concat(
                    Stream.of(form),
                    form.parameters(law.groups()).stream()
                            .map(parameter -> form.holding(parameter.name(), law.parameter(parameter.name()))));
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void derivativesAreThoseOfDifferences(Form form) {
        var planted = PlantedLaw.of(form.word(), 40, SEED);
        var bound = form.bind(planted.runs());
        int free = bound.free();
        int runs = planted.runs().count();
        double[] weights = new double[runs];
        Arrays.fill(weights, 1);
        var random = SEED.child("points").child(form.word()).random();
        for (int point = 0; point < 5; point++) {
            double[] at = bound.coordinates(planted.law().vector());
            for (int j = 0; j < free; j++) {
                at[j] *= 1 + 0.05 * random.nextGaussian();
            }
            double[][] jacobian = new double[free][runs];
            bound.evaluate(at, weights, new double[runs], jacobian);
            for (int j = 0; j < free; j++) {
                double[] numeric = difference(bound, at, j, weights);
                for (int i = 0; i < runs; i++) {
                    assertThat(jacobian[j][i])
                            .as("%s, coordinate %d, run %d; again with -Dsuperpose.seed=%d", form, j, i, SEED.value())
                            .isCloseTo(numeric[i], within(2e-7 * (1 + Math.abs(numeric[i]))));
                }
            }
        }
    }

    private static double[] difference(BoundForm bound, double[] at, int j, double[] weights) {
        double step = 1e-5;
        double[] sum = new double[bound.runs()];
        // Five points: the error is of fourth order in the step.
        for (int k : new int[] {-2, -1, 1, 2}) {
            double[] moved = at.clone();
            moved[j] += k * step;
            double[] predicted = new double[bound.runs()];
            bound.evaluate(moved, weights, predicted, new double[bound.free()][bound.runs()]);
            double factor = (k * k == 1 ? 8 : -1) * Math.signum(k) / (12 * step);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * predicted[i];
            }
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void boundRunsPredictWhatTheLawSaysAndVectorsComeBack(Form form) {
        var planted = PlantedLaw.of(form.word(), 40, SEED);
        var bound = form.bind(planted.runs());
        double[] vector = planted.law().vector();

        double[] at = bound.coordinates(vector);
        double[] back = bound.vector(at);
        double[] weights = new double[40];
        Arrays.fill(weights, 1);
        double[] predicted = new double[40];
        bound.evaluate(at, weights, predicted, new double[bound.free()][40]);

        assertThat(back).containsExactly(vector, within(1e-11));
        assertThat(predicted).containsExactly(planted.runs().logLosses(), within(1e-11));
        assertThat(bound.free()).isEqualTo((int) form.parameters(planted.law().groups()).stream()
                .filter(parameter -> !parameter.held())
                .count());
    }

    @ParameterizedTest
    @MethodSource("words")
    void plantedParametersAreFoundAgain(String word) {
        var planted = PlantedLaw.of(word, 80, SEED.child("recovery"));

        var fit = new Fitter(new Objective.LogLeastSquares(), 8, SEED)
                .fit(planted.law().form(), planted.runs());

        assertThat(fit)
                .as("%s; again with -Dsuperpose.seed=%d", word, SEED.value())
                .isInstanceOf(Fit.Fitted.class);
        var fitted = (Fit.Fitted) fit;
        planted.law()
                .parameters()
                .forEach((name, value) -> assertThat(fitted.law().parameter(name) / value)
                        .as("%s of %s; again with -Dsuperpose.seed=%d", name, word, SEED.value())
                        .isCloseTo(1, within(1e-6)));
    }

    @ParameterizedTest
    @MethodSource("words")
    void everyFormIsFoundByItsWordAndTellsItsSource(String word) {
        var form = Forms.named(word, Quantity.WIDTH);

        assertThat(form.word()).isEqualTo(word);
        assertThat(form.formula()).startsWith("L = ");
        assertThat(form.source()).containsPattern("20\\d\\d, .*arXiv \\d{4}\\.\\d{5}");
        assertThat(Forms.all(Quantity.WIDTH).stream().filter(other -> other.equals(form)))
                .hasSize(1);
    }

    @Test
    void anUnknownWordIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> Forms.named("farseer", Quantity.WIDTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no law is called \"farseer\"; there are power, power-floor, broken-power, chinchilla, "
                        + "chinchilla-tied, kaplan, repeated, repeated-untied, width-groups, width-depth-data, "
                        + "gemstones, vocabulary");
    }

    @ParameterizedTest
    @MethodSource("words")
    void onlyParametersOfTheFormCanBeHeldAndOnlyAtPossibleValues(String word) {
        var form = Forms.named(word, Quantity.WIDTH);
        var first = form.parameters(List.of("")).getFirst();

        assertThatThrownBy(() -> form.holding("omega", 1))
                .hasMessage("%s has no parameter omega: it is %s".formatted(word, form.formula()));
        assertThatThrownBy(() -> form.holding(first.name(), -1)).hasMessageContaining("cannot be held at -1");
        assertThatThrownBy(() -> form.holding(first.name(), Double.NaN)).hasMessageContaining("cannot be held at NaN");
    }

    @ParameterizedTest
    @MethodSource("words")
    void sharesAddUpToOneAndAFloorsShareIsTheFloorOverTheLoss(String word) {
        var planted = PlantedLaw.of(word, 12, SEED);
        var law = planted.law();
        for (int i = 0; i < 12; i++) {
            var sizes = planted.runs().sizes(i);
            var shares = law.form().shares(law.vector(), sizes, law.groups());
            assertThat(shares.values().stream().mapToDouble(share -> share).sum())
                    .isCloseTo(1, within(1e-12));
            for (var parameter : law.form().parameters(law.groups())) {
                if (parameter.kind() == Form.Kind.FLOOR && shares.containsKey(parameter.name())) {
                    assertThat(shares.get(parameter.name()))
                            .isCloseTo(law.parameter(parameter.name()) / law.at(sizes), within(1e-12));
                }
            }
        }
    }

    /// Kaplan et al. 2020, eq. 1.1 and 1.2, are the limits of eq. 1.5; GPT-2's 1.5e9 parameters:
    /// (8.8e13/1.5e9)^0.076.
    @Test
    void kaplansLawHasTheLawsOfOneSizeAsLimits() {
        var law =
                ScalingLaw.of(Forms.kaplan(), Map.of("N_c", 8.8e13, "D_c", 5.4e13, "alpha_N", 0.076, "alpha_D", 0.095));

        assertThat(law.at(Sizes.of(1.5e9, 1e60))).isCloseTo(Math.pow(8.8e13 / 1.5e9, 0.076), within(1e-9));
        assertThat(law.at(Sizes.of(1e80, 2.2e10))).isCloseTo(Math.pow(5.4e13 / 2.2e10, 0.095), within(1e-9));
        assertThat(law.formula()).isEqualTo("L = ((8.800e+13/N)^(0.07600/0.09500) + 5.400e+13/D)^0.09500");
    }

    private static ScalingLaw muennighoff() {
        return ScalingLaw.of(
                Forms.repeated(),
                Map.of(
                        "A",
                        Math.exp(6.255414),
                        "B",
                        Math.exp(7.3049974),
                        "E",
                        Math.exp(0.6254804),
                        "alpha",
                        0.3526596,
                        "R_D",
                        15.387756,
                        "R_N",
                        5.309743));
    }

    /// Muennighoff et al. 2023: four passes are worth nearly as much as new data, and no number of
    /// them more than 1 + R_D times the different tokens.
    @Test
    void repeatedTokensAreWorthLessAndLess() {
        var law = muennighoff();
        double unique = 1e11;
        double parameters = 1e9;
        var single = ScalingLaw.of(
                Forms.tied(),
                Map.of(
                        "A",
                        Math.exp(6.255414),
                        "B",
                        Math.exp(7.3049974),
                        "E",
                        Math.exp(0.6254804),
                        "alpha",
                        0.3526596));
        for (double epochs : new double[] {1, 4, 40, 1e6}) {
            double worth = unique * (1 + 15.387756 * (1 - Math.exp(-(epochs - 1) / 15.387756)));
            var sizes = Sizes.of(parameters, epochs * unique).with(Quantity.UNIQUE_TOKENS, unique);
            assertThat(law.at(sizes)).isCloseTo(single.at(Sizes.of(parameters, worth)), within(1e-12));
        }
        // Fewer tokens than there are different ones: nothing is repeated.
        assertThat(law.at(Sizes.of(parameters, 3e10).with(Quantity.UNIQUE_TOKENS, unique)))
                .isCloseTo(single.at(Sizes.of(parameters, 3e10)), within(1e-12));
    }

    /// With tied exponents N_opt(U) = U (A/B)^(1/alpha).
    @Test
    void parametersBeyondTheOptimumOfTheDifferentTokensAreWorthLess() {
        var law = muennighoff();
        double unique = 1e9;
        double optimum = unique * Math.exp((6.255414 - 7.3049974) / 0.3526596);
        double loss = law.at(Sizes.of(10 * optimum, unique).with(Quantity.UNIQUE_TOKENS, unique));
        double worth = optimum * (1 + 5.309743 * (1 - Math.exp(-9 / 5.309743)));

        assertThat(loss)
                .isCloseTo(
                        Math.exp(6.255414) * Math.pow(worth, -0.3526596)
                                + Math.exp(7.3049974) * Math.pow(unique, -0.3526596)
                                + Math.exp(0.6254804),
                        within(1e-12));
    }

    /// Far below the break the exponent is c_0, far above it c_0 + c_1.
    @Test
    void aBrokenPowerHasItsTwoExponentsFarFromTheBreak() {
        var law = ScalingLaw.of(
                Forms.brokenPower(Quantity.COMPUTE).holding("E", 0),
                Map.of("A", 30.0, "E", 0.0, "x_b", 1e6, "f", 0.4, "c_0", 0.2, "c_1", 0.35));

        assertThat(Math.log10(law.at(Sizes.of(Quantity.COMPUTE, 1e1)) / law.at(Sizes.of(Quantity.COMPUTE, 1e2))))
                .isCloseTo(0.2, within(1e-5));
        assertThat(Math.log10(law.at(Sizes.of(Quantity.COMPUTE, 1e10)) / law.at(Sizes.of(Quantity.COMPUTE, 1e11))))
                .isCloseTo(0.55, within(1e-5));
    }

    /// Losses less than the law without a floor allows.
    @ParameterizedTest
    @ValueSource(strings = {"power-floor", "chinchilla", "repeated", "broken-power"})
    void floorsThatTheLossesWantNegativeEndAtTheirBound(String word) {
        var planted = PlantedLaw.of(word, 60, SEED.child("bound"));
        var law = planted.law();
        var form = law.form();
        String floor = form.parameters(List.of("")).stream()
                .filter(parameter -> parameter.kind() == Form.Kind.FLOOR)
                .findFirst()
                .orElseThrow()
                .name();
        double[] losses = new double[60];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = law.at(planted.runs().sizes(i)) - law.parameter(floor) - 0.02;
        }

        var fit = new Fitter(new Objective.LogLeastSquares(), 8, SEED)
                .fit(form, planted.runs().withLosses(losses));

        assertThat(fit).as("again with -Dsuperpose.seed=%d", SEED.value()).isInstanceOf(Fit.Fitted.class);
        var fitted = (Fit.Fitted) fit;
        assertThat(fitted.certificate().atBound()).containsExactly(floor);
        assertThat(fitted.law().parameter(floor)).isZero();
        assertThat(fitted.warnings()).anyMatch(warning -> warning.startsWith(floor + " at its bound 0"));
    }

    /// One corpus, trained on for different numbers of passes.
    @Test
    void differentTokensMayBeAsManyInAllRuns() {
        var law = muennighoff();
        var random = SEED.child("one corpus").random();
        var runs = new ArrayList<Runs.Run>();
        for (int i = 0; i < 60; i++) {
            double parameters = 1e7 * Math.pow(1e4, random.nextDouble());
            var sizes = Sizes.of(parameters, 1e9 * Math.pow(64, random.nextDouble()))
                    .with(Quantity.UNIQUE_TOKENS, 1e9);
            runs.add(new Runs.Run("run " + i, sizes, law.at(sizes)));
        }

        var fit =
                (Fit.Fitted) new Fitter(new Objective.LogLeastSquares(), 8, SEED).fit(Forms.repeated(), Runs.of(runs));

        assertThat(fit.law().parameter("R_D")).isCloseTo(15.387756, within(1e-4));
        assertThat(fit.law().parameter("R_N")).isCloseTo(5.309743, within(1e-4));
    }
}
