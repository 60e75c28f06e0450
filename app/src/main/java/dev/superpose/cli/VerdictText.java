package dev.superpose.cli;

import dev.superpose.geometry.Verdict;
import dev.superpose.geometry.Verdict.Statement;
import dev.superpose.geometry.Verdict.Topic;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.List;

/// The verdicts as `inspect` prints them: of a few matrices in whole, of many a line each.
final class VerdictText {
    private static final int MOST_WHOLE = 3;

    private final List<Inspection> found;
    private final List<Verdict> verdicts;
    private final TextPage page;

    private VerdictText(Inspections inspections, TextPage page) {
        this.found = inspections.found();
        this.verdicts = inspections.verdicts();
        this.page = page;
    }

    /// Adds what the measures of all matrices mean.
    static void add(Inspections inspections, TextPage page) {
        var text = new VerdictText(inspections, page);
        if (text.found.size() > MOST_WHOLE) {
            text.headlines();
        } else {
            text.whole();
        }
        page.space();
    }

    private void headlines() {
        page.paragraph(
                "Verdicts; in sentences for up to %d matrices here, and for all in --json".formatted(MOST_WHOLE));
        List<List<Table.Cell>> rows = new ArrayList<>();
        for (int k = 0; k < found.size(); k++) {
            Verdict verdict = verdicts.get(k);
            rows.add(Table.row(
                    found.get(k).model(),
                    found.get(k).roleName(),
                    found.get(k).geometry().regime().label(),
                    number(verdict, Topic.RANDOM, "ratio"),
                    number(verdict, Topic.BEST_PACKING, "ratio"),
                    number(verdict, Topic.COMMON_DIRECTION, "share"),
                    number(verdict, Topic.DOUBLED_WIDTH, "factor")));
        }
        page.table(
                List.of(
                        Column.text("model"),
                        Column.text("role"),
                        Column.text("superposition"),
                        Column.real("x_random", ""),
                        Column.real("x_least", ""),
                        Column.real("common", ""),
                        Column.real("doubled", "")),
                rows);
        page.paragraph(
                "x_random, x_least: mean squared overlap over that of random directions, and over the least possible."
                        + " common: share of it that is one direction of all rows, below 0 where"
                        + " taking that off brings rows nearer. doubled: what twice the width would"
                        + " multiply it by, going on as the family goes (1/width where there is none).");
        page.paragraph(verdicts.getFirst().about(Topic.LIMITS).sentences());
    }

    private static double number(Verdict verdict, Topic topic, String name) {
        return verdict.about(topic).numbers().getOrDefault(name, Double.NaN);
    }

    /// What all matrices have in common is said once, at the end.
    private void whole() {
        for (int k = 0; k < found.size(); k++) {
            page.paragraph("Verdict on %s".formatted(name(k)));
            verdicts.get(k).statements().stream()
                    .filter(statement -> !shared(statement))
                    .forEach(this::say);
        }
        if (verdicts.size() > 1) {
            page.paragraph("Verdict on all of them");
        }
        verdicts.getFirst().statements().stream().filter(this::shared).forEach(this::say);
    }

    private void say(Statement statement) {
        page.paragraph("  " + statement.sentences());
    }

    private String name(int k) {
        return found.get(k).model() + ", " + found.get(k).roleName();
    }

    private boolean shared(Statement statement) {
        return verdicts.size() > 1
                && verdicts.stream()
                        .map(verdict -> verdict.about(statement.topic()).sentences())
                        .allMatch(statement.sentences()::equals);
    }
}
