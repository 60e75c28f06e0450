package dev.superpose.forecast;

import dev.superpose.result.Table;
import dev.superpose.stat.LineFit;
import dev.superpose.stat.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Where the law of width was measured to end: trainings of one number of features at widths that
/// come near it.
///
/// The law is the line of ln loss over ln width through the widths up to a tenth of the features,
/// where theory expects no more than an 11 % larger exponent. It is left where the local exponent
/// between neighbouring widths differs from it by more than a quarter and by more than two standard
/// errors, to the same side at all wider ones too.
///
/// @param features n
/// @param exponent of the law, with a falling loss positive
/// @param exponentError its standard error, NaN where the law goes through two widths
/// @param locals the exponents between neighbouring widths beyond the law's own, by width
/// @param departure the first of those from which on the law is left; empty if it holds throughout
public record WallStudy(
        double features, double exponent, double exponentError, List<Local> locals, Optional<Local> departure) {
    private static final double FREE = 0.1;
    private static final int LEAST_WIDTHS = 3;
    private static final double LEAST_DIFFERENCE = 0.25;
    private static final double ERRORS = 2;

    public WallStudy {
        locals = List.copyOf(locals);
    }

    /// One training.
    ///
    /// @param features n
    /// @param width m
    /// @param loss on fresh data
    public record Training(double features, double width, double loss) {
        public Training {
            if (!(features > 0) || !(width > 0) || !(loss > 0) || Double.isInfinite(loss)) {
                throw new IllegalArgumentException(
                        "features, width and loss are positive, not %s, %s and %s".formatted(features, width, loss));
            }
        }
    }

    /// The exponent between two neighbouring widths.
    ///
    /// @param below the narrower
    /// @param above the wider
    /// @param exponent -Δ ln loss / Δ ln width
    /// @param error its standard error, by the scatter of seeds or else about the law; NaN where
    /// neither is known
    public record Local(double below, double above, double exponent, double error) {
        /// The width in the middle over `features`.
        public double ratio(double features) {
            return Math.sqrt(below * above) / features;
        }
    }

    /// Reads `trainings` of one condition and one number of features; empty if there are not three
    /// widths up to a tenth of the features and two beyond.
    ///
    /// @throws IllegalArgumentException if the numbers of features differ
    public static Optional<WallStudy> of(List<Training> trainings) {
        if (trainings.stream().mapToDouble(Training::features).distinct().count() > 1) {
            throw new IllegalArgumentException("a wall is measured at one number of features at a time");
        }
        var byWidth = new TreeMap<Double, Moments>();
        for (var training : trainings) {
            byWidth.computeIfAbsent(training.width, _ -> new Moments()).add(Math.log(training.loss));
        }
        var widths = List.copyOf(byWidth.keySet());
        var means = byWidth.values().stream().map(Moments::mean).toList();
        double features = trainings.isEmpty() ? 0 : trainings.getFirst().features;
        int free =
                (int) widths.stream().filter(width -> width <= FREE * features).count();
        if (free < LEAST_WIDTHS || widths.size() < free + 2) {
            return Optional.empty();
        }
        var law = LineFit.of(
                widths.subList(0, free).stream().mapToDouble(Math::log).toArray(),
                means.subList(0, free).stream().mapToDouble(Double::doubleValue).toArray());
        double deviation = deviation(List.copyOf(byWidth.values()), law);
        var locals = new ArrayList<Local>();
        for (int k = free - 1; k + 1 < widths.size(); k++) {
            double step = Math.log(widths.get(k + 1) / widths.get(k));
            double error = deviation
                    * Math.sqrt(1.0
                                    / byWidth.getOrDefault(widths.get(k), new Moments())
                                            .count()
                            + 1.0
                                    / byWidth.getOrDefault(widths.get(k + 1), new Moments())
                                            .count());
            locals.add(new Local(
                    widths.get(k), widths.get(k + 1), (means.get(k) - means.get(k + 1)) / step, error / step));
        }
        double exponent = -law.slope();
        return Optional.of(new WallStudy(
                features,
                exponent,
                law.slopeStandardError(),
                locals,
                departure(locals, exponent, law.slopeStandardError())));
    }

    /// The deviation of ln loss of one training: within widths where there are several seeds, else
    /// about the law.
    private static double deviation(List<Moments> widths, LineFit law) {
        double squares = 0;
        long freedom = 0;
        for (var width : widths) {
            if (width.count() > 1) {
                squares += width.variance() * (width.count() - 1);
                freedom += width.count() - 1;
            }
        }
        return freedom > 0 ? Math.sqrt(squares / freedom) : law.residualStandardDeviation();
    }

    private static Optional<Local> departure(List<Local> locals, double exponent, double exponentError) {
        Optional<Local> first = Optional.empty();
        double side = 0;
        for (var local : locals.reversed()) {
            double difference = local.exponent - exponent;
            double needed =
                    Math.max(LEAST_DIFFERENCE * Math.abs(exponent), ERRORS * Math.hypot(local.error, exponentError));
            boolean leaves = Math.abs(difference) > needed && (side == 0 || side == Math.signum(difference));
            if (!leaves) {
                break;
            }
            side = Math.signum(difference);
            first = Optional.of(local);
        }
        return first;
    }

    /// What was measured, in a sentence.
    public Statement statement() {
        String law = "the toy study of n = %s features has the exponent %s up to m = n/10"
                .formatted(Table.brief(features), Table.brief(exponent));
        String end = departure
                .map(local -> " and leaves it between m = %s and %s, m/n = %s: the local exponent there is %s"
                        .formatted(
                                Table.brief(local.below),
                                Table.brief(local.above),
                                Table.brief(local.ratio(features)),
                                Table.brief(local.exponent)))
                .orElse(" and keeps it, to within a quarter or two standard errors, up to m = %s"
                        .formatted(Table.brief(locals.getLast().above)));
        return new Statement(Basis.MEASURED, "width", law + end);
    }
}
