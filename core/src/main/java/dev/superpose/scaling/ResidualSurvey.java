package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.stat.Quantiles;
import dev.superpose.stat.RankCorrelation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;

/// Makes the checks of residuals.
///
/// Residuals count in units of the deviation that their weight promises. Each run's is divided by
/// √(1 - leverage), since a law bends towards runs at the edge.
final class ResidualSurvey {
    /// Rank correlations of fewer runs say nothing.
    private static final int FEWEST = 8;

    /// Iglewicz and Hoaglin 1993: further off is an outlier in a small sample too.
    private static final double LEAST_Z = 3.5;

    private static final double MOST_LEVERAGE = 0.99;

    private final Fit.Fitted fitted;
    private final Runs runs;
    private final double[] residuals;
    private final double[] sizesOfResiduals;
    private final List<Found> found = new ArrayList<>();

    ResidualSurvey(Fit.Fitted fitted) {
        this.fitted = fitted;
        runs = fitted.runs();
        residuals = new double[runs.count()];
        sizesOfResiduals = new double[runs.count()];
        double[] leverage = Deviations.leverage(fitted);
        for (int i = 0; i < residuals.length; i++) {
            double left = Math.sqrt(1 - Math.min(leverage[i], MOST_LEVERAGE));
            residuals[i] = fitted.residual(i) * Math.sqrt(runs.weight(i)) / left;
        }
        double median = Quantiles.of(residuals).median();
        for (int i = 0; i < residuals.length; i++) {
            sizesOfResiduals[i] = Math.abs(residuals[i] - median);
        }
    }

    /// A check before it is known how many there are.
    private record Found(String name, double statistic, double p, String sentence) {}

    ResidualChecks checks() {
        if (runs.count() >= FEWEST && fitted.degreesOfFreedom() > 1) {
            for (var quantity : fitted.form().quantities()) {
                along(quantity);
            }
            spreadWithLoss();
        }
        repeats();
        clusters();
        double least = ResidualChecks.FALSE_ALARMS / Math.max(1, found.size());
        var checks = found.stream()
                .map(one -> new ResidualChecks.Check(one.name, one.statistic, one.p, one.p < least, one.sentence))
                .toList();
        return new ResidualChecks(checks, outliers());
    }

    private List<ResidualChecks.Outlier> outliers() {
        double median = Quantiles.of(residuals).median();
        double deviation = 1.4826 * Quantiles.of(sizesOfResiduals).median();
        double chance = ResidualChecks.FALSE_ALARMS / runs.count() / 2;
        double limit = Math.max(LEAST_Z, -new NormalDistribution().inverseCumulativeProbability(chance));
        return IntStream.range(0, runs.count())
                .filter(i -> deviation > 0 && Math.abs(residuals[i] - median) > limit * deviation)
                .mapToObj(i -> new ResidualChecks.Outlier(
                        i, runs.label(i), fitted.residual(i), (residuals[i] - median) / deviation))
                .toList();
    }

    private void along(Quantity quantity) {
        double[] logs = runs.logs(quantity);
        String symbol = quantity.symbol();
        correlate(
                "trend along " + symbol,
                logs,
                residuals,
                "residuals trend along %s: the law's dependence on it is not that of the runs; try another law"
                        .formatted(symbol));
        double middle = Quantiles.of(logs).median();
        double[] fromMiddle = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            fromMiddle[i] = Math.abs(logs[i] - middle);
        }
        correlate(
                "curvature along " + symbol,
                fromMiddle,
                residuals,
                "residuals bend along %s: the law has another curvature than the runs; do not extrapolate, try another law"
                        .formatted(symbol));
        correlate(
                "spread along " + symbol,
                logs,
                sizesOfResiduals,
                "deviations differ in size along %s: weigh the runs, or use the pairs or wild bootstrap"
                        .formatted(symbol));
    }

    private void spreadWithLoss() {
        double[] predicted = new double[residuals.length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = fitted.law().at(runs.sizes(i));
        }
        correlate(
                "spread with the loss",
                predicted,
                sizesOfResiduals,
                "deviations differ in size with the loss: weigh the runs, or use the pairs or wild bootstrap");
    }

    private void correlate(String name, double[] x, double[] y, String sentence) {
        var correlation = RankCorrelation.of(x, y);
        if (!Double.isNaN(correlation.p())) {
            found.add(new Found(name, correlation.rho(), correlation.p(), sentence));
        }
    }

    /// Runs of the same sizes tell the noise without the law: F of lack of fit over pure error.
    private void repeats() {
        var bySizes = groups(i -> {
            var key = new ArrayList<Object>();
            fitted.form().quantities().forEach(quantity -> key.add(Math.rint(1e6 * runs.log(quantity, i))));
            key.add(runs.group(i));
            return key;
        });
        int places = bySizes.size();
        int free = fitted.free();
        if (places <= free || places == runs.count()) {
            return;
        }
        double all = 0;
        double pure = 0;
        for (var group : bySizes) {
            double mean = mean(group);
            for (int i : group) {
                double residual = fitted.residual(i);
                all += runs.weight(i) * residual * residual;
                pure += runs.weight(i) * (residual - mean) * (residual - mean);
            }
        }
        double ratio = (all - pure) / (places - free) / (pure / (runs.count() - places));
        add(
                "lack of fit against repeated runs",
                ratio,
                places - free,
                runs.count() - places,
                "runs deviate from the law by more than repeats from each other: the law is not exact; intervals do not know");
    }

    private double mean(List<Integer> group) {
        double weights = 0;
        double sum = 0;
        for (int i : group) {
            weights += runs.weight(i);
            sum += runs.weight(i) * fitted.residual(i);
        }
        return sum / weights;
    }

    /// Whether runs of one cluster deviate together: F of the variance between over that within.
    private void clusters() {
        var byCluster = groups(runs::cluster);
        int count = byCluster.size();
        if (count < 3 || count == runs.count()) {
            return;
        }
        double total = 0;
        for (double residual : residuals) {
            total += residual / residuals.length;
        }
        double between = 0;
        double within = 0;
        for (var cluster : byCluster) {
            double mean = 0;
            for (int i : cluster) {
                mean += residuals[i] / cluster.size();
            }
            between += cluster.size() * (mean - total) * (mean - total);
            for (int i : cluster) {
                within += (residuals[i] - mean) * (residuals[i] - mean);
            }
        }
        add(
                "likeness within clusters",
                between / (count - 1) / (within / (runs.count() - count)),
                count - 1,
                runs.count() - count,
                "runs of one cluster deviate together: they tell less than their number; use --intervals cluster");
    }

    private void add(String name, double ratio, int above, int below, String sentence) {
        if (ratio > 0 && ratio < Double.POSITIVE_INFINITY) {
            double p = 1 - new FDistribution(above, below).cumulativeProbability(ratio);
            found.add(new Found(name, ratio, p, sentence));
        }
    }

    private interface Key {
        Object of(int run);
    }

    private List<List<Integer>> groups(Key key) {
        Map<Object, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < runs.count(); i++) {
            groups.computeIfAbsent(key.of(i), _ -> new ArrayList<>()).add(i);
        }
        return List.copyOf(groups.values());
    }
}
