package dev.superpose.report;

import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What doubling each size alone still buys, as one of them grows.
final class WallFigure {
    private static final List<Ink> INKS = List.of(Ink.BLUE, Ink.VERMILLION, Ink.GREEN, Ink.PURPLE, Ink.ORANGE);
    private static final double LEAST = 1e-3;

    private WallFigure() {}

    static Figure of(ForecastReport.Answer answer, String command) {
        var walls = answer.walls();
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var values = new ArrayList<Double>();
        var columns = new ArrayList<Column>(List.of(Column.real(answer.along().replace(':', '_'), "")));
        int sizes = walls.getFirst().getValue().doublings().size();
        for (int k = 0; k < sizes; k++) {
            int size = k;
            var style = Style.of(INKS.get(k % INKS.size()));
            String word = walls.getFirst().getValue().doublings().get(k).size().word();
            var line = walls.stream()
                    .map(wall -> new Point(
                            wall.getKey(), wall.getValue().doublings().get(size).percent(), ""))
                    .filter(point -> point.y() > LEAST)
                    .toList();
            line.forEach(point -> values.add(point.y()));
            if (!line.isEmpty()) {
                layers.add(new Layer.Line(style, 1.8, line));
                key.add(new Entry("doubling " + word, style, Sample.LINE));
            }
            columns.add(Column.real("doubling " + word, "%"));
        }
        var rows = new ArrayList<List<Table.Cell>>();
        for (var wall : walls) {
            var cells = new ArrayList<Object>(List.of(wall.getKey()));
            wall.getValue().doublings().forEach(doubling -> cells.add(doubling.percent()));
            rows.add(Table.row(cells.toArray()));
        }
        var plot = new Plot(
                "",
                Axis.log(
                        along(answer.along()),
                        walls.stream().map(Map.Entry::getKey).toList()),
                Axis.log("fall of the loss, %", values),
                layers,
                new Legend(Corner.OUTSIDE, key),
                500,
                320);
        return new Figure(
                "wall",
                "What doubling still buys",
                "By the law: how much the loss falls when one size is doubled alone, as %s grows and the others stay as in the first forecast."
                        .formatted(along(answer.along())),
                Plot.document(List.of(plot)),
                new Table(columns, rows),
                command);
    }

    /// `ratio:20` in words.
    private static String along(String size) {
        return size.startsWith("ratio:") ? "parameters N, D = %s N".formatted(size.substring(6)) : size;
    }
}
