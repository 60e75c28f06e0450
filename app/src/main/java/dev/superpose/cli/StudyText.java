package dev.superpose.cli;

import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.Conclusions;
import dev.superpose.study.Job;
import dev.superpose.study.Series;
import dev.superpose.study.Study;
import dev.superpose.study.StudyResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a study says, as a person reads it on a terminal.
final class StudyText {
    private static final int LINE = 100;

    private StudyText() {}

    /// Each condition: its table and its conclusions.
    static String of(StudyResults results) {
        var text = new StringBuilder();
        for (var series : results.series()) {
            text.append('\n').append(series.condition().label()).append('\n');
            text.append(points(series).toText());
            for (var sentence : Conclusions.of(series).sentences()) {
                text.append(wrapped(sentence));
            }
        }
        return text.toString();
    }

    /// The trainings of a study and which of them are done.
    static Table jobs(Study study, Set<String> finished) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Job job : study.jobs()) {
            var config = job.config();
            rows.add(Table.row(
                    job.id(),
                    Study.Condition.of(config).label(),
                    config.width(),
                    config.seed(),
                    config.optimiser().steps(),
                    finished.contains(job.id()) ? "done" : "to do"));
        }
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
