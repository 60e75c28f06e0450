package dev.superpose.toy;

import dev.superpose.numeric.Blas;
import dev.superpose.numeric.Seed;

/// One training of the toy model, step by step, on the calling thread.
///
/// The same configuration gives the same weights, bit for bit, however the steps are portioned,
/// whether or not it was interrupted and resumed, and whatever else runs beside it, on the same
/// kind of processor. Not thread-safe.
public final class ToyTraining {
    private final ToyConfig config;
    private final Parameters parameters;
    private final AdamW optimiser;
    private final LossGradient gradient;
    private final FeatureSampler features;
    private final SampleBatch batch;
    private final Seed data;
    private final RecentSteps recent;
    private int stepsDone;

    private ToyTraining(ToyConfig config, Parameters parameters) {
        this.config = config;
        this.parameters = parameters;
        ToyKernels kernels = ToyKernels.fastest();
        int samples = config.optimiser().batch();
        double scale = config.optimiser().gradientScale() * 2.0 / ((double) samples * config.features());
        optimiser = new AdamW(config.decay(), parameters, kernels);
        gradient = new LossGradient(parameters, config.task(), scale, Blas.fastest(), kernels);
        features = FeatureSampler.of(config.probabilities(), config.task().correlation());
        batch = new SampleBatch(config.features(), samples);
        data = new Seed(config.seed()).child("training data");
        recent = new RecentSteps();
    }

    /// A training at step 0.
    public static ToyTraining start(ToyConfig config) {
        Seed seed = new Seed(config.seed()).child("initial weights");
        return new ToyTraining(config, Parameters.initial(config.features(), config.width(), seed));
    }

    /// A training that goes on where `snapshot` was taken.
    ///
    /// @throws IllegalArgumentException if the snapshot is of another shape or seed
    public static ToyTraining resume(ToyConfig config, Snapshot snapshot) {
        var training = new ToyTraining(config, new Parameters(config.features(), config.width()));
        snapshot.restore(config.seed(), training.arrays());
        training.stepsDone = snapshot.step();
        training.recent.restore(snapshot.step());
        return training;
    }

    /// All that changes from step to step; the loss and share of recent steps included.
    private float[][] arrays() {
        return new float[][] {
            parameters.w,
            parameters.b,
            optimiser.firstW,
            optimiser.secondW,
            optimiser.firstB,
            optimiser.secondB,
            recent.losses,
            recent.shares
        };
    }

    /// Takes `steps` further steps, or as many as are left.
    public void advance(int steps) {
        ToyConfig.Optimiser settings = config.optimiser();
        int last = (int) Math.min(settings.steps(), (long) stepsDone + steps);
        while (stepsDone < last) {
            int step = stepsDone + 1;
            features.draw(data.child(Integer.toString(step)).random(), batch);
            double loss = gradient.compute(batch, recent.lastShare());
            double rate = settings.rateAt(step);
            optimiser.step(
                    step,
                    rate * settings.learningRate(),
                    rate * settings.biasLearningRate(),
                    parameters,
                    gradient.dw,
                    gradient.db);
            recent.add(step, loss, gradient.positiveFraction());
            stepsDone = step;
        }
    }

    /// Steps taken so far.
    public int stepsDone() {
        return stepsDone;
    }

    /// Whether all steps are taken.
    public boolean done() {
        return stepsDone == config.optimiser().steps();
    }

    /// Whether every weight is still a finite number. A training whose weights are not has failed.
    public boolean finite() {
        float sum = 0;
        for (float w : parameters.w) {
            sum += w * 0;
        }
        for (float b : parameters.b) {
            sum += b * 0;
        }
        return sum == 0;
    }

    /// The mean loss of the last 100 steps at most, each on its own fresh batch: weighted squared
    /// error summed over features.
    public double trainLoss() {
        return recent.meanLoss();
    }

    /// The mean share of positive outputs among non-empty samples over the last 100 steps at most.
    public double positiveFraction() {
        return recent.meanShare();
    }

    /// A copy of the weights as they are now.
    public ToyModel model() {
        return parameters.model();
    }

    /// Everything needed to go on from here.
    public Snapshot snapshot() {
        return Snapshot.of(stepsDone, config.seed(), arrays());
    }
}
