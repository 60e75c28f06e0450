package dev.superpose.toy;

/// All that determines one training of the toy model y = ReLU(W Wᵀ x + b), or y = W Wᵀ x + b;
/// W: (features, width).
///
/// @param features n, the number of features
/// @param width m, the number of dimensions they share
/// @param frequencies the shape of the activation probabilities
/// @param density E, the expected number of active features per sample
/// @param decay gamma: above 0 ordinary decoupled weight decay, below 0 the pull of every row
/// to unit length
/// @param optimiser batch, steps, learning rates and schedule
/// @param testBatches how many fresh batches of the same size the final test loss is averaged over
/// @param seed determines initial weights, training data and test data
/// @param task importances, output and correlation; [ToyTask#PLAIN] in the scaling study
public record ToyConfig(
        int features,
        int width,
        FeatureFrequencies frequencies,
        double density,
        double decay,
        Optimiser optimiser,
        int testBatches,
        long seed,
        ToyTask task) {

    public ToyConfig {
        atLeastOne("features", features);
        atLeastOne("width", width);
        atLeastOne("test batches", testBatches);
        if (!Double.isFinite(decay)) {
            throw new IllegalArgumentException("decay must be a finite number, is " + decay);
        }
        if (Math.abs(decay) * optimiser.learningRate() >= 1) {
            throw new IllegalArgumentException(
                    "decay %s times the learning rate %s must stay below 1".formatted(decay, optimiser.learningRate()));
        }
        Math.multiplyExact(features, width);
        Math.multiplyExact(features, optimiser.batch());
        if (!(task.equals(ToyTask.PLAIN) && frequencies.surelyBelowOne(features, density))) {
            task.check(frequencies.probabilities(features, density));
        }
    }

    /// A training of the plain task.
    public ToyConfig(
            int features,
            int width,
            FeatureFrequencies frequencies,
            double density,
            double decay,
            Optimiser optimiser,
            int testBatches,
            long seed) {
        this(features, width, frequencies, density, decay, optimiser, testBatches, seed, ToyTask.PLAIN);
    }

    /// The same training from another seed.
    public ToyConfig withSeed(long other) {
        return new ToyConfig(features, width, frequencies, density, decay, optimiser, testBatches, other, task);
    }

    /// The activation probabilities p_1 .. p_n.
    public double[] probabilities() {
        return frequencies.probabilities(features, density);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, is " + value);
        }
    }

    /// How the learning rate goes on after the linear warm-up.
    public enum Schedule {
        /// Half a cosine from the full rate to `finalRate` of it.
        COSINE,
        /// A straight line from the full rate to `finalRate` of it.
        LINEAR,
        /// The full rate to the end.
        CONSTANT
    }

    /// AdamW with betas 0.9 and 0.999 and epsilon 1e-8, decay decoupled and applied
    /// before the Adam step.
    ///
    /// @param batch B, samples per step
    /// @param steps how many steps in all
    /// @param warmup steps of linear warm-up, counted in `steps`
    /// @param learningRate the full rate of W
    /// @param biasLearningRate the full rate of b
    /// @param schedule how the rate goes on after the warm-up
    /// @param finalRate the share of the full rate at the last step, 0.05 in the paper
    /// @param gradientScale multiplies the gradient of the mean squared error; matters only
    /// through Adam's epsilon
    public record Optimiser(
            int batch,
            int steps,
            int warmup,
            double learningRate,
            double biasLearningRate,
            Schedule schedule,
            double finalRate,
            double gradientScale) {

        /// How many samples a training draws, each once.
        public long samples() {
            return (long) steps * batch;
        }

        public Optimiser {
            atLeastOne("batch", batch);
            atLeastOne("steps", steps);
            if (warmup < 0 || warmup > steps) {
                throw new IllegalArgumentException(
                        "warmup must be between 0 and steps (%d), is %d".formatted(steps, warmup));
            }
            positive("learning rate", learningRate);
            positive("bias learning rate", biasLearningRate);
            positive("gradient scale", gradientScale);
            if (!(finalRate >= 0 && finalRate <= 1)) {
                throw new IllegalArgumentException("final rate must be between 0 and 1, is " + finalRate);
            }
        }

        /// The paper's small study: batch 2048, rate 0.01 for W and b, warm-up, then
        /// a cosine to 5 %.
        public static Optimiser small(int steps, int warmup) {
            return new Optimiser(2048, steps, warmup, 0.01, 0.01, Schedule.COSINE, 0.05, 1);
        }

        /// The factor on the learning rates at `step`, counted from 1.
        public double rateAt(int step) {
            if (step < warmup) {
                return step / (double) warmup;
            }
            double progress = steps == warmup ? 1 : (step - warmup) / (double) (steps - warmup);
            double share = switch (schedule) {
                case COSINE -> 0.5 * (1 + StrictMath.cos(Math.PI * progress));
                case LINEAR -> 1 - progress;
                case CONSTANT -> 1;
            };
            return schedule == Schedule.CONSTANT ? 1 : (1 - finalRate) * share + finalRate;
        }

        private static void positive(String name, double value) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(name + " must be a number above 0, is " + value);
            }
        }
    }
}
