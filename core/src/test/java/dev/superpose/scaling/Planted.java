package dev.superpose.scaling;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Runs of known laws with known noise, for tests of what is said about uncertainty.
final class Planted {
    /// Close to Chinchilla's.
    static final ScalingLaw CHINCHILLA =
            ScalingLaw.of(Forms.chinchilla(), Map.of("A", 480.0, "alpha", 0.35, "B", 2100.0, "beta", 0.37, "E", 1.8));

    static final ScalingLaw ONE_SIZE = ScalingLaw.of(
            Forms.powerWithFloor(Quantity.PARAMETERS), Map.of("scale", 50.0, "exponent", 0.4, "floor", 1.5));

    private Planted() {}

    /// A grid of `models` sizes N of 1e7 to 1e10 by `budgets` ratios D/N of 2 to 200, without losses of its own.
    static List<Sizes> grid(int models, int budgets) {
        var sizes = new ArrayList<Sizes>();
        for (int m = 0; m < models; m++) {
            double parameters = 1e7 * Math.pow(1000, m / (models - 1.0));
            for (int b = 0; b < budgets; b++) {
                sizes.add(Sizes.of(parameters, parameters * 2 * Math.pow(100, b / (budgets - 1.0))));
            }
        }
        return sizes;
    }

    /// `count` sizes N of 1e6 to 1e10.
    static List<Sizes> line(int count) {
        var sizes = new ArrayList<Sizes>();
        for (int i = 0; i < count; i++) {
            sizes.add(Sizes.of(Quantity.PARAMETERS, 1e6 * Math.pow(1e4, i / (count - 1.0))));
        }
        return sizes;
    }

    /// Runs with log-normal noise of deviation `noise`, each alone.
    static Runs runs(ScalingLaw law, List<Sizes> sizes, double noise, Seed seed) {
        return runs(law, sizes, _ -> noise, seed);
    }

    /// Runs with log-normal noise whose deviation depends on the sizes.
    static Runs runs(ScalingLaw law, List<Sizes> sizes, ToDoubleFunction<Sizes> noise, Seed seed) {
        var random = seed.random();
        var runs = new ArrayList<Runs.Run>();
        for (int i = 0; i < sizes.size(); i++) {
            double deviation = noise.applyAsDouble(sizes.get(i)) * random.nextGaussian();
            runs.add(new Runs.Run("run " + i, sizes.get(i), law.at(sizes.get(i)) * Math.exp(deviation)));
        }
        return Runs.of(runs);
    }

    /// Runs of one N are checkpoints of one training: `shared` of the deviation is common to the cluster.
    static Runs clustered(ScalingLaw law, List<Sizes> sizes, int ofCluster, double shared, double own, Seed seed) {
        SplitRandom random = seed.random();
        var runs = new ArrayList<Runs.Run>();
        double common = 0;
        for (int i = 0; i < sizes.size(); i++) {
            common = i % ofCluster == 0 ? shared * random.nextGaussian() : common;
            double loss = law.at(sizes.get(i)) * Math.exp(common + own * random.nextGaussian());
            runs.add(new Runs.Run("run " + i, sizes.get(i), loss, 1, "training " + i / ofCluster));
        }
        return Runs.of(runs);
    }

    /// The fit, which must succeed.
    static Fit.Fitted fit(Form form, Objective objective, Runs runs, int starts) {
        Fit fit = new Fitter(objective, starts, new Seed(1)).fit(form, runs);
        if (fit instanceof Fit.Fitted fitted) {
            return fitted;
        }
        throw new AssertionError(fit);
    }
}
