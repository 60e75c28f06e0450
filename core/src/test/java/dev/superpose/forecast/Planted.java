package dev.superpose.forecast;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Fitter;
import dev.superpose.scaling.Form;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.Objective;
import java.util.ArrayList;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Runs of laws that are known, so that one can see whether intervals keep what they promise.
final class Planted {
    static final double NOISE = 0.005;
    static final Seed SEED = new Seed(20251125);
    static final Form FLOOR = Forms.powerWithFloor(Quantity.PARAMETERS);
    static final Fitter SQUARES = new Fitter(new Objective.LogLeastSquares(), 3, SEED);

    private Planted() {}

    /// L = 1.7 + 60 N^-0.25.
    static double floorLaw(Sizes sizes) {
        return 1.7 + 60 * Math.pow(sizes.get(Quantity.PARAMETERS), -0.25);
    }

    /// Two powers: that of the floor is really one that falls slowly.
    static double twoPowers(Sizes sizes) {
        double n = sizes.get(Quantity.PARAMETERS);
        return 1.2 + 60 * Math.pow(n, -0.25) + 4 * Math.pow(n, -0.08);
    }

    /// The exponent falls from 0.25 to 0.10 around 2e7, inside the data: a floor seems near and is
    /// not.
    static double broken(Sizes sizes) {
        double n = sizes.get(Quantity.PARAMETERS);
        return 1 + 60 * Math.pow(n, -0.25) * Math.pow(1 + n / 2e7, 0.15);
    }

    /// Besiroglu et al. 2024.
    static double chinchilla(Sizes sizes) {
        return 1.8172
                + 482.01 * Math.pow(sizes.get(Quantity.PARAMETERS), -0.3478)
                + 2085.43 * Math.pow(sizes.get(Quantity.TOKENS), -0.3658);
    }

    /// `count` runs from 1e6 to 1e9 parameters.
    static Runs ladder(int count, ToDoubleFunction<Sizes> truth, SplitRandom random) {
        var list = new ArrayList<Runs.Run>();
        for (int i = 0; i < count; i++) {
            list.add(run(
                    "run " + i,
                    Sizes.of(Quantity.PARAMETERS, 1e6 * Math.pow(10, 3.0 * i / (count - 1))),
                    truth,
                    random));
        }
        return Runs.of(list);
    }

    /// Seven isoFLOP sets of five runs, 1e18 to 1e21 FLOPs.
    static Runs isoFlops(ToDoubleFunction<Sizes> truth, SplitRandom random) {
        var list = new ArrayList<Runs.Run>();
        for (int level = 0; level < 7; level++) {
            double compute = 1e18 * Math.pow(10, level / 2.0);
            for (int k = 0; k < 5; k++) {
                double parameters = Math.sqrt(compute / 120) * Math.pow(4, k / 2.0 - 1);
                list.add(run(
                        "level %d run %d".formatted(level, k),
                        Sizes.of(parameters, compute / (6 * parameters)),
                        truth,
                        random));
            }
        }
        return Runs.of(list);
    }

    private static Runs.Run run(String label, Sizes sizes, ToDoubleFunction<Sizes> truth, SplitRandom random) {
        return new Runs.Run(label, sizes, noisy(truth.applyAsDouble(sizes), random));
    }

    private static double noisy(double loss, SplitRandom random) {
        return loss * Math.exp(NOISE * random.nextGaussian());
    }

    static Fit.Fitted fitted(Fit fit) {
        if (fit instanceof Fit.Fitted fitted) {
            return fitted;
        }
        throw new AssertionError(fit.toString());
    }

    /// What came of many replicates.
    ///
    /// @param forecast share of new runs in the forecast interval
    /// @param curve share of new runs in the interval of the curve
    /// @param width mean width of the forecast interval, in ln loss
    /// @param curveWidth mean width of the curve's
    record Coverage(double forecast, double curve, double width, double curveWidth) {}

    /// How often one new run at `target` lies in its 95 % intervals, over `replicates` of the runs.
    /// Replicate k draws from the child "k" of [#SEED].
    static Coverage coverage(
            Form form,
            Fitter fitter,
            int replicates,
            Function<SplitRandom, Runs> runs,
            ToDoubleFunction<Sizes> truth,
            Sizes target) {
        double[] sums = new double[4];
        for (int k = 0; k < replicates; k++) {
            var random = SEED.child(Integer.toString(k)).random();
            var data = runs.apply(random);
            double measured = noisy(truth.applyAsDouble(target), random);
            var forecaster = Forecaster.of(fitted(fitter.fit(form, data)), BackTest.of(form, fitter, data), 0.95);
            var forecast = forecaster.at(target);
            sums[0] += forecast.interval().contains(measured) ? 1 : 0;
            sums[1] += forecast.curve().contains(measured) ? 1 : 0;
            sums[2] += Math.log(forecast.interval().high() / forecast.interval().low());
            sums[3] += Math.log(forecast.curve().high() / forecast.curve().low());
        }
        return new Coverage(sums[0] / replicates, sums[1] / replicates, sums[2] / replicates, sums[3] / replicates);
    }
}
