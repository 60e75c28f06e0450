package dev.superpose.report;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.report.Layer.Bin;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Figures of single weight matrices W, (n, m), side by side.
final class WeightFigures {
    private static final int SIDE = 310;
    private static final double BIN = 0.05;
    private static final int MOST_FEATURES = 100;
    private static final int FEWEST_FEATURES = 60;

    private WeightFigures() {}

    /// One trained matrix, its features by falling frequency.
    ///
    /// @param label for its panel, such as `strong, γ = −1`
    /// @param style the look of its condition
    /// @param weights W, (n, m)
    record Weights(String label, Style style, FloatMatrix weights) {}

    /// How long the rows are.
    static Figure norms(List<Weights> matrices, String command) {
        double longest = 1.2;
        for (Weights matrix : matrices) {
            longest = Math.max(
                    longest, Arrays.stream(matrix.weights().norms()).max().orElse(0));
        }
        int bins = (int) Math.min(400, Math.ceil(longest / BIN + 1e-9));
        var plots = new ArrayList<Plot>();
        var rows = new ArrayList<List<Table.Cell>>();
        for (Weights matrix : matrices) {
            long[] counts = counts(matrix.weights().norms(), bins);
            var bars = new ArrayList<Bin>();
            for (int i = 0; i < bins; i++) {
                bars.add(new Bin(i * BIN, (i + 1) * BIN, counts[i]));
                if (counts[i] > 0) {
                    rows.add(Table.row(matrix.label(), matrix.weights().columns(), i * BIN, (i + 1) * BIN, counts[i]));
                }
            }
            Style mark = Style.of(Ink.GREY);
            plots.add(new Plot(
                    "%s, m = %d".formatted(matrix.label(), matrix.weights().columns()),
                    Axis.linear("row norm ‖Wᵢ‖", 0, bins * BIN),
                    Axis.logBetween(
                            "features", 0.7, 1.6 * Math.max(10, matrix.weights().rows())),
                    List.of(
                            new Layer.Bars(matrix.style().ink(), 0.75, bars),
                            new Layer.Across(mark, true, 0.5),
                            new Layer.Across(mark.with(Style.DASHED), true, 1)),
                    Legend.none(),
                    SIDE,
                    220));
        }
        return new Figure(
                "row-norms",
                "Row norms",
                "How many features have a row of which length, one training each. The lines stand at ½ (dotted: longer"
                        + " rows count as represented, φ½) and at 1 (dashed: strongly represented, φ₁).",
                Plot.document(plots),
                new Table(
                        List.of(
                                Column.text("condition"),
                                Column.whole("width", ""),
                                Column.real("norm_from", ""),
                                Column.real("norm_to", ""),
                                Column.whole("features", "")),
                        rows),
                command);
    }

    /// W Wᵀ of the most frequent features.
    static Figure heatMap(List<Weights> matrices, String command) {
        int width = matrices.stream()
                .mapToInt(matrix -> matrix.weights().columns())
                .max()
                .orElse(1);
        int features = matrices.stream()
                .mapToInt(matrix -> matrix.weights().rows())
                .min()
                .orElse(1);
        int shown = Math.min(features, Math.clamp(3L * width, FEWEST_FEATURES, MOST_FEATURES));
        var plots = new ArrayList<Plot>();
        var rows = new ArrayList<List<Table.Cell>>();
        for (Weights matrix : matrices) {
            double[][] gram = gram(matrix.weights(), shown);
            Axis axis = Axis.linear("feature, most frequent first", 0.5, shown + 0.5);
            plots.add(new Plot(
                    "%s, m = %d".formatted(matrix.label(), matrix.weights().columns()),
                    axis,
                    axis,
                    true,
                    false,
                    List.of(new Layer.Picture(Diverging.picture(gram, 1).address())),
                    Legend.none(),
                    SIDE,
                    SIDE));
            rows.add(summary(matrix, gram));
        }
        plots.add(new Plot(
                "",
                Axis.linear("", 0, 1),
                new Axis("Wᵢ · Wⱼ", false, -1, 1, List.of(-1.0, -0.5, 0.0, 0.5, 1.0)),
                false,
                true,
                List.of(new Layer.Picture(Diverging.scale(256).address())),
                Legend.none(),
                14,
                SIDE));
        return new Figure(
                "overlap-map",
                "W Wᵀ of the most frequent features",
                "Inner products of the rows of the %d most frequent features; the diagonal holds the squared norms."
                                .formatted(shown)
                        + " Where features share dimensions the rest of the map is not white. Beyond ±1 the colour stays.",
                Plot.document(plots),
                new Table(
                        List.of(
                                Column.text("condition"),
                                Column.whole("width", ""),
                                Column.whole("features_shown", ""),
                                Column.real("mean_diagonal", ""),
                                Column.real("root_mean_square_off_diagonal", ""),
                                Column.real("least_off_diagonal", ""),
                                Column.real("largest_off_diagonal", "")),
                        rows),
                command);
    }

    private static List<Table.Cell> summary(Weights matrix, double[][] gram) {
        int k = gram.length;
        double diagonal = 0;
        double squares = 0;
        double least = Double.NaN;
        double largest = Double.NaN;
        for (int i = 0; i < k; i++) {
            diagonal += gram[i][i] / k;
            for (int j = 0; j < i; j++) {
                squares += gram[i][j] * gram[i][j];
                least = Double.isNaN(least) ? gram[i][j] : Math.min(least, gram[i][j]);
                largest = Double.isNaN(largest) ? gram[i][j] : Math.max(largest, gram[i][j]);
            }
        }
        double pairs = k * (k - 1) / 2.0;
        return Table.row(
                matrix.label(), matrix.weights().columns(), k, diagonal, Math.sqrt(squares / pairs), least, largest);
    }

    /// How many norms fall into each bin; those beyond the last are counted in it, those that are no number nowhere.
    private static long[] counts(double[] norms, int bins) {
        var counts = new long[bins];
        for (double norm : norms) {
            if (norm >= 0) {
                counts[(int) Math.min(bins - 1, Math.floor(norm / BIN))]++;
            }
        }
        return counts;
    }

    /// Inner products of the first `k` rows, (k, k).
    private static double[][] gram(FloatMatrix w, int k) {
        int m = w.columns();
        float[] data = w.data();
        var gram = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int d = 0; d < m; d++) {
                    sum += (double) data[i * m + d] * data[j * m + d];
                }
                gram[i][j] = sum;
                gram[j][i] = sum;
            }
        }
        return gram;
    }
}
