package dev.superpose.report;

import dev.superpose.models.LanguageModelStudy;
import dev.superpose.models.LanguageModelStudy.ReducibleLoss;
import dev.superpose.models.WidthEstimate;
import dev.superpose.published.PublishedModels.Family;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Figure 8: the part of each loss above the offset of its family and text, against width.
final class ReducibleLossFigure {
    private static final int STEPS = 48;

    private final LanguageModelStudy study;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Double> xs = new ArrayList<>();
    private final List<Double> ys = new ArrayList<>();

    private ReducibleLossFigure(LanguageModelStudy study) {
        this.study = study;
        study.points().forEach(point -> {
            xs.add((double) point.loss().width());
            ys.add(point.value());
        });
    }

    static Figure of(LanguageModelStudy study, String command) {
        var figure = new ReducibleLossFigure(study);
        figure.law();
        figure.points();
        return new Figure(
                "fig8-losses",
                "Losses of language models against width",
                figure.caption(),
                Plot.document(List.of(figure.plot())),
                figure.table(),
                command);
    }

    /// The law with the band that one number for each model allows, and the same with an exponent
    /// of 1.
    private void law() {
        double least = xs.stream().mapToDouble(x -> x).min().orElseThrow();
        double most = xs.stream().mapToDouble(x -> x).max().orElseThrow();
        double unit = study.unit().law().parameter("A");
        var line = new ArrayList<Point>();
        var unitLine = new ArrayList<Point>();
        var band = new ArrayList<Layer.Interval>();
        for (int step = 0; step <= STEPS; step++) {
            double width = least * Math.pow(most / least, (double) step / STEPS);
            var interval = study.perModel().reducibleAt(width);
            line.add(new Point(width, study.joint().reducible(width), ""));
            unitLine.add(new Point(width, unit / width, ""));
            band.add(new Layer.Interval(width, interval.low(), interval.high()));
            ys.add(interval.low());
        }
        layers.add(new Layer.Band(Ink.TEXT, band));
        layers.add(new Layer.Line(Style.of(Ink.GREY).with(Style.DASHED), 1.4, unitLine));
        layers.add(new Layer.Line(Style.of(Ink.TEXT).with(Style.SOLID), 1.6, line));
    }

    private void points() {
        for (Family family : Family.values()) {
            List<Point> points = study.points().stream()
                    .filter(point -> point.loss().family() == family && point.value() > 0)
                    .map(point -> new Point(point.loss().width(), point.value(), name(point)))
                    .toList();
            layers.add(new Layer.Points(LanguageModelFigures.style(family), LanguageModelFigures.MARK, false, points));
        }
    }

    private Plot plot() {
        var key = new ArrayList<>(LanguageModelFigures.key());
        key.add(new Entry(
                "m^−"
                        + Words.withError(
                                study.joint().exponent(), study.perModel().standardError()),
                Style.of(Ink.TEXT).with(Style.SOLID),
                Sample.LINE));
        key.add(new Entry("1/m", Style.of(Ink.GREY).with(Style.DASHED), Sample.LINE));
        return new Plot(
                "",
                Axis.log(LanguageModelFigures.WIDTH_TITLE, xs),
                Axis.log("loss above its offset, nats", ys),
                layers,
                new Legend(Corner.BOTTOM_LEFT, key),
                LanguageModelFigures.WIDTH,
                LanguageModelFigures.HEIGHT);
    }

    private String caption() {
        var below = study.points().stream().filter(point -> point.value() <= 0).toList();
        WidthEstimate means = study.perModel();
        return ("%d published losses of %d models, less the offset of their family and text. The line is one law for"
                        + " all, the band its 95 %% interval, with the texts of a model counted once: the exponent is %s,"
                        + " between %s and %s. %s")
                .formatted(
                        study.points().size(),
                        means.fitted().runs().count(),
                        Words.withError(means.exponent(), means.standardError()),
                        Words.twoDecimals(means.interval().low()),
                        Words.twoDecimals(means.interval().high()),
                        below.isEmpty()
                                ? ""
                                : "Not drawn, because below their offset: "
                                        + String.join(
                                                ", ",
                                                below.stream()
                                                        .map(ReducibleLossFigure::name)
                                                        .toList())
                                        + ".");
    }

    private Table table() {
        return new Table(
                List.of(
                        Column.text("model"),
                        Column.text("family"),
                        Column.text("text"),
                        Column.whole("width", ""),
                        Column.real("loss", "nats"),
                        Column.real("offset", "nats"),
                        Column.real("above_offset", "nats"),
                        Column.real("above_offset_by_law", "nats")),
                study.points().stream()
                        .map(point -> Table.row(
                                point.loss().model(),
                                point.loss().family().label(),
                                text(point),
                                (long) point.loss().width(),
                                point.loss().loss(),
                                point.offset(),
                                point.value(),
                                study.joint().reducible(point.loss().width())))
                        .toList());
    }

    private static String name(ReducibleLoss point) {
        return "%s on %s".formatted(point.loss().model(), text(point));
    }

    private static String text(ReducibleLoss point) {
        return point.loss().corpus().name().toLowerCase(Locale.ROOT);
    }
}
