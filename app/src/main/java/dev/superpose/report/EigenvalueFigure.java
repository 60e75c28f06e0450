package dev.superpose.report;

import dev.superpose.geometry.Decay;
import dev.superpose.geometry.Eigenvalues;
import dev.superpose.geometry.Spectrum;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.List;

/// Eigenvalues by rank, with the power law that was fitted to them.
final class EigenvalueFigure {
    private static final double SMALLEST = 1e-9;
    private static final double STEP = 1.05;

    private EigenvalueFigure() {}

    static Figure of(ModelFigures models) {
        List<ModelMatrix> matrices = models.matrices();
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var xs = new ArrayList<Double>();
        var ys = new ArrayList<Double>();
        int index = 0;
        for (ModelMatrix matrix : PairFigures.some(matrices)) {
            Style style = ModelFigures.style(index++);
            List<Point> points = points(matrix);
            if (points.isEmpty()) {
                continue;
            }
            points.forEach(point -> {
                xs.add(point.x());
                ys.add(point.y());
            });
            layers.add(new Layer.Line(style.with(Style.SOLID), 1.8, points));
            Decay decay = matrix.geometry().spectrum().decay();
            String slope = "";
            if (decay.firstRank() > 0) {
                layers.add(new Layer.Line(Style.of(Ink.TEXT).with(Style.DASHED), 1.2, fitted(matrix, decay)));
                slope = ": α = " + Words.withError(decay.exponent(), decay.standardError());
            }
            key.add(new Entry(matrix.name() + slope, style.with(Style.SOLID), Sample.LINE));
        }
        key.add(new Entry("fitted: rank^−α", Style.of(Ink.TEXT).with(Style.DASHED), Sample.LINE));
        var plot = new Plot(
                "", Axis.log("rank k", xs), Axis.log("λ / Σλ", ys), layers, new Legend(Corner.OUTSIDE, key), 520, 320);
        return new Figure(
                "eigenvalues",
                "Spectrum",
                "Eigenvalues λ of Wᵀ W over their sum, largest first; rows as they are, so that the first may hold a"
                        + " direction that all rows share. The power law is fitted from rank 11 to half the rank of the"
                        + " matrix; its error tells how straight the line is." + PairFigures.someOf(matrices),
                Plot.document(List.of(plot)),
                table(models),
                models.command());
    }

    /// Ranks at even ratios: no reader can tell 4,096 of them apart.
    private static List<Point> points(ModelMatrix matrix) {
        Eigenvalues eigenvalues = matrix.geometry().spectrum().eigenvalues();
        double sum = eigenvalues.stream().sum();
        var points = new ArrayList<Point>();
        for (int rank = 1; rank <= eigenvalues.count(); rank = Math.max(rank + 1, (int) (rank * STEP))) {
            double share = eigenvalues.at(rank) / sum;
            if (share > SMALLEST) {
                points.add(new Point(rank, share, matrix.name()));
            }
        }
        return points;
    }

    /// The line of least squares passes through the mean of the logarithms.
    private static List<Point> fitted(ModelMatrix matrix, Decay decay) {
        Eigenvalues eigenvalues = matrix.geometry().spectrum().eigenvalues();
        double sum = eigenvalues.stream().sum();
        double height = 0;
        for (int rank = decay.firstRank(); rank <= decay.lastRank(); rank++) {
            height += Math.log(eigenvalues.at(rank) / sum) + decay.exponent() * Math.log(rank);
        }
        double scale = Math.exp(height / (decay.lastRank() - decay.firstRank() + 1));
        return List.of(
                new Point(decay.firstRank(), scale * Math.pow(decay.firstRank(), -decay.exponent()), ""),
                new Point(decay.lastRank(), scale * Math.pow(decay.lastRank(), -decay.exponent()), ""));
    }

    private static Table table(ModelFigures models) {
        return models.rows(
                List.of(
                        Column.whole("width", ""),
                        Column.real("alpha", ""),
                        Column.real("±", ""),
                        Column.real("R²", ""),
                        Column.real("centred_alpha", ""),
                        Column.real("largest_share", "")),
                geometry -> {
                    Spectrum spectrum = geometry.spectrum();
                    return Table.row(
                            geometry.width(),
                            spectrum.decay().exponent(),
                            spectrum.decay().standardError(),
                            spectrum.decay().rSquared(),
                            geometry.centeredSpectrum().decay().exponent(),
                            1 / spectrum.stableRank());
                });
    }
}
