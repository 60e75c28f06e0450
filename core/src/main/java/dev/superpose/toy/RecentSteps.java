package dev.superpose.toy;

/// Loss and share of positive outputs of the last steps, in a ring.
final class RecentSteps {
    private static final int MEMORY = 100;

    final float[] losses = new float[MEMORY];
    final float[] shares = new float[MEMORY];
    private int steps;

    /// Records step number `step`, from 1.
    void add(int step, double loss, double share) {
        losses[step % MEMORY] = (float) loss;
        shares[step % MEMORY] = (float) share;
        steps = step;
    }

    void restore(int step) {
        steps = step;
    }

    /// The share of the last step; 1 before the first, when nothing is known and half of all outputs are positive.
    double lastShare() {
        return steps == 0 ? 1 : shares[steps % MEMORY];
    }

    double meanLoss() {
        return mean(losses);
    }

    double meanShare() {
        return mean(shares);
    }

    private double mean(float[] ring) {
        int count = Math.min(steps, MEMORY);
        double sum = 0;
        for (int step = steps - count + 1; step <= steps; step++) {
            sum += ring[step % MEMORY];
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
