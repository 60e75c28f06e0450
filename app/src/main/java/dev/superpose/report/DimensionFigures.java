package dev.superpose.report;

import dev.superpose.geometry.Dimensionality;
import dev.superpose.geometry.Plateau;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult.Trained;
import dev.superpose.theory.WeakRegime;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Dimensionalities of features over sparsity.
final class DimensionFigures {
    private static final int FEWEST = 2;
    private static final int MOST_CURVES = 5;
    private static final double NEAR = 0.03;
    /// D_i are drawn once per so much of it: features of a plateau lie on each other.
    private static final double GRAIN = 0.005;

    private DimensionFigures() {}

    /// A model with all errors counting the same: dimensions per feature, and each feature's own,
    /// against 1 / (1 - S).
    static Optional<Figure> uniform(List<Trained> swept, String command) {
        var runs = ofLargestSweep(swept.stream()
                .filter(one -> one.result().config().task().equals(ToyTask.PLAIN))
                .toList());
        if (runs.size() < FEWEST) {
            return Optional.empty();
        }
        var average = new Panel("dimensions per feature");
        var single = new Panel("each feature");
        for (var plateau : Plateau.values()) {
            single.across(Style.of(Ink.GREY), false, plateau.dimensionality());
        }
        average.across(Style.of(Ink.GREY), false, Plateau.DEDICATED.dimensionality())
                .across(Style.of(Ink.GREY), false, Plateau.DIGON.dimensionality());
        var means = new ArrayList<Point>();
        var rows = new ArrayList<List<Table.Cell>>();
        for (var one : runs) {
            var measured = Dimensionality.measure(one.model().weights());
            // Infinite where nothing is represented at all.
            if (Double.isFinite(measured.perFeature())) {
                means.add(new Point(sparsity(one), measured.perFeature(), ""));
            }
            single.points(Style.of(Ink.BLUE), ofFeatures(one, measured));
            rows.add(row(one, measured));
        }
        average.line(Style.of(Ink.VERMILLION).with(Style.SOLID), 1, means).points(Style.of(Ink.VERMILLION), means);
        var config = runs.getFirst().result().config();
        String x = "sparsity 1 / (1 − S)";
        return Optional.of(new Figure(
                "dimensions-against-sparsity",
                "Shares of a dimension against sparsity",
                "n = %d equally important features in m = %d dimensions. Left: D* = m / |W|², dimensions per represented feature. Right: D_i of every feature; the lines are those of exact polytopes: own dimension 1, tetrahedron 3/4, triangle 2/3, digon 1/2, pentagon 2/5, square antiprism 3/8, not represented 0. %s"
                        .formatted(config.features(), config.width(), digons(runs)),
                Plot.document(List.of(
                        average.plot(x, Axis::log, "D*", Axis::linear, Corner.TOP_RIGHT, 300, 300),
                        single.plot(x, Axis::log, "D_i", Axis::linear, Corner.TOP_RIGHT, 300, 300))),
                new Table(COLUMNS, rows),
                command));
    }

    /// Where antipodal pairs are most common.
    private static String digons(List<Trained> runs) {
        var best = runs.stream()
                .max(Comparator.comparingInt(one -> count(one, Plateau.DIGON)))
                .orElseThrow();
        return "Most antipodal pairs are at 1 / (1 − S) = %s: %d of %d features within %s of 1/2."
                .formatted(
                        Words.number(sparsity(best)),
                        count(best, Plateau.DIGON),
                        best.model().features(),
                        Words.number(NEAR));
    }

    private static int count(Trained one, Plateau plateau) {
        return Plateau.counts(Dimensionality.measure(one.model().weights()), NEAR)
                .getOrDefault(plateau, 0);
    }

    /// 1 / (1 - S) of features that are equally frequent.
    private static double sparsity(Trained one) {
        var config = one.result().config();
        return config.features() / config.density();
    }

    private static List<Point> ofFeatures(Trained one, Dimensionality measured) {
        var counts = new TreeMap<Long, Integer>();
        for (int i = 0; i < measured.features(); i++) {
            counts.merge(Math.round(measured.of(i) / GRAIN), 1, Integer::sum);
        }
        var points = new ArrayList<Point>();
        counts.forEach((place, count) ->
                points.add(new Point(sparsity(one), place * GRAIN, count == 1 ? "one feature" : count + " features")));
        return points;
    }

    /// The sweep over density of one shape with the most trainings, one per density, by
    /// falling density.
    private static List<Trained> ofLargestSweep(List<Trained> runs) {
        var byShape = new LinkedHashMap<List<Integer>, TreeMap<Double, Trained>>();
        for (var one : runs) {
            var config = one.result().config();
            byShape.computeIfAbsent(
                            List.of(config.features(), config.width()), _ -> new TreeMap<>(Comparator.reverseOrder()))
                    .putIfAbsent(config.density(), one);
        }
        return byShape.values().stream()
                .map(sweep -> List.copyOf(sweep.values()))
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    /// Lengths of rows by importance, for several densities and for the linear model: one
    /// panel per shape.
    static Optional<Figure> importance(List<Trained> swept, String command) {
        var shapes = new LinkedHashMap<List<Integer>, List<Trained>>();
        for (var one : swept) {
            var task = one.result().config().task();
            if (!task.importance().equals(Importance.EQUAL)
                    && task.correlation().equals(Correlation.INDEPENDENT)) {
                var config = one.result().config();
                shapes.computeIfAbsent(List.of(config.features(), config.width()), _ -> new ArrayList<>())
                        .add(one);
            }
        }
        if (shapes.isEmpty()) {
            return Optional.empty();
        }
        var plots = new ArrayList<Plot>();
        var rows = new ArrayList<List<Table.Cell>>();
        shapes.values().forEach(runs -> {
            plots.add(lengths(runs));
            runs.forEach(
                    one -> rows.add(row(one, Dimensionality.measure(one.model().weights()))));
        });
        return Optional.of(new Figure(
                "importance",
                "Which features are represented, by importance",
                "Length of each feature's row, the most important first. ReLU models keep more of them the sparser they are; a linear model keeps the m most important ones, as principal components do, whatever the density. "
                        + linear(swept),
                Plot.document(plots),
                new Table(COLUMNS, rows),
                command));
    }

    private static Plot lengths(List<Trained> runs) {
        var config = runs.getFirst().result().config();
        var panel = new Panel("n = %d, m = %d, importance %s"
                .formatted(
                        config.features(),
                        config.width(),
                        config.task().importance().label()));
        // The sparsest one: the denser, the slower a linear model tells the mean from the rest.
        runs.stream()
                .filter(DimensionFigures::isLinear)
                .reduce((_, last) -> last)
                .ifPresent(one -> {
                    var style = Style.of(Ink.GREY).with(Style.DASHED);
                    panel.line(style, 2, rowLengths(one)).key("linear", style, Sample.LINE);
                });
        var densities = new LinkedHashSet<Double>();
        for (var one : runs) {
            if (!isLinear(one) && densities.size() < MOST_CURVES && densities.add(density(one))) {
                var style = Measured.look(densities.size() - 1);
                panel.line(style.with(Style.SOLID), 1, rowLengths(one))
                        .points(style, rowLengths(one))
                        .key("1 − S = " + Words.number(density(one)), style, Sample.POINT_AND_LINE);
            }
        }
        return panel.plot(
                "feature, by importance", Axis::linear, "length |W_i|", Axis::linear, Corner.TOP_RIGHT, 320, 280);
    }

    private static boolean isLinear(Trained one) {
        return one.result().config().task().output() == ToyTask.Output.LINEAR;
    }

    private static double density(Trained one) {
        return 1 / sparsity(one);
    }

    private static List<Point> rowLengths(Trained one) {
        var measured = Dimensionality.measure(one.model().weights());
        var points = new ArrayList<Point>();
        for (int i = 0; i < measured.features(); i++) {
            points.add(new Point(i + 1, measured.norm(i), "D = " + Words.number(measured.of(i))));
        }
        return points;
    }

    /// How near the linear models come to the best one there is.
    private static String linear(List<Trained> swept) {
        double worst = swept.stream()
                .filter(DimensionFigures::isLinear)
                .mapToDouble(one -> one.result().reading().loss().test()
                        / bestLinear(one.result().config()))
                .max()
                .orElse(Double.NaN);
        return Double.isNaN(worst)
                ? ""
                : "The linear models' test losses are at most %s times the best possible, Σ I_i Var x_i over the features left out."
                        .formatted(Words.number(worst));
    }

    private static double bestLinear(ToyConfig config) {
        return WeakRegime.tailLoss(
                config.probabilities(), config.task().importance().weights(config.features()), config.width());
    }

    private static final List<Column> COLUMNS = List.of(
            Column.whole("features", ""),
            Column.whole("width", ""),
            Column.text("importance"),
            Column.text("output"),
            Column.real("active", "1 − S"),
            Column.real("test_loss", "sum over features"),
            Column.real("best_linear_loss", "sum over features"),
            Column.real("dimensions_per_feature", ""),
            Column.real("sum_of_dimensions", ""),
            Column.whole("own_dimension", ""),
            Column.whole("tetrahedron", ""),
            Column.whole("triangle", ""),
            Column.whole("digon", ""),
            Column.whole("pentagon", ""),
            Column.whole("antiprism", ""),
            Column.whole("not_represented", ""));

    private static List<Table.Cell> row(Trained one, Dimensionality measured) {
        var config = one.result().config();
        Map<Plateau, Integer> counts = Plateau.counts(measured, NEAR);
        return Table.row(
                config.features(),
                config.width(),
                config.task().importance().label(),
                isLinear(one) ? "linear" : "relu",
                density(one),
                one.result().reading().loss().test(),
                bestLinear(config),
                measured.perFeature(),
                measured.sum(),
                counts.get(Plateau.DEDICATED),
                counts.get(Plateau.TETRAHEDRON),
                counts.get(Plateau.TRIANGLE),
                counts.get(Plateau.DIGON),
                counts.get(Plateau.PENTAGON),
                counts.get(Plateau.ANTIPRISM),
                counts.get(Plateau.NONE));
    }
}
