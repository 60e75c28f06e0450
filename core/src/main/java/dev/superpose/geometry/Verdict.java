package dev.superpose.geometry;

import dev.superpose.stat.RankFrequency.PowerLaw;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the measures of a matrix mean, in sentences that carry their numbers: no measure is taken
/// here. The thresholds at which the words change, and where they come from, are in
/// `docs/derivations/verdict.md`.
///
/// @param headline the shortest form of it, without a full stop
/// @param statements one for each topic, in the order of the topics
public record Verdict(String headline, List<Statement> statements) {
    public Verdict {
        statements = List.copyOf(statements);
    }

    /// What a statement is about.
    public enum Topic {
        /// Weak, strong or no superposition, by the norms.
        REGIME,
        /// How far the overlaps are from those of random directions.
        RANDOM,
        /// How far from the least that is possible.
        BEST_PACKING,
        /// How much of the overlap is one direction that all rows share.
        COMMON_DIRECTION,
        /// What interference a row of a given frequency suffers.
        FREQUENCY,
        /// What doubling the width would do.
        DOUBLED_WIDTH,
        /// What none of this says.
        LIMITS
    }

    /// A statement and its evidence.
    ///
    /// @param topic what it is about
    /// @param sentences for people
    /// @param numbers for programs, by name; NaN where one could not be measured
    public record Statement(Topic topic, String sentences, Map<String, Double> numbers) {
        public Statement {
            numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        }
    }

    /// What is known besides the measures of the matrix itself.
    ///
    /// @param family how the mean squared overlap of its family goes with width, where
    /// that was measured
    /// @param ranks interference by rank of frequency, where frequencies are known; empty if not
    /// @param law how those frequencies fall with rank
    public record Context(Optional<WidthTrend> family, List<RankInterference> ranks, Optional<PowerLaw> law) {
        public Context {
            ranks = List.copyOf(ranks);
        }

        /// Nothing else.
        public static Context none() {
            return new Context(Optional.empty(), List.of(), Optional.empty());
        }
    }

    /// The verdict on `geometry`.
    public static Verdict of(GeometryReport geometry, Context context) {
        return new Verdict(
                headline(geometry),
                List.of(
                        NormVerdict.regime(geometry),
                        OverlapVerdict.random(geometry),
                        OverlapVerdict.bestPacking(geometry),
                        OverlapVerdict.commonDirection(geometry),
                        UseVerdict.frequency(geometry, context),
                        UseVerdict.doubledWidth(geometry, context.family()),
                        UseVerdict.limits(geometry)));
    }

    /// The statement about `topic`.
    public Statement about(Topic topic) {
        return statements.stream()
                .filter(statement -> statement.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    private static String headline(GeometryReport geometry) {
        String regime = geometry.regime() == Regime.NONE
                ? "no superposition"
                : geometry.regime().label();
        double square = geometry.overlap().meanSquare();
        if (Double.isNaN(square)) {
            return regime + ", no pair to compare";
        }
        double welch = geometry.overlap().welchMeanSquare();
        double common = OverlapVerdict.commonShare(geometry);
        return "%s, %s x random%s%s"
                .formatted(
                        regime,
                        digits(geometry.overlap().meanSquareTimesWidth()),
                        welch > 0 ? ", %s x the least possible".formatted(digits(square / welch)) : "",
                        Double.isNaN(common)
                                ? ""
                                : String.format(
                                        Locale.ROOT, ", %.0f %% of it a common direction", 100 * Math.max(0, common)));
    }

    /// Three digits, as in `6.73` or `0.0625`.
    static String digits(double value) {
        double size = Math.abs(value);
        if (value == 0 || Double.isNaN(value)) {
            return value == 0 ? "0" : "–";
        }
        if (size < 1e-4 || size >= 1e6) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int places = (int) Math.max(0, 2 - Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%,." + places + "f", value);
    }

    /// `99.5 %`, in whole percent where that is exact enough.
    static String percent(double share) {
        double percent = 100 * share;
        return String.format(Locale.ROOT, percent > 10 && percent < 90 ? "%.0f %%" : "%.3g %%", percent)
                .replaceFirst("^100\\.? %$", "100 %")
                .replaceFirst("\\.0+ %$", " %");
    }
}
