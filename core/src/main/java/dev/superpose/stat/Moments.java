package dev.superpose.stat;

/// Count, mean, spread and range of numbers that pass by once, in constant memory. Two can be merged,
/// so that parts may be summed up apart.
///
/// Welford's (1962) update and the merge of Chan, Golub and LeVeque (1983), in double precision: the
/// spread is summed about the running mean, so that a large common offset costs no digits beyond those
/// the numbers themselves have lost. Not thread-safe.
public final class Moments {
    private long count;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /// The moments of `values`.
    public static Moments of(double... values) {
        var moments = new Moments();
        for (double value : values) {
            moments.add(value);
        }
        return moments;
    }

    /// Takes in one number. NaN makes every moment NaN.
    public void add(double value) {
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    /// Takes in all that `other` has seen; `other` stays as it is.
    public void merge(Moments other) {
        if (other.count == 0) {
            return;
        }
        long total = Math.addExact(count, other.count);
        double apart = other.mean - mean;
        double share = (double) other.count / total;
        squares += other.squares + apart * apart * share * count;
        mean += apart * share;
        count = total;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    /// How many numbers were taken in.
    public long count() {
        return count;
    }

    /// The arithmetic mean; NaN of no numbers.
    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /// The variance of the numbers as a sample, divisor count - 1; NaN of fewer than two.
    public double variance() {
        return count < 2 ? Double.NaN : squares / (count - 1);
    }

    /// The variance of the numbers as all there are, divisor count; NaN of none.
    public double populationVariance() {
        return count == 0 ? Double.NaN : squares / count;
    }

    /// The square root of [#variance()].
    public double standardDeviation() {
        return Math.sqrt(variance());
    }

    /// The square root of [#populationVariance()].
    public double populationStandardDeviation() {
        return Math.sqrt(populationVariance());
    }

    /// The standard error of the mean of independent numbers: [#standardDeviation()] / √count.
    public double standardError() {
        return standardDeviation() / Math.sqrt((double) count);
    }

    /// The smallest number; NaN of none.
    public double min() {
        return count == 0 ? Double.NaN : min;
    }

    /// The largest number; NaN of none.
    public double max() {
        return count == 0 ? Double.NaN : max;
    }
}
