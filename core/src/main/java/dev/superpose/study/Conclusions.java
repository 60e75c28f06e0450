package dev.superpose.study;

import dev.superpose.result.Table;
import dev.superpose.scaling.Fit;
import dev.superpose.study.Series.Regime;
import dev.superpose.study.Series.WidthPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What a study says, in sentences with their numbers. Nothing here is computed that [Series] does
/// not hold.
public final class Conclusions {
    private Conclusions() {}

    /// The sentences about one condition.
    ///
    /// @param condition its label
    /// @param sentences in the order to read them
    public record About(String condition, List<String> sentences) {
        public About {
            sentences = List.copyOf(sentences);
        }
    }

    /// What `results` says of each condition.
    public static List<About> of(StudyResults results) {
        return results.series().stream().map(Conclusions::of).toList();
    }

    /// What one curve says.
    public static About of(Series series) {
        var sentences = new ArrayList<String>();
        var points = series.points();
        sentences.add(packing(series, points));
        sentences.add(loss(series, points));
        floor(series).ifPresent(sentences::add);
        if (series.regime() == Regime.WEAK) {
            sentences.add(tail(points));
            ideal(series).ifPresent(sentences::add);
        } else {
            overlap(series, points, true).ifPresent(sentences::add);
            overlap(series, points, false).ifPresent(sentences::add);
        }
        return new About(series.label(), sentences);
    }

    private static String packing(Series series, List<WidthPoint> points) {
        String share = range(points, point -> 100 * point.representedFraction(), "%.3g") + " %";
        return switch (series.regime()) {
            case STRONG ->
                "Strong superposition: %s of the %,d features are represented at widths %s."
                        .formatted(share, series.features(), widths(points));
            case WEAK ->
                "Weak superposition: %s of the %,d features are represented at widths %s, %s per dimension."
                        .formatted(
                                share,
                                series.features(),
                                widths(points),
                                range(points, point -> point.represented() / point.width(), "%.2f"));
            case BETWEEN ->
                "Between the regimes: %s of the %,d features are represented at widths %s."
                        .formatted(share, series.features(), widths(points));
        };
    }

    private static String loss(Series series, List<WidthPoint> points) {
        String span = "from %s at width %d to %s at width %d"
                .formatted(
                        Table.brief(points.getFirst().loss()),
                        points.getFirst().width(),
                        Table.brief(points.getLast().loss()),
                        points.getLast().width());
        return switch (series.lossLaw().orElse(null)) {
            case null -> "The test loss goes %s; one width fixes no law.".formatted(span);
            case Fit.Fitted fit ->
                "The test loss falls as width^-%s (R² %.3f, %d widths, %s), %s."
                        .formatted(exponent(fit), fit.rSquared(), fit.runs().count(), seeds(points), span);
            case Fit.NotIdentified none -> noLaw(span, none.reason(), none.remedy());
            case Fit.NotConverged none -> noLaw(span, none.reason(), none.remedy());
        };
    }

    private static String noLaw(String span, String reason, String remedy) {
        return "The test loss goes %s; no power law: %s (%s).".formatted(span, reason, remedy);
    }

    private static Optional<String> floor(Series series) {
        if (!(series.lossLawWithFloor().orElse(null) instanceof Fit.Fitted fit)) {
            return Optional.empty();
        }
        double error = error(fit, "floor");
        // Without an error the floor is at its bound: it adds nothing to the power law.
        return error > 0
                ? Optional.of("With a floor, A·width^-a + B: a = %s, B = %s."
                        .formatted(exponent(fit), plusMinus(fit.law().parameter("floor"), error)))
                : Optional.of("No floor under the loss shows at these widths.");
    }

    private static Optional<String> overlap(Series series, List<WidthPoint> points, boolean strong) {
        ToDoubleFunction<WidthPoint> times =
                point -> point.width() * (strong ? point.meanSquareStrong() : point.meanSquare());
        ToDoubleFunction<WidthPoint> welch =
                point -> point.width() * (strong ? point.welchMeanSquareStrong() : point.welchMeanSquare());
        if (!(series.overlapLaw(strong).orElse(null) instanceof Fit.Fitted fit)) {
            return Optional.empty();
        }
        return Optional.of(
                "Mean squared overlap of %s times width: %s (random directions: 1, Welch's bound: %s); it falls as width^-%s."
                        .formatted(
                                strong ? "strongly represented features" : "all features",
                                range(points, times, "%.3f"),
                                range(points, welch, "%.3f"),
                                exponent(fit)));
    }

    private static String tail(List<WidthPoint> points) {
        return ("Test loss over the ideal one, the finite tail sum beyond the features represented: %s; beyond as many"
                        + " features as dimensions: %s.")
                .formatted(
                        range(points, point -> point.loss() / point.tailAtRepresented(), "%.2f"),
                        range(points, point -> point.loss() / point.tailAtWidth(), "%.2f"));
    }

    private static Optional<String> ideal(Series series) {
        return series.idealWeakLaw()
                .map(law -> law instanceof Fit.Fitted fit
                        ? "The ideal losses themselves fall as width^-%s over these widths and %,d features."
                                .formatted(exponent(fit), series.features())
                        : "The ideal losses follow no power law here.");
    }

    private static String exponent(Fit.Fitted fit) {
        return plusMinus(fit.law().parameter("exponent"), error(fit, "exponent"));
    }

    private static double error(Fit.Fitted fit, String parameter) {
        return fit.standardErrors().getOrDefault(parameter, Double.NaN);
    }

    /// `0.98 ± 0.05`: the error to two digits where it is small, the value to as many places.
    public static String plusMinus(double value, double error) {
        if (!(error > 0) || Double.isInfinite(error)) {
            return Table.brief(value);
        }
        int places = Math.clamp((long) Math.ceil(1 - Math.log10(error)), 0, 12);
        String form = "%." + places + "f";
        return String.format(Locale.ROOT, form + " ± " + form, value, error);
    }

    /// `0.02 to 0.4`: the least and the most of a quantity over the widths, or the only one.
    ///
    /// @param form how to write a number, such as `%.3g`
    public static String range(List<WidthPoint> points, ToDoubleFunction<WidthPoint> quantity, String form) {
        double[] values = points.stream()
                .mapToDouble(quantity)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (values.length == 0) {
            return "–";
        }
        String least = String.format(Locale.ROOT, form, values[0]);
        String most = String.format(Locale.ROOT, form, values[values.length - 1]);
        return least.equals(most) ? least : least + " to " + most;
    }

    private static String widths(List<WidthPoint> points) {
        return points.getFirst().width() + " to " + points.getLast().width();
    }

    private static String seeds(List<WidthPoint> points) {
        int fewest = points.stream().mapToInt(WidthPoint::seeds).min().orElse(0);
        int most = points.stream().mapToInt(WidthPoint::seeds).max().orElse(0);
        String count = fewest == most ? "" + most : fewest + " to " + most;
        return count + (most == 1 ? " seed" : " seeds");
    }
}
