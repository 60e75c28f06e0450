package dev.superpose.geometry;

import dev.superpose.stat.Moments;
import dev.superpose.stat.Quantiles;

/// The Euclidean norms of a matrix's rows, summed up.
///
/// @param mean their mean
/// @param std their standard deviation as all the rows there are (divisor n)
/// @param min the smallest
/// @param max the largest
/// @param median the middle one
public record RowNorms(double mean, double std, double min, double max, double median) {

    /// The summary of `norms`; all NaN of none, or if one is NaN.
    static RowNorms of(double[] norms) {
        Moments moments = Moments.of(norms);
        return new RowNorms(
                moments.mean(),
                moments.populationStandardDeviation(),
                moments.min(),
                moments.max(),
                Quantiles.of(norms).median());
    }
}
