package dev.superpose.report;

import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.Series;
import dev.superpose.study.Series.WidthPoint;
import dev.superpose.study.Study.Condition;
import dev.superpose.study.WidthLaw;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The numbers of a study to look up at the top of its page: a row for each condition, or, of many
/// conditions, for each value of one setting.
final class StudySummaryTable {
    private static final int MOST_ROWS = 20;
    private static final int FEWEST_DECAYS = 3;

    private StudySummaryTable() {}

    /// The table of a few conditions, by the labels of their curves.
    static Table ofFew(List<Curve> curves) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Curve curve : curves) {
            rows.add(row(curve.label(), List.of(curve.series())));
        }
        return table("condition", rows);
    }

    /// The table of many conditions, which are put together by the setting that has the most values
    /// but no more than twenty; by gamma where there are three.
    static Table ofMany(List<Series> all) {
        Map<String, List<Series>> best = Map.of("all", all);
        for (Function<Condition, String> setting : settings()) {
            var groups = all.stream()
                    .sorted(Comparator.comparingDouble(
                            series -> series.condition().decay()))
                    .collect(Collectors.groupingBy(
                            series -> setting.apply(series.condition()), LinkedHashMap::new, Collectors.toList()));
            if (groups.size() > best.size() && groups.size() <= MOST_ROWS) {
                best = groups;
            }
            if (best.size() >= FEWEST_DECAYS) {
                break;
            }
        }
        var rows = new ArrayList<List<Table.Cell>>();
        best.forEach((label, series) -> rows.add(row(label, series)));
        return table("conditions", rows);
    }

    private static List<Function<Condition, String>> settings() {
        return List.of(
                condition -> "γ = " + Words.twoDecimals(condition.decay()),
                condition -> condition.task().correlation().label(),
                condition -> "E = " + Words.twoDecimals(condition.density()),
                condition -> Curve.frequencies(condition.frequencies()),
                condition -> "n = " + condition.features());
    }

    private static List<Table.Cell> row(String label, List<Series> some) {
        List<WidthLaw> laws = some.stream()
                .flatMap(series -> WidthLaw.ofLoss(series.results()).stream())
                .toList();
        String exponent = laws.isEmpty()
                ? "–"
                : laws.size() == 1
                        ? Words.withError(
                                laws.getFirst().exponent(), laws.getFirst().standardError())
                        : Words.range(laws.stream().mapToDouble(WidthLaw::exponent));
        return Table.row(
                label,
                some.stream().mapToInt(series -> series.results().size()).sum(),
                exponent,
                Words.range(laws.stream().mapToDouble(WidthLaw::rSquared)),
                range(some, WidthPoint::representedFraction),
                range(some, point -> point.meanSquareStrong() * point.width()),
                range(some, point -> point.meanSquare() * point.width()),
                range(some, point -> point.loss() / point.tailAtRepresented()));
    }

    private static String range(List<Series> some, ToDoubleFunction<WidthPoint> measure) {
        return Words.range(
                some.stream().flatMap(series -> series.points().stream()).mapToDouble(measure));
    }

    private static Table table(String what, List<List<Table.Cell>> rows) {
        return new Table(
                List.of(
                        Column.text(what),
                        Column.whole("trainings", ""),
                        Column.text("exponent_of_loss"),
                        Column.text("R²"),
                        Column.text("φ½"),
                        Column.text("overlap × m, strong rows"),
                        Column.text("overlap × m, all rows"),
                        Column.text("loss / tail sum")),
                rows);
    }
}
