package dev.superpose.report;

import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.result.Table;
import java.util.ArrayList;
import java.util.List;

/// Figures of known content.
final class Samples {
    static final String HOSTILE = "</script><script>alert(1)</script>'\"&\u0007\u202e\u2028";

    private Samples() {}

    static Table table() {
        return new Table(
                List.of(Table.Column.text("what"), Table.Column.real("loss", "nats")),
                List.of(Table.row(HOSTILE, 0.5), Table.row("b", Double.NaN)));
    }

    /// Five points, a line, a band, error bars, a key of two entries.
    static Figure scatter() {
        var points = new ArrayList<Point>();
        var line = new ArrayList<Point>();
        var band = new ArrayList<Interval>();
        for (int m : new int[] {10, 15, 25, 63, 100}) {
            points.add(new Point(m, 1.1 / m, "seed " + HOSTILE));
            line.add(new Point(m, 1.0 / m, ""));
            band.add(new Interval(m, 0.9 / m, 1.1 / m));
        }
        Style style = Style.of(Ink.VERMILLION);
        var plot = new Plot(
                "",
                Axis.log("width m", List.of(10.0, 100.0)),
                Axis.log("mean squared overlap", List.of(0.009, 0.11)),
                List.of(
                        new Layer.Band(Ink.VERMILLION, band),
                        new Layer.ErrorBars(Ink.VERMILLION, 1.5, band),
                        new Layer.Line(style, 1.5, line),
                        new Layer.Points(style, 40, false, points)),
                new Legend(
                        Legend.Corner.BOTTOM_LEFT,
                        List.of(
                                new Legend.Entry("toy", style, Legend.Sample.POINT),
                                new Legend.Entry("1/m", style, Legend.Sample.LINE))),
                300,
                200);
        return new Figure(
                "overlap",
                "Overlap against width",
                HOSTILE,
                Plot.document(List.of(plot)),
                table(),
                "superpose " + HOSTILE);
    }

    /// A picture beside a histogram.
    static Figure sides() {
        var image = new PngImage(2, 2);
        image.set(0, 0, 0xff0000);
        image.set(1, 1, 0x0000ff);
        Axis feature = Axis.linear("feature", 0.5, 2.5);
        var heat = new Plot(
                "strong",
                feature,
                feature,
                true,
                false,
                List.of(new Layer.Picture(image.address())),
                Legend.none(),
                100,
                100);
        var bars = new Plot(
                "norms",
                Axis.linear("norm", 0, 2),
                Axis.linear("rows", 0, 5),
                List.of(
                        new Layer.Bars(
                                Ink.BLUE,
                                0.7,
                                List.of(new Layer.Bin(0, 1, 2), new Layer.Bin(1, 1.5, 0), new Layer.Bin(1.5, 2, 4))),
                        new Layer.Across(Style.of(Ink.GREY), true, 0.5)),
                Legend.none(),
                100,
                100);
        return new Figure("heat", "Overlaps", "Seen.", Plot.document(List.of(heat, bars)), table(), "superpose study");
    }
}
