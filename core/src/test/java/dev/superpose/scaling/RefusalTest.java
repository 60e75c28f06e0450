package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// What runs cannot tell is refused, with what to do about it.
class RefusalTest {
    private static final Fitter FITTER = new Fitter(new Objective.LogLeastSquares(), 16, new Seed(9));

    private static Runs runs(int count, IntFunction<Sizes> sizes) {
        var noise = new Seed(2).random();
        var runs = new ArrayList<Runs.Run>();
        for (int i = 0; i < count; i++) {
            double loss = 1.8
                    + 40 * Math.pow(sizes.apply(i).values().values().iterator().next(), -0.2);
            runs.add(new Runs.Run("run " + i, sizes.apply(i), loss * Math.exp(0.003 * noise.nextGaussian())));
        }
        return Runs.of(runs);
    }

    private static Fit.NotIdentified refused(Form form, Runs runs) {
        var fit = FITTER.fit(form, runs);
        assertThat(fit).isInstanceOf(Fit.NotIdentified.class);
        return (Fit.NotIdentified) fit;
    }

    /// As people have asked: six models within a decade, all trained on the same tokens; an
    /// unconstrained fit gives exponents of .332 and .654 that mean nothing.
    @Test
    void sixModelsInOneDecadeOnTheSameTokensDoNotFixALawOfNAndD() {
        var runs = runs(6, i -> Sizes.of(2.6e7 * Math.pow(1.5, i), 2e10));

        for (var form : new Form[] {Forms.chinchilla(), Forms.tied(), Forms.kaplan()}) {
            var refusal = refused(form, runs);
            assertThat(refusal.reason()).contains("all 6 runs have the same tokens (D = 2.000e+10)");
            assertThat(refusal.remedy())
                    .isEqualTo("measure at several D, or fit a law of N alone (--law power-floor --x N)");
        }
    }

    @Test
    void oneSizeOfModelDoesNotFixTheExponentOfN() {
        var runs = runs(8, i -> Sizes.of(1e8, 1e9 * Math.pow(2, i)));

        var refusal = refused(Forms.chinchilla(), runs);

        assertThat(refusal.reason()).contains("the same parameters (N = 1.000e+08)");
        assertThat(refusal.remedy()).contains("measure at several N").contains("--law power-floor --x D");
    }

    @Test
    void nothingThatVariesLeavesNothingToFit() {
        var refusal = refused(Forms.power(Quantity.WIDTH), runs(4, _ -> Sizes.of(Quantity.WIDTH, 512)));

        assertThat(refusal.remedy()).isEqualTo("measure at several m");
    }

    /// The exponent of a held size need not be learnt.
    @Test
    void aSizeWhoseExponentIsHeldNeedNotVary() {
        var runs = runs(9, i -> Sizes.of(1e7 * Math.pow(2.5, i), 2e10));

        var fit = FITTER.fit(Forms.chinchilla().holding("beta", 0.37).holding("B", 2100), runs);

        assertThat(fit).isInstanceOf(Fit.Fitted.class);
    }

    @Test
    void tokensInProportionToParametersCannotBeToldFromThem() {
        var runs = runs(12, i -> Sizes.of(1e7 * Math.pow(1.7, i), 2e8 * Math.pow(1.7, i)));

        var refusal = refused(Forms.chinchilla(), runs);

        assertThat(refusal.reason()).contains("N and D go together in all runs");
        assertThat(refusal.remedy()).contains("another ratio").contains("--law power-floor --x N");
    }

    @Test
    void fewerRunsThanParametersFixNothing() {
        var runs = runs(5, i -> Sizes.of(1e7 * Math.pow(2, i), 1e9 * (1 + i * i)));

        var refusal = refused(Forms.chinchilla(), runs);

        assertThat(refusal.reason()).isEqualTo("5 runs cannot fix 5 parameters and leave something to judge them by");
        assertThat(refusal.remedy()).contains("measure at least 6").contains("fewer parameters");
    }

    /// Each family at one width of its own: its offset explains all.
    @Test
    void groupsOfOneWidthEachSayNothingOfWidth() {
        var runs = runs(12, i -> Sizes.of(Quantity.WIDTH, 256 << (i / 4)).in("family " + i / 4));

        var refusal = refused(Forms.widthOverGroups(Quantity.WIDTH), runs);

        assertThat(refusal.reason()).contains("do not fix");
        assertThat(refusal.remedy()).contains("--hold");
    }

    /// One group makes it the law with a floor.
    @Test
    void oneGroupIsALawWithAFloor() {
        var runs = runs(12, i -> Sizes.of(Quantity.WIDTH, 64 * Math.pow(2, i)));

        var grouped = (Fit.Fitted) FITTER.fit(Forms.widthOverGroups(Quantity.WIDTH), runs);
        var plain = (Fit.Fitted) FITTER.fit(Forms.powerWithFloor(Quantity.WIDTH), runs);

        assertThat(grouped.law().parameter("B[]")).isCloseTo(plain.law().parameter("floor"), within(1e-8));
    }

    @Test
    void runsWithoutRepetitionDoNotTellItsWorth() {
        var runs = runs(
                20,
                i -> Sizes.of(1e7 * Math.pow(1.5, i), 1e9 * (1 + (i * 7) % 20)).with(Quantity.UNIQUE_TOKENS, 1e12));

        var refusal = refused(Forms.repeated(), runs);

        assertThat(refusal.reason()).contains("no run sees a token twice");
        assertThat(refusal.remedy())
                .contains("chinchilla-tied")
                .contains("hold R_D and R_N")
                .contains("epochs");
    }

    /// With N below the optimum of the different tokens everywhere, R_N has no effect.
    @Test
    void smallModelsDoNotTellWhatTooManyParametersAreWorth() {
        var law = ScalingLaw.of(
                Forms.repeated(), Map.of("A", 520.0, "B", 1488.0, "E", 1.87, "alpha", 0.353, "R_D", 15.0, "R_N", 5.0));
        var noise = new Seed(12).random();
        var runs = new ArrayList<Runs.Run>();
        for (int i = 0; i < 40; i++) {
            double unique = 2e10 * Math.pow(3, i % 4);
            var sizes = Sizes.of(1e6 * Math.pow(2, i % 7), unique * (1 + i % 9)).with(Quantity.UNIQUE_TOKENS, unique);
            runs.add(new Runs.Run("run " + i, sizes, law.at(sizes) * Math.exp(0.002 * noise.nextGaussian())));
        }

        var refusal = refused(Forms.repeated(), Runs.of(runs));
        var held = FITTER.fit(Forms.repeated().holding("R_N", 5.3), Runs.of(runs));

        assertThat(refusal.reason()).contains("R_N");
        assertThat(refusal.remedy()).contains("--hold");
        assertThat(held).isInstanceOf(Fit.Fitted.class);
    }

    /// Losses that fall faster than any worth of repetitions allows push it to infinity.
    @Test
    void repetitionsAsGoodAsNewTokensHaveNoScale() {
        var law = ScalingLaw.of(Forms.tied(), Map.of("A", 520.0, "B", 1488.0, "E", 1.87, "alpha", 0.353));
        var runs = new ArrayList<Runs.Run>();
        for (int i = 0; i < 40; i++) {
            double unique = 2e8 * Math.pow(3, i % 4);
            var sizes = Sizes.of(1e7 * Math.pow(3, i % 7), unique * (1 + i % 9)).with(Quantity.UNIQUE_TOKENS, unique);
            runs.add(new Runs.Run("run " + i, sizes, law.at(sizes)));
        }

        var refusal = refused(Forms.repeated(), Runs.of(runs));

        assertThat(refusal.reason()).isEqualTo("the losses do not depend on R_D, R_N where they are fitted best");
        assertThat(refusal.remedy()).contains("fit a law without it").contains("--hold");
    }

    @Test
    void aMissingSizeIsTheCallersMistake() {
        var runs = runs(8, i -> Sizes.of(Quantity.WIDTH, 64 + i));

        assertThatThrownBy(() -> FITTER.fit(Forms.chinchilla(), runs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chinchilla needs the size N (parameters), the runs have [m]");
    }
}
