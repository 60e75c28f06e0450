package dev.superpose.cli;

import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.Conclusions;
import dev.superpose.study.Job;
import dev.superpose.study.Series;
import dev.superpose.study.Series.WidthPoint;
import dev.superpose.study.Study;
import dev.superpose.study.StudyResults;
import dev.superpose.study.WidthLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a study says, as a person reads it on a terminal.
final class StudyText {
    private static final int LINE = 100;

    /// More conditions than these are told in one line each.
    private static final int MOST_TABLES = 6;

    private StudyText() {}

    /// Each condition with its table and its conclusions; of many conditions a line for each.
    static String of(StudyResults results) {
        List<Series> all = results.series();
        if (all.size() > MOST_TABLES) {
            return '\n' + overview(all).toText();
        }
        var text = new StringBuilder();
        for (var series : all) {
            text.append('\n').append(series.label()).append('\n');
            text.append(points(series).toText());
            for (var sentence : Conclusions.of(series).sentences()) {
                text.append(wrapped(sentence));
            }
        }
        return text.toString();
    }

    /// A line for each condition: how it packs, and the power law of its loss.
    private static Table overview(List<Series> all) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (var series : all) {
            var law = WidthLaw.ofLoss(series.results());
            rows.add(Table.row(
                    series.label(),
                    series.results().size(),
                    law.map(line -> Conclusions.plusMinus(line.exponent(), line.standardError()))
                            .orElse("–"),
                    law.map(WidthLaw::rSquared).orElse(Double.NaN),
                    series.regime().name().toLowerCase(Locale.ROOT),
                    Conclusions.range(series.points(), WidthPoint::representedFraction, "%.3g"),
                    Conclusions.range(series.points(), WidthPoint::loss, "%.3g")));
        }
        return new Table(
                List.of(
                        Column.text("condition"),
                        Column.whole("trainings", ""),
                        Column.text("exponent of loss"),
                        Column.real("R²", ""),
                        Column.text("packing"),
                        Column.text("represented"),
                        Column.text("loss")),
                rows);
    }

    /// The trainings of a study and which of them are done.
    static Table jobs(Study study, Set<String> finished) {
        var rows = new ArrayList<List<Table.Cell>>();
        var labels = study.labels();
        study.trainings().forEach((condition, jobs) -> {
            for (Job job : jobs) {
                var config = job.config();
                rows.add(Table.row(
                        job.id(),
                        labels.getOrDefault(condition, condition.label()),
                        config.width(),
                        config.seed(),
                        config.optimiser().steps(),
                        finished.contains(job.id()) ? "done" : "to do"));
            }
        });
        return new Table(
                List.of(
                        Column.text("id"),
                        Column.text("condition"),
                        Column.whole("width", ""),
                        Column.whole("seed", ""),
                        Column.whole("steps", ""),
                        Column.text("state")),
                rows);
    }

    /// What the regime is judged by: a weak one by the tail sum, the others by the overlaps.
    private static Table points(Series series) {
        boolean weak = series.regime() == Series.Regime.WEAK;
        var columns = new ArrayList<>(List.of(
                Column.whole("width", ""),
                Column.whole("seeds", ""),
                Column.real("test loss", ""),
                Column.real("± seeds", ""),
                Column.real("represented", "")));
        columns.addAll(
                weak
                        ? List.of(Column.real("tail sum beyond", ""), Column.real("loss over it", ""))
                        : List.of(Column.real("overlap²·m, strong", ""), Column.real("overlap²·m, all", "")));
        var rows = new ArrayList<List<Table.Cell>>();
        for (var point : series.points()) {
            var row = new ArrayList<>(Table.row(
                    point.width(),
                    point.seeds(),
                    point.loss(),
                    point.lossStandardError(),
                    point.representedFraction()));
            row.addAll(
                    weak
                            ? Table.row(point.tailAtRepresented(), point.loss() / point.tailAtRepresented())
                            : Table.row(point.meanSquareStrong() * point.width(), point.meanSquare() * point.width()));
            rows.add(row);
        }
        return new Table(columns, rows);
    }

    /// `- sentence`, broken at spaces.
    private static String wrapped(String sentence) {
        var text = new StringBuilder();
        var line = new StringBuilder("-");
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + 1 + word.length() > LINE) {
                text.append(line).append('\n');
                line.setLength(0);
                line.append(' ');
            }
            line.append(' ').append(word);
        }
        return text.append(line).append('\n').toString();
    }
}
