package dev.superpose.scaling;

import dev.superpose.stat.LeastSquares;

/// The power law with a floor as residuals of ln loss, in coordinates that are nearly independent: with x = ln size -
/// its mean and y = ln loss - its mean, the prediction is ln(exp(p - a x) + exp(q)), where a is the exponent, p the
/// logarithm of the falling part at the mean size, and q that of the floor. Without the centring p and a would be
/// correlated to 0.998 and searches would stop in the valley between them.
final class FloorModel implements LeastSquares.Model {
    private final double[] x;
    private final double[] y;
    private final double[] rootWeights;
    private final double meanX;
    private final double meanY;

    FloorModel(Observations observations) {
        double[] logSizes = observations.logSizes();
        double[] logLosses = observations.logLosses();
        double[] weights = observations.weights();
        double total = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < weights.length; i++) {
            total += weights[i];
            sumX += weights[i] * logSizes[i];
            sumY += weights[i] * logLosses[i];
        }
        meanX = sumX / total;
        meanY = sumY / total;
        x = new double[weights.length];
        y = new double[weights.length];
        rootWeights = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            x[i] = logSizes[i] - meanX;
            y[i] = logLosses[i] - meanY;
            rootWeights[i] = Math.sqrt(weights[i]);
        }
    }

    @Override
    public int points() {
        return x.length;
    }

    @Override
    public int parameters() {
        return 3;
    }

    @Override
    public void evaluate(double[] at, double[] residuals, double[][] jacobian) {
        double floor = Math.exp(at[2]);
        for (int i = 0; i < x.length; i++) {
            double falling = Math.exp(at[0] - at[1] * x[i]);
            double loss = falling + floor;
            residuals[i] = rootWeights[i] * (Math.log(loss) - y[i]);
            jacobian[i][0] = rootWeights[i] * falling / loss;
            jacobian[i][1] = -x[i] * jacobian[i][0];
            jacobian[i][2] = rootWeights[i] * floor / loss;
        }
    }

    /// The mean of ln size that was taken off.
    double meanLogSize() {
        return meanX;
    }

    /// The mean of ln loss that was taken off.
    double meanLogLoss() {
        return meanY;
    }

    /// The smallest and largest ln size, centred.
    double[] range() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : x) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return new double[] {low, high};
    }

    /// The smallest ln loss, centred.
    double lowest() {
        double low = Double.POSITIVE_INFINITY;
        for (double value : y) {
            low = Math.min(low, value);
        }
        return low;
    }

    /// A start with the given exponent and floor, in centred units: the falling part is the geometric mean of
    /// what the losses leave above the floor.
    double[] startAt(double exponent, double floor) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double loss = Math.exp(y[i]);
            sum += Math.log(Math.max(loss - floor, 0.01 * loss)) + exponent * x[i];
        }
        return new double[] {sum / x.length, exponent, Math.log(floor)};
    }

    /// The start with the given exponent and the best scale and floor for it, which are a linear problem once
    /// relative deviations are taken to first order (variable projection); a part that would be negative is made
    /// small.
    double[] projectedStart(double exponent) {
        double aa = 0;
        double ab = 0;
        double bb = 0;
        double al = 0;
        double bl = 0;
        for (int i = 0; i < x.length; i++) {
            double byLoss = rootWeights[i] * Math.exp(-y[i]);
            double falling = byLoss * Math.exp(-exponent * x[i]);
            aa += falling * falling;
            ab += falling * byLoss;
            bb += byLoss * byLoss;
            al += falling * rootWeights[i];
            bl += byLoss * rootWeights[i];
        }
        double determinant = aa * bb - ab * ab;
        double floor = (aa * bl - ab * al) / determinant;
        double ceiling = Math.exp(lowest());
        return startAt(exponent, Math.clamp(Double.isFinite(floor) ? floor : 0, 1e-3 * ceiling, 0.999 * ceiling));
    }
}
