package dev.superpose.forecast;

import dev.superpose.result.Table;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.Fit;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;
import org.jspecify.annotations.Nullable;

/// Foretells losses with two intervals: that of the curve, and that of one new run, calibrated by
/// back-testing.
public final class Forecaster {
    private final Fit.Fitted fitted;
    private final BackTest backTest;
    private final Calibration calibration;
    private final @Nullable Draws draws;
    private final double logLargest;
    private final double noise;

    private Forecaster(Fit.Fitted fitted, BackTest backTest, Calibration calibration, @Nullable Draws draws) {
        this.fitted = fitted;
        this.backTest = backTest;
        this.calibration = calibration;
        this.draws = draws;
        logLargest = Arrays.stream(backTest.effort().logs(fitted.runs())).max().orElseThrow();
        noise = fitted.residualStandardDeviation();
    }

    /// A forecaster whose curve intervals come from the fit's covariance, with Student's t.
    ///
    /// @param fitted with at least one run more than parameters
    /// @param backTest of the same form on the same runs
    /// @param level of both intervals, such as 0.95
    /// @throws IllegalArgumentException if the fit leaves no degree of freedom
    public static Forecaster of(Fit.Fitted fitted, BackTest backTest, double level) {
        return new Forecaster(fitted, backTest, calibrate(fitted, backTest, level), null);
    }

    /// A forecaster whose curve intervals are percentiles of `draws`.
    ///
    /// @param draws from `fitted`
    public static Forecaster of(Fit.Fitted fitted, BackTest backTest, Draws draws, double level) {
        return new Forecaster(fitted, backTest, calibrate(fitted, backTest, level), draws);
    }

    private static Calibration calibrate(Fit.Fitted fitted, BackTest backTest, double level) {
        if (fitted.degreesOfFreedom() < 1) {
            throw new IllegalArgumentException("a forecast needs more runs than parameters, has %d and %d"
                    .formatted(fitted.runs().count(), fitted.free()));
        }
        if (!backTest.form().word().equals(fitted.form().word())) {
            throw new IllegalArgumentException("a back-test of %s says nothing of %s"
                    .formatted(backTest.form().word(), fitted.form().word()));
        }
        return Calibration.of(backTest, fitted.residualStandardDeviation(), fitted.degreesOfFreedom(), level);
    }

    /// The fit that is extrapolated.
    public Fit.Fitted fitted() {
        return fitted;
    }

    /// What the forecast interval was calibrated on.
    public BackTest backTest() {
        return backTest;
    }

    /// How it was calibrated.
    public Calibration calibration() {
        return calibration;
    }

    /// The draws whose percentiles are the curve's intervals; empty where these come from the
    /// covariance.
    public Optional<Draws> draws() {
        return Optional.ofNullable(draws);
    }

    /// The loss at `sizes`.
    ///
    /// @throws IllegalArgumentException if a size is missing or the group unknown
    public Forecast at(Sizes sizes) {
        double loss = fitted.law().at(sizes);
        double distance = distance(sizes);
        double scale = scale(sizes, distance);
        boolean beyond = distance > calibration.testedDistance();
        return new Forecast(
                sizes,
                loss,
                draws == null ? curve(sizes) : draws.at(sizes, calibration.level()),
                about(loss, calibration.factor() * scale),
                scale,
                distance,
                beyond,
                notes(distance, beyond));
    }

    /// The curve's interval by the fit's covariance, with Student's t.
    Interval curve(Sizes sizes) {
        double factor = Interval.halfWidthFactor(fitted.degreesOfFreedom(), calibration.level());
        return about(fitted.law().at(sizes), factor * fitted.logStandardErrorAt(sizes));
    }

    /// The interval of one new run alone.
    Interval interval(Sizes sizes) {
        return about(fitted.law().at(sizes), calibration.factor() * scale(sizes, distance(sizes)));
    }

    private double distance(Sizes sizes) {
        return Math.max(0, (backTest.effort().log(sizes) - logLargest) / Math.log(10));
    }

    private double scale(Sizes sizes, double distance) {
        return calibration.scale(noise, fitted.logStandardErrorAt(sizes), distance);
    }

    /// The probability that one new run at `sizes` reaches `target` or less: Student's t about the
    /// curve, with the forecast interval as its quantiles.
    ///
    /// @param target positive
    public double probability(Sizes sizes, double target) {
        if (!(target > 0)) {
            throw new IllegalArgumentException("a target loss is positive, not " + target);
        }
        double loss = fitted.law().at(sizes);
        int freedom = fitted.degreesOfFreedom();
        double half = calibration.factor() * scale(sizes, distance(sizes));
        double units = Math.log(target / loss) / half;
        double t = Interval.halfWidthFactor(freedom, calibration.level());
        return half > 0 ? new TDistribution(freedom).cumulativeProbability(units * t) : loss <= target ? 1 : 0;
    }

    private Interval about(double loss, double half) {
        return Double.isFinite(half)
                ? new Interval(loss * Math.exp(-half), loss * Math.exp(half), calibration.level())
                : new Interval(Double.NaN, Double.NaN, calibration.level());
    }

    private List<String> notes(double distance, boolean beyond) {
        return beyond
                ? List.of("%s: %s decades of %s beyond the largest run, tested over %s"
                        .formatted(
                                Forecast.BEYOND,
                                Table.brief(distance),
                                backTest.effort().formula(),
                                Table.brief(calibration.testedDistance())))
                : List.of();
    }

    /// What a reader should know of all forecasts, as sentences: where the interval comes from, and
    /// which way the law erred.
    public List<String> notes() {
        var notes = new ArrayList<String>();
        notes.add("forecast interval: " + calibration.method().words());
        if (!backTest.predictions().isEmpty()) {
            notes.add(
                    "back-test: %d predictions of %d runs from %d origins, worth %s independent ones; median error %s %% in size; losses were on average %s the law"
                            .formatted(
                                    backTest.predictions().size(),
                                    backTest.predictedRuns(),
                                    backTest.fittedOrigins(),
                                    Table.brief(Math.rint(10 * calibration.effective()) / 10),
                                    percent(backTest.medianMagnitude()),
                                    side(backTest.meanError())));
        }
        int refused = backTest.origins().size() - backTest.fittedOrigins();
        if (refused > 0) {
            notes.add("the law refused at %d of %d origins"
                    .formatted(refused, backTest.origins().size()));
        }
        return List.copyOf(notes);
    }

    /// By how much, and to which side, the losses missed the law.
    private static String side(double meanError) {
        double share = Math.rint(1e4 * Math.abs(Math.expm1(meanError))) / 100;
        return "%s %% %s".formatted(Table.brief(share), meanError > 0 ? "above" : "below");
    }

    private static String percent(double logRatio) {
        return Table.brief(Math.rint(1e4 * Math.expm1(logRatio)) / 100);
    }
}
