package dev.superpose.report;

import dev.superpose.report.Layer.Point;
import dev.superpose.study.Series;
import dev.superpose.toy.FeatureFrequencies;
import java.util.List;

/// Values published for the toy model with n = 1000, p ∝ 1/i, γ = −1 after 20,000 steps of 2048 samples, one seed
/// each: Liu, Liu and Gore 2025, arXiv 2505.10465, read off its figures to about 2 %.
final class Published {
    static final String KEY = "published (20,000 steps)";
    /// Test loss, summed over features.
    static final List<Point> LOSS = points(0.70, 0.55, 0.35, 0.16, 0.098, 0.050);
    /// Share of rows with norm above 1, its figure 16.
    static final List<Point> STRONG_FRACTION = points(0.152, 0.549, 0.713, 0.827, 0.904, 0.944);

    private static final int FEATURES = 1000;

    private Published() {}

    /// Whether the values are of the same condition as `series`, though perhaps after longer training.
    static boolean matches(Series series) {
        return series.features() == FEATURES
                && series.condition().density() == 1
                && series.condition().decay() == -1
                && series.condition().frequencies().equals(new FeatureFrequencies.Power(1));
    }

    private static List<Point> points(double... values) {
        int[] widths = {10, 15, 25, 39, 63, 100};
        return java.util.stream.IntStream.range(0, widths.length)
                .mapToObj(i -> new Point(widths[i], values[i], "published"))
                .toList();
    }
}
