package dev.superpose.plan;

import dev.superpose.scaling.ScalingLaw;
import dev.superpose.stat.Covariance;

/// Features are the derivatives of ln loss by the law's vector.
record FitKnowledge(ScalingLaw law, Covariance covariance, Circumstances circumstances) implements Knowledge {
    private static final double STEP = 1e-5;

    @Override
    public double[] features(double parameters, double tokens) {
        double[] vector = law.vector();
        double[] gradient = new double[vector.length];
        for (int p = 0; p < vector.length; p++) {
            double value = vector[p];
            // A coefficient of 0 has the logarithm -∞, which no step moves.
            if (Double.isFinite(value)) {
                vector[p] = value + STEP;
                double above = logLoss(vector, parameters, tokens);
                vector[p] = value - STEP;
                gradient[p] = (above - logLoss(vector, parameters, tokens)) / (2 * STEP);
                vector[p] = value;
            }
        }
        return gradient;
    }

    @Override
    public double covariance(double[] one, double[] other) {
        double sum = 0;
        for (int p = 0; p < one.length; p++) {
            for (int q = 0; q < other.length; q++) {
                sum += one[p] * covariance.at(p, q) * other[q];
            }
        }
        return sum;
    }

    private double logLoss(double[] vector, double parameters, double tokens) {
        var moved = new ScalingLaw(law.form(), law.groups(), vector);
        return Math.log(new LossSurface(moved, circumstances).at(parameters, tokens));
    }
}
