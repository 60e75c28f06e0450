package dev.superpose.report;

import dev.superpose.models.LanguageModelStudy;
import dev.superpose.models.LanguageModelStudy.Without;
import dev.superpose.published.PublishedModels.Family;
import dev.superpose.published.PublishedModels.ModelLoss;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The joint exponent of width without each model in turn, at the width of the one left out.
final class LeftOutFigure {
    private final LanguageModelStudy study;
    private final Map<String, ModelLoss> models = new LinkedHashMap<>();

    private LeftOutFigure(LanguageModelStudy study) {
        this.study = study;
        study.points().forEach(point -> models.putIfAbsent(point.loss().model(), point.loss()));
    }

    static Figure of(LanguageModelStudy study, String command) {
        var figure = new LeftOutFigure(study);
        return new Figure(
                "fig8-left-out",
                "What the exponent of width hangs on",
                figure.caption(),
                Plot.document(List.of(figure.plot())),
                figure.table(),
                command);
    }

    private Plot plot() {
        var layers = new ArrayList<Layer>();
        Style all = Style.of(Ink.TEXT).with(Style.SOLID);
        layers.add(new Layer.Across(all, false, study.joint().exponent()));
        for (Family family : Family.values()) {
            layers.add(new Layer.Points(
                    LanguageModelFigures.style(family),
                    LanguageModelFigures.MARK,
                    false,
                    study.withoutModel().stream()
                            .filter(without -> model(without).family() == family)
                            .map(without ->
                                    new Point(model(without).width(), without.exponent(), "without " + without.left()))
                            .toList()));
        }
        var key = new ArrayList<>(LanguageModelFigures.key());
        key.add(new Entry("with all models", all, Sample.LINE));
        return new Plot(
                "",
                Axis.log(
                        LanguageModelFigures.WIDTH_TITLE + " of the model left out",
                        models.values().stream()
                                .map(model -> (double) model.width())
                                .toList()),
                Axis.linear(
                        "exponent of width of the others",
                        study.withoutModel().stream().map(Without::exponent).toList()),
                layers,
                new Legend(Corner.BOTTOM_RIGHT, key),
                LanguageModelFigures.WIDTH,
                LanguageModelFigures.HEIGHT - 80);
    }

    private String caption() {
        double exponent = study.joint().exponent();
        Without most = study.withoutModel().stream()
                .max(Comparator.comparingDouble(without -> Math.abs(without.exponent() - exponent)))
                .orElseThrow();
        return "Each mark is the law without one model. The farthest is without %s: %s instead of %s. %s"
                .formatted(most.left(), Words.twoDecimals(most.exponent()), Words.twoDecimals(exponent), families());
    }

    private String families() {
        return "Without a whole family: %s."
                .formatted(String.join(
                        ", ",
                        study.withoutFamily().stream()
                                .map(without ->
                                        "%s %s".formatted(without.left(), Words.twoDecimals(without.exponent())))
                                .toList()));
    }

    private Table table() {
        return new Table(
                List.of(
                        Column.text("left_out"),
                        Column.text("family"),
                        Column.whole("width", ""),
                        Column.real("exponent", ""),
                        Column.real("scale", "")),
                study.withoutModel().stream()
                        .map(without -> Table.row(
                                without.left(),
                                model(without).family().label(),
                                (long) model(without).width(),
                                without.exponent(),
                                without.scale()))
                        .toList());
    }

    private ModelLoss model(Without without) {
        ModelLoss model = models.get(without.left());
        if (model == null) {
            throw new IllegalStateException("no losses of " + without.left());
        }
        return model;
    }
}
