package dev.superpose.forecast;

import dev.superpose.forecast.BackTest.Prediction;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How wide a forecast must be so that back-tested forecasts of that width would have held.
///
/// The error of ln loss of one new run, `distance` decades of effort beyond the data, is given the
/// scale
///
///     s² = noise² + curve error² + (slope · distance)²
///
/// with the first two as the fit claims them and the slope, the error of the law itself, by maximum
/// likelihood from the back-test. The half width is `factor · s`. The factor is the quantile of
/// |error| / s over the back-test, at the rank ceil((n + 1) level) of split conformal prediction
/// (Lei et al. 2018, JASA 113, 1094), with n the number of independent predictions that they are
/// worth; too few for that rank, it is Student's t times their root mean square. It is never below
/// what the fit claims by itself. Derivation: docs/derivations/forecast.md.
///
/// @param level of the intervals
/// @param slope error of the law per decade of effort
/// @param factor half width over scale
/// @param method where the factor comes from
/// @param effective how many independent predictions the back-test is worth
/// @param predictions how many it has
/// @param testedDistance decades of effort over which it has been tried
public record Calibration(
        double level,
        double slope,
        double factor,
        Method method,
        double effective,
        int predictions,
        double testedDistance) {

    /// Where the factor comes from.
    public enum Method {
        /// The quantile of the back-test's scores.
        CONFORMAL("conformal quantile of the back-test"),
        /// Student's t times the root mean square of the scores: too few independent predictions
        /// for a quantile.
        STUDENT("Student's t from the back-test, which has too few independent predictions for a quantile"),
        /// Student's t of the fit: the back-test's scores ask for less.
        CLAIM("Student's t of the fit, which the scores of the back-test stay within"),
        /// Student's t of the fit, since there was nothing to test on.
        UNTESTED("Student's t of the fit, not back-tested: there was no origin at which the law could be fitted");

        private final String words;

        Method(String words) {
            this.words = words;
        }

        /// In words.
        public String words() {
            return words;
        }
    }

    /// Slopes that are tried, from 1e-5 to 1 per decade, 12 % apart.
    private static final int SLOPES = 101;

    /// @param noise the residual deviation of the fit of all runs; that of few runs below an origin
    /// is hardly known
    /// @param degreesOfFreedom of the fit of all runs, at least 1
    static Calibration of(BackTest backTest, double noise, int degreesOfFreedom, double level) {
        double claim = Interval.halfWidthFactor(degreesOfFreedom, level);
        var errors = errors(backTest, noise);
        if (errors.isEmpty()) {
            return new Calibration(level, 0, claim, Method.UNTESTED, 0, 0, 0);
        }
        double slope = slope(errors);
        double effective = effective(errors, slope);
        double rank = Math.ceil((effective + 1) * level);
        boolean enough = rank <= effective;
        double factor = enough
                ? quantile(errors, slope, rank / effective)
                : Interval.halfWidthFactor((int) Math.max(1, effective), level) * rootMeanSquare(errors, slope);
        var method = enough ? Method.CONFORMAL : Method.STUDENT;
        return new Calibration(
                level,
                slope,
                Math.max(claim, factor),
                factor < claim ? Method.CLAIM : method,
                effective,
                errors.size(),
                backTest.testedDistance());
    }

    /// The scale of the error of ln loss of one new run.
    ///
    /// @param noise deviation of one run
    /// @param curveError standard error of the curve
    /// @param distance decades of effort beyond the data, not below 0
    double scale(double noise, double curveError, double distance) {
        return Math.sqrt(noise * noise + curveError * curveError + slope * slope * distance * distance);
    }

    /// One prediction as the slope sees it.
    ///
    /// @param share its weight: every origin weighs the same
    /// @param claimed variance
    private record Scored(int origin, int run, double share, double distance, double error, double claimed) {
        double score(double slope) {
            return Math.abs(error) / Math.sqrt(variance(slope));
        }

        double variance(double slope) {
            return claimed + slope * slope * distance * distance;
        }
    }

    private static List<Scored> errors(BackTest backTest, double noise) {
        Map<Integer, Long> ofOrigin = backTest.predictions().stream()
                .collect(Collectors.groupingBy(Prediction::origin, Collectors.counting()));
        var errors = new ArrayList<Scored>();
        for (var prediction : backTest.predictions()) {
            // The origin's errors in units of its own noise, times the better known noise of all.
            double ratio = prediction.noise() > 0 ? noise / prediction.noise() : 1;
            double claimed = ratio * prediction.claimed();
            errors.add(new Scored(
                    prediction.origin(),
                    prediction.run(),
                    1.0 / (ofOrigin.getOrDefault(prediction.origin(), 1L) * ofOrigin.size()),
                    prediction.distance(),
                    prediction.error(),
                    Math.max(claimed * claimed, 1e-24)));
        }
        return errors;
    }

    /// The slope under which the errors are likeliest as independent normal ones.
    private static double slope(List<Scored> errors) {
        double best = 0;
        double least = surprise(errors, 0);
        for (int k = 0; k < SLOPES; k++) {
            double slope = Math.pow(10, -5 + 5.0 * k / (SLOPES - 1));
            double surprise = surprise(errors, slope);
            if (surprise < least) {
                least = surprise;
                best = slope;
            }
        }
        return best;
    }

    private static double surprise(List<Scored> errors, double slope) {
        double sum = 0;
        for (var error : errors) {
            double variance = error.variance(slope);
            sum += error.share * (Math.log(variance) + error.error * error.error / variance);
        }
        return sum;
    }

    /// How many independent predictions these are worth: errors of one origin share its fit. With
    /// the correlation r of the signed scores within an origin, n of them are worth n / (1 + (n -
    /// 1) r); and a run counts once, from however many origins it was predicted.
    private static double effective(List<Scored> errors, double slope) {
        var origins = errors.stream().collect(Collectors.groupingBy(Scored::origin));
        double products = 0;
        double squares = 0;
        for (var ofOrigin : origins.values()) {
            int n = ofOrigin.size();
            double sum = 0;
            double square = 0;
            for (var error : ofOrigin) {
                double score = Math.copySign(error.score(slope), error.error);
                sum += score;
                square += score * score;
            }
            if (n > 1) {
                products += (sum * sum - square) / (n - 1);
                squares += square;
            }
        }
        double correlation = squares > 0 ? Math.clamp(products / squares, 0, 1) : 0;
        double worth = origins.values().stream()
                .mapToDouble(ofOrigin -> ofOrigin.size() / (1 + (ofOrigin.size() - 1) * correlation))
                .sum();
        int runs = (int) errors.stream().map(Scored::run).distinct().count();
        return Math.min(worth, runs);
    }

    private static double rootMeanSquare(List<Scored> errors, double slope) {
        return Math.sqrt(errors.stream()
                .mapToDouble(error -> error.share * Math.pow(error.score(slope), 2))
                .sum());
    }

    /// The score that a share `q` of the weight does not exceed.
    private static double quantile(List<Scored> errors, double slope, double q) {
        var sorted = errors.stream()
                .sorted(Comparator.comparingDouble(error -> error.score(slope)))
                .toList();
        double sum = 0;
        for (var error : sorted) {
            sum += error.share;
            if (sum >= q - 1e-12) {
                return error.score(slope);
            }
        }
        return sorted.getLast().score(slope);
    }
}
