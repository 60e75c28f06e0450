package dev.superpose.report;

import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import java.util.ArrayList;
import java.util.List;

/// The numbers behind the figures of a study.
final class StudyTables {
    private StudyTables() {}

    /// Losses beside their theory, a row for each training.
    static Table loss(List<Curve> curves) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Curve curve : curves) {
            for (JobResult run : curve.runs()) {
                rows.add(Table.row(
                        curve.label(),
                        run.config().width(),
                        run.config().seed(),
                        run.reading().loss().test(),
                        run.reading().loss().testStandardError(),
                        Trainings.tailOfRepresented(run),
                        Trainings.tailOfWidth(run)));
            }
        }
        return new Table(
                List.of(
                        Column.text("condition"),
                        Column.whole("width", ""),
                        Column.whole("seed", ""),
                        Column.real("test_loss", "sum over features"),
                        Column.real("standard_error", "of the test data"),
                        Column.real("tail_sum_represented", "beyond φ½·n"),
                        Column.real("tail_sum_ideal", "beyond m")),
                rows);
    }

    /// Overlaps of pairs of rows, a row for each training.
    static Table overlap(List<Curve> curves) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Curve curve : curves) {
            for (JobResult run : curve.runs()) {
                var overlap = run.reading().overlap();
                int m = run.config().width();
                rows.add(Table.row(
                        curve.label(),
                        m,
                        run.config().seed(),
                        overlap.meanSquareStrong(),
                        overlap.meanSquareStrong() * m,
                        overlap.meanSquare(),
                        overlap.meanSquare() * m,
                        overlap.welchMeanSquare(),
                        overlap.randomMeanSquare(),
                        overlap.varianceRatioStrong()));
            }
        }
        return new Table(
                List.of(
                        Column.text("condition"),
                        Column.whole("width", ""),
                        Column.whole("seed", ""),
                        Column.real("strong_rows", "mean square"),
                        Column.real("strong_rows_times_m", ""),
                        Column.real("all_rows", "mean square"),
                        Column.real("all_rows_times_m", ""),
                        Column.real("welch", "mean square"),
                        Column.real("random", "1/m"),
                        Column.real("variance_ratio_strong", "to random")),
                rows);
    }

    /// Represented fractions and norms, a row for each training.
    static Table represented(List<Curve> curves) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Curve curve : curves) {
            for (JobResult run : curve.runs()) {
                rows.add(Table.row(
                        curve.label(),
                        run.config().width(),
                        run.config().seed(),
                        run.reading().representedFraction(),
                        run.reading().strongFraction(),
                        run.config().width() / (double) run.config().features(),
                        run.reading().norm().mean(),
                        run.reading().norm().median()));
            }
        }
        return new Table(
                List.of(
                        Column.text("condition"),
                        Column.whole("width", ""),
                        Column.whole("seed", ""),
                        Column.real("phi_half", ""),
                        Column.real("phi_one", ""),
                        Column.real("m_over_n", ""),
                        Column.real("mean_norm", ""),
                        Column.real("median_norm", "")),
                rows);
    }
}
