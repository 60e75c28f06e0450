package dev.superpose.geometry;

import static dev.superpose.geometry.Verdict.digits;
import static dev.superpose.geometry.Verdict.percent;

import dev.superpose.geometry.GeometryReport.Represented;
import dev.superpose.geometry.Verdict.Statement;
import dev.superpose.geometry.Verdict.Topic;
import java.util.LinkedHashMap;

/// Which rows are represented, judged by their norms.
final class NormVerdict {
    private NormVerdict() {}

    /// Weak, strong or none, free of scale, beside the toy model's absolute marks.
    static Statement regime(GeometryReport geometry) {
        Represented represented = geometry.represented();
        double perDimension = (double) geometry.used() / geometry.width();
        double carried = represented.byMeanSquare() * perDimension;
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put("above_half_root_mean_square", represented.byMeanSquare());
        numbers.put("above_half_median", represented.relative());
        numbers.put("above_one_half", represented.absolute());
        numbers.put("above_one", represented.aboveOne());
        numbers.put("rows_per_dimension", perDimension);
        numbers.put("represented_per_dimension", carried);
        String marks =
                " By the toy model's absolute marks, %s have a norm above 1/2 and %s above 1, which says something only where rows are trained towards length 1."
                        .formatted(percent(represented.absolute()), percent(represented.aboveOne()));
        return new Statement(Topic.REGIME, judged(geometry, carried) + marks, numbers);
    }

    private static String judged(GeometryReport geometry, double carried) {
        String share =
                "%s of the %,d rows are longer than half the root mean square norm, %s for each of the %,d dimensions"
                        .formatted(
                                percent(geometry.represented().byMeanSquare()),
                                geometry.used(),
                                digits(carried),
                                geometry.width());
        return switch (geometry.regime()) {
            case NONE ->
                "No superposition is needed: %,d rows have %,d dimensions, so each could have one of its own."
                        .formatted(geometry.used(), geometry.width());
            case WEAK -> "Weak superposition: %s; the others are nearly given up.".formatted(share);
            case MIXED -> "Between weak and strong superposition: %s.".formatted(share);
            case STRONG -> "Strong superposition: %s.".formatted(share);
        };
    }
}
