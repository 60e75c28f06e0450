package dev.superpose.scaling;

import dev.superpose.numeric.Seed;
import dev.superpose.result.Table;
import dev.superpose.stat.Covariance;
import dev.superpose.stat.LeastSquares;
import dev.superpose.stat.LineFit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The power law with a floor: searched from exponents on a grid, each with its best scale and floor, and from random
/// points, all in centred logarithms; compared with the best law whose floor is 0, which is known in closed form. The
/// sum of squares over all floors >= 0 has its minimum either inside, where a search finds it, or at floor 0.
final class FloorFit {
    private static final int GRID_STARTS = 12;
    private static final int RANDOM_STARTS = 12;
    private static final Seed STARTS = new Seed(20250510).child("floor-starts");

    /// Two sums of squares that differ by less, relatively, are one.
    private static final double SAME_COST = 1e-6;

    /// A condition number above which the data do not fix the parameters.
    private static final double UNIDENTIFIED = 1e7;

    /// A condition number above which the linear approximation behind the standard errors is doubtful.
    private static final double ROUGH = 1e3;

    private final Observations observations;
    private final FloorModel model;
    private final LineFit line;
    private final double[] logLosses;
    private final double costAtBound;
    private final double rounding;

    private FloorFit(Observations observations) {
        this.observations = observations;
        model = new FloorModel(observations);
        logLosses = observations.logLosses();
        line = LineFit.weighted(observations.logSizes(), logLosses, observations.weights());
        double deviation = line.residualStandardDeviation();
        costAtBound = deviation * deviation * line.degreesOfFreedom();
        double total = 0;
        double largest = 1;
        for (int i = 0; i < logLosses.length; i++) {
            total += observations.weights()[i];
            largest = Math.max(largest, Math.abs(logLosses[i]));
        }
        rounding = total * (1e-13 * largest) * (1e-13 * largest);
    }

    static LawFit of(Observations observations) {
        int distinct = observations.distinctSizes();
        if (observations.count() < 4 || distinct < 3) {
            return unidentified(
                    "%d loss(es) at %d size(s) cannot fix scale, exponent and floor and leave something to judge them by"
                            .formatted(observations.count(), distinct),
                    "measure at least 4 losses at 3 sizes or more, or fit the law without a floor");
        }
        return new FloorFit(observations).fit();
    }

    private LawFit fit() {
        if (!(line.slope() < 0)) {
            return unidentified(
                    "the losses do not fall with size (exponent %s), so no floor can be told"
                            .formatted(Table.brief(-line.slope())),
                    "check the columns and the selection of points, or fit the law without a floor");
        }
        var starts = starts();
        var ends = new ArrayList<LeastSquares.Minimum>();
        for (double[] start : starts) {
            if (LeastSquares.minimise(model, start) instanceof LeastSquares.Minimum end && end.parameter(1) > 0) {
                ends.add(end);
            }
        }
        var inside = ends.stream()
                .min(Comparator.comparingDouble(LeastSquares.Minimum::sumOfSquares))
                .orElse(null);
        if (inside == null || inside.sumOfSquares() >= (1 - SAME_COST) * costAtBound - rounding) {
            return atBound(starts.size(), agreeing(ends, costAtBound));
        }
        return inside(inside, ends, starts.size());
    }

    private List<double[]> starts() {
        double[] range = model.range();
        double span = range[1] - range[0];
        double ceiling = Math.exp(model.lowest());
        var starts = new ArrayList<double[]>();
        for (int i = 0; i < GRID_STARTS; i++) {
            // Exponents under which the falling part shrinks over the sizes by a factor of e^0.2 to e^12.
            starts.add(model.projectedStart(0.2 * Math.pow(60, i / (GRID_STARTS - 1.0)) / span));
        }
        var random = STARTS.random();
        for (int i = 0; i < RANDOM_STARTS; i++) {
            double exponent = 0.2 * Math.pow(60, random.nextDouble()) / span;
            starts.add(model.startAt(exponent, ceiling * (0.01 + 0.98 * random.nextDouble())));
        }
        return starts;
    }

    private LawFit inside(LeastSquares.Minimum best, List<LeastSquares.Minimum> ends, int starts) {
        // Of the ends that agree, the one that is known best.
        var end = ends.stream()
                .filter(other -> same(other.sumOfSquares(), best.sumOfSquares()))
                .min(Comparator.comparingDouble(LeastSquares.Minimum::gradientNorm))
                .orElse(best);
        if (end.condition() > UNIDENTIFIED) {
            return unidentified(
                    "the losses do not fix scale, exponent and floor apart (condition %s)"
                            .formatted(Table.brief(end.condition())),
                    "measure more sizes between the smallest and the largest, or fit the law without a floor");
        }
        double exponentError = end.covariance().standardError(1);
        if (!(exponentError < end.parameter(1))) {
            return unidentified(
                    "the losses do not fix the exponent beside a floor: %s with a standard error of %s"
                            .formatted(Table.brief(end.parameter(1)), Table.brief(exponentError)),
                    "measure more sizes, most of all where the loss still falls, or fit the law without a floor");
        }
        var law = law(end);
        if (law == null) {
            return unidentified(
                    "the scale is beyond the range of numbers (exponent %s)".formatted(Table.brief(end.parameter(1))),
                    "give the sizes in larger units");
        }
        boolean exact = end.sumOfSquares() <= rounding;
        if (!end.converged() && !exact) {
            return new LawFit.NotConverged(
                    LawForm.POWER_WITH_FLOOR,
                    "no start ended at a minimum (best gradient %s)".formatted(Table.brief(end.gradientNorm())),
                    "look for wrong points among the losses, or fit the law without a floor");
        }
        int agreeing = agreeing(ends, best.sumOfSquares());
        var certificate =
                new Certificate(true, exact ? 0 : end.gradientNorm(), starts, agreeing, end.condition(), List.of());
        var warnings = new ArrayList<String>();
        if (2 * agreeing < starts) {
            warnings.add("only %d of %d starts ended at this minimum: there are others nearly as good"
                    .formatted(agreeing, starts));
        }
        if (end.condition() > ROUGH) {
            warnings.add(
                    "scale, exponent and floor are nearly exchangeable (condition %s): the standard errors are rough"
                            .formatted(Table.brief(Math.rint(end.condition()))));
        }
        int free = observations.count() - 3;
        double rSquared = rSquared(end.sumOfSquares());
        warnings.addAll(FitChecks.warnings(observations, rSquared, free));
        return new LawFit.Fitted(
                law,
                naturalCovariance(end, law.floor()),
                rSquared,
                end.residualStandardDeviation(),
                free,
                observations.count(),
                certificate,
                warnings);
    }

    /// The best law is the pure power law, a floor below 0 would do better: the floor stays at 0.
    private LawFit atBound(int starts, int agreeing) {
        double scale = Math.exp(line.intercept());
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            return unidentified(
                    "the scale exp(%s) is beyond the range of numbers".formatted(Table.brief(line.intercept())),
                    "give the sizes in larger units");
        }
        var law = new Law.PowerWithFloor(scale, -line.slope(), 0);
        var two = PowerFit.covariance(line);
        double[][] covariance = new double[3][3];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                covariance[i][j] = two.at(i, j);
            }
        }
        double gradient = PowerFit.gradient(line, observations.logSizes(), logLosses, observations.weights());
        var warnings = new ArrayList<String>();
        warnings.add("the floor is at its bound 0: in log-log these points lie on a straight line or bend down, "
                + "so they show no floor, and the errors of the others hold it at 0");
        warnings.addAll(FitChecks.warnings(observations, line.rSquared(), line.degreesOfFreedom()));
        return new LawFit.Fitted(
                law,
                Covariance.of(covariance),
                line.rSquared(),
                line.residualStandardDeviation(),
                line.degreesOfFreedom(),
                line.points(),
                new Certificate(true, gradient, starts, agreeing, 1, List.of("floor")),
                warnings);
    }

    private Law.@Nullable PowerWithFloor law(LeastSquares.Minimum end) {
        double exponent = end.parameter(1);
        double scale = Math.exp(end.parameter(0) + model.meanLogLoss() + exponent * model.meanLogSize());
        double floor = Math.exp(end.parameter(2) + model.meanLogLoss());
        boolean writable = scale > 0 && scale < Double.POSITIVE_INFINITY && floor < Double.POSITIVE_INFINITY;
        return writable ? new Law.PowerWithFloor(scale, exponent, floor) : null;
    }

    /// From the centred (p, a, q) to (ln scale, exponent, floor), whose derivatives by (p, a, q) are the rows
    /// below.
    private Covariance naturalCovariance(LeastSquares.Minimum end, double floor) {
        var centred = end.covariance();
        double[][] rows = {{1, model.meanLogSize(), 0}, {0, 1, 0}, {0, 0, floor}};
        double[][] natural = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    for (int l = 0; l < 3; l++) {
                        natural[i][j] += rows[i][k] * centred.at(k, l) * rows[j][l];
                    }
                }
            }
        }
        return Covariance.of(natural);
    }

    private double rSquared(double cost) {
        double[] weights = observations.weights();
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            double deviation = logLosses[i] - model.meanLogLoss();
            total += weights[i] * deviation * deviation;
        }
        return 1 - cost / total;
    }

    private int agreeing(List<LeastSquares.Minimum> ends, double cost) {
        return (int) ends.stream().filter(end -> same(end.sumOfSquares(), cost)).count();
    }

    private boolean same(double cost, double other) {
        return Math.abs(cost - other) <= SAME_COST * Math.min(cost, other) + rounding;
    }

    private static LawFit unidentified(String reason, String remedy) {
        return new LawFit.NotIdentified(LawForm.POWER_WITH_FLOOR, reason, remedy);
    }
}
