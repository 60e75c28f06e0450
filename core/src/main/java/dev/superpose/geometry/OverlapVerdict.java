package dev.superpose.geometry;

import static dev.superpose.geometry.Verdict.digits;
import static dev.superpose.geometry.Verdict.percent;

import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.geometry.GeometryReport.Overlap;
import dev.superpose.geometry.Verdict.Statement;
import dev.superpose.geometry.Verdict.Topic;
import java.util.LinkedHashMap;

/// How crowded the directions are, beside random ones and the best possible.
final class OverlapVerdict {
    // Ours: about what a reader would call the same.
    private static final double ALIKE = 0.1;
    // Ours: leaves room for the rounding of stored weights.
    private static final double REACHED = 1.01;
    // Below this mean square times width nothing of the overlap is worth a word.
    private static final double ORTHOGONAL = 1e-4;
    // Ours: the largest overlap over the least that it can be.
    private static final double EQUAL = 1.1;

    private OverlapVerdict() {}

    /// The mean squared overlap over 1/m.
    static Statement random(GeometryReport geometry) {
        Overlap overlap = geometry.overlap();
        double ratio = overlap.meanSquareTimesWidth();
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put("mean_square", overlap.meanSquare());
        numbers.put("random_mean_square", overlap.randomMeanSquare());
        numbers.put("ratio", ratio);
        numbers.put("random_ratio_deviation", chance(geometry));
        numbers.put("largest", overlap.maxAbs().value());
        if (Double.isNaN(ratio)) {
            return new Statement(Topic.RANDOM, "There is no pair of rows to compare.", numbers);
        }
        String values = "mean squared cosine %s against 1/m = %s"
                .formatted(digits(overlap.meanSquare()), digits(overlap.randomMeanSquare()));
        String sentence;
        if (ratio > 1 + ALIKE) {
            sentence = "The rows overlap %s times as much as random directions: %s.".formatted(digits(ratio), values);
        } else if (ratio >= 1 - ALIKE) {
            sentence = "The rows overlap like random directions: %s, ratio %s.".formatted(values, digits(ratio));
        } else {
            sentence = "The rows overlap less than random directions, %s times as much: %s."
                    .formatted(digits(ratio), values);
        }
        return new Statement(Topic.RANDOM, sentence + largest(overlap), numbers);
    }

    private static String largest(Overlap overlap) {
        String value = digits(overlap.maxAbs().value());
        return switch (overlap.maxAbs().method()) {
            case EXACT -> " The largest |cosine| is %s.".formatted(value);
            case SAMPLED, LOWER_BOUND ->
                " The largest |cosine| in the sample of pairs is %s; among all it can only be larger.".formatted(value);
            case LEFT_OUT -> " The largest |cosine| was left out.";
        };
    }

    /// Standard deviation of the ratio for independent random directions. Overlaps of different
    /// pairs are uncorrelated, so variances add.
    private static double chance(GeometryReport geometry) {
        double pairs = geometry.used() * (geometry.used() - 1.0) / 2;
        return geometry.width() * Math.sqrt(Bounds.randomVarianceOfSquare(geometry.width()) / pairs);
    }

    /// The mean squared overlap over Welch's bound.
    static Statement bestPacking(GeometryReport geometry) {
        Overlap overlap = geometry.overlap();
        double welch = overlap.welchMeanSquare();
        double square = overlap.meanSquare();
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put("welch_mean_square", welch);
        numbers.put("ratio", welch > 0 ? square / welch : Double.NaN);
        numbers.put("random_ratio", welch > 0 ? overlap.randomMeanSquare() / welch : Double.NaN);
        numbers.put("effective_rank", geometry.spectrum().effectiveRank());
        return new Statement(Topic.BEST_PACKING, best(geometry), numbers);
    }

    private static String best(GeometryReport geometry) {
        Overlap overlap = geometry.overlap();
        double welch = overlap.welchMeanSquare();
        if (Double.isNaN(overlap.meanSquare())) {
            return "There is nothing to pack.";
        }
        if (welch == 0) {
            return overlap.meanSquareTimesWidth() < ORTHOGONAL
                    ? "The best possible is no overlap at all, and these rows reach it: they are orthogonal."
                    : "The best possible is no overlap at all, since there is a dimension for every row; these rows do not use it.";
        }
        String bound = "No %,d rows in %,d dimensions can have a mean below %s (Welch's bound)"
                .formatted(geometry.used(), geometry.width(), digits(welch));
        double ratio = overlap.meanSquare() / welch;
        if (ratio < REACHED) {
            return bound + ", and these reach it: a tight frame, all directions used alike" + equiangular(geometry)
                    + ".";
        }
        return "%s; these have %s times that, random rows %s times. The excess is unequal use of directions by the rows made unit; as they are, with their norms, they have an effective rank of %s of %,d."
                .formatted(
                        bound,
                        digits(ratio),
                        digits(overlap.randomMeanSquare() / welch),
                        digits(geometry.spectrum().effectiveRank()),
                        geometry.width());
    }

    /// Where all overlaps are of one size the frame is the best possible for the largest
    /// overlap, too.
    private static String equiangular(GeometryReport geometry) {
        double least = Math.sqrt(geometry.overlap().welchMeanSquare());
        var largest = geometry.overlap().maxAbs();
        return largest.method() == Method.EXACT && largest.value() < EQUAL * least
                ? "; and no |cosine| is above %s where %s is the least possible: nearly an equiangular tight frame"
                        .formatted(digits(largest.value()), digits(least))
                : "";
    }

    /// The share of the mean squared overlap that goes with the mean row; negative if
    /// centring brings rows nearer.
    static double commonShare(GeometryReport geometry) {
        return geometry.isotropy().commonDirectionShare();
    }

    /// Centred against uncentred.
    static Statement commonDirection(GeometryReport geometry) {
        double share = commonShare(geometry);
        double before = geometry.overlap().meanSquareTimesWidth();
        double after = geometry.centered().meanSquare() * geometry.width();
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put("share", share);
        numbers.put("ratio_to_random", before);
        numbers.put("centred_ratio_to_random", after);
        numbers.put("mean_cosine", geometry.overlap().mean());
        String change = "with the mean row taken off, the ratio to random goes from %s to %s"
                .formatted(digits(before), digits(after));
        String sentence;
        if (geometry.centered().method() == Method.LEFT_OUT) {
            sentence =
                    "How much of it is a direction that all rows share is not known: overlaps of centred rows were left out.";
        } else if (before > 0 && Double.isNaN(after)) {
            sentence = "All of it is one direction: with the mean row taken off, no two rows are left.";
        } else if (Double.isNaN(share)) {
            sentence = "There is no overlap, and no common direction to speak of.";
        } else if (share > ALIKE) {
            sentence = "%s of the mean squared overlap is one direction that all rows share: %s."
                    .formatted(percent(share), change);
        } else if (share >= -ALIKE) {
            sentence = "Next to nothing of it is a direction that all rows share: %s.".formatted(change);
        } else {
            sentence = "Taking the mean row off brings the rows nearer to each other: %s.".formatted(change);
        }
        return new Statement(Topic.COMMON_DIRECTION, sentence, numbers);
    }
}
