package dev.superpose.report;

import dev.superpose.report.Layer.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/// A number for each pair of two settings, as coloured squares with the numbers in them.
///
/// @param title over the map
/// @param xTitle the setting along the x axis
/// @param xs its values, from left to right
/// @param yTitle the setting along the y axis
/// @param ys its values, from the bottom up
/// @param values of a pair (x, y); NaN leaves its square empty
/// @param shade the colours
record HeatMap(
        String title,
        String xTitle,
        List<Double> xs,
        String yTitle,
        List<Double> ys,
        DoubleBinaryOperator values,
        Shade shade) {
    private static final int SQUARE_WIDTH = 31;
    private static final int SQUARE_HEIGHT = 17;
    private static final int WIDEST_SQUARE = 60;
    private static final int LEAST_HEIGHT = 90;

    HeatMap {
        xs = List.copyOf(xs);
        ys = List.copyOf(ys);
    }

    /// The map, in about `width` pixels.
    Plot plot(int width) {
        var cells = new ArrayList<Cell>();
        for (int i = 0; i < xs.size(); i++) {
            for (int j = 0; j < ys.size(); j++) {
                double value = values.applyAsDouble(xs.get(i), ys.get(j));
                if (!Double.isNaN(value)) {
                    cells.add(new Cell(i, j, shade.of(value), brief(value), note(xs.get(i), ys.get(j), value)));
                }
            }
        }
        int square = Math.clamp(width / xs.size(), SQUARE_WIDTH, WIDEST_SQUARE);
        return new Plot(
                title,
                Axis.kinds(xTitle, xs.stream().map(Words::twoDecimals).toList()),
                Axis.kinds(yTitle, ys.stream().map(Words::number).toList()),
                List.of(new Layer.Cells(cells)),
                Legend.none(),
                square * xs.size(),
                height());
    }

    /// What the colours stand for, to be put at the right of the maps.
    Plot scale(String title) {
        return new Plot(
                "",
                Axis.linear("", 0, 1),
                Axis.linear(title, shade.from(), shade.to()),
                false,
                true,
                List.of(new Layer.Picture(shade.scale(128).address())),
                Legend.none(),
                12,
                height());
    }

    private int height() {
        return Math.max(LEAST_HEIGHT, SQUARE_HEIGHT * ys.size());
    }

    private String note(double x, double y, double value) {
        return "%s %s, %s %s: %s".formatted(xTitle, Words.twoDecimals(x), yTitle, Words.number(y), Words.number(value));
    }

    /// Two decimals, which fit a square.
    private static String brief(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", Math.abs(value));
        return value < 0 && !digits.equals("0.00") ? "−" + digits : digits;
    }
}
