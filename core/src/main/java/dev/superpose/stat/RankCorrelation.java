package dev.superpose.stat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;

/// Spearman's rank correlation, which asks only whether two columns rise together, not how.
///
/// @param rho in -1 .. 1; NaN if a column has only one value or there are fewer than 4 rows
/// @param p how often columns that have nothing to do with each other show as much in magnitude, by
/// Student's t with n - 2 degrees of freedom (Kendall and Stuart), good from about 10 rows; NaN
/// where `rho` is
public record RankCorrelation(double rho, double p) {

    /// Of `x` with `y`, both `(n)`; equal values share the mean of their ranks.
    public static RankCorrelation of(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("%d values beside %d".formatted(x.length, y.length));
        }
        int n = x.length;
        double[] a = ranks(x);
        double[] b = ranks(y);
        double mean = (n + 1) / 2.0;
        double aa = 0;
        double ab = 0;
        double bb = 0;
        for (int i = 0; i < n; i++) {
            aa += (a[i] - mean) * (a[i] - mean);
            ab += (a[i] - mean) * (b[i] - mean);
            bb += (b[i] - mean) * (b[i] - mean);
        }
        if (n < 4 || aa == 0 || bb == 0) {
            return new RankCorrelation(Double.NaN, Double.NaN);
        }
        double rho = Math.clamp(ab / Math.sqrt(aa * bb), -1, 1);
        double t = Math.abs(rho) * Math.sqrt((n - 2) / Math.max(1e-300, 1 - rho * rho));
        return new RankCorrelation(rho, 2 * new TDistribution(n - 2).cumulativeProbability(-t));
    }

    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int first = 0; first < order.length; ) {
            int next = first + 1;
            while (next < order.length && values[order[next]] == values[order[first]]) {
                next++;
            }
            for (int k : Arrays.copyOfRange(order, first, next)) {
                ranks[k] = (first + 1 + next) / 2.0;
            }
            first = next;
        }
        return ranks;
    }
}
