package dev.superpose.cli;

import dev.superpose.forecast.BackTest;
import dev.superpose.forecast.Calibration;
import dev.superpose.forecast.Forecast;
import dev.superpose.forecast.Statement;
import dev.superpose.forecast.TargetLoss;
import dev.superpose.forecast.Wall;
import dev.superpose.result.Provenance;
import dev.superpose.runs.Sizes;
import dev.superpose.stat.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `forecast --json` prints.
record ForecastDocument(
        String law,
        String formula,
        Map<String, Double> parameters,
        List<Map<String, Object>> at,
        BackTested backtest,
        WallOf wall,
        @Nullable Object target,
        List<String> notes,
        List<String> warnings,
        Provenance provenance) {

    record Ends(double low, double high) {
        static Ends of(Interval interval) {
            return new Ends(interval.low(), interval.high());
        }
    }

    /// How the forecasts were calibrated, and how each law that was compared did.
    record BackTested(
            Calibration calibration,
            int origins,
            double meanError,
            double medianMagnitude,
            double rootMeanSquare,
            List<Compared> laws,
            String chosen,
            List<Prediction> predictions) {}

    record Compared(
            String law,
            int parameters,
            int predictions,
            double meanMagnitude,
            double medianMagnitude,
            double bias,
            double coverage) {}

    record Prediction(int origin, String run, double decadesBeyond, double predicted, double error) {
        static Prediction of(BackTest.Prediction of) {
            return new Prediction(of.origin(), of.label(), of.distance(), of.predicted(), of.error());
        }
    }

    /// What more of each size buys at the first place.
    record WallOf(
            Map<String, Double> at,
            double loss,
            Map<String, Double> shares,
            List<Doubling> doublings,
            String along,
            double gainPercent,
            double gainEndsAt,
            List<Statement> statements) {}

    record Doubling(
            String size,
            double from,
            double nats,
            double percent,
            double share,
            @Nullable Double dollarsPerNat) {
        static Doubling of(Wall.Doubling of) {
            var price = of.dollarsPerNat();
            return new Doubling(
                    of.size().symbol(),
                    of.from(),
                    of.nats(),
                    of.percent(),
                    of.share(),
                    price.isPresent() ? price.getAsDouble() : null);
        }
    }

    static ForecastDocument of(ForecastAnswer answer, Provenance provenance) {
        var fitted = answer.forecaster().fitted();
        return new ForecastDocument(
                fitted.form().word(),
                fitted.law().formula(),
                fitted.law().parameters(),
                answer.forecasts().stream().map(ForecastDocument::at).toList(),
                backTest(answer),
                new WallOf(
                        sizes(answer.wall().at()),
                        answer.wall().loss(),
                        answer.wall().shares(),
                        answer.wall().doublings().stream().map(Doubling::of).toList(),
                        answer.along(),
                        answer.gain(),
                        answer.gainEnd(),
                        answer.statements()),
                answer.target().map(ForecastDocument::target).orElse(null),
                answer.forecaster().notes(),
                answer.fitting().warnings(),
                provenance);
    }

    private static Map<String, Object> at(Forecast forecast) {
        var at = new LinkedHashMap<String, Object>(sizes(forecast.at()));
        if (!forecast.at().group().isEmpty()) {
            at.put("group", forecast.at().group());
        }
        at.put("loss", forecast.loss());
        at.put("curve", Ends.of(forecast.curve()));
        at.put("forecast", Ends.of(forecast.interval()));
        at.put("level", forecast.interval().level());
        at.put("decades_beyond", forecast.distance());
        at.put("beyond_back_test", forecast.beyondBackTest());
        return at;
    }

    private static Map<String, Double> sizes(Sizes sizes) {
        var map = new LinkedHashMap<String, Double>();
        sizes.values().forEach((quantity, value) -> map.put(quantity.symbol(), value));
        return map;
    }

    private static BackTested backTest(ForecastAnswer answer) {
        var test = answer.forecaster().backTest();
        return new BackTested(
                answer.forecaster().calibration(),
                test.origins().size(),
                test.meanError(),
                test.medianMagnitude(),
                test.rootMeanSquare(),
                answer.choice().rows().stream()
                        .map(row -> new Compared(
                                row.form().word(),
                                row.parameters(),
                                row.predictions(),
                                row.meanMagnitude(),
                                row.medianMagnitude(),
                                row.bias(),
                                row.coverage()))
                        .toList(),
                answer.choice().reason(),
                test.predictions().stream().map(Prediction::of).toList());
    }

    private static Object target(TargetLoss target) {
        var map = new LinkedHashMap<String, Object>();
        map.put("loss", target.target());
        switch (target) {
            case TargetLoss.Reached reached -> {
                map.put("reached", true);
                map.put("size", reached.size());
                map.put("at", sizes(reached.at()));
                map.put("curve", Ends.of(reached.curve()));
                map.put("forecast", Ends.of(reached.forecast()));
                map.put("share_of_draws", reached.shareOfDraws());
            }
            case TargetLoss.OutOfReach out -> {
                map.put("reached", false);
                map.put("floor", out.floor());
                map.put("reason", out.reason());
                map.put("remedy", out.remedy());
                map.put("share_of_draws", out.shareOfDraws());
            }
        }
        return map;
    }
}
