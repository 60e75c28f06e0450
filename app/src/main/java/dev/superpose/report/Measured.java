package dev.superpose.report;

import dev.superpose.report.Layer.Point;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.List;

/// One curve of a figure: what was measured along x, and what was published of the same settings.
///
/// @param label of the curve, such as `m = 10`
/// @param style how it looks
/// @param ours what was measured here
/// @param published what others published; may be empty
record Measured(String label, Style style, List<Spread> ours, List<Point> published) {
    private static final List<Ink> INKS = List.of(Ink.BLUE, Ink.VERMILLION, Ink.GREEN, Ink.ORANGE, Ink.PURPLE, Ink.SKY);

    /// As many curves as have a look of their own.
    static final int MOST = INKS.size();

    Measured {
        ours = List.copyOf(ours);
        published = List.copyOf(published);
    }

    /// The look of the curve with this number, from 0.
    static Style look(int number) {
        return Style.of(INKS.get(number % INKS.size()));
    }

    /// The curve without what a logarithmic axis has no place for.
    Measured positive() {
        return new Measured(
                label,
                style,
                ours.stream().filter(spread -> spread.least() > 0).toList(),
                published.stream().filter(point -> point.y() > 0).toList());
    }

    /// The numbers of some curves: a row for each place of each curve.
    ///
    /// @param curve what tells the curves apart
    /// @param x what is along the x axis
    /// @param y what is along the y axis
    /// @param unit of y
    static Table table(String curve, String x, String y, String unit, List<Measured> curves) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Measured measured : curves) {
            for (Spread spread : measured.ours) {
                rows.add(Table.row(
                        measured.label,
                        spread.x(),
                        spread.seeds(),
                        spread.mean(),
                        spread.least(),
                        spread.most(),
                        measured.publishedAt(spread.x())));
            }
        }
        return new Table(
                List.of(
                        Column.text(curve),
                        Column.real(x, ""),
                        Column.whole("seeds", ""),
                        Column.real(y, unit),
                        Column.real("least", unit),
                        Column.real("most", unit),
                        Column.real("published", unit)),
                rows);
    }

    /// NaN where nothing was published.
    double publishedAt(double x) {
        return published.stream()
                .filter(point -> Math.abs(point.x() - x) <= 1e-3 * Math.abs(x))
                .mapToDouble(Point::y)
                .findFirst()
                .orElse(Double.NaN);
    }
}
