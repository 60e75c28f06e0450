package dev.superpose.reproduction;

import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Items as a table: `items.csv`.
public final class ItemTable {
    private static final List<Column> COLUMNS = List.of(
            Column.text("figure"),
            Column.text("kind"),
            Column.text("quantity"),
            Column.text("setting"),
            Column.real("ours", ""),
            Column.real("ours_standard_error", ""),
            Column.real("ours_scatter", ""),
            Column.whole("seeds", ""),
            Column.text("training"),
            Column.real("published", ""),
            Column.real("published_standard_error", ""),
            Column.real("reading_error", ""),
            Column.text("rule"),
            Column.text("verdict"),
            Column.text("why"));

    private ItemTable() {}

    /// One row for each item, in order; the columns of ours are empty where it was not run.
    public static Table of(Collection<Findings> findings) {
        return new Table(
                COLUMNS,
                findings.stream()
                        .flatMap(found -> found.items().stream())
                        .map(ItemTable::row)
                        .toList());
    }

    private static List<Table.Cell> row(Item item) {
        var subject = item.subject();
        var ours = item.ours();
        return Table.row(
                subject.figure().word(),
                subject.kind().name().toLowerCase(Locale.ROOT),
                subject.quantity(),
                subject.setting().isEmpty() ? null : subject.setting(),
                ours.map(Measured::value).orElse(Double.NaN),
                ours.map(Measured::standardError).orElse(Double.NaN),
                ours.map(Measured::scatter).orElse(Double.NaN),
                ours.map(measured -> (Object) measured.seeds()).orElse(null),
                ours.map(measured -> measured.training().label()).orElse(null),
                item.published().value(),
                item.published().standardError(),
                item.published().readingError(),
                item.rule(),
                item.verdict().words(),
                item.why());
    }
}
