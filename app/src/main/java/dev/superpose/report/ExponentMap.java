package dev.superpose.report;

import dev.superpose.report.Exponents.Exponent;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The exponents of the loss over all decays and exponents of the frequencies, with the published
/// ones beside: figure 9 of Liu, Liu and Gore.
public final class ExponentMap {
    private static final int FEWEST = 3;
    private static final int MAP_WIDTH = 300;
    private static final double LEAST_TOP = 1;

    private ExponentMap() {}

    /// The maps; empty with fewer than three alphas or decays that have a fitted law.
    public static Optional<Figure> of(List<JobResult> results, String command) {
        var exponents = Exponents.of(new Trainings(results));
        if (exponents.alphas().size() < FEWEST || exponents.decays().size() < FEWEST) {
            return Optional.empty();
        }
        boolean published = exponents.all().stream().anyMatch(e -> e.published().isPresent());
        double top = exponents.all().stream()
                .mapToDouble(e -> Math.max(e.law().exponent(), published ? e.publishedValue() : 0))
                .filter(Double::isFinite)
                .max()
                .orElse(LEAST_TOP);
        var shade = Shade.rising(0, Math.max(LEAST_TOP, top));
        var ours = map("α_m", exponents, e -> e.law().exponent(), shade);
        var quality = map("R² of the power law", exponents, e -> e.law().rSquared(), Shade.rising(0, 1));
        var rows = new ArrayList<List<Plot>>();
        if (published) {
            rows.add(List.of(
                    ours.plot(MAP_WIDTH),
                    map("α_m, published", exponents, Exponent::publishedValue, shade)
                            .plot(MAP_WIDTH),
                    ours.scale("α_m")));
            var difference = difference(exponents);
            rows.add(List.of(
                    difference.plot(MAP_WIDTH),
                    difference.scale("difference"),
                    quality.plot(MAP_WIDTH),
                    quality.scale("R²")));
        } else {
            rows.add(List.of(ours.plot(MAP_WIDTH), ours.scale("α_m"), quality.plot(MAP_WIDTH), quality.scale("R²")));
        }
        return Optional.of(new Figure(
                "exponent-map",
                "Exponent of the loss over decay and skew",
                caption(exponents, published),
                Plot.rows(rows),
                table(exponents),
                command));
    }

    private static String caption(Exponents exponents, boolean published) {
        double[] values = exponents.all().stream()
                .mapToDouble(e -> e.law().exponent())
                .sorted()
                .toArray();
        String words = "The exponent α_m goes from %s to %s over %d conditions."
                .formatted(Words.twoDecimals(values[0]), Words.twoDecimals(values[values.length - 1]), values.length);
        if (published) {
            double square = exponents.all().stream()
                    .filter(e -> e.published().isPresent())
                    .mapToDouble(e -> Math.pow(e.law().exponent() - e.publishedValue(), 2))
                    .average()
                    .orElse(Double.NaN);
            words += " Beside it as published, read off the colours to ±0.02; the root mean square of the difference"
                    + " (ours less published) is " + Words.twoDecimals(Math.sqrt(square)) + ".";
        }
        return words + exponents.words();
    }

    private static HeatMap difference(Exponents exponents) {
        ToDoubleFunction<Exponent> apart = e -> e.law().exponent() - e.publishedValue();
        double most = exponents.all().stream()
                .mapToDouble(apart)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(1);
        return map("ours less published", exponents, apart, Shade.aroundZero(Math.max(0.1, most)));
    }

    private static HeatMap map(String title, Exponents exponents, ToDoubleFunction<Exponent> value, Shade shade) {
        return new HeatMap(
                title,
                "decay γ",
                exponents.decays(),
                "α",
                exponents.alphas(),
                (decay, alpha) ->
                        exponents.at(decay, alpha).map(value::applyAsDouble).orElse(Double.NaN),
                shade);
    }

    private static Table table(Exponents exponents) {
        return new Table(
                List.of(
                        Column.real("alpha", ""),
                        Column.real("decay", ""),
                        Column.real("exponent", ""),
                        Column.real("standard_error", ""),
                        Column.real("r_squared", ""),
                        Column.real("published", "")),
                exponents.all().stream()
                        .map(e -> Table.row(
                                e.alpha(),
                                e.decay(),
                                e.law().exponent(),
                                e.law().standardError(),
                                e.law().rSquared(),
                                e.publishedValue()))
                        .toList());
    }
}
