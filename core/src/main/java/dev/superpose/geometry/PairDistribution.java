package dev.superpose.geometry;

import dev.superpose.geometry.GeometryReport.Estimate;
import dev.superpose.geometry.GeometryReport.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How the overlaps ŵ_i · ŵ_j of pairs of used rows are spread: over all pairs, or over the pairs
/// of some rows, drawn at random, with all others.
///
/// @param method exact, sampled or left out
/// @param rowsDrawn the rows whose pairs were looked at: all used ones if it is exact
/// @param overlaps how many overlaps were looked at: n (n - 1) / 2 pairs if it is exact, else
///     rowsDrawn (n - 1), among which a pair of two drawn rows is twice
/// @param varianceOfSquare variance over pairs of the squared overlap
/// @param varianceRatio the same over that of random directions, 2 (m - 1) / (m² (m + 2)); NaN
///     for m = 1, where that is 0
/// @param largest the pair with the largest |overlap| of those looked at; empty if there is no pair
/// @param quantiles of |overlap|, at [#SHARES]
/// @param histogram of the overlaps with their sign
public record PairDistribution(
        Method method,
        long rowsDrawn,
        long overlaps,
        Estimate varianceOfSquare,
        double varianceRatio,
        Optional<Pair> largest,
        List<Quantile> quantiles,
        OverlapHistogram histogram) {
    /// The shares of pairs at which quantiles are given.
    public static final List<Double> SHARES = List.of(0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999);

    public PairDistribution {
        quantiles = List.copyOf(quantiles);
    }

    /// Two rows.
    ///
    /// @param row the lower number
    /// @param other the higher number
    /// @param cosine of the angle between them, in float64
    public record Pair(long row, long other, double cosine) {}

    /// The |overlap| that a share of the pairs does not exceed.
    ///
    /// @param share of the pairs, 0 to 1
    /// @param value that |overlap|; NaN if there is no pair
    /// @param resolution the value is wrong by less than this beside the error of the sample, since
    ///     overlaps are counted in bins: 2^-16
    /// @param standardError of a sampled value; 0 of an exact one
    public record Quantile(double share, double value, double resolution, double standardError) {}

    /// The quantile at `share`, one of [#SHARES].
    public Quantile quantile(double share) {
        return quantiles.stream()
                .filter(each -> each.share() == share)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("quantiles are at %s, not %s".formatted(SHARES, share)));
    }

    /// The quantiles of what was counted, with their standard errors, both at [#SHARES].
    static List<Quantile> quantiles(OverlapCounts counts, double[] errors) {
        double[] values = counts.quantiles(SHARES);
        return IntStream.range(0, values.length)
                .mapToObj(q -> new Quantile(SHARES.get(q), values[q], OverlapCounts.WIDTH, errors[q]))
                .toList();
    }

    /// Of no pair: of fewer than two rows, or left out.
    static PairDistribution none(long rows, Method method) {
        var nothing = new OverlapCounts();
        double[] errors = SHARES.stream().mapToDouble(_ -> Double.NaN).toArray();
        return new PairDistribution(
                method,
                rows,
                0,
                new Estimate(Double.NaN, method, Double.NaN),
                Double.NaN,
                Optional.empty(),
                quantiles(nothing, errors),
                nothing.histogram());
    }
}
