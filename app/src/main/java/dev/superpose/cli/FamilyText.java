package dev.superpose.cli;

import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.WidthTrend;
import dev.superpose.report.PublishedOverlaps;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What `inspect` says of families: how overlaps and norms go with width, beside random
/// directions and published values.
final class FamilyText {
    private final TextPage page;

    private FamilyText(TextPage page) {
        this.page = page;
    }

    /// Adds a table and its trends for every family and role with more than one width, then what is
    /// published about such models.
    static void add(Inspections inspections, TextPage page) {
        var text = new FamilyText(page);
        inspections.families().forEach((family, members) -> {
            if (widths(members) > 1) {
                text.family(family.name(), members);
            }
        });
        text.published(inspections.found());
    }

    private static long widths(List<Inspection> inspections) {
        return inspections.stream()
                .map(found -> found.geometry().width())
                .distinct()
                .count();
    }

    private void family(String name, List<Inspection> members) {
        page.paragraph("Family %s, %s: mean squared overlap against width"
                .formatted(name, members.getFirst().roleName()));
        List<Inspection> rising = members.stream()
                .sorted(Comparator.comparingInt(found -> found.geometry().width()))
                .toList();
        boolean known = members.stream().anyMatch(found -> found.published().isPresent());
        List<Column> columns = new ArrayList<>(List.of(
                Column.whole("width", ""),
                Column.real("mean_square", ""),
                Column.real("welch", ""),
                Column.real("x_width", ""),
                Column.real("centred", ""),
                Column.real("c_x_width", ""),
                Column.real("norm", ""),
                Column.text("regime")));
        if (known) {
            columns.add(Column.real("published", ""));
        }
        columns.add(Column.text("model"));
        page.table(columns, rising.stream().map(found -> row(found, known)).toList());
        trend("mean_square", members, found -> found.overlap().meanSquare(), "; random: width^-1");
        trend("centred", members, found -> found.centered().meanSquare(), "; random: width^-1");
        trend("norm (median)", members, found -> found.norm().median(), "");
        page.space();
    }

    private static List<Table.Cell> row(Inspection found, boolean known) {
        GeometryReport geometry = found.geometry();
        List<Table.Cell> row = new ArrayList<>(Table.row(
                geometry.width(),
                geometry.overlap().meanSquare(),
                geometry.overlap().welchMeanSquare(),
                geometry.overlap().meanSquareTimesWidth(),
                geometry.centered().meanSquare(),
                geometry.centered().meanSquare() * geometry.width(),
                geometry.norm().median(),
                geometry.regime().label()));
        if (known) {
            row.add(Table.Cell.of(
                    found.published().map(PublishedOverlaps.Model::meanSquare).orElse(Double.NaN)));
        }
        row.add(Table.Cell.of(found.model()));
        return row;
    }

    /// The power law; left out where a value is 0 or missing, which has no logarithm.
    private void trend(
            String name, List<Inspection> members, ToDoubleFunction<GeometryReport> measure, String reference) {
        WidthTrend.of(members.stream().map(Inspection::geometry).toList(), measure)
                .ifPresent(trend -> page.paragraph("%s goes as width^%s%s".formatted(name, words(trend), reference)));
    }

    private static String words(WidthTrend trend) {
        return Double.isNaN(trend.standardError())
                ? String.format(Locale.ROOT, "%.3f (two widths leave no standard error)", trend.exponent())
                : String.format(
                        Locale.ROOT,
                        "%.3f ± %.3f (standard error, %d points, R² %.2f)",
                        trend.exponent(),
                        trend.standardError(),
                        trend.models(),
                        trend.rSquared());
    }

    /// Said where a published model is among those inspected, or several heads can be
    /// compared with them.
    private void published(List<Inspection> inspections) {
        List<Inspection> known = inspections.stream()
                .filter(found -> found.published().isPresent())
                .toList();
        boolean heads = widths(inspections.stream().filter(Inspection::isHead).toList()) > 1;
        if (known.isEmpty() && !heads) {
            return;
        }
        List<PublishedOverlaps.Model> all = PublishedOverlaps.all();
        page.paragraph(String.format(
                Locale.ROOT,
                "Published for comparison: %d language-model heads of width %,d to %,d have mean_square x width %.3g to"
                        + " %.3g, going as width^%s (%s)",
                all.size(),
                all.stream().mapToInt(PublishedOverlaps.Model::width).min().orElseThrow(),
                all.stream().mapToInt(PublishedOverlaps.Model::width).max().orElseThrow(),
                all.stream().mapToDouble(FamilyText::timesWidth).min().orElseThrow(),
                all.stream().mapToDouble(FamilyText::timesWidth).max().orElseThrow(),
                words(PublishedOverlaps.trend()),
                PublishedOverlaps.SOURCE));
        for (Inspection found : known) {
            double here = found.geometry().overlap().meanSquare();
            double there = found.published().orElseThrow().meanSquare();
            page.paragraph(String.format(
                    Locale.ROOT,
                    "  %s: mean_square %s published, %s here (%+.1f %%)",
                    found.model(),
                    Table.brief(there),
                    Table.brief(here),
                    100 * (here / there - 1)));
        }
        page.space();
    }

    private static double timesWidth(PublishedOverlaps.Model model) {
        return model.meanSquare() * model.width();
    }
}
