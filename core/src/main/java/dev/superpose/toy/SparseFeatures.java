package dev.superpose.toy;

import dev.superpose.numeric.SplitRandom;

/// Draws samples of sparse features: x_i = u_i v_i with u_i ~ Bernoulli(p_i) and v_i ~ U(0, 2), all
/// independent.
///
/// Only what is active is drawn, E · B numbers instead of 2 · B · n, by a walk over all (feature, sample)
/// cells with
/// unit-rate exponential steps: a cell of hazard h = -ln(1 - p) catches the walk with probability 1 -
/// exp(-h) = p, and
/// after a catch the walk starts afresh, so that the cells are independent Bernoulli draws, exactly.
final class SparseFeatures {
    private final double[] hazards;

    /// @param probabilities p_1 .. p_n, each in 0 .. 1
    SparseFeatures(double[] probabilities) {
        hazards = new double[probabilities.length];
        for (int i = 0; i < hazards.length; i++) {
            hazards[i] = -StrictMath.log1p(-probabilities[i]);
        }
    }

    int features() {
        return hazards.length;
    }

    /// Fills `batch` with fresh samples.
    void draw(SplitRandom random, SampleBatch batch) {
        batch.clear();
        int samples = batch.samples;
        double left = exponential(random);
        for (int feature = 0; feature < hazards.length; feature++) {
            double hazard = hazards[feature];
            if (hazard == 0) {
                continue;
            }
            int sample = 0;
            while (left < (samples - sample) * hazard) {
                sample += Double.isInfinite(hazard) ? 0 : (int) (left / hazard);
                if (sample >= samples) {
                    break; // rounding, at the very end of a feature's cells
                }
                batch.add(feature, sample, 2 * random.nextFloat());
                sample++;
                left = exponential(random);
            }
            if (sample < samples) {
                left -= (samples - sample) * hazard;
            }
        }
        batch.finish();
    }

    /// Exponential with mean 1.
    private static double exponential(SplitRandom random) {
        return -Math.log(1 - random.nextDouble());
    }
}
