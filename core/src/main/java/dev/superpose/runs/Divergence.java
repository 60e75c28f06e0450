package dev.superpose.runs;

import dev.superpose.result.Table;
import dev.superpose.runs.Findings.Journal;
import dev.superpose.stat.Quantiles;
import dev.superpose.stat.SymmetricSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Tells runs whose loss lies far above what the others make expect, as that of a diverged training does.
///
/// What is expected is a smooth surface through ln loss, quadratic in the logarithms of the sizes (linear where
/// runs are few), fitted so that strays do not pull it: 40 steps towards least absolute deviations, then
/// Tukey's biweight (Beaton and Tukey 1974). It is no law; it only has to be near the runs. A run strays if it
/// lies six robust standard deviations and 20 % above the surface. At the small end, where no run is smaller in
/// every size and a quadratic bends wrongly, 25 % are asked for. In six sweeps of `samples/scaling` whose runs
/// are sound this finds nothing; of runs whose loss is multiplied by 1.3 there it finds more than nine in ten.
final class Divergence {
    private static final int ABSOLUTE_STEPS = 40;
    private static final int BIWEIGHT_STEPS = 40;
    private static final int FEWEST = 8;

    /// Tukey's constant, by which the fit keeps 95 % efficiency for normal deviations.
    private static final double BIWEIGHT = 4.685;

    /// Makes a median absolute deviation the standard deviation of a normal distribution.
    private static final double TO_STANDARD = 1.4826;

    private static final double SMALLEST_DEVIATION = 2e-3;
    private static final double DEVIATIONS = 6;
    private static final double ABOVE = Math.log(1.2);
    private static final double ABOVE_AT_THE_SMALL_END = Math.log(1.25);

    private static final List<Meaning> SIZES = List.of(
            Meaning.PARAMETERS,
            Meaning.NON_VOCABULARY_PARAMETERS,
            Meaning.WIDTH,
            Meaning.TOKENS,
            Meaning.UNIQUE_TOKENS,
            Meaning.COMPUTE);

    private final List<Measurement> rows;
    private final double[][] sizes;

    private Divergence(List<Measurement> rows, double[][] sizes) {
        this.rows = rows;
        this.sizes = sizes;
    }

    /// Warns of runs among `rows` that stray; of fewer than eight nothing can be told.
    static void check(List<Measurement> rows, Journal journal) {
        if (rows.size() < FEWEST) {
            return;
        }
        double[][] sizes = sizes(rows);
        if (sizes.length == 0) {
            return;
        }
        var strays = new Divergence(rows, sizes).strays();
        if (!strays.isEmpty()) {
            double least = strays.stream().mapToDouble(Measurement::loss).min().orElseThrow();
            boolean largest = rows.stream().filter(row -> row.loss() >= least).count() == strays.size();
            journal.warn(
                    ("%s: the loss lies far above what the other runs make expect; such runs may have diverged, and "
                                    + "pull the law towards them. Leave them out with %s.")
                            .formatted(
                                    Findings.places(strays.stream()
                                            .map(row -> "%s (loss %s)".formatted(row.place(), Table.brief(row.loss())))
                                            .toList()),
                                    largest ? "--drop-largest " + strays.size() : "--where"));
        }
    }

    /// Standardised logarithms, one array of `(runs)` for each size that varies: the
    /// model's first, then the data's.
    private static double[][] sizes(List<Measurement> rows) {
        var columns = new ArrayList<double[]>();
        boolean model = false;
        for (var meaning : SIZES) {
            boolean ofModel = meaning == Meaning.PARAMETERS
                    || meaning == Meaning.NON_VOCABULARY_PARAMETERS
                    || meaning == Meaning.WIDTH;
            boolean told = ofModel ? model : meaning == Meaning.COMPUTE && !columns.isEmpty();
            if (rows.getFirst().has(meaning) && !told) {
                double[] logs = rows.stream()
                        .mapToDouble(row -> Math.log(row.get(meaning)))
                        .toArray();
                double mean = Arrays.stream(logs).average().orElseThrow();
                double deviation = Math.sqrt(Arrays.stream(logs)
                        .map(log -> (log - mean) * (log - mean))
                        .average()
                        .orElseThrow());
                model |= ofModel;
                if (deviation > 1e-9) {
                    columns.add(Arrays.stream(logs)
                            .map(log -> (log - mean) / deviation)
                            .toArray());
                }
            }
        }
        return columns.toArray(double[][]::new);
    }

    private List<Measurement> strays() {
        double[] residuals = residuals();
        double deviation = deviation(residuals);
        return IntStream.range(0, rows.size())
                .filter(i ->
                        residuals[i] > Math.max(DEVIATIONS * deviation, isSmallEnd(i) ? ABOVE_AT_THE_SMALL_END : ABOVE))
                .mapToObj(rows::get)
                .toList();
    }

    /// Whether no other run is smaller in one size and not larger in any.
    private boolean isSmallEnd(int i) {
        for (int j = 0; j < rows.size(); j++) {
            boolean notLarger = true;
            boolean smaller = false;
            for (double[] size : sizes) {
                notLarger &= size[j] <= size[i];
                smaller |= size[j] < size[i];
            }
            if (notLarger && smaller) {
                return false;
            }
        }
        return true;
    }

    /// ln loss less the surface, `(runs)`.
    private double[] residuals() {
        double[][] terms = terms();
        double[] y = rows.stream().mapToDouble(row -> Math.log(row.loss())).toArray();
        double[] weights = new double[y.length];
        Arrays.fill(weights, 1);
        double[] residuals = y;
        for (int step = 0; step < ABSOLUTE_STEPS + BIWEIGHT_STEPS; step++) {
            residuals = residuals(terms, y, weights);
            double deviation = deviation(residuals);
            for (int i = 0; i < weights.length; i++) {
                weights[i] = step < ABSOLUTE_STEPS
                        ? 1 / Math.max(Math.abs(residuals[i]), 1e-4)
                        : biweight(residuals[i] / (BIWEIGHT * deviation));
            }
        }
        return residuals;
    }

    private static double biweight(double share) {
        return Math.abs(share) < 1 ? (1 - share * share) * (1 - share * share) : 0;
    }

    private static double deviation(double[] residuals) {
        double median =
                Quantiles.of(Arrays.stream(residuals).map(Math::abs).toArray()).median();
        return Math.max(TO_STANDARD * median, SMALLEST_DEVIATION);
    }

    /// The terms of the surface, one array of `(runs)` each: a constant, the sizes, and their products if there
    /// are three runs for each term.
    private double[][] terms() {
        int k = sizes.length;
        var terms = new ArrayList<double[]>();
        double[] ones = new double[rows.size()];
        Arrays.fill(ones, 1);
        terms.add(ones);
        terms.addAll(List.of(sizes));
        if (rows.size() >= 3 * (1 + k + k * (k + 1) / 2)) {
            for (int a = 0; a < k; a++) {
                for (int b = a; b < k; b++) {
                    double[] one = sizes[a];
                    double[] other = sizes[b];
                    terms.add(IntStream.range(0, one.length)
                            .mapToDouble(i -> one[i] * other[i])
                            .toArray());
                }
            }
        }
        return terms.toArray(double[][]::new);
    }

    private static double[] residuals(double[][] terms, double[] y, double[] weights) {
        int p = terms.length;
        double[][] matrix = new double[p][p];
        double[] right = new double[p];
        for (int a = 0; a < p; a++) {
            for (int i = 0; i < y.length; i++) {
                right[a] += weights[i] * terms[a][i] * y[i];
                for (int b = 0; b <= a; b++) {
                    matrix[a][b] += weights[i] * terms[a][i] * terms[b][i];
                }
            }
        }
        for (int a = 0; a < p; a++) {
            for (int b = 0; b < a; b++) {
                matrix[b][a] = matrix[a][b];
            }
        }
        double[] solution = new SymmetricSystem(matrix).solve(right);
        double[] residuals = y.clone();
        for (int a = 0; a < p; a++) {
            for (int i = 0; i < y.length; i++) {
                residuals[i] -= solution[a] * terms[a][i];
            }
        }
        return residuals;
    }
}
