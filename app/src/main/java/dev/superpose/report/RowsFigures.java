package dev.superpose.report;

import dev.superpose.geometry.Dimensionality;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.report.Layer.Point;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.Restarts;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import tools.jackson.databind.node.ObjectNode;

/// Models of two dimensions, drawn: every feature as the arrow that its row of W is.
final class RowsFigures {
    private static final int SIDE = 150;
    private static final int PER_ROW = 4;
    /// Restarts that lose at most this many times the least are as good.
    private static final double AS_GOOD = 1.01;

    private RowsFigures() {}

    /// Five features, all as frequent or one of them rarer than the others.
    static Optional<Figure> sparserPoint(List<Restarts> restarts, String command) {
        var models = restarts.stream()
                .filter(RowsFigures::isPlane)
                .filter(group -> independent(group) && group.config().features() == 5)
                .toList();
        if (models.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Figure(
                "sparser-point",
                "Five features in a plane",
                "The best of several restarts; the last feature, orange, becomes rarer from panel to panel. Five equal features form a regular pentagon, D = 2/5 each; where one is rare enough it gives way to two antipodal pairs, D = 1/2, and a feature that is left out. Many restarts end in worse optima.",
                drawn(
                        models,
                        group -> "last feature × " + Words.number(rarity(group)),
                        i -> i == 4 ? Ink.ORANGE : Ink.BLUE),
                table(models),
                command));
    }

    /// How frequent the last feature is in units of the first.
    private static double rarity(Restarts group) {
        double[] p = group.config().probabilities();
        return p[p.length - 1] / p[0];
    }

    /// Features that are active in pairs, independently, or never together.
    static Optional<Figure> pairs(List<Restarts> restarts, String command) {
        var sizes = restarts.stream()
                .filter(group -> isPlane(group) && !independent(group))
                .map(group -> group.config().features())
                .distinct()
                .toList();
        var models = restarts.stream()
                .filter(RowsFigures::isPlane)
                .filter(group -> sizes.contains(group.config().features()))
                .filter(group -> group.config().task().importance().equals(Importance.EQUAL))
                .filter(group -> group.config().frequencies().equals(new FeatureFrequencies.Power(0)))
                .toList();
        if (sizes.isEmpty()) {
            return Optional.empty();
        }
        var inks = List.of(Ink.BLUE, Ink.ORANGE, Ink.GREEN, Ink.PURPLE);
        return Optional.of(new Figure(
                "pairs",
                "Features that come in pairs",
                "The best of several restarts; the two features of a pair share a colour. Pairs that are active together are put at right angles, or side by side where there is no room for that; pairs that exclude each other are put opposite or nearly so, where their interference costs nothing. Each feature is as frequent in all panels.",
                drawn(models, RowsFigures::company, i -> inks.get(i / 2 % inks.size())),
                table(models),
                command));
    }

    private static String company(Restarts group) {
        String word = switch (group.config().task().correlation()) {
            case Correlation.Independent() -> "independent";
            case Correlation.Together _ -> "together";
            case Correlation.Exclusive _ -> "exclusive";
        };
        return "n = %d, %s".formatted(group.config().features(), word);
    }

    private static boolean isPlane(Restarts group) {
        return group.config().width() == 2;
    }

    private static boolean independent(Restarts group) {
        return group.config().task().correlation().equals(Correlation.INDEPENDENT);
    }

    private static ObjectNode drawn(List<Restarts> models, Function<Restarts, String> title, IntFunction<Ink> ink) {
        double longest = models.stream()
                .mapToDouble(group -> longest(group.best().weights()))
                .max()
                .orElseThrow();
        var rows = new ArrayList<List<Plot>>();
        for (int first = 0; first < models.size(); first += PER_ROW) {
            rows.add(models.subList(first, Math.min(models.size(), first + PER_ROW)).stream()
                    .map(group -> plot(title.apply(group), group.best().weights(), 1.1 * longest, ink))
                    .toList());
        }
        return Plot.rows(rows);
    }

    private static double longest(FloatMatrix w) {
        var measured = Dimensionality.measure(w);
        double longest = 0;
        for (int i = 0; i < w.rows(); i++) {
            longest = Math.max(longest, measured.norm(i));
        }
        return longest > 0 ? longest : 1;
    }

    private static Plot plot(String title, FloatMatrix w, double reach, IntFunction<Ink> ink) {
        var measured = Dimensionality.measure(w);
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < w.rows(); i++) {
            var tip = new Point(
                    w.data()[2 * i],
                    w.data()[2 * i + 1],
                    "feature %d, D = %s".formatted(i + 1, Words.number(measured.of(i))));
            layers.add(new Layer.Line(Style.of(ink.apply(i)).with(Style.SOLID), 2, List.of(new Point(0, 0, ""), tip)));
            layers.add(new Layer.Points(
                    new Style(ink.apply(i), Style.Shape.CIRCLE, Style.SOLID), 40, false, List.of(tip)));
        }
        var across = Axis.linear("", -reach, reach);
        return new Plot(title, across, across, layers, Legend.none(), SIDE, SIDE);
    }

    private static Table table(List<Restarts> models) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (var group : models) {
            var config = group.config();
            rows.add(Table.row(
                    config.features(),
                    config.width(),
                    config.probabilities()[0],
                    rarity(group),
                    config.task().correlation().label(),
                    group.trained().size(),
                    group.within(AS_GOOD),
                    group.leastLoss(),
                    group.losses().getLast(),
                    group.shape(),
                    meanCosineOfPairs(group.best().weights())));
        }
        return new Table(COLUMNS, rows);
    }

    private static final List<Column> COLUMNS = List.of(
            Column.whole("features", ""),
            Column.whole("width", ""),
            Column.real("active", "1 − S of the first"),
            Column.real("last_over_first", ""),
            Column.text("correlation"),
            Column.whole("restarts", ""),
            Column.whole("within_1_percent", ""),
            Column.real("least_loss", "sum over features"),
            Column.real("largest_loss", "sum over features"),
            Column.text("best"),
            Column.real("mean_cosine_of_pairs", ""));

    /// The mean cosine of rows 1 and 2, 3 and 4, and so on; NaN if one of them is 0.
    private static double meanCosineOfPairs(FloatMatrix w) {
        double sum = 0;
        int pairs = w.rows() / 2;
        for (int pair = 0; pair < pairs; pair++) {
            double dot = 0;
            double left = 0;
            double right = 0;
            for (int k = 0; k < w.columns(); k++) {
                double a = w.data()[2 * pair * w.columns() + k];
                double b = w.data()[(2 * pair + 1) * w.columns() + k];
                dot += a * b;
                left += a * a;
                right += b * b;
            }
            sum += dot / Math.sqrt(left * right);
        }
        return sum / pairs;
    }
}
