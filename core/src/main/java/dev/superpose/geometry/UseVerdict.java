package dev.superpose.geometry;

import static dev.superpose.geometry.Verdict.digits;

import dev.superpose.geometry.Verdict.Statement;
import dev.superpose.geometry.Verdict.Topic;
import dev.superpose.stat.RankFrequency.PowerLaw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the geometry means in use: by frequency, at another width, and not at all.
final class UseVerdict {
    private static final double LEVEL = 0.95;

    private UseVerdict() {}

    /// Interference by frequency, where frequencies are known.
    static Statement frequency(GeometryReport geometry, Verdict.Context context) {
        var numbers = new LinkedHashMap<String, Double>();
        if (geometry.weighted().isEmpty()) {
            return new Statement(
                    Topic.FREQUENCY,
                    "How much interference a token of a given frequency suffers is not known here: the frequencies of the tokens were not given.",
                    numbers);
        }
        FrequencyWeighted weighted = geometry.weighted().get();
        numbers.put("weighted_mean_square", weighted.meanSquare());
        numbers.put("ratio_to_plain", weighted.ratio());
        numbers.put("ratio_to_random", weighted.meanSquare() * geometry.width());
        String sentence =
                "Two different tokens met in use, drawn by their frequencies, have a mean squared cosine of %s, %s times that of all pairs alike and %s times that of random directions."
                        .formatted(
                                digits(weighted.meanSquare()),
                                digits(weighted.ratio()),
                                digits(weighted.meanSquare() * geometry.width()));
        for (RankInterference rank : context.ranks()) {
            numbers.put("rank_" + rank.rank(), rank.weighted() * geometry.width());
        }
        context.law().ifPresent(law -> numbers.put("rank_frequency_alpha", law.alpha()));
        String fall = context.law().map(UseVerdict::fall).orElse("");
        return new Statement(Topic.FREQUENCY, sentence + byRank(geometry, context.ranks()) + fall, numbers);
    }

    private static String fall(PowerLaw law) {
        return " The frequencies given fall as rank^%s over %,d ranks, each decade of ranks counted alike."
                .formatted(digits(-law.alpha()), law.to());
    }

    private static String byRank(GeometryReport geometry, List<RankInterference> ranks) {
        return ranks.isEmpty()
                ? ""
                : " Interference that a token suffers from the tokens in use, times the width (random: 1), by its rank of frequency; "
                        + ranks.stream()
                                .map(rank -> "about rank %,d: %s"
                                        .formatted(rank.rank(), digits(rank.weighted() * geometry.width())))
                                .collect(Collectors.joining("; "))
                        + ".";
    }

    /// The mean squared overlap at twice the width, extrapolated.
    static Statement doubledWidth(GeometryReport geometry, Optional<WidthTrend> family) {
        long n = geometry.used();
        int m = geometry.width();
        var numbers = new LinkedHashMap<String, Double>();
        double square = geometry.overlap().meanSquare();
        if (Double.isNaN(square)) {
            return new Statement(Topic.DOUBLED_WIDTH, "Nothing can be said of other widths.", numbers);
        }
        if (n <= m) {
            return new Statement(
                    Topic.DOUBLED_WIDTH, "More width is not needed: there is a dimension for every row.", numbers);
        }
        boolean wall = n <= 2L * m;
        numbers.put("welch_mean_square", wall ? 0 : Bounds.welchMeanSquare(n, 2 * m));
        String limit = wall
                ? " At width %,d there would be a dimension for every row, where the law must have ended."
                        .formatted(2L * m)
                : " The least possible there is %s.".formatted(digits(Bounds.welchMeanSquare(n, 2 * m)));
        String sentence = family.filter(trend -> trend.widths() > 2)
                .map(trend -> byFamily(trend, square, numbers))
                .orElseGet(() -> byRandom(square, numbers));
        return new Statement(Topic.DOUBLED_WIDTH, sentence + limit, numbers);
    }

    private static String byFamily(WidthTrend trend, double square, Map<String, Double> numbers) {
        var slope = trend.line().slopeInterval(LEVEL);
        double factor = Math.pow(2, trend.exponent());
        double low = Math.pow(2, slope.low());
        double high = Math.pow(2, slope.high());
        numbers.put("factor", factor);
        numbers.put("factor_low", low);
        numbers.put("factor_high", high);
        numbers.put("mean_square", square * factor);
        return "Twice the width would multiply the mean squared overlap by %s (%s to %s with 95 %% confidence), to about %s, if this model went the way of its family: width^%s over %d models. That is an extrapolation; 1/m would halve it."
                .formatted(
                        digits(factor),
                        digits(low),
                        digits(high),
                        digits(square * factor),
                        "%.2f ± %.2f".formatted(trend.exponent(), trend.standardError()),
                        trend.models());
    }

    private static String byRandom(double square, Map<String, Double> numbers) {
        numbers.put("factor", 0.5);
        numbers.put("mean_square", square / 2);
        return "Twice the width would halve the mean squared overlap, to about %s, if it goes as 1/m at the same number of rows and the directions are used as unequally as now. That is assumed, not measured: less than three widths fix no slope."
                .formatted(digits(square / 2));
    }

    /// What the measures cannot say.
    static Statement limits(GeometryReport geometry) {
        String sentence =
                "Not said by any of this: what the model computes. Rows stand for tokens, and tokens are not the features of a model; the geometry of one matrix measures no loss; a long row is called represented whether or not the model uses it.";
        sentence += switch (geometry.overlap().meanAbs().method()) {
            case EXACT -> "";
            case SAMPLED, LOWER_BOUND -> " Mean and largest |cosine| are of a sample of pairs.";
            case LEFT_OUT -> " Mean, largest and spread of |cosine| were left out.";
        };
        if (geometry.excluded().padding() > 0) {
            sentence += " %,d rows were left out as padding, by the length of the vocabulary."
                    .formatted(geometry.excluded().padding());
        }
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put("used_rows", (double) geometry.used());
        numbers.put("left_out_share", 1 - (double) geometry.used() / geometry.rows());
        return new Statement(Topic.LIMITS, sentence, numbers);
    }
}
