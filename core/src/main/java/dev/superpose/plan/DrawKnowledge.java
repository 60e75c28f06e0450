package dev.superpose.plan;

import java.util.List;

/// Features are the deviations of ln loss under each draw from their mean.
record DrawKnowledge(List<LossSurface> surfaces) implements Knowledge {
    @Override
    public double[] features(double parameters, double tokens) {
        double[] logs = surfaces.stream()
                .mapToDouble(surface -> Math.log(surface.at(parameters, tokens)))
                .toArray();
        double mean = 0;
        for (double log : logs) {
            mean += log / logs.length;
        }
        for (int k = 0; k < logs.length; k++) {
            logs[k] -= mean;
        }
        return logs;
    }

    @Override
    public double covariance(double[] one, double[] other) {
        double sum = 0;
        for (int k = 0; k < one.length; k++) {
            sum += one[k] * other[k];
        }
        return sum / (one.length - 1);
    }
}
