package dev.superpose.cli;

import dev.superpose.forecast.BackTestedChoice;
import dev.superpose.forecast.TargetLoss;
import dev.superpose.report.Sized;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What a terminal shows of forecasts.
final class ForecastText {
    private ForecastText() {}

    static String of(ForecastAnswer answer) {
        var text = new StringBuilder();
        var fitted = answer.forecaster().fitted();
        text.append("%s, fitted to %d runs of %s\n\n"
                .formatted(
                        fitted.law().formula(),
                        fitted.runs().count(),
                        answer.fitting().table().source()));
        text.append(forecasts(answer)).append('\n');
        text.append(choice(answer.choice()));
        answer.forecaster().notes().forEach(note -> line(text, note));
        answer.target().ifPresent(target -> text.append('\n').append(target(target, answer.along())));
        text.append("\nthe wall, at %s\n".formatted(Sized.words(answer.wall().at())));
        answer.statements()
                .forEach(statement ->
                        text.append("  [%s] %s\n".formatted(statement.basis().word(), statement.sentence())));
        text.append("  [law] %s\n".formatted(end(answer)));
        answer.fitting()
                .warnings()
                .forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        return text.toString();
    }

    /// From which size on doubling it gains less than was asked.
    static String end(ForecastAnswer answer) {
        double end = answer.gainEnd();
        String gain = Table.brief(answer.gain()) + " %";
        return Double.isInfinite(end)
                ? "doubling %s always lowers the loss by %s or more".formatted(answer.along(), gain)
                : "doubling %s lowers the loss by less than %s from %s on"
                        .formatted(answer.along(), gain, Sized.brief(end));
    }

    private static String forecasts(ForecastAnswer answer) {
        var rows = new ArrayList<List<Table.Cell>>();
        var notes = new LinkedHashSet<String>();
        double level = answer.forecaster().calibration().level();
        for (var forecast : answer.forecasts()) {
            rows.add(Table.row(
                    Sized.words(forecast.at()),
                    forecast.loss(),
                    range(forecast.curve()),
                    range(forecast.interval()),
                    forecast.distance()));
            notes.addAll(forecast.notes());
        }
        var table = new StringBuilder(new Table(
                        List.of(
                                Column.text("at"),
                                Column.real("loss", ""),
                                Column.text("curve"),
                                Column.text("one new run"),
                                Column.real("decades_beyond", "")),
                        rows)
                .toText());
        table.append("intervals at %s %%\n".formatted(Table.brief(100 * level)));
        notes.forEach(note -> line(table, note));
        return table.toString();
    }

    private static String range(Interval interval) {
        return "%s to %s".formatted(Table.brief(interval.low()), Table.brief(interval.high()));
    }

    private static void line(StringBuilder text, String note) {
        text.append("note: ").append(note).append('\n');
    }

    private static String choice(BackTestedChoice choice) {
        var text = new StringBuilder();
        if (choice.rows().size() > 1) {
            var rows = new ArrayList<List<Table.Cell>>();
            for (var row : choice.rows()) {
                rows.add(Table.row(
                        row.form().word(),
                        row.parameters(),
                        row.predictions(),
                        100 * row.meanMagnitude(),
                        100 * row.medianMagnitude(),
                        100 * row.bias(),
                        100 * row.coverage()));
            }
            text.append(new Table(
                            List.of(
                                    Column.text("back-test"),
                                    Column.whole("parameters", ""),
                                    Column.whole("predictions", ""),
                                    Column.real("mean_miss", "%"),
                                    Column.real("median_miss", "%"),
                                    Column.real("bias", "%"),
                                    Column.real("covered_by_own_claim", "%")),
                            rows)
                    .toText());
        }
        text.append("chosen: ").append(choice.reason()).append('\n');
        choice.refused().forEach(reason -> line(text, reason));
        return text.toString();
    }

    private static String target(TargetLoss target, String along) {
        return switch (target) {
            case TargetLoss.Reached reached ->
                "a loss of %s is reached at %s %s (curve: %s to %s; one new run: %s to %s)\n"
                        .formatted(
                                Table.brief(reached.target()),
                                along,
                                Sized.brief(reached.size()),
                                Sized.brief(reached.curve().low()),
                                Sized.brief(reached.curve().high()),
                                Sized.brief(reached.forecast().low()),
                                Sized.brief(reached.forecast().high()));
            case TargetLoss.OutOfReach out ->
                "a loss of %s is out of reach: %s; %s\n"
                        .formatted(Table.brief(out.target()), out.reason(), out.remedy());
        };
    }
}
