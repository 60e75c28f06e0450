package dev.superpose.report;

import static dev.superpose.report.Curve.drawable;

import dev.superpose.geometry.Bounds;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.WidthTrend;
import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Figures of real models' matrices, with width on the x axis.
final class ModelFigures {
    static final String WIDTH = "width m";
    private static final List<Ink> INKS = List.of(Ink.GREEN, Ink.PURPLE, Ink.ORANGE, Ink.SKY, Ink.VERMILLION, Ink.BLUE);
    private static final int LARGE_WIDTH = 640;
    private static final int HALF_WIDTH = 370;
    private static final int HALF_HEIGHT = 280;

    private final Map<String, List<ModelMatrix>> families;
    private final String command;

    /// @param matrices what to draw; at least one
    /// @param command what makes the figures again
    ModelFigures(List<ModelMatrix> matrices, String command) {
        families = byFamily(matrices);
        this.command = command;
    }

    /// The matrices that make one curve: of one family, and of one role where it has several.
    static Map<String, List<ModelMatrix>> byFamily(List<ModelMatrix> matrices) {
        var families = new LinkedHashMap<String, List<ModelMatrix>>();
        for (ModelMatrix matrix : matrices) {
            boolean several = matrices.stream()
                            .filter(other -> other.family().equals(matrix.family()))
                            .map(ModelMatrix::role)
                            .distinct()
                            .count()
                    > 1;
            String name = several ? matrix.family() + " " + matrix.role() : matrix.family();
            families.computeIfAbsent(name, _ -> new ArrayList<>()).add(matrix);
        }
        return families;
    }

    /// The curves, by name.
    Map<String, List<ModelMatrix>> families() {
        return families;
    }

    /// All of them, curve by curve.
    List<ModelMatrix> matrices() {
        return families.values().stream().flatMap(List::stream).toList();
    }

    /// What makes the figures again.
    String command() {
        return command;
    }

    /// How the curve of this number looks.
    static Style style(int index) {
        return Style.of(INKS.get(index % INKS.size()));
    }

    /// How `measure` goes with width; only where there are at least three widths, for two
    /// fit any line.
    static Optional<WidthTrend> trend(List<ModelMatrix> matrices, ToDoubleFunction<ModelMatrix> measure) {
        return WidthTrend.of(
                        matrices.stream()
                                .mapToDouble(matrix -> matrix.geometry().width())
                                .toArray(),
                        matrices.stream().mapToDouble(measure).toArray())
                .filter(trend -> trend.widths() >= 3);
    }

    /// Norms of the rows: least to largest, mean and deviation.
    Figure norms() {
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var xs = new ArrayList<Double>();
        var beside = new Beside();
        double longest = 0;
        int index = 0;
        for (var family : families.entrySet()) {
            Style style = style(index++);
            var ranges = new ArrayList<Interval>();
            var deviations = new ArrayList<Interval>();
            var means = new ArrayList<Point>();
            for (ModelMatrix matrix : family.getValue()) {
                var norm = matrix.geometry().norm();
                if (!Double.isFinite(norm.max())) {
                    continue;
                }
                double x = beside.place(matrix.geometry().width());
                xs.add(x);
                longest = Math.max(longest, norm.max());
                ranges.add(new Interval(x, norm.min(), norm.max()));
                deviations.add(
                        new Interval(x, Math.max(norm.min(), norm.mean() - norm.std()), norm.mean() + norm.std()));
                means.add(new Point(x, norm.mean(), matrix.name()));
            }
            layers.add(new Layer.ErrorBars(style.ink(), 1.2, ranges));
            layers.add(new Layer.ErrorBars(style.ink(), 3, deviations));
            layers.add(new Layer.Points(style, 80, false, means));
            key.add(new Entry(family.getKey(), style, Sample.POINT));
        }
        layers.addFirst(new Layer.Across(Style.of(Ink.GREY), false, 0.5));
        key.add(new Entry("½", Style.of(Ink.GREY), Sample.LINE));
        var plot = new Plot(
                "",
                Axis.log(WIDTH, xs),
                Axis.linear("row norm", 0, Math.max(1, longest * 1.05)),
                layers,
                new Legend(Corner.OUTSIDE, key),
                LARGE_WIDTH - 120,
                HALF_HEIGHT);
        return new Figure(
                "row-norms",
                "Row norms",
                "Thin bars run from the shortest row to the longest, thick ones a standard deviation to each side of the"
                        + " mean (mark). In the toy model rows above ½ count as represented.",
                Plot.document(List.of(plot)),
                normTable(),
                command);
    }

    /// How many of the m directions are used.
    Figure spectrum() {
        var participation = new ArrayList<Layer>();
        var effective = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        int index = 0;
        var xs = new ArrayList<Double>();
        for (var family : families.entrySet()) {
            Style style = style(index++);
            family.getValue()
                    .forEach(matrix -> xs.add((double) matrix.geometry().width()));
            participation.add(new Layer.Points(
                    style,
                    70,
                    false,
                    points(
                            family.getValue(),
                            matrix -> matrix.geometry().spectrum().participationRatio()
                                    / matrix.geometry().width())));
            effective.add(new Layer.Points(
                    style,
                    70,
                    false,
                    points(
                            family.getValue(),
                            matrix -> matrix.geometry().spectrum().effectiveRank()
                                    / matrix.geometry().width())));
            key.add(new Entry(family.getKey(), style, Sample.POINT));
        }
        var left = new Plot(
                "participation ratio / m",
                Axis.log(WIDTH, xs),
                Axis.linear("share of the width", 0, 1.05),
                participation,
                Legend.none(),
                HALF_WIDTH - 60,
                HALF_HEIGHT);
        var right = new Plot(
                "effective rank / m",
                Axis.log(WIDTH, xs),
                Axis.linear("share of the width", 0, 1.05),
                effective,
                new Legend(Corner.OUTSIDE, key),
                HALF_WIDTH - 60,
                HALF_HEIGHT);
        return new Figure(
                "spectrum",
                "Directions in use",
                "From the eigenvalues λ of Wᵀ W, rows as they are: participation ratio (Σλ)²/Σλ², effective rank"
                        + " exp(−Σ p ln p) with p = λ/Σλ. Both are m where all directions carry the same.",
                Plot.document(List.of(left, right)),
                spectrumTable(),
                command);
    }

    /// The main numbers, a row for each matrix.
    Table table() {
        return rows(
                List.of(
                        Column.whole("rows_used", ""),
                        Column.whole("width", ""),
                        Column.real("mean_square", ""),
                        Column.real("mean_square_times_m", ""),
                        Column.real("centred", "mean square"),
                        Column.real("centred_times_m", ""),
                        Column.real("welch", "mean square"),
                        Column.real("mean_abs", ""),
                        Column.real("max_abs", ""),
                        Column.text("regime")),
                geometry -> Table.row(
                        geometry.used(),
                        geometry.width(),
                        geometry.overlap().meanSquare(),
                        geometry.overlap().meanSquareTimesWidth(),
                        geometry.centered().meanSquare(),
                        geometry.centered().meanSquare() * geometry.width(),
                        geometry.overlap().welchMeanSquare(),
                        geometry.overlap().meanAbs().value(),
                        geometry.overlap().maxAbs().value(),
                        geometry.regime().label()));
    }

    private Table normTable() {
        return rows(
                List.of(
                        Column.whole("width", ""),
                        Column.real("mean", ""),
                        Column.real("deviation", ""),
                        Column.real("least", ""),
                        Column.real("median", ""),
                        Column.real("largest", ""),
                        Column.real("above_half", "share"),
                        Column.real("above_half_the_median", "share")),
                geometry -> Table.row(
                        geometry.width(),
                        geometry.norm().mean(),
                        geometry.norm().std(),
                        geometry.norm().min(),
                        geometry.norm().median(),
                        geometry.norm().max(),
                        geometry.represented().absolute(),
                        geometry.represented().relative()));
    }

    private Table spectrumTable() {
        return rows(
                List.of(
                        Column.whole("width", ""),
                        Column.real("participation_ratio", ""),
                        Column.real("effective_rank", ""),
                        Column.real("stable_rank", "")),
                geometry -> Table.row(
                        geometry.width(),
                        geometry.spectrum().participationRatio(),
                        geometry.spectrum().effectiveRank(),
                        geometry.spectrum().stableRank()));
    }

    /// A row for each matrix: its names, then what `cells` finds.
    Table rows(List<Column> columns, java.util.function.Function<GeometryReport, List<Table.Cell>> cells) {
        var head = new ArrayList<Column>(List.of(Column.text("model"), Column.text("tensor")));
        head.addAll(columns);
        var rows = new ArrayList<List<Table.Cell>>();
        for (List<ModelMatrix> family : families.values()) {
            for (ModelMatrix matrix : family) {
                var row = new ArrayList<>(Table.row(matrix.model(), matrix.tensor()));
                row.addAll(cells.apply(matrix.geometry()));
                rows.add(row);
            }
        }
        return new Table(head, rows);
    }

    static List<Point> points(List<ModelMatrix> matrices, ToDoubleFunction<ModelMatrix> measure) {
        return matrices.stream()
                .filter(matrix -> drawable(measure.applyAsDouble(matrix)))
                .map(matrix -> new Point(matrix.geometry().width(), measure.applyAsDouble(matrix), matrix.name()))
                .toList();
    }

    static double raw(ModelMatrix matrix) {
        return matrix.geometry().overlap().meanSquare();
    }

    static double centred(ModelMatrix matrix) {
        return matrix.geometry().centered().meanSquare();
    }

    /// The Welch bound for as many rows as `matrix` uses.
    static double welch(ModelMatrix matrix) {
        return Bounds.welchMeanSquare(
                matrix.geometry().used(), matrix.geometry().width());
    }
}
